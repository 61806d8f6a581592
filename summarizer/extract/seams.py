"""Where an article may be parted so that no statement is cut in two.

A part ends where a paragraph does, else where a sentence does; not inside a quotation that goes
on, nor between reported words and those that report them, unless these alone are more than a part.
Each part begins some way back in the one before it, so that `he` and `the talks` can be understood.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.analysis import Attribution, Ordered, Reading, spans_in_order
from summarizer.article import Span

_OVERLAP = 5  # one part in so many


@dataclass(frozen=True)
class Part:
    """Characters `start` to `end` of an article; what begins before `fresh` was read before."""

    start: int
    end: int
    fresh: int


@dataclass(frozen=True)
class _Stretch:
    start: int
    end: int


class Seams:
    """The places where one article may be parted.

    Args:
        reading: the article.
        most: how many statements a part may have; null for any number.
    """

    def __init__(self, reading: Reading, most: int | None = None) -> None:
        self._text = reading.text
        self._most = most
        self._begin = sorted(_stretch(attribution).start for attribution in reading.attributions)
        held = spans_in_order(_statements(reading))
        sentences = sorted({s.start for s in reading.sentences})
        self._paragraphs = _apart(sorted({p.start for p in reading.paragraphs}), held)
        self._sentences = _apart(sentences, held)
        self._any = sentences

    def part(self, reached: int, size: int) -> Part:
        """The part that goes on at `reached`; it has at most `size` characters, 1 or more."""
        start = self._back(reached, min(size, self._full(reached) - reached) // _OVERLAP)
        end = self._end(start, size)
        if end <= reached:
            start, end = reached, self._end(reached, size)
        return Part(start, end, reached)

    def statements(self, start: int, end: int) -> int:
        """How many statements begin in a part."""
        return bisect_left(self._begin, end) - bisect_left(self._begin, start)

    def _back(self, reached: int, most: int) -> int:
        """Where a part begins that repeats at most so many characters."""
        for cuts in (self._paragraphs, self._sentences):
            number = bisect_left(cuts, reached - most)
            if number < len(cuts) and cuts[number] < reached:
                return cuts[number]
        return reached

    def _end(self, start: int, size: int) -> int:
        """The last good place to end a part; a good one early goes before a bad one late."""
        limit = min(start + size, self._full(start))
        half = (start + limit) // 2
        if limit >= len(self._text):
            return len(self._text)
        for cuts, least in (
            (self._paragraphs, half),
            (self._sentences, half),
            (self._sentences, start),
            (self._any, half),
        ):
            number = bisect_right(cuts, limit) - 1
            if number >= 0 and cuts[number] > least:
                return cuts[number]
        space = self._text.rfind(" ", half, limit)
        return space + 1 if space > start else limit

    def _full(self, start: int) -> int:
        """Where the first statement begins that is too many for a part."""
        number = bisect_left(self._begin, start) + (self._most or len(self._begin))
        return max(self._begin[number], start + 1) if number < len(self._begin) else len(self._text)


def _statements(reading: Reading) -> Iterator[_Stretch]:
    """What should not be parted: quotations, and statements with the words that report them."""
    for quotation in reading.quotations:
        yield _Stretch(quotation.start, quotation.end)
    for attribution in reading.attributions:
        yield _stretch(attribution)


def _stretch(attribution: Attribution) -> _Stretch:
    spans = list(_words(attribution))
    return _Stretch(min(s.start for s in spans), max(s.end for s in spans))


def _words(attribution: Attribution) -> Iterator[Span]:
    yield from (*attribution.spans, *attribution.content)
    if attribution.cue is not None:
        yield attribution.cue
    if attribution.source is not None and not attribution.carried:
        yield attribution.source.span


def _apart(places: Iterable[int], held: Ordered[_Stretch]) -> Sequence[int]:
    """The places that lie inside none of these."""
    return [at for at in places if not any(one.start < at for one in held.touching(at, at + 1))]
