"""Meetings that an article may report: sentences with a word for a meeting, joined into events.

What counts as a meeting follows PLOVER's CONSULT and COOPERATE events: officials talk to each
other in person, by telephone, by video or in writing. The rules give status, kind, mode, date and
place with the words that show each; whether it is one is for the model to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from summarizer.analysis.dates import DateFinder, DateMention, Tense
from summarizer.analysis.event import Event, gap, is_quoted
from summarizer.analysis.event_joins import LEAD, EventJoiner
from summarizer.analysis.event_places import DATELINE, PlaceFinder
from summarizer.analysis.event_verbs import TowardFinder
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases
from summarizer.record import MeetingStatus, date_problem

_NEAR = 60  # characters between the word for a meeting and what makes it one to come
_VERB = 20  # characters before a past form that may make it a passive or a perfect to come
_LINE = 60  # characters: a longer line is a sentence
_HAS_PLACE = ("in_person", "hybrid", "unknown")  # a call or a letter has none
_NEXT = re.compile(r"\s+")
_YEAR = re.compile(r"\d{4}-")
_STATUSES: tuple[MeetingStatus, ...] = ("cancelled", "proposed", "planned", "held")


@dataclass(frozen=True)
class _Lines:
    """The date and the place that stand on lines of their own between headline and text."""

    date: DateMention | None = None
    place: Span | None = None
    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, text: str, dates: DateFinder) -> _Lines:
        lines: list[Span] = []
        offset = 0
        for row in text.split("\n")[: LEAD * 2]:
            if row.strip():
                lines.append(span_at(text, offset, offset + len(row)))
            offset += len(row) + 1
        for number, line in enumerate(lines[1:], 1):
            found = dates.find(text, line.start, line.end)
            dated = next((d for d in found if d.first is not None), None)
            sentence = line.text.endswith((".", "。")) or len(line.text) > _LINE
            if dated is None or len(line.text.split()) > 5 or sentence:
                continue
            after = lines[number + 1] if number + 1 < len(lines) else None
            placed = after is not None and len(after.text.split()) <= 5
            placed = placed and after is not None and after.text[-1].isalnum()
            place = after if placed else None
            return cls(dated, place, tuple(s for s in (line, place) if s))
        return cls()


class EventFinder:
    """Finds meetings with the words of one language."""

    def __init__(self, words: Lexicon, dates: DateFinder) -> None:
        meetings = words.meetings
        self._dates = dates
        self._words = words
        self._verbs = Phrases(meetings.held)
        self._nouns = Phrases(meetings.nouns)
        self._future = Phrases(meetings.future)
        self._cancelled = Phrases(meetings.cancelled)
        self._proposed = Phrases(meetings.proposed)
        self._past = Phrases(meetings.past)
        self._accepted = Phrases(meetings.accepted)
        self._came = Phrases(meetings.came)
        self._toward = TowardFinder(words)
        self._modes = {mode: Phrases(phrases) for mode, phrases in words.modes.items()}
        self._kinds = {kind: Phrases(phrases) for kind, phrases in words.kinds.items()}
        self._places = PlaceFinder(words, dates)
        self._joiner = EventJoiner(words)
        self._background = Phrases(words.meetings.background)
        self._press = Phrases(words.meetings.not_meetings)
        self._further = Phrases(words.meetings.further)
        self._takes_place = Phrases(words.meetings.takes_place)
        self._by = frozenset(words.meetings.mentioned[:1])
        self._that = Phrases(words.speech.that[:1])

    def events(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        published: date | None,
    ) -> tuple[Event, ...]:
        """The meetings of an article in order, the one it is about first."""
        anchor = self._dates.anchor(text, published)
        lines = _Lines.of(text, self._dates)
        sentences = [s for s in sentences if not any(s.within(line) for line in lines.spans)]
        found: list[Event] = []
        marked = spans_in_order(quoted)
        named = Ordered(mentions, lambda mention: mention.span)
        for number, sentence in enumerate(sentences):
            around = sentence.start, sentence.end
            event = self._in_sentence(
                text, sentence, marked.touching(*around), named.touching(*around), anchor
            )
            if event is None:
                continue
            self._joiner.add(text, found, event, number)
        if found:
            found[0] = self._with_lines(found[0], lines, anchor)
        found = [_with_known_year(event, text, published) for event in found]
        return tuple(e if e.mode in _HAS_PLACE else replace(e, place=None) for e in found)

    def acting(self, text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """The names, of several words, whose next word tells of a meeting: they are people's."""
        found = []
        for mention in mentions:
            name = mention.name.text if mention.kind == "name" and mention.name else ""
            if len(name.split()) < 2 or mention.in_title_case or self._words.city_country(name):
                continue
            verb = _NEXT.match(text, mention.span.end)
            if verb and self._verbs.at(text, verb.end()) is not None:
                found.append(mention)
        return tuple(found)

    def _with_lines(self, event: Event, lines: _Lines, anchor: date | None) -> Event:
        """The first event with the day and place that stand on lines of their own above it."""
        if event.status != "held":
            return event
        if event.date is None and lines.date is not None:
            edtf = self._dates.edtf(lines.date, anchor, "past")
            event = replace(event, date=lines.date, edtf=edtf)
        place = event.place
        named = place is not None and place.within(event.sentence)
        if place is not None and self._words.country(place.text) is not None:
            named = False  # a line of its own says more than `who is in Chile`
        if not named and lines.place is not None and event.mode in _HAS_PLACE:
            event = replace(event, place=lines.place)
        return event

    def _in_sentence(
        self,
        text: str,
        sentence: Span,
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        anchor: date | None,
    ) -> Event | None:
        mentions = [m for m in mentions if not is_quoted(m.span, quoted)]
        if self._words.wide:  # a word may seem to stand across the end of a title
            titles = [m.span for m in mentions if m.kind in ("name", "description")]
            quoted = [*quoted, *(Quotation((s,), s.start, s.end) for s in titles)]
        trigger = self._trigger(text, sentence, quoted, mentions)
        if trigger is None or self._background.within(sentence.text):
            return None
        status, status_span = self._status(text, sentence, trigger, quoted)
        mode, mode_span = self._first(self._modes, text, sentence, quoted, off=self._cancelled)
        met = next((m for m, words in self._modes.items() if words.whole(trigger.text)), None)
        if mode == "correspondence" and met is not None:  # `received her and read her letter`
            mode, mode_span = met, trigger
        if mode is None and self._toward.welcomes(trigger.text):
            mode, mode_span = "in_person", trigger
        kind, kind_span = self._first(self._kinds, text, sentence, quoted)
        dates = [
            d
            for d in self._dates.find(text, sentence.start, sentence.end)
            if not is_quoted(d.span, quoted)
        ]
        tense: Tense = "past" if status == "held" else "future"
        line = DATELINE.match(text, sentence.start, sentence.end)
        that = self._that.first(text, sentence.start, trigger.start)
        if that is not None:  # `said today that …`: the day of what was said
            dates = [d for d in dates if d.span.start > that[0]]
        later = [d for d in dates if line is None or d.span.start >= line.end()]
        nearest = min(later or dates, key=lambda d: gap(d.span, trigger), default=None)
        inside = tuple(m for m in mentions if m.span.within(sentence))
        return Event(
            sentence=sentence,
            trigger=trigger,
            status=status,
            status_span=status_span,
            kind=kind or "other",
            kind_span=kind_span,
            mode=mode or "unknown",
            mode_span=mode_span,
            date=nearest,
            edtf=self._dates.edtf(nearest, anchor, tense) if nearest else None,
            place=self._places.place(text, sentence, trigger, quoted, inside),
            people=inside,
            support=(sentence,),
            told=inside,
            by_verb=not self._nouns.whole(trigger.text),
            further=status != "held" and self._further.within(sentence.text),
        )

    def _trigger(
        self,
        text: str,
        sentence: Span,
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
    ) -> Span | None:
        """The word for a meeting: a verb before a noun, those of press conferences left out.

        Of `a meeting of ten countries chaired by …` it is the noun.
        """
        verbs = sorted(
            [
                *self._verbs.find(text, sentence.start, sentence.end),
                *self._toward.find(text, sentence, mentions),
            ],
            key=lambda found: (found[0], -found[1]),
        )
        for phrases, found in (
            (self._verbs, verbs),
            (self._nouns, self._nouns.find(text, sentence.start, sentence.end)),
        ):
            for start, end in found:
                span = span_at(text, start, end)
                around = text[max(sentence.start, start - 20) : min(sentence.end, end + 20)]
                off = any(s <= start < e for s, e in self._cancelled.find(text, start, end + 12))
                off = off or (phrases is self._verbs and self._is_passive(text, sentence, span))
                if not is_quoted(span, quoted) and not self._press.within(around) and not off:
                    return span
        return None

    def _is_passive(self, text: str, sentence: Span, verb: Span) -> bool:
        by = text[verb.end : verb.end + 8].split()[:1]
        noun = self._nouns.first(text, sentence.start, verb.start)
        return bool(by) and by[0] in self._by and noun is not None

    def _status(
        self, text: str, sentence: Span, trigger: Span, quoted: Sequence[Quotation]
    ) -> tuple[MeetingStatus, Span]:
        for start, end in self._takes_place.find(text, trigger.end, sentence.end):
            span = span_at(text, start, end)
            if (
                not is_quoted(span, quoted)
                and self._cancelled.first(text, sentence.start, sentence.end) is None
            ):
                return "planned", span
        tables = (self._cancelled, self._proposed, self._future)
        accepted = list(self._accepted.find(text, sentence.start, sentence.end))
        if self._past.whole(trigger.text.split()[0]):  # `met him and invited him to visit`
            verb = max(sentence.start, trigger.start - _VERB), trigger.start
            if not any(phrases.first(text, *verb) for phrases in tables):
                return "held", trigger
        for status, phrases in zip(_STATUSES, tables, strict=False):
            for start, end in phrases.find(text, sentence.start, sentence.end):
                span = span_at(text, start, end)
                near = status == "cancelled" or gap(span, trigger) < _NEAR
                followed = any(first <= start < last for first, last in accepted)
                came = phrases is self._future and self._came.first(text, sentence.start, start)
                if near and not (followed or came or is_quoted(span, quoted)):
                    return status, span
        return "held", trigger

    def _first(
        self,
        tables: dict[str, Phrases],
        text: str,
        sentence: Span,
        quoted: Sequence[Quotation],
        off: Phrases | None = None,
    ) -> tuple[str | None, Span | None]:
        """The first value of a table, in the table's order, whose words stand in the sentence.

        Words that are part of one of `off` do not count: `called off` is no call.
        """
        other = list(off.find(text, sentence.start, sentence.end)) if off else []
        for value, phrases in tables.items():
            for start, end in phrases.find(text, sentence.start, sentence.end):
                span = span_at(text, start, end)
                within = any(start < last and first < end for first, last in other)
                if not within and not is_quoted(span, quoted):
                    return value, span
        return None, None


def _with_known_year(event: Event, text: str, published: date | None) -> Event:
    """The event without a year that only arithmetic gives: the day after December 31."""
    if event.edtf is None:
        return event
    day = published.isoformat() if published else None
    if date_problem(event.edtf, status=event.status, article_text=text, published=day) is None:
        return event
    return replace(event, edtf=_YEAR.sub("XXXX-", event.edtf))
