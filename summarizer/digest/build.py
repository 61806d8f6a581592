"""A digest from records: what several articles share is told once, with every source kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from summarizer.article import one_line
from summarizer.digest.contents import Digest, Event, Pair, Saying, Source, Told, Voice, Who
from summarizer.digest.fragment import place_link, web_address
from summarizer.digest.period import Period, order
from summarizer.linkage import Mention, differences, link, report, settled, statement_topics
from summarizer.record import Meeting, Person, Record, Statement, Supported
from summarizer.views import said

Thing = TypeVar("Thing", Person, Meeting)


def digest(records: Iterable[Record], period: Period | None = None) -> Digest:
    """What the records tell of a period.

    A meeting belongs to it if its date can lie in it; without a date, if one of its articles came
    out in it. A statement follows its meeting; one that was made elsewhere, its article.

    Args:
        records: in the order in which articles are named.
        period: all of time, if left out.
    """
    return _Builder(list(records), period or Period()).digest()


class _Builder:
    def __init__(self, records: Sequence[Record], period: Period) -> None:
        self._records = records
        self._period = period
        self._sources = [_source(number, each) for number, each in enumerate(records, start=1)]
        linkage = link(records)
        self._who_of, self._event_of = linkage.numbers()
        self._who = [self._person(n, group) for n, group in enumerate(linkage.people, start=1)]
        self._events = [self._event(n, group) for n, group in enumerate(linkage.meetings, start=1)]

    def digest(self) -> Digest:
        taken = [event for event in self._events if self._takes(event)]
        taken.sort(key=lambda event: (*order(event.report.date), event.number))
        voices = tuple(self._voices(taken))
        used = {told.source for event in taken for told in event.told}
        used |= {s.source for voice in voices for _, said_ in voice.topics for s in said_}
        return Digest(
            self._period,
            tuple(taken),
            tuple(_pairs(taken)),
            voices,
            tuple(source for source in self._sources if source in used),
            sum(not _dates(event) for event in self._events if event not in taken),
        )

    def _takes(self, event: Event) -> bool:
        dates = [event.report.date] if event.report.date else _dates(event)
        return self._period.whole or any(self._period.takes(each) for each in dates)

    def _person(self, number: int, group: Sequence[Mention]) -> Who:
        persons = [_named(self._records[at].persons, name) for at, name in group]
        known = [each for each in persons if each.role or each.rank] or persons
        name = one_line(max((each.name for each in persons), key=len))
        about = [known[0].rank, known[0].role, known[0].organization]
        new = [part for part in about if part and part.casefold() not in name.casefold()]
        return Who(
            number,
            name,
            next((each.country for each in persons if each.country), None),
            one_line("; ".join(new)) or None,
            persons[0].type == "group",
        )

    def _event(self, number: int, group: Sequence[Mention]) -> Event:
        meetings = [(at, _named(self._records[at].meetings, name)) for at, name in group]
        reports = [report(self._records[at], meeting.id) for at, meeting in meetings]
        people = (
            self._who[self._who_of[at, each]]
            for at, meeting in meetings
            for each in meeting.participants
        )
        told = (
            Told(self._sources[at], each, one_line(m.date.text) if m.date else None)
            for (at, m), each in zip(meetings, reports, strict=True)
        )
        return Event(
            number,
            tuple(dict.fromkeys(people)),
            settled(reports),
            differences(reports),
            tuple(told),
            _texts(topic for _, meeting in meetings for topic in meeting.topics),
            _texts(outcome for _, meeting in meetings for outcome in meeting.outcomes),
        )

    def _voices(self, taken: Sequence[Event]) -> Iterator[Voice]:
        """Those who took part first, then whoever else is quoted, each by name."""
        events = {event.number for event in taken}
        there = {who for event in taken for who in event.people}
        found: dict[Who | None, dict[str | None, list[Saying]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for at, record in enumerate(self._records):
            for statement in record.statements:
                event = self._event_number(at, statement)
                belongs = event in events if event else self._period.takes(record.article.published)
                if belongs:
                    speaker = self._who_of.get((at, statement.speaker or ""))
                    who = None if speaker is None else self._who[speaker]
                    topics = map(one_line, statement_topics(record, statement))
                    topic = " · ".join(topics) or None
                    found[who][topic].append(self._saying(at, statement, event))
        for who in sorted(found, key=lambda who: _speaking_order(who, who in there)):
            by_topic = sorted(found[who].items(), key=lambda item: item[0] is None)
            yield Voice(who, tuple((topic, tuple(sayings)) for topic, sayings in by_topic))

    def _event_number(self, at: int, statement: Statement) -> int | None:
        number = self._event_of.get((at, statement.meeting or ""))
        return None if number is None else number + 1

    def _saying(self, at: int, statement: Statement, event: int | None) -> Saying:
        source, spans = self._sources[at], statement.content_spans
        return Saying(
            said(statement),
            statement.quote_type,
            source,
            place_link(source.link, spans),
            spans[0].start,
            spans[-1].end,
            event,
            statement.confidence,
        )


def _source(number: int, record: Record) -> Source:
    article = record.article
    name = one_line(article.title or "") or one_line(article.uri or "") or "standard input"
    publisher = one_line(article.publisher or "") or None
    return Source(number, name, web_address(article.uri), publisher, article.published)


def _pairs(events: Sequence[Event]) -> Iterator[Pair]:
    """Who met whom at a meeting that was held; those who met most often first."""
    found: dict[tuple[Who, Who], list[Event]] = defaultdict(list)
    for event in events:
        there = sorted((w for w in event.people if not w.group), key=lambda w: w.number)
        if event.report.status == "held":
            for pair in combinations(there, 2):
                found[pair].append(event)
    for one, other in sorted(
        found, key=lambda pair: (-len(found[pair]), pair[0].name, pair[1].name)
    ):
        yield Pair(one, other, tuple(found[one, other]))


def _dates(event: Event) -> list[str]:
    """What a meeting can be placed by: its date, else when its articles came out."""
    if event.report.date:
        return [event.report.date]
    return [told.source.published for told in event.told if told.source.published]


def _texts(items: Iterable[Supported]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(item.text) for item in items))


def _speaking_order(who: Who | None, took_part: bool) -> tuple[bool, bool, str, int]:
    return who is None, not took_part, who.name.casefold() if who else "", who.number if who else 0


def _named(things: Sequence[Thing], name: str) -> Thing:
    return next(each for each in things if each.id == name)
