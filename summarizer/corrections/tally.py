"""How often each kind of field had to be corrected: what corrections say about the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.corrections.history import HistoryEntry, history_of
from summarizer.record import Record

KINDS = {
    "speaker": "Corrected speakers",
    "content": "Corrected words of statements",
    "cue": "Corrected cues",
    "speaker_mention": "Corrected mentions of the speaker",
    "date": "Corrected dates",
    "participants": "Corrected lists of participants",
    "remove_statement": "Removed statements",
    "add_statement": "Added statements",
    "add_person": "Added persons",
}
_OF_MEETINGS = ("date", "participants")


@dataclass(frozen=True)
class Corrected:
    """`times` of `total` fields of this kind were corrected.

    The total is what the program had written: statements, meetings or persons; of added ones, what
    it should have written.
    """

    kind: str
    label: str
    times: int
    total: int


def tally(records: Iterable[Record]) -> list[Corrected]:
    """The counts over the records that have a history; a field corrected twice counts once.

    A record without one was not looked through, and says nothing. One that was right as it was has
    `reviewed` in its history.
    """
    times = dict.fromkeys(KINDS, 0)
    totals = dict.fromkeys(KINDS, 0)
    for record in records:
        history = history_of(record)
        if not history:
            continue
        removed, added = _ids(history, "remove_statement"), _ids(history, "add_statement")
        there = {statement.id for statement in record.statements}
        written = len((there | removed) - added)
        for kind in KINDS:
            own = added if kind == "add_statement" else _ids(history, kind)
            if kind not in ("add_statement", "add_person"):
                own -= added
            times[kind] += len(own)
            totals[kind] += _total(kind, record, written, len(own))
    return [Corrected(kind, label, times[kind], totals[kind]) for kind, label in KINDS.items()]


def _ids(history: Iterable[HistoryEntry], kind: str) -> set[str]:
    return {entry.id for entry in history if entry.kind == kind}


def _total(kind: str, record: Record, written: int, own: int) -> int:
    if kind in _OF_MEETINGS:
        return len(record.meetings)
    if kind == "add_person":
        return len(record.persons)
    return written + (own if kind == "add_statement" else 0)
