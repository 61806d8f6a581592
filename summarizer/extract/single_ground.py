"""Grounding what a model wrote: a place in the article for its words, or why they are refused."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis import Ordered, Reading, spans_in_order
from summarizer.article import Span, span_at
from summarizer.extract.single_match import ExactWords
from summarizer.lexicon import Phrases
from summarizer.record import Check

Listed = Literal["persons", "meetings", "statements", "summary"]
_SHOWN = 60


@dataclass(frozen=True)
class Place:
    """A field of the answer: the list it is in, its number there, and its name in a record."""

    part: Listed
    index: int
    field: str = ""


@dataclass(frozen=True)
class Refusal:
    """A claim that the article does not bear out."""

    place: Place
    code: str
    message: str

    def asked(self) -> str:
        """The same as a line for the model that is asked again."""
        return f"`{_path(self.place.part, self.place.index, self.place.field)}`: {self.message}"

    def check(self, kept: Mapping[tuple[Listed, int], int]) -> Check:
        """The same for the record; `kept` gives the numbers there of what was not left out."""
        index = kept.get((self.place.part, self.place.index))
        field = "" if index is None else self.place.field
        return Check(
            code=self.code,
            severity="warning",
            where=_path(self.place.part, index, field),
            message=self.message,
        )


class Ground:
    """One article to stand on, or a part of it, and what was refused so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.refusals: list[Refusal] = []
        speech, meetings = reading.words.speech, reading.words.meetings
        self._verbs = Phrases([*speech.cues, *meetings.held])
        self._words = ExactWords(self.text)
        self._sentences = spans_in_order(reading.sentences)
        self._quotations = Ordered(enumerate(reading.quotations), lambda numbered: numbered[1])
        self._ends = [paragraph.end for paragraph in reading.paragraphs]
        self.number, self.start, self.end = 0, 0, len(self.text)

    def part(self, number: int, start: int, end: int) -> Ground:
        """The same article, of which the model has seen part `number`: `start` to `end`."""
        part = copy.copy(self)
        part.refusals = []
        part.number, part.start, part.end = number, start, end
        return part

    def refuse(self, place: Place, code: str, message: str) -> None:
        """Note that a claim is left out."""
        self.refusals.append(Refusal(place, code, message))

    def find(self, words: str) -> tuple[Span, ...]:
        """Every place where the words stand, in what the model has seen."""
        return self._words.find(words, self.start, self.end)

    def locate(
        self,
        words: str,
        place: Place,
        *,
        near: Span | None = None,
        fits: Callable[[Span], bool] | None = None,
        code: str = "words_not_in_article",
    ) -> Span | None:
        """The one place that the words can mean; null, and a refusal, if there is none.

        Args:
            words: what the model wrote.
            place: the field it wrote them for.
            near: of several places, the one in its sentence and nearest to it is meant.
            fits: which places come into question.
            code: of the refusal for words that stand nowhere.
        """
        found = self.find(words)
        fitting = [span for span in found if fits is None or fits(span)]
        if not found:
            self.refuse(place, code, f"{shown(words)} does not stand in the article")
        elif not fitting:
            self.refuse(place, "words_elsewhere", f"{shown(words)} stands only elsewhere")
        else:
            nearest = fitting if near is None else self._nearest(fitting, near)
            if len(nearest) == 1:
                return nearest[0]
            times = f"{shown(words)} stands in {len(nearest)} places that may be meant"
            self.refuse(place, "words_ambiguous", times)
        return None

    def _nearest(self, spans: Sequence[Span], near: Span) -> list[Span]:
        around = self.sentences_of(near)

        def distance(span: Span) -> tuple[bool, int]:
            return not span.within(around), gap(span, near)

        least = min(map(distance, spans))
        return [span for span in spans if distance(span) == least]

    def sentences_of(self, span: Span) -> Span:
        """From the beginning of the sentence that a span begins in to the end of its last one."""
        touched = self._sentences.touching(span.start, span.end)
        if not touched:
            return span
        start, end = min(touched[0].start, span.start), max(touched[-1].end, span.end)
        return span_at(self.text, start, end)

    def quoted(self, span: Span) -> int | None:
        """The number of the quotation that a span begins in."""
        marked = self._quotations.touching(span.start, span.start + 1)
        return min((number for number, _ in marked), default=None)

    def close(self, span: Span, other: Span) -> bool:
        """Whether two spans stand in the same paragraph or in neighbouring ones."""
        return abs(self._paragraph(span.start) - self._paragraph(other.start)) <= 1

    def _paragraph(self, at: int) -> int:
        return bisect_right(self._ends, at)

    def verb_between(self, span: Span, other: Span) -> bool:
        """Whether a word that reports speech or a meeting parts two spans."""
        first, second = sorted((span, other), key=lambda s: s.start)
        return self._verbs.first(self.text, first.end, max(first.end, second.start)) is not None


def gap(span: Span, other: Span) -> int:
    """The characters between two spans."""
    return max(0, span.start - other.end, other.start - span.end)


def shown(words: str) -> str:
    """Words for a message, on one line and shortened."""
    line = " ".join(words.split()).replace("`", "'")
    return f"`{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}`"


def _path(part: Listed, index: int | None, field: str) -> str:
    listed = "summary.sentences" if part == "summary" else part
    numbered = listed if index is None else f"{listed}[{index}]"
    return f"{numbered}.{field}" if field else numbered
