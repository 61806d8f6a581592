"""Brat's standoff format, as PolNeAR uses it: spans (`T` lines) and attributions (`E` lines).

What is read is written again line for line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.errors import InputError
from summarizer.evals.overlap import Parts
from summarizer.record import Record

_SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
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
    for number, line in enumerate(content.splitlines(), start=1):
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
    """The statements of a record in PolNeAR's form, in the order of the record."""
    lines: list[BratSpan | BratEvent] = []
    spans = 0
    for number, statement in enumerate(record.statements, start=1):
        roles = []
        for role, places in (
            ("Source", [statement.speaker_mention] if statement.speaker_mention else []),
            ("Cue", [statement.cue] if statement.cue else []),
            ("Content", statement.content_spans),
        ):
            if places:
                spans += 1
                parts = tuple((place.start, place.end) for place in places)
                lines.append(BratSpan(f"T{spans}", role, parts, _words(parts, text)))
                roles.append((role, f"T{spans}"))
        kind = "Attribution" if statement.speaker_mention else "Attribution-no-source"
        trigger = dict(roles).get("Cue", dict(roles)["Content"])
        mark = next(line for line in lines if isinstance(line, BratSpan) and line.id == trigger)
        spans += 1
        lines.append(BratSpan(f"T{spans}", kind, mark.parts, mark.text))
        lines.append(BratEvent(f"E{number}", kind, f"T{spans}", tuple(roles)))
    return tuple(lines)


def _span(found: re.Match[str], text: str, at: str) -> BratSpan:
    places = [place.split() for place in found[3].split(";")]
    parts = tuple((int(start), int(end)) for start, end in places)
    if found[4] != _words(parts, text):
        raise InputError(f"`{found[1]}` does not hold the words of the text", where=at)
    return BratSpan(found[1], found[2], parts, found[4])


def _words(parts: Parts, text: str) -> str:
    """Brat writes a span on one line, its parts joined by one space."""
    return " ".join(text[start:end] for start, end in parts).replace("\n", " ")


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
