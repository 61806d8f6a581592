"""Reading: what the user gives to articles, one after another."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from summarizer.article.article import Article
from summarizer.article.build import build_article, check_day
from summarizer.article.decode import MAX_BYTES, declared_charset, decode
from summarizer.article.front_matter import split_front_matter
from summarizer.article.html import read_page
from summarizer.article.jsonl import read_jsonl
from summarizer.article.sources import Source, find_inputs, unreadable
from summarizer.errors import InputError

_FRONT_MATTER_LIMIT = 20_000  # characters
_HEADING = re.compile(r"(?:[^\S\n]*\n)* {0,3}# +(\S.*?)(?: +#+)?[ \t]*(?:\n|\Z)")


def read_inputs(
    args: Sequence[str],
    *,
    published: str | None = None,
    limit: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
) -> Iterator[Article | InputError]:
    """The articles that `args` stand for, in order, each read only when it is asked for.

    Args:
        args: files, folders, `http` and `https` addresses, `-` for standard input.
        published: the publication date of all of them, YYYY-MM-DD; overrides their own.
        limit: the largest article in bytes.
        stdin: read for `-` instead of the process's own standard input.
        allow_private: also fetch pages from this machine and from private networks.

    Raises:
        InputError: `published` is no date; at once, before anything is read. An input that
            cannot be read is given as an error in its place instead.
    """
    if published is not None:
        check_day(published, where="--published")
    return _read_all(args, published, limit, stdin, allow_private)


def read_source(
    source: Source,
    *,
    published: str | None = None,
    limit: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
) -> Iterator[Article | InputError]:
    """The articles of one source: one, or one for each line of a `.jsonl` file."""
    try:
        if source.kind == "stdin":
            data = (stdin or sys.stdin.buffer).read(limit + 1)
            text = decode(data, where="standard input", limit=limit)
            yield build_article(text, uri=None, published=published)
            return
        if source.kind == "web":
            yield _fetched(source.uri, published, limit, allow_private)
            return
        with open(source.uri, "rb", opener=_without_waiting) as stream:
            if source.kind == "jsonl":
                yield from read_jsonl(stream, uri=source.uri, published=published, limit=limit)
                return
            data = stream.read(limit + 1)
        yield _READERS[source.kind](data, source.uri, published, limit)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield unreadable(source.uri, error)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to is one that has ended."""
    without = getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | without)
    if without:
        os.set_blocking(handle, True)
    return handle


def _read_all(
    args: Sequence[str],
    published: str | None,
    limit: int,
    stdin: BinaryIO | None,
    allow_private: bool,
) -> Iterator[Article | InputError]:
    for found in find_inputs(args):
        if isinstance(found, InputError):
            yield found
        else:
            yield from read_source(
                found, published=published, limit=limit, stdin=stdin, allow_private=allow_private
            )


def _fetched(url: str, published: str | None, limit: int, allow_private: bool) -> Article:
    """The article of a page of the web; what the page says of its own address does not count."""
    from summarizer.article.fetch import KINDS, fetch

    page = fetch(url, allow_private=allow_private, limit=limit)
    read = _READERS[KINDS[page.content_type]]
    article = read(page.data, url, published, limit, page.charset)
    return article.model_copy(update={"uri": url})


def _read_text(
    data: bytes, uri: str, published: str | None, limit: int, charset: str | None = None
) -> Article:
    text = decode(data, where=uri, declared=charset, limit=limit)
    return build_article(text, uri=uri, published=published)


def _read_markdown(
    data: bytes, uri: str, published: str | None, limit: int, charset: str | None = None
) -> Article:
    text = decode(data, where=uri, declared=charset, limit=limit)
    known, body = _front_matter(text)
    if not body.strip():
        raise InputError("holds front matter and no article", where=uri)
    day = published or known.get("published")
    return build_article(
        body,
        uri=known.get("uri") or uri,
        title=known.get("title") or _heading(body),
        publisher=known.get("publisher"),
        published=check_day(day, where=uri) if day else None,
    )


def _read_html(
    data: bytes, uri: str, published: str | None, limit: int, charset: str | None = None
) -> Article:
    html = decode(data, where=uri, declared=charset or declared_charset(data), limit=limit)
    page = read_page(html, where=uri)
    return build_article(
        page.text,
        uri=uri,
        title=page.title,
        publisher=page.publisher,
        published=published or page.published,
    )


_READERS = {"text": _read_text, "markdown": _read_markdown, "html": _read_html}


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The front matter's texts and the article below; a block that is no front matter is text."""
    import yaml

    block = split_front_matter(text)
    if block is None or len(block.yaml) > _FRONT_MATTER_LIMIT:
        return {}, text
    try:
        # The loader that leaves every value a string: a date stays as it is written.
        values = yaml.load(block.yaml, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(values, dict):
        return {}, text
    texts = {k: v.strip() for k, v in values.items() if isinstance(k, str) and isinstance(v, str)}
    return {key: value for key, value in texts.items() if value}, block.body


def _heading(body: str) -> str | None:
    found = _HEADING.match(body)
    return found[1] if found else None
