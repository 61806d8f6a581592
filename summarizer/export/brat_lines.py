"""The lines of brat's standoff format: spans (`T`), and events (`E`) that tie them together.

Attributions have the form that PolNeAR gives them; meetings are events of a kind of their own.

What is read is written again line for line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Span
from summarizer.errors import InputError
from summarizer.record import Record

Parts = tuple[tuple[int, int], ...]
"""The places of one span, in order; several if it is interrupted."""

_SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_BREAKS = re.compile("[\t\n\x0b-\r\x1c-\x1e\x85\u2028\u2029]")  # what some reader splits at
_EVENT = re.compile(r"(E\d+)\t(\S+?):(T\d+)((?: \S+?:[TE]\d+)*)\s*")


@dataclass(frozen=True)
class BratSpan:
    """A `T` line: a kind of span, its places, and the words that stand there."""

    id: str
    kind: str
    parts: Parts
    text: str

    def __str__(self) -> str:
        places = ";".join(f"{start} {end}" for start, end in self.parts)
        return f"{self.id}\t{self.kind} {places}\t{self.text}"


@dataclass(frozen=True)
class BratEvent:
    """An `E` line: what ties spans together, under their roles."""

    id: str
    kind: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        # Brat leaves the space after the trigger where nothing follows it.
        roles = " ".join(f"{role}:{target}" for role, target in self.arguments)
        return f"{self.id}\t{self.kind}:{self.trigger} {roles}"


@dataclass(frozen=True)
class Attribution:
    """Attributed speech: who (source), by which word (cue), and what (content); any may lack."""

    source: Parts
    cue: Parts
    content: Parts


def read_brat(content: str, text: str, *, where: str) -> tuple[BratSpan | BratEvent, ...]:
    """The lines of an `.ann` file.

    Args:
        content: the file.
        text: the text that it annotates.
        where: its name, for errors.

    Raises:
        InputError: a line is neither a span nor an event, its words are not those of the text,
            or it names a span that is not there.
    """
    lines: list[BratSpan | BratEvent] = []
    for number, line in enumerate(content.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        at = f"{where}:{number}"
        if found := _SPAN.fullmatch(line):
            lines.append(_span(found, text, at))
        elif found := _EVENT.fullmatch(line):
            roles = [pair.split(":") for pair in found[4].split()]
            arguments = tuple((role, target) for role, target in roles)
            lines.append(BratEvent(found[1], found[2], found[3], arguments))
        else:
            raise InputError("is neither a span nor an event of brat", where=at)
    _check_references(lines, where)
    return tuple(lines)


def write_brat(lines: Iterable[BratSpan | BratEvent]) -> str:
    """The `.ann` file of some lines."""
    return "".join(f"{line}\n" for line in lines)


def attributions(lines: Sequence[BratSpan | BratEvent]) -> list[Attribution]:
    """What the events of a file tie together; those without content are left out.

    `Content` and `Content2` are one content.
    """
    spans = {line.id: line for line in lines if isinstance(line, BratSpan)}
    found = []
    for event in lines:
        if isinstance(event, BratEvent):
            content = _parts_of(event, "Content", spans)
            source, cue = _parts_of(event, "Source", spans), _parts_of(event, "Cue", spans)
            if content:
                found.append(Attribution(source, cue, content))
    return found


def record_to_brat(record: Record, text: str) -> tuple[BratSpan | BratEvent, ...]:
    """The statements of a record in PolNeAR's form, then its meetings, in the record's order.

    A meeting without words that make it one is left out: an event needs a span to stand on.
    """
    page = _Page(text)
    for statement in record.statements:
        mention, cue = statement.speaker_mention, statement.cue
        roles = page.spans("Source", [mention] if mention else [])
        roles += page.spans("Cue", [cue] if cue else [])
        roles += page.spans("Content", statement.content_spans, whole=True)
        kind = "Attribution" if mention else "Attribution-no-source"
        page.event(kind, [cue] if cue else statement.content_spans, roles)
    persons = {person.id: person for person in record.persons}
    for meeting in record.meetings:
        evidence = meeting.evidence
        stands_on = [*evidence.kind, *evidence.status, *evidence.mode][:1]
        if stands_on:
            who = [persons[each].mentions[0] for each in meeting.participants]
            roles = page.spans("Participant", who)
            roles += page.spans("Date", [meeting.date.span] if meeting.date else [])
            roles += page.spans("Place", [meeting.place.span] if meeting.place else [])
            page.event(f"Meeting-{meeting.status}", stands_on, roles)
    return tuple(page.lines)


class _Page:
    """Lines that are numbered as they come."""

    def __init__(self, text: str) -> None:
        self.lines: list[BratSpan | BratEvent] = []
        self._text = text
        self._spans = 0
        self._events = 0

    def spans(
        self, role: str, places: Sequence[Span], *, whole: bool = False
    ) -> list[tuple[str, str]]:
        """A span for each place (one for all of them, if `whole`), and its role in an event."""
        groups = [places] if whole else [[place] for place in places]
        numbered = [role] + [f"{role}{number}" for number in range(2, len(groups) + 1)]
        return [
            (name, self._span(role, group)) for name, group in zip(numbered, groups, strict=False)
        ]

    def event(self, kind: str, stands_on: Sequence[Span], roles: list[tuple[str, str]]) -> None:
        """An event and the span that it stands on."""
        trigger = self._span(kind, stands_on)
        self._events += 1
        self.lines.append(BratEvent(f"E{self._events}", kind, trigger, tuple(roles)))

    def _span(self, kind: str, places: Sequence[Span]) -> str:
        self._spans += 1
        parts = tuple((place.start, place.end) for place in places)
        span = BratSpan(f"T{self._spans}", kind, parts, _words(parts, self._text))
        self.lines.append(span)
        return span.id


def _span(found: re.Match[str], text: str, at: str) -> BratSpan:
    places = [place.split() for place in found[3].split(";")]
    parts = tuple((int(start), int(end)) for start, end in places)
    if _BREAKS.sub(" ", found[4]) != _words(parts, text):
        raise InputError(f"`{found[1]}` does not hold the words of the text", where=at)
    return BratSpan(found[1], found[2], parts, found[4])


def _words(parts: Parts, text: str) -> str:
    """Brat writes a span on one line, its parts joined by one space."""
    return _BREAKS.sub(" ", " ".join(text[start:end] for start, end in parts))


def _parts_of(event: BratEvent, role: str, spans: Mapping[str, BratSpan]) -> Parts:
    targets = [target for name, target in event.arguments if name.rstrip("0123456789") == role]
    return tuple(sorted(part for target in targets for part in spans[target].parts))


def _check_references(lines: Sequence[BratSpan | BratEvent], where: str) -> None:
    known = {line.id for line in lines if isinstance(line, BratSpan)}
    for line in lines:
        if isinstance(line, BratEvent):
            for target in (line.trigger, *(target for _, target in line.arguments)):
                if target not in known:
                    raise InputError(f"`{line.id}` names `{target}`, which is no span", where=where)
