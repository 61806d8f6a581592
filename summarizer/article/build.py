"""One article from its text and what is known about it; used by every kind of input."""

from __future__ import annotations

import re
from datetime import date

from summarizer.article.article import Article, article_id
from summarizer.errors import InputError

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def build_article(
    text: str,
    *,
    uri: str | None,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    source_id: str | None = None,
) -> Article:
    """The article of `text`, which is kept as it is; its id is worked out here."""
    return Article(
        id=article_id(text),
        uri=uri,
        title=title,
        publisher=publisher,
        published=published,
        source_id=source_id,
        text=text,
    )


def check_day(value: str, *, where: str) -> str:
    """`value` if it is a date of the calendar, written YYYY-MM-DD.

    Raises:
        InputError: it is not.
    """
    try:
        if _ISO_DAY.fullmatch(value):
            date.fromisoformat(value)
            return value
    except ValueError:
        pass
    raise InputError(
        f"`published` is not a date: `{value[:40]}`",
        where=where,
        hint="Write it as YYYY-MM-DD, for example 2024-02-01.",
    )
