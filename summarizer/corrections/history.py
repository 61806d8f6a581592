"""What became of a record after the program made it: who changed what, and when."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from summarizer.record import Record

FIELD = "history"


class HistoryEntry(BaseModel):
    """One correction that a record has taken in.

    `where` is the path of the part at that time, `id` its id; `settled` the codes of the checks
    that it answered. `old` and `new` are as in the corrections file.
    """

    model_config = ConfigDict(frozen=True)

    by: str | None
    when: str | None
    kind: str
    id: str
    where: str
    old: Any
    new: Any
    settled: list[str] = []


_ENTRIES = TypeAdapter(list[HistoryEntry])


def history_of(record: Record) -> list[HistoryEntry]:
    """The corrections of a record, oldest first; none of one as the program made it."""
    return _ENTRIES.validate_python((record.model_extra or {}).get(FIELD, []))


def with_history(record: Record, entries: list[HistoryEntry]) -> Record:
    """The record with these corrections behind those that it has."""
    history = [entry.model_dump(mode="json") for entry in (*history_of(record), *entries)]
    return record.model_copy(update={FIELD: history})
