"""The readable view for a terminal: plain when piped, wrapped to the window."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.record import Meeting, Record, Supported
from summarizer.views import words
from summarizer.views.paragraphs import NARROWEST, NO_LABEL, Line, drawn
from summarizer.views.view import Look, View


def one(record: Record, look: Look) -> str:
    """The record as paragraphs of at most `look.width` columns (40 at least)."""
    return drawn(_lines(record), look)


def _lines(record: Record) -> Iterator[Line]:
    yield Line(words.title(record), style="bold")
    yield Line(words.source(record), style="dim")
    if not record.meetings:
        yield from _heading("NO MEETING")
        yield Line("The article reports no meeting.", indent=2)
    for meeting in record.meetings:
        yield from _heading("MEETING")
        yield from _meeting(record, meeting)
    if record.statements:
        yield from _heading(f"STATEMENTS ({len(record.statements)})")
        yield from _statements(record)
    if record.summary is not None:
        yield from _heading("SUMMARY")
        yield Line(words.clean(record.summary.text), indent=2)
    if record.checks:
        yield from _heading(f"CHECKS ({len(record.checks)})")
        for check in record.checks:
            text = words.clean(f"{check.where}: {check.message}")
            yield Line(text, label=check.severity, indent=2, style="yellow")
    yield Line("")
    yield Line(words.made_by(record), style="dim")


def _heading(text: str) -> Iterator[Line]:
    yield Line("")
    yield Line(text, style="bold cyan")


def _meeting(record: Record, meeting: Meeting) -> Iterator[Line]:
    people = [words.person_line(person) for person in words.participants(record, meeting)]
    yield from _labelled("who", people or ["not given"])
    yield from _labelled("when", [words.when(meeting)])
    yield from _labelled("where", [words.where(meeting)])
    yield from _labelled("how", [words.how(meeting)])
    yield from _labelled("topics", _texts(meeting.topics))
    yield from _labelled("outcomes", _texts(meeting.outcomes))


def _texts(items: list[Supported]) -> list[str]:
    return [words.clean(item.text) for item in items]


def _labelled(label: str, texts: list[str]) -> Iterator[Line]:
    for index, text in enumerate(texts):
        yield Line(text, label=label if index == 0 else NO_LABEL, indent=2)


def _statements(record: Record) -> Iterator[Line]:
    for index, (speaker, statements) in enumerate(words.speakers(record)):
        if index:
            yield Line("")
        yield Line(speaker, indent=2, style="bold")
        for statement in statements:
            yield Line(words.said(statement), label=statement.quote_type, indent=4)


VIEW = View(one, between="\n" + "─" * NARROWEST + "\n\n")
