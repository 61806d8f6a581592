"""Quotations in an article: what stands between quotation marks, with exact offsets.

A quotation inside another belongs to the outer one. A quotation over several paragraphs opens each
of them and closes once, or opens the first and closes the last; one whose closing mark is missing
ends with its paragraph, or where the same mark opens again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article.marks import CLOSERS, ONE_SIDED, SINGLE, Marks
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
class _Paragraph:
    """A paragraph and its marks."""

    text: str
    span: Span
    marks: Marks

    def piece(self, number: int, sign: str | None = None) -> _Piece:
        """What the mark with this number opens, as if it were `sign`."""
        mark = self.marks.found[number]
        closing = self.marks.match(number, sign)
        if closing is None and sign is None:
            closing = self.marks.mismatch(number)
        if closing is not None:
            return self.stretch(mark.sign, mark.at, mark.end, closing)
        again = self.marks.next_opening(number)
        end = self.span.end if again is None else self.marks.found[again].at
        after = len(self.marks.found) if again is None else again
        return _Piece(mark.sign, mark.at, self._inner(mark.end, end), end, after, closed=False)

    def stretch(self, sign: str, start: int, inner: int, closing: int) -> _Piece:
        """From `inner` to the mark with the number `closing`."""
        mark = self.marks.found[closing]
        return _Piece(sign, start, self._inner(inner, mark.at), mark.end, closing + 1, closed=True)

    def whole(self, sign: str) -> _Piece:
        """All of it, without marks around."""
        return _Piece(sign, self.span.start, (self.span,), self.span.end, 0, closed=False)

    def _inner(self, start: int, end: int) -> tuple[Span, ...]:
        return (span_at(self.text, start, end),) if self.text[start:end].strip() else ()


@dataclass(frozen=True)
class _Piece:
    """A stretch of one paragraph inside marks, and the number of the mark to go on with."""

    sign: str
    start: int
    spans: tuple[Span, ...]
    end: int
    after: int
    closed: bool

    def reaches(self, paragraph: _Paragraph) -> bool:
        """Whether it is still open at the end of its paragraph."""
        return not self.closed and self.end == paragraph.span.end


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of an article in order, none overlapping.

    Args:
        text: the article's text.
        paragraphs: its paragraphs in order, as `summarizer.article.paragraphs` gives them.
    """
    read = [_Paragraph(text, span, Marks(text, span)) for span in paragraphs]
    found: list[Quotation] = []
    run: list[_Piece] = []  # a quotation that is still open, one piece for each paragraph
    for number, paragraph in enumerate(read):
        after = 0
        if run:
            piece = _continued(run[0].sign, read[number : number + _LONGEST_RUN])
            if piece is not None:
                run.append(piece)
                if piece.reaches(paragraph):
                    continue
                after = piece.after
            found += _quotation(run)
            run = []
        for piece in _pieces(paragraph, after):
            if piece.reaches(paragraph):
                run = [piece]
            else:
                found += _quotation([piece])
    return (*found, *_quotation(run))


def _quotation(pieces: Sequence[_Piece]) -> tuple[Quotation, ...]:
    """The quotation that the pieces make, if there is a word in it.

    A single mark that nothing closes and no paragraph takes up again was an apostrophe.
    """
    spans = tuple(span for piece in pieces for span in piece.spans)
    if not spans:
        return ()
    first, last = pieces[0], pieces[-1]
    single = first.sign in SINGLE
    if single and len(pieces) == 1 and not last.closed:
        return ()
    return (Quotation(spans, first.start, last.end, single, last.closed),)


def _pieces(paragraph: _Paragraph, number: int) -> Iterator[_Piece]:
    """The outermost quotations of one paragraph, from the mark with this number on."""
    last: _Piece | None = None
    while number < len(paragraph.marks.found):
        if not paragraph.marks.opens(number):
            number += 1
            continue
        piece = paragraph.piece(number)
        if piece.sign in SINGLE and not piece.closed:
            last, number = piece, number + 1
            continue
        yield piece
        last, number = None, piece.after
    if last is not None and last.sign == "‘" and last.reaches(paragraph):
        yield last


def _continued(sign: str, paragraphs: Sequence[_Paragraph]) -> _Piece | None:
    """How a quotation that `sign` opened in the paragraph before goes on in the first of these."""
    first = paragraphs[0]
    if first.marks.found and (mark := first.marks.found[0]).at == first.span.start:
        if mark.sign == sign or (first.marks.opens(0) and _same_family(mark.sign, sign)):
            return first.piece(0)
        if sign == "«" and mark.sign == "»" and mark.after.isspace():
            return first.piece(
                0, sign
            )  # French: each further paragraph starts with the closing one
    if sign not in ONE_SIDED:
        return None
    for paragraph in paragraphs:
        closing = _first_closing(sign, paragraph.marks)
        if closing is not None:
            if paragraph is not first:
                return first.whole(sign)
            return first.stretch(sign, first.span.start, first.span.start, closing)
        if any(mark.sign == sign for mark in paragraph.marks.found):
            return None
    return None


def _first_closing(sign: str, marks: Marks) -> int | None:
    """The first mark that closes `sign`, unless one opens before it."""
    for number, mark in enumerate(marks.found):
        if mark.sign in CLOSERS[sign] and marks.closes(number, sign):
            return number
        if mark.sign == sign:
            return None
    return None


def _same_family(sign: str, other: str) -> bool:
    """Whether a paragraph opened by `sign` goes on with a quotation opened by `other`."""
    return any({sign, other} <= family for family in _FAMILIES)
