"""What a web page says about itself: title, publisher, publication date. Nothing is guessed.

Read in turn: Open Graph, the page's linked data (schema.org in JSON-LD), other `meta` elements,
then what the page shows with a mark of its own. A page may hold linked data about other articles,
say those it recommends; such data count only where they do not contradict each other.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias
from urllib.parse import urldefrag

from summarizer.article.shown import one_line

Node: TypeAlias = dict[str, Any]

_DATES_FIRST = ("article:published_time", "og:published_time", "og:article:published_time")
_DATES = (
    "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "dcterms.issued", "citation_publication_date", "parsely-pub-date", "publication_date",
    "publish-date", "publishdate", "pubdate", "sailthru.date",
)  # fmt: skip
_TITLES = ("twitter:title", "headline", "dc.title", "dcterms.title", "citation_title", "title")
_PUBLISHERS = ("publisher", "dc.publisher", "dcterms.publisher", "citation_publisher")
_ARTICLE = re.compile(r"Article$|^BlogPosting$|^LiveBlogPosting$|^Report$")
_PAGE = re.compile(r"Page$")
_CDATA = re.compile(r"^\s*(?://)?\s*<!(?:\[CDATA\[|--)|(?://)?\s*(?:\]\]|--)>\s*$")
_BETWEEN = r"\s*[|·•–—:»-]+\s*"
_LONGEST = 500  # characters
_DEEPEST = 2  # levels of nodes in a node: a graph, and what an item of it is mainly about


@dataclass(frozen=True)
class PageFacts:
    """What a page says of itself; `published` is YYYY-MM-DD."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None


def page_facts(tree: Any) -> PageFacts:
    """The facts in the elements of a page, an `lxml` tree."""
    metas = _metas(tree)
    nodes = list(_nodes(tree))
    about = _about_the_page(nodes, _addresses(tree))
    named = {str(node["@id"]): node for node in nodes if "@id" in node}
    publisher = _first(
        _texts(metas, ("og:site_name",)),
        _agreed(_publisher(node.get("publisher"), named) for node in about),
        _texts(metas, _PUBLISHERS),
    )
    title = _first(
        _texts(metas, ("og:title",)),
        _agreed(_text(node.get("headline")) for node in about),
        _texts(metas, _TITLES),
        _without(publisher, _text(tree.findtext(".//head/title"))),
    )
    published = _first(
        map(iso_day, _texts(metas, _DATES_FIRST)),
        _agreed(iso_day(_text(node.get("datePublished")) or "") for node in about),
        map(iso_day, _texts(metas, _DATES)),
        map(iso_day, _marked_times(tree)),
    )
    return PageFacts(title, publisher, published)


def iso_day(value: str) -> str | None:
    """The day as a page writes it, in its own time zone; null if it gives no full date."""
    value = value.strip()
    readers = (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime)
    for reader in readers:
        try:
            found = reader(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found.strftime("%Y-%m-%d") if found.year >= 1000 else None
    return None


def _first(*sources: Iterator[str | None] | Iterator[str]) -> str | None:
    """The first of the values that is one."""
    return next((value for source in sources for value in source if value), None)


def _agreed(values: Iterator[str | None]) -> Iterator[str]:
    """The one value that is given; none where there are several."""
    found = {value for value in values if value}
    return iter(found if len(found) == 1 else ())


def _metas(tree: Any) -> dict[str, list[str]]:
    """What the `meta` elements say, by the name in small letters."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.strip().lower(), []).append(meta.get("content") or "")
    return found


def _texts(metas: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from filter(None, map(_text, metas.get(name, ())))


def _text(value: object) -> str | None:
    """A value as one line of text, if it is one; many pages escape twice."""
    if not isinstance(value, str):
        return None
    return one_line(html.unescape(value))[:_LONGEST] or None


def _without(publisher: str | None, title: str | None) -> Iterator[str]:
    """A title without the publisher's name at its end."""
    if title and publisher:
        title = re.sub(rf"(?<=\S){_BETWEEN}{re.escape(publisher)}$", "", title)
    return iter([title] if title else ())


def _marked_times(tree: Any) -> Iterator[str]:
    for time in tree.iter("time"):
        if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
            yield time.get("datetime") or ""


# -- linked data ----------------------------------------------------------------------------------


def _nodes(tree: Any) -> Iterator[Node]:
    """The things that the page's blocks of linked data describe; a broken block is none."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                # Not strict: pages break lines inside of strings.
                found = json.loads(_CDATA.sub("", script.text or ""), strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _within(found, 0)


def _within(value: object, depth: int) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _within(item, depth)
    elif isinstance(value, dict):
        yield value
        if depth < _DEEPEST:
            yield from _within(value.get("@graph"), depth + 1)
            yield from _within(value.get("mainEntity"), depth + 1)


def _about_the_page(nodes: list[Node], addresses: set[str]) -> list[Node]:
    """The nodes that describe the page's article: by their address, else by their kind."""
    articles = [node for node in nodes if _is_a(node, _ARTICLE)]
    here = [node for node in articles if addresses & set(_addresses_of(node))]
    pages = [node for node in nodes if _is_a(node, _PAGE)]
    untyped = [node for node in nodes if "@type" not in node]
    return here or articles or pages or untyped


def _is_a(node: Node, kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and kind.search(name) for name in named)


def _addresses(tree: Any) -> set[str]:
    """What the page calls its own address."""
    found = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    found += [meta.get("content") for meta in tree.iter("meta") if meta.get("property") == "og:url"]
    return {_bare(address) for address in found if address}


def _addresses_of(node: Node) -> Iterator[str]:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    for value in (node.get("url"), node.get("@id"), page):
        if isinstance(value, str):
            yield _bare(value)


def _bare(address: str) -> str:
    """An address without what may differ between two ways to write it."""
    return urldefrag(address.strip())[0].rstrip("/")


def _publisher(value: object, named: dict[str, Node]) -> str | None:
    """The name of a publisher, which may be told elsewhere on the page."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        if "name" not in value:
            value = named.get(str(value.get("@id")), value)
        value = value.get("name")
    return _text(value)
