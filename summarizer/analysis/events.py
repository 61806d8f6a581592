"""Meetings that an article may report: sentences with a word for a meeting, joined into events.

What counts as a meeting follows PLOVER's CONSULT and COOPERATE events: officials talk to each
other in person, by telephone, by video or in writing. The rules give status, kind, mode, date and
place with the words that show each; whether it is one is for the model to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summarizer.analysis.dates import DateFinder, DateMention, Tense
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases
from summarizer.record import MeetingStatus, date_problem

_LEAD = 4
_NEAR = 60  # characters between the word for a meeting and what makes it one to come
_LINE = 60  # characters: a longer line is a sentence
_HAS_PLACE = ("in_person", "hybrid", "unknown")  # a call or a letter has none
_DATELINE = re.compile(r"([^\W\d_][^–—,(\d]{1,30}?)(?:,|\s*\(|\s[–—-])[^–—-]{0,40}?[–—-]+\s")
_YEAR = re.compile(r"\d{4}-")
_STATUSES: tuple[MeetingStatus, ...] = ("cancelled", "proposed", "planned", "held")


@dataclass(frozen=True)
class Event:
    """One meeting as the words give it; every value comes with the span that shows it.

    `told` are the people of every sentence about it. `by_verb`: a verb reports it (`received`),
    not a noun. `further`: it is named as one more of the same people.
    """

    sentence: Span
    trigger: Span
    status: MeetingStatus
    status_span: Span
    kind: str
    kind_span: Span | None
    mode: str
    mode_span: Span | None
    date: DateMention | None = None
    edtf: str | None = None
    place: Span | None = None
    people: tuple[Mention, ...] = ()
    support: tuple[Span, ...] = ()
    told: tuple[Mention, ...] = ()
    by_verb: bool = False
    further: bool = False


def is_concrete(event: Event) -> bool:
    """Whether a meeting that did not take place, or not yet, has a day of its own."""
    return event.status != "held" and event.edtf is not None


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
        for row in text.split("\n")[: _LEAD * 2]:
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
        self._modes = {mode: Phrases(phrases) for mode, phrases in words.modes.items()}
        self._kinds = {kind: Phrases(phrases) for kind, phrases in words.kinds.items()}
        self._places = Phrases(words.places.before)
        self._known_places = bool(words.places.names)
        self._place_after = _known_place(words) if self._known_places else _place_after(words)
        self._no_places = Phrases([*words.people.nouns, *words.people.common])
        self._articles = frozenset(words.people.determiners)
        self._here = Phrases(words.places.here)
        self._common = Phrases(words.places.common)
        self._background = Phrases(words.meetings.background)
        self._press = Phrases(words.meetings.not_meetings)
        self._definite = Phrases(words.meetings.definite)
        self._further = Phrases(words.meetings.further)
        self._taking_part = Phrases(words.meetings.taking_part)
        self._takes_place = Phrases(words.meetings.takes_place)
        self._that = Phrases(words.speech.that[:1])
        self._themes = _theme(words)

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
            self._add(text, found, event, number)
        if found:
            found[0] = self._with_lines(found[0], lines, anchor)
        found = [_with_known_year(event, text, published) for event in found]
        return tuple(e if e.mode in _HAS_PLACE else replace(e, place=None) for e in found)

    def _with_lines(self, event: Event, lines: _Lines, anchor: date | None) -> Event:
        """The first event with the day and place that stand on lines of their own above it."""
        if event.status != "held":
            return event
        if event.date is None and lines.date is not None:
            edtf = self._dates.edtf(lines.date, anchor, "past")
            event = replace(event, date=lines.date, edtf=edtf)
        named = event.place is not None and event.place.within(event.sentence)
        if not named and lines.place is not None and event.mode in _HAS_PLACE:
            event = replace(event, place=lines.place)
        return event

    def _add(self, text: str, found: list[Event], event: Event, number: int) -> None:
        """Joins an event to one already found that it only goes on about."""
        if number < _LEAD and len(found) == 1 and _is_told_by(found[0], event):
            found[0] = _joined(event, found[0], in_lead=True)
            return
        for at, other in enumerate(found):
            if self._same(text, other, event):
                found[at] = _joined(other, event, in_lead=number < _LEAD)
                return
        if number >= _LEAD and not (event.people or is_concrete(event) or event.further):
            return
        found.append(event)

    def _same(self, text: str, other: Event, event: Event) -> bool:
        lead = text[event.sentence.start : event.trigger.start]
        definite = self._definite.within(lead[-25:]) or self._definite.whole(event.trigger.text)
        other_day = bool(event.edtf and other.edtf and event.edtf != other.edtf)
        if (is_concrete(event) and other_day) or _is_by_other_means(other, event):
            return False
        joins = self._taking_part.within(event.sentence.text)
        if event.further or (not (definite or joins) and _is_with_others(other, event)):
            return False
        if definite and not (event.status != "held" and other.status == "held"):
            return True
        if other_day:
            return False
        if event.status != other.status and event.edtf and event.edtf != other.edtf:
            return False
        if other.status == "held" and is_concrete(event):
            return False
        return definite or not event.people or event.status == other.status

    def _in_sentence(
        self,
        text: str,
        sentence: Span,
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        anchor: date | None,
    ) -> Event | None:
        mentions = [m for m in mentions if not _inside(m.span, quoted)]
        if self._words.wide:  # a word may seem to stand across the end of a title
            titles = [m.span for m in mentions if m.kind in ("name", "description")]
            quoted = [*quoted, *(Quotation((s,), s.start, s.end) for s in titles)]
        trigger = self._trigger(text, sentence, quoted)
        if trigger is None or self._background.within(sentence.text):
            return None
        status, status_span = self._status(text, sentence, trigger, quoted)
        mode, mode_span = self._first(self._modes, text, sentence, quoted, off=self._cancelled)
        kind, kind_span = self._first(self._kinds, text, sentence, quoted)
        dates = [
            d
            for d in self._dates.find(text, sentence.start, sentence.end)
            if not _inside(d.span, quoted)
        ]
        tense: Tense = "past" if status == "held" else "future"
        line = _DATELINE.match(text, sentence.start, sentence.end)
        that = self._that.first(text, sentence.start, trigger.start)
        if that is not None:  # `said today that …`: the day of what was said
            dates = [d for d in dates if d.span.start > that[0]]
        later = [d for d in dates if line is None or d.span.start >= line.end()]
        nearest = min(later or dates, key=lambda d: _gap(d.span, trigger), default=None)
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
            place=self._place(text, sentence, trigger, quoted, inside),
            people=inside,
            support=(sentence,),
            told=inside,
            by_verb=self._verbs.whole(trigger.text),
            further=status != "held" and self._further.within(sentence.text),
        )

    def _trigger(self, text: str, sentence: Span, quoted: Sequence[Quotation]) -> Span | None:
        """The word for a meeting: a verb before a noun, those of press conferences left out."""
        for phrases in (self._verbs, self._nouns):
            for start, end in phrases.find(text, sentence.start, sentence.end):
                span = span_at(text, start, end)
                around = text[max(sentence.start, start - 20) : min(sentence.end, end + 20)]
                off = any(s <= start < e for s, e in self._cancelled.find(text, start, end + 12))
                if not _inside(span, quoted) and not self._press.within(around) and not off:
                    return span
        return None

    def _status(
        self, text: str, sentence: Span, trigger: Span, quoted: Sequence[Quotation]
    ) -> tuple[MeetingStatus, Span]:
        for start, end in self._takes_place.find(text, trigger.end, sentence.end):
            span = span_at(text, start, end)
            if (
                not _inside(span, quoted)
                and self._cancelled.first(text, sentence.start, sentence.end) is None
            ):
                return "planned", span
        tables = (self._cancelled, self._proposed, self._future)
        for status, phrases in zip(_STATUSES, tables, strict=False):
            for start, end in phrases.find(text, sentence.start, sentence.end):
                span = span_at(text, start, end)
                near = status == "cancelled" or _gap(span, trigger) < _NEAR
                if not _inside(span, quoted) and near:
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
                if not within and not _inside(span, quoted):
                    return value, span
        return None, None

    def _place(
        self,
        text: str,
        sentence: Span,
        trigger: Span,
        quoted: Sequence[Quotation],
        inside: Sequence[Mention],
    ) -> Span | None:
        """`in London`, `at the Elysee Palace` near the trigger; not inside a person's title."""
        line = _DATELINE.match(text, sentence.start, sentence.end)
        if line and self._here.first(text, line.end(), sentence.end) is not None:
            return span_at(text, *line.span(1))
        if sentence.text.isupper():
            return None  # capitals that show no names
        best: Span | None = None
        for start, end in self._places.find(text, sentence.start, sentence.end):
            if self._themes.search(text[sentence.start : start]):
                continue  # a conference on the war in Afghanistan
            match = self._place_after.match(text, end, sentence.end)
            if match is None:
                continue
            span = span_at(text, match.start(1), match.end(1) - (text[match.end(1) - 1] in ".’'"))
            span = _before_person(text, span, inside)
            titled = any(
                (m.role or m.rank or m.honorific) and span.overlaps(m.span) for m in inside
            )
            if titled or _inside(span, quoted) or not self._is_place(text, span):
                continue
            if best is None or _gap(span, trigger) < _gap(best, trigger):
                best = span
        return best

    def _is_place(self, text: str, span: Span) -> bool:
        words = span.text.split()
        if self._dates.find(text, span.start, span.end):
            return False
        if self._known_places:
            return True
        common = self._common.within(span.text)
        names = [w.strip(",") for w in words if w[:1].isupper()]
        articled = len(names) > 1 and names[0].lower() in self._articles  # La Paz
        first = names[articled] if names else ""
        if self._no_places.whole(first) and not common:
            return False
        return common or words[-1][:1].isupper() or (words[-1][:1].isdigit() is False and common)


_CAP = r"[^\W\d_a-zà-ÿа-яё][\w’'.-]*"
_OF = r"(?:of|the|de|la|el|al|du|des|del|der|las|los)"


def _place_after(words: Lexicon) -> re.Pattern[str]:
    """A place behind its preposition: capitalised words, with a common noun of places."""
    common = "|".join(map(re.escape, words.places.common)).replace(r"\*", r"\w*") or r"(?!)"
    articles = "|".join(map(re.escape, words.people.determiners)).replace("'", "['’]") or r"(?!)"
    return re.compile(
        rf"\s+((?:(?:{articles})(?:\s+|(?<=['’])))?(?:(?:{common})\s+(?:{_OF}\s+){{0,2}}(?:[dl]['’])?)?"
        rf"(?:{_CAP}|{_OF}\s(?={_CAP}))"
        rf"(?:(?:\s+|-)(?:{_CAP}|{_OF}(?=\s+{_CAP})))*"
        rf"(?:\s+(?:{common}))?(?:,\s+{_CAP}(?:\s+{_CAP})*(?=[,.;]|\s|$))?)"
    )


def _theme(words: Lexicon) -> re.Pattern[str]:
    """What is spoken about, at the end of a text: `on the war`."""
    articles = "|".join(map(re.escape, words.people.determiners)) or r"(?!)"
    themes = "|".join(map(re.escape, words.places.themes)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{themes})\s+(?:(?:{articles})\s+)?(?:[^\W\dA-Z]+\s+){{1,2}}$")


def _before_person(text: str, span: Span, people: Sequence[Mention]) -> Span:
    """A place without the person who is named behind its comma: `In Seoul, Gates said`."""
    comma = span.text.find(",")
    behind = span.start + comma + 1
    named = comma >= 0 and any(m.kind == "name" and m.span.end > behind for m in people)
    if named and any(m.span.overlaps(span) and m.span.start >= behind for m in people):
        return span_at(text, span.start, behind - 1)
    return span


def _known_place(words: Lexicon) -> re.Pattern[str]:
    """Likewise where no capital letters show names: a known city, a common noun of places."""
    cities, common, countries = map(_any, (words.cities, words.places.common, words.country_codes))
    if words.wide:
        source = rf"(?:{countries})?((?:{common})?(?:{cities})(?:\w{{0,6}}?(?:{common}))?|{common})"
        return re.compile(source)
    return re.compile(
        rf"\s+((?:{cities})(?!\w)|(?:{common})(?!\w)(?:\s+\w+)?(?:\s+(?:{cities})(?!\w))?)"
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in ordered) or r"(?!)"


def _with_known_year(event: Event, text: str, published: date | None) -> Event:
    """The event without a year that only arithmetic gives: the day after December 31."""
    if event.edtf is None:
        return event
    day = published.isoformat() if published else None
    if date_problem(event.edtf, status=event.status, article_text=text, published=day) is None:
        return event
    return replace(event, edtf=_YEAR.sub("XXXX-", event.edtf))


def _inside(span: Span, quoted: Sequence[Quotation]) -> bool:
    return any(q.start <= span.start < q.end for q in quoted)


def _is_by_other_means(other: Event, event: Event) -> bool:
    """Whether officials who met also spoke, say by telephone, with somebody else."""
    if event.mode == other.mode or {event.mode, other.mode} & {"unknown", "hybrid"}:
        return False
    told = " ".join(span.text for span in (other.sentence, *other.support))
    names = [m for m in event.people if m.kind == "name" and m.name]
    fresh = [m for m in names if m.name and m.name.text.split()[-1] not in told]
    return len(names) > len(fresh) and any(m.role or m.rank or m.country for m in fresh)


def _is_told_by(headline: Event, event: Event) -> bool:
    """Whether a headline only names a meeting (`talks in London`) that the lead then announces."""
    named = headline.sentence.text[-1].isalnum() and not headline.by_verb
    return named and headline.status == "held" and event.status != "held"


def _is_with_others(other: Event, event: Event) -> bool:
    """Whether someone of a meeting of two then met a third: `In the evening she received …`."""
    if not (event.by_verb and other.status == event.status == "held"):
        return False
    titled = [m for m in other.told if m.name and (m.role or m.rank or m.country)]
    met = {m.name.text.split()[-1] for m in titled if m.name}
    sentences = " ".join(span.text for span in (other.sentence, *other.support))
    behind = [m for m in event.people if m.name and m.span.start > event.trigger.start]
    fresh = [m for m in behind if m.name and m.name.text.split()[-1] not in sentences]
    return len(met) >= 2 and any(m.role or m.rank or m.country for m in fresh)


def _gap(span: Span, other: Span) -> int:
    if span.overlaps(other):
        return 0
    return max(span.start - other.end, other.start - span.end)


def _joined(event: Event, later: Event, *, in_lead: bool) -> Event:
    """The first event with what it leaves open taken from a later sentence about it.

    Day and place are taken from the lead only: further down other days and places are named.
    """
    same_day = in_lead and event.date is None and later.date is not None
    return replace(
        event,
        mode=later.mode if event.mode == "unknown" else event.mode,
        mode_span=event.mode_span or later.mode_span,
        kind=later.kind if event.kind == "other" else event.kind,
        kind_span=event.kind_span or later.kind_span,
        date=later.date if same_day else event.date,
        edtf=later.edtf if same_day else event.edtf,
        place=event.place or (later.place if in_lead else None),
        support=(*event.support, later.sentence),
        told=(*event.told, *later.told),
    )
