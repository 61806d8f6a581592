"""The readable view for a terminal: plain when piped, wrapped to the window."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.record import Meeting, Record, Supported
from summarizer.views import words
from summarizer.views.view import Look, View

_NARROWEST = 40
_LABEL = 11


@dataclass(frozen=True)
class _Line:
    """One paragraph of the view: an indented text after a label or bullet, in a style of rich."""

    text: str
    label: str = ""
    indent: int = 0
    style: str = ""


def one(record: Record, look: Look) -> str:
    """The record as paragraphs of at most `look.width` columns (40 at least)."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    width = max(_NARROWEST, look.width)
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
    )
    for line in _lines(record):
        label = line.label.ljust(_LABEL) if line.label else ""
        lead = " " * line.indent + label
        room = width - cell_len(lead)
        for part in Text(line.text, style=line.style).wrap(console, room, overflow="fold"):
            part.rstrip()
            console.print(Text.assemble((lead, "dim"), part), soft_wrap=True)
            lead = " " * len(lead)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().split("\n")[:-1])


def _lines(record: Record) -> Iterator[_Line]:
    yield _Line(words.title(record), style="bold")
    yield _Line(words.source(record), style="dim")
    if not record.meetings:
        yield from _heading("NO MEETING")
        yield _Line("The article reports no meeting.", indent=2)
    for meeting in record.meetings:
        yield from _heading("MEETING")
        yield from _meeting(record, meeting)
    if record.statements:
        yield from _heading(f"STATEMENTS ({len(record.statements)})")
        yield from _statements(record)
    if record.summary is not None:
        yield from _heading("SUMMARY")
        yield _Line(words.clean(record.summary.text), indent=2)
    if record.checks:
        yield from _heading(f"CHECKS ({len(record.checks)})")
        for check in record.checks:
            text = words.clean(f"{check.where}: {check.message}")
            yield _Line(text, label=check.severity, indent=2, style="yellow")
    yield _Line("")
    yield _Line(words.made_by(record), style="dim")


def _heading(text: str) -> Iterator[_Line]:
    yield _Line("")
    yield _Line(text, style="bold cyan")


def _meeting(record: Record, meeting: Meeting) -> Iterator[_Line]:
    people = [words.person_line(person) for person in words.participants(record, meeting)]
    yield from _labelled("who", people or ["not given"])
    yield from _labelled("when", [words.when(meeting)])
    yield from _labelled("where", [words.where(meeting)])
    yield from _labelled("how", [words.how(meeting)])
    yield from _labelled("topics", _texts(meeting.topics))
    yield from _labelled("outcomes", _texts(meeting.outcomes))


def _texts(items: list[Supported]) -> list[str]:
    return [words.clean(item.text) for item in items]


def _labelled(label: str, texts: list[str]) -> Iterator[_Line]:
    for index, text in enumerate(texts):
        yield _Line(text, label=label if index == 0 else " " * _LABEL, indent=2)


def _statements(record: Record) -> Iterator[_Line]:
    for index, (speaker, statements) in enumerate(words.speakers(record)):
        if index:
            yield _Line("")
        yield _Line(speaker, indent=2, style="bold")
        for statement in statements:
            yield _Line(words.said(statement), label=statement.quote_type, indent=4)


VIEW = View(one, between="\n" + "─" * _NARROWEST + "\n\n")
