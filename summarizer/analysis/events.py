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

from summarizer.analysis.clauses import Part, PartFinder
from summarizer.analysis.dates import DateFinder, DateMention, Tense
from summarizer.analysis.event import Event, gap, is_quoted
from summarizer.analysis.event_joins import LEAD, EventJoiner
from summarizer.analysis.event_places import DATELINE, PlaceFinder
from summarizer.analysis.event_status import StatusFinder
from summarizer.analysis.event_verbs import TowardFinder
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases
from summarizer.record import date_problem

_NEAR = 60  # characters between the word for a meeting and what makes it one to come
_WORDS = 25  # characters between a word and the one for the meeting that it tells about
_SAID = 5  # characters from a word for speech to the day on which it was said
_LINE = 60  # characters: a longer line is a sentence
_HAS_PLACE = ("in_person", "hybrid", "unknown")  # a call or a letter has none
_CLAUSE = re.compile(r"[,;:–—]")
_NEXT = re.compile(r"\s+")
_YEAR = re.compile(r"\d{4}-")


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
        self._cancelled = Phrases(meetings.cancelled)
        self._statuses = StatusFinder(words)
        self._toward = TowardFinder(words)
        self._modes = {mode: Phrases(phrases) for mode, phrases in words.modes.items()}
        self._kinds = {kind: Phrases(phrases) for kind, phrases in words.kinds.items()}
        self._places = PlaceFinder(words, dates)
        self._joiner = EventJoiner(words)
        self._parts = PartFinder(words)
        self._background = Phrases(words.meetings.background)
        self._press = Phrases(words.meetings.not_meetings)
        self._unfulfilled = Phrases(words.meetings.unfulfilled)
        self._possible = Phrases(words.meetings.possible)
        self._bounds = Phrases(words.dates.bounds)
        self._cues = Phrases([*words.speech.cues, *words.speech.tags])
        self._no_mode = Phrases([*meetings.cancelled, *meetings.not_calls])
        self._recalled = Phrases(words.meetings.recalled)
        self._further = Phrases(words.meetings.further)
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
            told = self._told(
                text, sentence, marked.touching(*around), named.touching(*around), anchor
            )
            for event in told:
                self._joiner.add(text, found, self._after_all(event, found), number)
        found.sort(key=lambda event: event.aside)
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

    def _told(
        self,
        text: str,
        sentence: Span,
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        anchor: date | None,
    ) -> list[Event]:
        """The meeting that a sentence tells of, and one that it names beside it."""
        bare = [m for m in mentions if not is_quoted(m.span, quoted)]
        parts = self._parts.parts(
            text, sentence, bare, lambda p: self._trigger(text, p, quoted, mentions)
        )
        events = [
            self._in_sentence(text, p.span, quoted, mentions, anchor, first=bool(p.link))
            for p in parts
        ]
        main = self._only_possible(text, events[0])
        found = [main] if main else []
        for part, event in zip(parts[1:], events[1:], strict=True):
            later = part.link != "before" or part.said or (main and main.status == "held")
            if event and later:
                found.append(_beside(event, part))
        return found

    def _only_possible(self, text: str, event: Event | None) -> Event | None:
        """A meeting that a sentence only speaks of: `discuss a possible meeting with …`."""
        if event is None or event.by_verb:
            return event
        for start, end in self._possible.find(text, event.sentence.start, event.trigger.start):
            if event.trigger.start - end < _WORDS and event.status in ("held", "planned"):
                shown = span_at(text, start, end)
                return replace(event, status="proposed", status_span=shown, aside=True)
        return event

    def _in_sentence(
        self,
        text: str,
        sentence: Span,
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        anchor: date | None,
        *,
        first: bool = False,
    ) -> Event | None:
        mentions = [m for m in mentions if not is_quoted(m.span, quoted)]
        if self._words.wide:  # a word may seem to stand across the end of a title
            titles = [m.span for m in mentions if m.kind in ("name", "description")]
            quoted = [*quoted, *(Quotation((s,), s.start, s.end) for s in titles)]
        trigger = self._trigger(text, sentence, quoted, mentions, first=first)
        if trigger is None or self._background.within(sentence.text):
            return None
        if self._recalled.first(text, sentence.start, trigger.start) is not None:
            return None
        status, status_span = self._statuses.status(text, sentence, trigger, quoted)
        mode, mode_span = self._first(self._modes, text, sentence, quoted, off=self._no_mode)
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
        dates = [d for d in dates if not self._is_of_another(text, sentence, trigger, d.span)]
        later = [d for d in dates if line is None or d.span.start >= line.end()]
        nearest = self._nearest(text, sentence, later or dates, trigger)
        inside = tuple(m for m in mentions if m.span.within(sentence))
        place = self._places.place(text, sentence, trigger, quoted, inside)
        if place is None and status == "held" and mode == "in_person" and kind != "visit":
            place = self._places.dateline(text, sentence, inside)
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
            place=place,
            people=inside,
            support=(sentence,),
            told=inside,
            by_verb=not self._nouns.whole(trigger.text),
            further=status != "held" and self._further.within(sentence.text),
        )

    def _is_of_another(self, text: str, sentence: Span, trigger: Span, day: Span) -> bool:
        """Whether a day is that of something else: `since 2 May`, `told a press conference on`."""
        before = text[max(sentence.start, day.start - _WORDS) : day.start]
        behind = text[trigger.end : day.start] or before
        if day.start > trigger.end and any(
            end >= day.start - _SAID for _, end in self._cues.find(text, trigger.end, day.start)
        ):
            return True
        return self._bounds.within(behind) or self._press.within(before)

    @staticmethod
    def _nearest(
        text: str, sentence: Span, dates: Sequence[DateMention], trigger: Span
    ) -> DateMention | None:
        """The day nearest to the word for the meeting, else a month told of it.

        That is one in the same clause, or one that the sentence begins with.
        """
        days = [d for d in dates if not d.is_month]
        months = [
            d
            for d in dates
            if d.is_month
            and (
                text[sentence.start : d.span.start].count(" ") <= 1
                or (
                    gap(d.span, trigger) < _NEAR
                    and not _CLAUSE.search(text[trigger.end : d.span.start])
                    and not _CLAUSE.search(text[d.span.end : trigger.start])
                )
            )
        ]
        return min(days or months, key=lambda d: gap(d.span, trigger), default=None)

    def _trigger(
        self,
        text: str,
        sentence: Span,
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        *,
        first: bool = False,
    ) -> Span | None:
        """The word for a meeting: a verb before a noun, those of press conferences left out.

        Of `a meeting of ten countries chaired by …` it is the noun. `first`: whatever comes first.
        """
        verbs = sorted(
            [
                *self._verbs.find(text, sentence.start, sentence.end),
                *self._toward.find(text, sentence, mentions),
            ],
            key=lambda place: (place[0], -place[1]),
        )
        found: list[Span] = []
        for phrases, places in (
            (self._verbs, verbs),
            (self._nouns, self._nouns.find(text, sentence.start, sentence.end)),
        ):
            for start, end in places:
                span = span_at(text, start, end)
                around = text[max(sentence.start, start - 20) : min(sentence.end, end + 20)]
                off = any(s <= start < e for s, e in self._cancelled.find(text, start, end + 12))
                off = off or (phrases is self._verbs and self._is_passive(text, sentence, span))
                if not is_quoted(span, quoted) and not self._press.within(around) and not off:
                    found.append(span)
                    break
            if found and not first:
                break
        return min(found, key=lambda span: span.start, default=None)

    def _after_all(self, event: Event, found: Sequence[Event]) -> Event:
        """A plan of the past is cancelled where the article tells of one that was called off."""
        off = next((e for e in found if e.status == "cancelled"), None)
        if off is None or event.status != "planned":
            return event
        if not self._unfulfilled.within(event.sentence.text):
            return event
        return replace(event, status="cancelled", status_span=off.status_span)

    def _is_passive(self, text: str, sentence: Span, verb: Span) -> bool:
        by = text[verb.end : verb.end + 8].split()[:1]
        noun = self._nouns.first(text, sentence.start, verb.start)
        return bool(by) and by[0] in self._by and noun is not None

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


def _beside(event: Event, part: Part) -> Event:
    """A meeting that the sentence about another one names."""
    if part.link == "ahead" and event.status == "held" and part.joined_by:
        event = replace(event, status="planned", status_span=part.joined_by)
    if part.link == "possible" and event.status in ("held", "planned") and part.joined_by:
        event = replace(event, status="proposed", status_span=part.joined_by)
    return replace(event, aside=True, carried=part.carried)


def _with_known_year(event: Event, text: str, published: date | None) -> Event:
    """The event without a year that only arithmetic gives: the day after December 31."""
    if event.edtf is None:
        return event
    day = published.isoformat() if published else None
    if date_problem(event.edtf, status=event.status, article_text=text, published=day) is None:
        return event
    return replace(event, edtf=_YEAR.sub("XXXX-", event.edtf))
