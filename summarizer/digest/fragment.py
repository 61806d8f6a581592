"""Links to a place in a page (text fragments)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from summarizer.article import Span, one_line

_WORDS = 4  # at either end of a long passage
_LETTERS = 12  # the same where words are not told apart by spaces


def web_address(uri: str | None) -> str | None:
    """The address, if a browser may follow it."""
    if uri is None or uri != one_line(uri):
        return None
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    return uri if parts.scheme in ("http", "https") and parts.netloc else None


def place_link(address: str | None, spans: Sequence[Span]) -> str | None:
    """The address with the passage from the first span to the last; browsers mark it."""
    if address is None:
        return None
    first, last = (one_line(spans[at].text) for at in (0, -1))
    if not first or not last:
        return address
    begin, end = _begin(first), _end(last)
    whole = len(spans) == 1 and (len(first) <= len(begin) + len(end))
    parts = [first] if whole else [begin, end]
    return f"{address.partition('#')[0]}#:~:text={','.join(map(_encoded, parts))}"


def _begin(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) if len(words) > 1 else text[:_LETTERS]


def _end(text: str) -> str:
    words = text.split()
    return " ".join(words[-_WORDS:]) if len(words) > 1 else text[-_LETTERS:]


def _encoded(text: str) -> str:
    """Hyphens, commas and ampersands have a meaning in a text directive."""
    return quote(text, safe="").replace("-", "%2D")
