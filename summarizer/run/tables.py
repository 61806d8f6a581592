"""The rows that a record becomes in a database, and those that several records have in common."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from summarizer.linkage import (
    Linker,
    Mention,
    Report,
    bounds,
    differences,
    settled,
    statement_topics,
)
from summarizer.record import Meeting, Record, Statement


class Tables:
    """Fills the tables of a database; `finish` adds who is who and which meetings are one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._linker = Linker()
        self._persons: dict[Mention, int] = {}
        self._meetings: dict[Mention, int] = {}
        self._statements = 0

    def add(self, article: int, record: Record) -> None:
        """Add the rows of one record; its article's number counts from 0, one at a time."""
        given = record.article
        about = (given.title, given.uri, given.publisher, given.published, given.language)
        self._insert("articles", [(article, *about)])
        for person in record.persons:
            key = self._persons[article, person.id] = len(self._persons) + 1
            named = (person.name, person.type, person.role, person.rank, person.organization)
            row = (key, article, None, person.id, *named, person.country, person.country_text)
            self._insert("persons", [row])
        for meeting in record.meetings:
            self._add_meeting(article, record, meeting)
        for statement in record.statements:
            self._add_statement(article, record, statement)
        checks = ((None, article, c.code, c.severity, c.where, c.message) for c in record.checks)
        self._insert("checks", checks)
        self._linker.add(record)

    def finish(self) -> None:
        """Add what several records have in common, and the index of what was said."""
        linkage = self._linker.linkage()
        for number, group in enumerate(linkage.people, start=1):
            self._add_people(number, [self._persons[mention] for mention in group])
        for number, group in enumerate(linkage.meetings, start=1):
            self._add_event(number, [self._meetings[mention] for mention in group])
        self._connection.execute("INSERT INTO statements_fts (statements_fts) VALUES ('rebuild')")

    def _add_meeting(self, article: int, record: Record, meeting: Meeting) -> None:
        key = self._meetings[article, meeting.id] = len(self._meetings) + 1
        names = {person.id: person.name for person in record.persons}
        who = ", ".join(names[each] for each in meeting.participants)
        when, where = meeting.date, meeting.place
        row = (
            *(key, article, None, meeting.id, f"{who}: {meeting.kind}" if who else meeting.kind),
            *(meeting.status, meeting.kind, meeting.mode),
            *((when.edtf, when.text, *_days(when.edtf)) if when else (None,) * 4),
            *((where.name, where.country) if where else (None, None)),
        )
        self._insert("meetings", [row])
        persons = (
            (key, self._persons[article, each]) for each in dict.fromkeys(meeting.participants)
        )
        self._insert("participants", persons)
        self._insert("topics", ((None, key, topic.text) for topic in meeting.topics))
        self._insert("outcomes", ((None, key, outcome.text) for outcome in meeting.outcomes))

    def _add_statement(self, article: int, record: Record, statement: Statement) -> None:
        self._statements += 1
        key = self._statements
        mention, cue = statement.speaker_mention, statement.cue
        # An indirect statement quotes nothing.
        quoted = None if statement.quote_type == "indirect" else statement.text
        row = (
            *(key, article, self._meetings.get((article, statement.meeting or ""))),
            self._persons.get((article, statement.speaker or "")),
            self._persons.get((article, statement.addressee or "")),
            *(statement.id, statement.quote_type),
            " ".join(span.text for span in statement.content_spans),
            *(quoted, cue and cue.text, mention and mention.text, statement.gist),
            statement.confidence,
            *(statement.content_spans[0].start, statement.content_spans[-1].end),
        )
        self._insert("statements", [row])
        topics = ((key, topic) for topic in statement_topics(record, statement))
        self._insert("statement_topics", topics)

    def _add_people(self, number: int, persons: Sequence[int]) -> None:
        rows = self._select("name, type, country, article FROM persons", persons)
        # The longest name tells most; a country that one article gives is that of all.
        name = max((row[0] for row in rows), key=len)
        country = next((row[2] for row in rows if row[2]), None)
        articles = len({row[3] for row in rows})
        self._insert("people", [(number, name, rows[0][1], country, articles)])
        self._point("persons SET who", number, persons)

    def _add_event(self, number: int, meetings: Sequence[int]) -> None:
        rows = self._select(
            "a.published, m.status, m.kind, m.mode, m.date, m.place, m.title, m.article "
            "FROM meetings m JOIN articles a ON a.id = m.article",
            meetings,
            "m.id",
        )
        reports = [Report(*row[:6]) for row in rows]
        found = settled(reports)
        articles = len({row[7] for row in rows})
        title = max((row[6] for row in rows), key=len)
        row = (
            *(number, title, found.status, found.kind, found.mode, found.date, *_days(found.date)),
            *(found.place, articles, ", ".join(differences(reports)) or None),
        )
        self._insert("events", [row])
        self._point("meetings SET event", number, meetings)

    def _select(self, what: str, keys: Sequence[int], key: str = "id") -> list[tuple[Any, ...]]:
        rows = (
            self._connection.execute(f"SELECT {what} WHERE {key} = ?", (each,)).fetchone()
            for each in keys
        )
        return list(rows)

    def _point(self, what: str, number: int, keys: Iterable[int]) -> None:
        rows = ((number, key) for key in keys)
        self._connection.executemany(f"UPDATE {what} = ? WHERE id = ?", rows)

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        for row in rows:
            places = ", ".join("?" * len(row))
            self._connection.execute(f"INSERT INTO {table} VALUES ({places})", row)


def _days(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day as ISO dates, null where the year is not told."""
    days = bounds(edtf) if edtf else None
    if days is None:
        return None, None
    return date.fromordinal(days[0]).isoformat(), date.fromordinal(days[1]).isoformat()
