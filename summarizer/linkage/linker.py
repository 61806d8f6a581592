"""Records put side by side: who is who, and which meetings are one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.linkage.meetings import Facts, same_meetings, stated_date
from summarizer.linkage.meetings import Meeting as _Meeting
from summarizer.linkage.names import is_full, is_name, name_key
from summarizer.linkage.people import Person as _Person
from summarizer.linkage.people import same_people
from summarizer.record import Meeting, Person, Record

Mention = tuple[int, str]
"""The number of a record, from 0, and the id of a person or meeting in it."""


@dataclass(frozen=True)
class Linkage:
    """Groups of mentions, each mention in one; in the order of their first mentions."""

    people: tuple[tuple[Mention, ...], ...]
    meetings: tuple[tuple[Mention, ...], ...]

    def numbers(self) -> tuple[dict[Mention, int], dict[Mention, int]]:
        """The number of each person's and each meeting's group, from 0."""
        return _numbers(self.people), _numbers(self.meetings)


@dataclass(frozen=True)
class _Reported:
    """A meeting before it is known who is who."""

    participants: tuple[str, ...]
    date: str | None
    meeting: Meeting


class Linker:
    """Takes records one at a time and keeps only what they are compared by."""

    def __init__(self) -> None:
        self._copies: dict[str, list[int]] = defaultdict(list)
        self._persons: dict[tuple[str, str], _Person] = {}
        self._meetings: dict[tuple[str, str], _Reported] = {}
        self._count = 0

    def add(self, record: Record) -> None:
        """Add the next record."""
        key = _key(record)
        first = key not in self._copies
        self._copies[key].append(self._count)
        self._count += 1
        if not first:
            return
        article = record.article
        for person in record.persons:
            self._persons[key, person.id] = _person(person, key, article.language)
        for meeting in record.meetings:
            date = stated_date(
                meeting.date.edtf if meeting.date else None,
                article.published,
                over=meeting.status in ("held", "cancelled"),
            )
            self._meetings[key, meeting.id] = _Reported(tuple(meeting.participants), date, meeting)

    def linkage(self) -> Linkage:
        """Who is who, and which meetings are one, among the records added so far."""
        people = same_people(list(self._persons.values()))
        who = {(p.article, p.id): number for number, group in enumerate(people) for p in group}
        meetings = same_meetings(list(self._compared(who)))
        return Linkage(
            self._mentions([(p.article, p.id) for p in group] for group in people),
            self._mentions([(m.article, m.id) for m in group] for group in meetings),
        )

    def _compared(self, who: dict[tuple[str, str], int]) -> Iterator[_Meeting]:
        for (article, name), reported in self._meetings.items():
            named = (
                who[article, each]
                for each in reported.participants
                if self._persons[article, each].named
            )
            meeting = reported.meeting
            facts = Facts(frozenset(named), reported.date, meeting.kind, meeting.mode)
            yield _Meeting(article, name, facts)

    def _mentions(
        self, groups: Iterable[Iterable[tuple[str, str]]]
    ) -> tuple[tuple[Mention, ...], ...]:
        """The groups with a mention for each copy of an article, sorted."""
        found = (
            sorted(((at, name) for key, name in group for at in self._copies[key]), key=_order)
            for group in groups
        )
        return tuple(sorted(map(tuple, found), key=lambda group: _order(group[0])))


def link(records: Iterable[Record]) -> Linkage:
    """Who is who, and which meetings are one."""
    linker = Linker()
    for record in records:
        linker.add(record)
    return linker.linkage()


def _key(record: Record) -> str:
    """What copies of an article share: its text, and who and what was read in it."""
    read = record.model_dump_json(include={"persons": True, "meetings": True})
    return f"{record.article.id} {hashlib.sha256(read.encode()).hexdigest()}"


def _person(person: Person, article: str, language: str | None) -> _Person:
    return _Person(
        article,
        person.id,
        person.type,
        name_key(person.name),
        person.type != "group" and is_name(person.name, language),
        person.type == "organization" or is_full(person.name),
        person.country,
        frozenset(name_key(person.role or "")),
    )


def _order(mention: Mention) -> tuple[int, int, str]:
    """By record, then `p2` before `p10`."""
    return mention[0], len(mention[1]), mention[1]


def _numbers(groups: Iterable[tuple[Mention, ...]]) -> dict[Mention, int]:
    return {mention: number for number, group in enumerate(groups) for mention in group}
