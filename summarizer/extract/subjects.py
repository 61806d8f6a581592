"""Who met, where a sentence says `he` or `the minister`; and meetings told several at once."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.analysis import Candidate, Event, Mention, Reading, spans_in_order
from summarizer.article import Span
from summarizer.extract.cast import Cast
from summarizer.lexicon import Phrases

_BACK = 3  # sentences in which the subject of a pronoun is looked for
_NEAR = 3  # words before the one for the meeting, in which a possessive may stand


class Subjects:
    """Finds who a meeting's sentence begins with."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        people = reading.words.people
        self._reading = reading
        self._cast = cast
        self._pronouns = frozenset((*people.pronouns.male, *people.pronouns.female))
        self._own = Phrases(people.own)
        self._indefinite = Phrases(people.indefinite)
        self._separate = Phrases(reading.words.meetings.separate)
        self._sentences = spans_in_order(reading.sentences)

    def of(self, event: Event, people: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Who met those people, where a pronoun or a description stands for them."""
        until = event.trigger.start
        before = [m for m in event.people if m.span.end <= until]
        named = any(
            m.span.within(event.sentence) and m.span.end <= until
            for figure in people
            for m in figure.mentions
        )
        groups = [m for m in event.people if m.kind == "description" and m.plural]
        met = bool(people) or any(m.span.start > until for m in groups)
        if named or not met:
            return ()
        lead = self._reading.text[event.sentence.start : until].split()[-_NEAR:]
        if any(self._own.whole(word) for word in lead):  # `his talks with Ana Lima`
            found = self._subject_before(event)
            return (found,) if found is not None and found not in people else ()
        if not before:
            return ()
        last = before[-1]
        if last.kind == "pronoun" and last.span.text.casefold() in self._pronouns:
            found = self._subject_before(event)
        elif last.kind == "description" and not last.plural and not last.country:
            found = self._fitting(last)
        else:
            found = None
        return (found,) if found is not None and found not in people else ()

    def parted(self, event: Event, people: Sequence[Candidate]) -> list[tuple[Candidate, ...]]:
        """Who was at each: of `held separate talks with A, B and C` there are three."""
        for sentence in dict.fromkeys((event.sentence, *event.support)):
            sign = self._separate.first(self._reading.text, sentence.start, sentence.end)
            if sign is None:
                continue
            at = event.trigger.start if sentence is event.sentence else sign[0]
            listed = [figure for figure in people if _first_in(sentence, figure) > at]
            others = tuple(figure for figure in people if figure not in listed)
            if len(listed) > 1 and others:
                return [(*others, figure) for figure in listed]
        return [tuple(people)]

    def _subject_before(self, event: Event) -> Candidate | None:
        """Whom the nearest sentence before names first."""
        for sentence in reversed(self._sentences.last(event.sentence.start - 1, _BACK)):
            placed = self._cast.placed.within(sentence.start, sentence.end)
            first = min(placed, key=lambda p: (p.mention.span.start, p.number), default=None)
            if first is not None:
                return first.figure
        return None

    def _fitting(self, mention: Mention) -> Candidate | None:
        """The one named last before `the minister` who is one."""
        if self._indefinite.at(mention.span.text, 0) is not None:
            return None
        before = [
            placed
            for placed in self._cast.placed.items
            if placed.mention.span.end <= mention.span.start and mention.head in placed.figure.heads
        ]
        return max(before, key=lambda p: p.mention.span.start).figure if before else None


def _first_in(sentence: Span, figure: Candidate) -> int:
    """Where a sentence first mentions someone; -1 if nowhere."""
    starts = [m.span.start for m in figure.mentions if m.span.within(sentence)]
    return min(starts, default=-1)
