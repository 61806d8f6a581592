"""Feeds: the articles that an RSS or Atom document lists, and what it says about each."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from summarizer.article.address import is_web_address, parse_address
from summarizer.article.page_facts import iso_day
from summarizer.article.shown import one_line
from summarizer.errors import InputError

_ROOT = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>\[]*>\s*)*<(?:\w+:)?(rss|feed|RDF)[\s>]",
    re.DOTALL,
)
_OPENING = 4000  # characters in which the first element of a feed begins
_TAG = re.compile(r"<[^<>]*>")
_MOST = 500  # entries of one feed
_LONGEST = 500  # characters of a title


@dataclass(frozen=True)
class FeedEntry:
    """One entry: the address of an article, and what the feed says of it; day as YYYY-MM-DD."""

    url: str
    title: str | None
    published: str | None


def is_feed(text: str) -> bool:
    """Whether a document is RSS (of any version) or Atom, by its first element."""
    return _ROOT.match(text[:_OPENING]) is not None


def read_feed(text: str, *, uri: str, base: str | None = None) -> Iterator[FeedEntry | InputError]:
    """The entries of a feed in its order, each address once. Nothing is fetched.

    An entry that leads to no `http` or `https` address gives an error in its place.

    Args:
        text: the document.
        uri: what messages call the feed.
        base: the address that relative links start from.

    Raises:
        InputError: it defines entities, or lists no entries.
    """
    if "<!ENTITY" in text:  # which may grow without end, or fetch what nobody asked for
        raise InputError("is a feed that defines entities, and is not read", where=uri)
    entries = _entries(text)
    if not entries:
        raise InputError("is a feed without entries", where=uri)
    seen: set[str] = set()
    for number, entry in enumerate(entries[:_MOST], 1):
        place = f"{uri}, entry {number}"
        try:
            url = _link(entry, base, place)
            address = parse_address(url).url
        except InputError as error:
            yield error
            continue
        if address not in seen:
            seen.add(address)
            yield FeedEntry(url, _title(entry), iso_day(_text(entry.get("published"))))
    if len(entries) > _MOST:
        yield InputError(f"lists {len(entries)} entries; only {_MOST} are read", where=uri)


def _entries(text: str) -> list[dict[str, Any]]:
    import feedparser

    # As bytes in a stream: a string might be taken for the name of a file or an address.
    stream = io.BytesIO(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        return []  # its lenient reader gives up in many ways on what is hardly XML
    return list(parsed.entries)


def _link(entry: dict[str, Any], base: str | None, place: str) -> str:
    link = _text(entry.get("link")).strip()
    try:
        url = urljoin(base, link) if base and link else link
    except ValueError:
        url = link
    if not link or not is_web_address(url):
        said = f"leads to `{one_line(link)[:80]}`" if link else "has no link"
        raise InputError(f"{said}, which is no web address" if link else said, where=place)
    return url


def _title(entry: dict[str, Any]) -> str | None:
    title = _text(entry.get("title"))
    detail = entry.get("title_detail")
    if isinstance(detail, dict) and detail.get("type") != "text/plain":
        title = html.unescape(_TAG.sub("", title))
    return one_line(title)[:_LONGEST] or None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
