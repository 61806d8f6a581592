"""The article: the exact text that every offset points into, and where it came from."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict

from summarizer.article.span import Span, span_at


class PageCopy(BaseModel):
    """A web page as it was fetched, kept in a file."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    file: str
    """The path of the file, named by the SHA-256 of its bytes."""
    url: str
    """The address that redirects led to."""
    fetched: str
    """ISO 8601, in UTC."""


class Article(BaseModel):
    """One article as it was read. `text` is null only in a record written with `--no-text`.

    `published` is an ISO date (YYYY-MM-DD), given by the user or by the page's own metadata.
    `language` is an ISO 639-1 code; it is null where it cannot be told, and until the article is
    summarized. `length` is set where `text` is left out: the code points that every offset lies in.
    `page` is set where the page of the web was kept.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    uri: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    source_id: str | None = None
    length: int | None = None
    page: PageCopy | None = None
    text: str | None

    def span(self, start: int, end: int) -> Span:
        """The span at `start:end`, white space at either end left out."""
        return span_at(self.body, start, end)

    @property
    def body(self) -> str:
        """The text; raises `ValueError` for an article that was stored without it."""
        if self.text is None:
            raise ValueError("this article was stored without its text (`--no-text`)")
        return self.text


def article_id(text: str) -> str:
    """`sha256:` and the hex digest of the text in UTF-8."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
