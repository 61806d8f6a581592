"""Reading: what the user gives to articles, one after another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from summarizer.article.article import Article
from summarizer.article.build import build_article, check_day
from summarizer.article.decode import MAX_BYTES, declared_charset, decode
from summarizer.article.documents import ReadOptions, read_document
from summarizer.article.feed import is_feed
from summarizer.article.jsonl import read_jsonl
from summarizer.article.parquet import read_parquet
from summarizer.article.remote import is_remote, open_remote
from summarizer.article.sources import Source, find_inputs, unreadable
from summarizer.errors import InputError


def read_inputs(
    args: Sequence[str],
    *,
    published: str | None = None,
    limit: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    keep_pages: Path | None = None,
) -> Iterator[Article | InputError]:
    """The articles that `args` stand for, in order, each read only when it is asked for.

    Args:
        args: files, folders, `http` and `https` addresses, `-` for standard input.
        published: the publication date of all of them, YYYY-MM-DD; overrides their own.
        limit: the largest article in bytes.
        stdin: read for `-` instead of the process's own standard input.
        allow_private: also fetch pages from this machine and from private networks.
        keep_pages: a folder in which fetched pages are kept as they came.

    Raises:
        InputError: `published` is no date; at once, before anything is read. An input that
            cannot be read is given as an error in its place instead.
    """
    if published is not None:
        check_day(published, where="--published")
    options = ReadOptions(published, limit, allow_private, keep_pages)
    return _read_all(args, options, stdin)


def read_source(
    source: Source,
    *,
    published: str | None = None,
    limit: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    keep_pages: Path | None = None,
) -> Iterator[Article | InputError]:
    """The articles of one source: one, one for each line of a `.jsonl` file, or those of a feed."""
    return _read(source, ReadOptions(published, limit, allow_private, keep_pages), stdin)


def _read(
    source: Source, options: ReadOptions, stdin: BinaryIO | None
) -> Iterator[Article | InputError]:
    try:
        if source.kind == "stdin":
            data = (stdin or sys.stdin.buffer).read(options.limit + 1)
            text = decode(data, where="standard input", limit=options.limit)
            yield build_article(text, uri=None, published=options.published)
            return
        if source.kind == "web":
            from summarizer.article.web import read_address

            yield from read_address(source.uri, options)
            return
        with _opened(source.uri) as stream:
            if source.kind == "jsonl":
                yield from read_jsonl(
                    stream, uri=source.uri, published=options.published, limit=options.limit
                )
                return
            if source.kind == "parquet":
                yield from read_parquet(stream, uri=source.uri, published=options.published)
                return
            data = stream.read(options.limit + 1)
        if source.kind == "feed":
            yield from _of_feed(data, source.uri, options)
        else:
            yield read_document(data, source.kind, source.uri, options)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield unreadable(source.uri, error)


def _of_feed(data: bytes, uri: str, options: ReadOptions) -> Iterator[Article | InputError]:
    """The articles that a saved feed lists; its links have nothing to be relative to."""
    from summarizer.article.web import read_listed

    text = decode(data, where=uri, declared=declared_charset(data), limit=options.limit)
    if not is_feed(text):
        raise InputError(
            "is neither RSS nor Atom",
            where=uri,
            hint="Save a page as `.html`, and a text as `.txt`.",
        )
    yield from read_listed(text, uri=uri, base=None, options=options)


def _opened(uri: str) -> AbstractContextManager[BinaryIO]:
    if is_remote(uri):
        return open_remote(uri)
    return open(uri, "rb", opener=_without_waiting)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to is one that has ended."""
    without = getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | without)
    if without:
        os.set_blocking(handle, True)
    return handle


def _read_all(
    args: Sequence[str], options: ReadOptions, stdin: BinaryIO | None
) -> Iterator[Article | InputError]:
    for found in find_inputs(args):
        if isinstance(found, InputError):
            yield found
        else:
            yield from _read(found, options, stdin)
