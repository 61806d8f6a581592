"""Markdown for reports and issues; every character of the article is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.record import Meeting, Record
from summarizer.views import words
from summarizer.views.view import Look, View

# With what makes a link of a bare address: `http://`, `www.`, `a@b`.
_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$#@{}]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_THE_START = re.compile(r"^([+\-=:]|\d+(?=[.)]))")


def one(record: Record, look: Look) -> str:
    """The record as a section with tables and lists."""
    return "\n".join(_lines(record)) + "\n"


def escape(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    escaped = _SPECIAL.sub(lambda match: "\\" + match.group(), words.clean(text))
    return _AT_THE_START.sub(_escape_start, escaped)


def _escape_start(match: re.Match[str]) -> str:
    """A list marker or underline at the start of a line, kept from being one."""
    start = match.group()
    return f"&#{ord(start[0])};{start[1:]}" if start[0].isascii() else start


def _lines(record: Record) -> Iterator[str]:
    yield f"# {escape(words.title(record))}"
    yield ""
    yield escape(words.source(record))
    if not record.meetings:
        yield from _heading("No meeting")
        yield "The article reports no meeting."
    for meeting in record.meetings:
        yield from _heading("Meeting")
        yield from _meeting(record, meeting)
    if record.statements:
        yield from _heading("Statements")
    for speaker, statements in words.speakers(record):
        yield from _heading(escape(speaker), level=3)
        for statement in statements:
            yield f"- *{statement.quote_type}*: {escape(words.said(statement))}"
    if record.summary is not None:
        yield from _heading("Summary")
        yield escape(record.summary.text)
    if record.checks:
        yield from _heading("Checks")
        for check in record.checks:
            yield f"- {check.severity}: {escape(check.where)}: {escape(check.message)}"
    yield ""
    yield f"*{escape(words.made_by(record))}*"


def _heading(text: str, level: int = 2) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} {text}"
    yield ""


def _meeting(record: Record, meeting: Meeting) -> Iterator[str]:
    people = [words.person_line(person) for person in words.participants(record, meeting)]
    yield f"- **Who**: {'; '.join(map(escape, people)) or 'not given'}"
    yield f"- **When**: {escape(words.when(meeting))}"
    yield f"- **Where**: {escape(words.where(meeting))}"
    yield f"- **How**: {escape(words.how(meeting))}"
    for label, items in (("Topic", meeting.topics), ("Outcome", meeting.outcomes)):
        yield from (f"- **{label}**: {escape(item.text)}" for item in items)


VIEW = View(one, between="\n---\n\n")
