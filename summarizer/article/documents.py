"""One document to one article: plain text, Markdown with front matter, or HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.article.article import Article
from summarizer.article.build import build_article, check_day
from summarizer.article.decode import MAX_BYTES, declared_charset, decode
from summarizer.article.front_matter import split_front_matter
from summarizer.article.html import read_page
from summarizer.errors import InputError

DocumentKind = Literal["text", "markdown", "html"]

_FRONT_MATTER_LIMIT = 20_000  # characters
_HEADING = re.compile(r"(?:[^\S\n]*\n)* {0,3}# +(\S.*?)(?: +#+)?[ \t]*(?:\n|\Z)")


@dataclass(frozen=True)
class ReadOptions:
    """How articles are read; see `read_inputs`."""

    published: str | None = None
    limit: int = MAX_BYTES
    allow_private: bool = False
    keep_pages: Path | None = None


def read_document(
    data: bytes, kind: DocumentKind, uri: str, options: ReadOptions, charset: str | None = None
) -> Article:
    """The article in a document; `charset` is what a server says.

    Raises:
        InputError: there is no article in it.
    """
    if kind == "html" and charset is None:
        charset = declared_charset(data)
    text = decode(data, where=uri, declared=charset, limit=options.limit)
    if kind == "html":
        return _of_page(text, uri, options.published)
    if kind == "markdown":
        return _of_markdown(text, uri, options.published)
    return build_article(text, uri=uri, published=options.published)


def _of_page(text: str, uri: str, published: str | None) -> Article:
    page = read_page(text, where=uri)
    facts = page.facts
    return build_article(
        page.text,
        uri=uri,
        title=facts.title,
        publisher=facts.publisher,
        published=published or facts.published,
    )


def _of_markdown(text: str, uri: str, published: str | None) -> Article:
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
