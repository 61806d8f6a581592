"""Quotations in an article: what stands between quotation marks, with exact offsets.

A quotation inside another belongs to the outer one. A quotation over several paragraphs opens each
of them and closes once, or opens the first and closes the last; one whose closing mark is missing
ends with its paragraph, or where the same mark opens again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.article.marks import CLOSERS, ONE_SIDED, SINGLE, Mark, Marks
from summarizer.article.span import Span, span_at

_LONGEST_RUN = 20
_FAMILIES = (frozenset("«»"), frozenset("“„”"))


@dataclass(frozen=True)
class Quotation:
    """One quotation: `spans` without the marks, one for each paragraph that it runs over.

    `start` and `end` include the marks. `single` tells that single marks stand around it.
    `closed` is false when its closing mark is missing.
    """

    spans: tuple[Span, ...]
    start: int
    end: int
    single: bool = False
    closed: bool = True

    @property
    def text(self) -> str:
        """The quoted words, the paragraphs joined by one space."""
        return " ".join(span.text for span in self.spans)


@dataclass(frozen=True)
class _Piece:
    """A stretch of one paragraph inside marks; `sign` is the mark that opens it."""

    sign: str
    start: int
    inner_start: int
    inner_end: int
    end: int
    closed: bool


@dataclass(frozen=True)
class _Run:
    """A quotation that may go on in the next paragraph, and the mark that opened it."""

    quotation: Quotation
    sign: str


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of an article in order, none overlapping.

    Args:
        text: the article's text.
        paragraphs: its paragraphs in order, as `summarizer.article.paragraphs` gives them.
    """
    found: list[Quotation] = []
    run: _Run | None = None
    read = [(paragraph, Marks(text, paragraph)) for paragraph in paragraphs]
    for number, (paragraph, marks) in enumerate(read):
        start = paragraph.start
        if run is not None:
            piece = _going_on(run.sign, paragraph, marks) or _amid(run.sign, read[number:])
            ...
    return tuple(found)
