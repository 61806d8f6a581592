"""A saved web page to readable text, and what the page says about itself."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from summarizer.errors import InputError

_PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued",
    "parsely-pub-date", "publication_date", "publish-date", "publishdate", "pubdate",
    "sailthru.date",
)  # fmt: skip


_HTML = re.compile(r"<html\b", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """The readable text of a page; the rest is null unless the page's metadata gives it."""

    text: str
    title: str | None
    publisher: str | None
    published: str | None


def read_page(html: str, *, where: str) -> Page:
    """The page's article, a blank line between paragraphs. Nothing is fetched.

    Raises:
        InputError: no readable text in it.
    """
    from trafilatura import bare_extraction, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its failures are ours to tell
    whole = html if _HTML.search(html) else f"<html><body>{html}</body></html>"
    tree = load_html(whole)
    published = None if tree is None else _published(tree)
    found = bare_extraction(tree, include_comments=False, with_metadata=True)
    text = getattr(found, "text", None) or ""
    lines = [line.strip() for line in text.split("\n")]
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise InputError(
            "has no readable text",
            where=where,
            hint="Copy the article's text into a `.txt` file and give that.",
        )
    return Page(
        text=text,
        title=getattr(found, "title", None) or None,
        publisher=getattr(found, "sitename", None) or None,
        published=published,
    )


def _published(tree: Any) -> str | None:
    """The first publication date that the page's metadata states; never one guessed from text."""
    return next((day for value in _stated_dates(tree) if (day := _iso_day(value))), None)


def _stated_dates(tree: Any) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _PUBLISHED_META:
            yield meta.get("content") or ""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from _linked_data_dates(script.text or "")
    for time in tree.iter("time"):
        if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
            yield time.get("datetime") or ""


def _linked_data_dates(source: str) -> Iterator[str]:
    try:
        todo: list[Any] = [json.loads(source)]
    except (ValueError, RecursionError):
        return
    while todo:
        item = todo.pop(0)
        if isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, dict):
            value = item.get("datePublished")
            if isinstance(value, str):
                yield value
            todo.append(item.get("@graph"))


def _iso_day(value: str) -> str | None:
    """The day as the page writes it, in its own time zone; null if it gives no full date."""
    value = value.strip()
    readers = (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime)
    for reader in readers:
        try:
            found = reader(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found.strftime("%Y-%m-%d") if found.year >= 1000 else None
    return None
