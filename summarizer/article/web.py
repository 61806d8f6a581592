"""Web addresses to articles: a page is one, and a feed stands for the pages that it lists."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from summarizer.article.article import Article, PageCopy
from summarizer.article.decode import declared_charset, decode
from summarizer.article.documents import ReadOptions, read_document
from summarizer.article.feed import FeedEntry, is_feed, read_feed
from summarizer.article.fetch import KINDS, WebPage, fetch
from summarizer.errors import InputError

_SUFFIXES = {"html": ".html", "text": ".txt", "markdown": ".md", "xml": ".xml"}


def read_address(url: str, options: ReadOptions) -> Iterator[Article | InputError]:
    """The article of the page at an address, or those of the feed that is there.

    Raises:
        InputError: there is no such page, or no article in it.
    """
    page = fetch(url, allow_private=options.allow_private, limit=options.limit)
    charset = page.charset or declared_charset(page.data)
    text = decode(page.data, where=url, declared=charset, limit=options.limit)
    if is_feed(text):
        yield from read_listed(text, uri=url, base=page.final_url, options=options)
    else:
        yield _article(page, options)


def read_listed(
    text: str, *, uri: str, base: str | None, options: ReadOptions
) -> Iterator[Article | InputError]:
    """The articles of a feed, each fetched when it is asked for; one that fails gives its error.

    What a page does not say of itself is taken from its entry in the feed.

    Raises:
        InputError: it is no feed that can be read.
    """
    for entry in read_feed(text, uri=uri, base=base):
        if isinstance(entry, InputError):
            yield entry
            continue
        try:
            yield _listed(entry, options)
        except InputError as error:
            yield error


def _listed(entry: FeedEntry, options: ReadOptions) -> Article:
    page = fetch(entry.url, allow_private=options.allow_private, limit=options.limit)
    article = _article(page, options)
    return article.model_copy(
        update={
            "title": article.title or entry.title,
            "published": article.published or entry.published,
        }
    )


def _article(page: WebPage, options: ReadOptions) -> Article:
    """The article of a page; what the page says of its own address does not count."""
    kind = KINDS[page.content_type]
    if kind == "xml":
        if "<html" not in page.data[:2000].decode("ascii", "ignore").lower():
            raise InputError(
                "is XML, and neither a page nor a feed that is read here", where=page.url
            )
        kind = "html"
    article = read_document(page.data, kind, page.url, options, page.charset)
    kept = _keep(page, options.keep_pages) if options.keep_pages else None
    return article.model_copy(update={"uri": page.url, "page": kept})


def _keep(page: WebPage, folder: Path) -> PageCopy:
    """Keep the bytes of a page in a file that is named by what is in it.

    Raises:
        InputError: it cannot be written.
    """
    fetched = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    path = folder / (sha256(page.data).hexdigest() + _SUFFIXES[KINDS[page.content_type]])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write(path, page.data)
    except OSError as error:
        raise InputError(
            f"cannot be kept: {error.strerror}", where=page.url, hint="See `--keep-pages`."
        ) from None
    return PageCopy(file=str(path), url=page.final_url, fetched=fetched)


def _write(path: Path, data: bytes) -> None:
    """Write a file that is there whole, or not at all."""
    handle, name = tempfile.mkstemp(prefix=".page-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
