"""Fields of a record by their path, as checks name them: `statements[3].speaker`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel

from summarizer.errors import UsageError
from summarizer.record.models import Record

_PATH = re.compile(r"[a-z_]+(?:\[\d+\])*(?:\.[a-z_]+(?:\[\d+\])*)*", re.IGNORECASE)
_STEP = re.compile(r"[a-z_]+|\d+", re.IGNORECASE)
_SHOWN = 60  # characters of what was given


@dataclass(frozen=True)
class FieldAt:
    """A field that is there: its value, and every part that it is in, the record first."""

    path: str
    value: object
    parents: tuple[object, ...]

    @property
    def kind(self) -> str:
        """The path without numbers: `statements[].speaker`."""
        return re.sub(r"\d+", "", self.path)


def check_path(path: str) -> list[str | int]:
    """The steps of a path.

    Raises:
        UsageError: it is none, or begins with no field of a record.
    """
    if not _PATH.fullmatch(path):
        raise UsageError(
            "is no path of a field",
            where=path[:_SHOWN],
            hint="A path looks like `meetings[0].date` or `statements[3].speaker`.",
        )
    steps = [int(step) if step.isdecimal() else step for step in _STEP.findall(path)]
    if steps[0] not in Record.model_fields:
        raise _unknown(path, "a record", Record.model_fields)
    return steps


def field_at(record: Record, path: str) -> FieldAt:
    """The field at a path.

    Raises:
        UsageError: there is none; the hint lists what there is in its place.
    """
    value: object = record
    parents: list[object] = []
    so_far = ""
    for step in check_path(path):
        parents.append(value)
        if isinstance(step, int):
            if not isinstance(value, list):
                raise _unknown(path, so_far, _names(value))
            if step >= len(value):
                raise _unknown(path, so_far, (), len(value))
            value, so_far = value[step], f"{so_far}[{step}]"
            continue
        names = _names(value)
        if step not in names:
            raise _unknown(path, so_far, names, len(value) if isinstance(value, list) else None)
        value = value[step] if isinstance(value, dict) else getattr(value, step)
        so_far = f"{so_far}.{step}" if so_far else step
    return FieldAt(so_far, value, tuple(parents))


def _names(value: object) -> list[str]:
    if isinstance(value, BaseModel):
        return [*type(value).model_fields, *(value.model_extra or ())]
    return list(value) if isinstance(value, dict) else []


def _unknown(path: str, parent: str, names: Iterable[str], length: int | None = None) -> UsageError:
    """Why a path leads nowhere, and what there is."""
    listed = ", ".join(f"`{name}`" for name in names)
    name = parent if " " in parent else f"`{parent}`"
    if length == 0:
        hint = f"{name} is empty."
    elif length is not None:
        hint = f"{name} has `[0]`" + (f" to `[{length - 1}]`." if length > 1 else " only.")
    else:
        hint = f"{name} has {listed}." if listed else f"{name} has no parts."
    return UsageError("is no field of this record", where=path[:_SHOWN], hint=hint)
