"""What a reader should look at first, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.record import Check, Record, Severity, Statement
from summarizer.views import words

SURE = 0.7
"""A speaker who is less sure than this is doubtful."""

_ITEM = re.compile(r"(?:statements|meetings|persons)\[\d+\]")
_ORDER: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Attention:
    """Something to look at: about the `item` (`statements[3]`), where `fields` have their words."""

    severity: Severity
    message: str
    item: str | None
    fields: tuple[str, ...]


def sureness(statement: Statement) -> str:
    """What the confidence in a speaker is, in words: the model's own, or that of a rule."""
    if statement.decided_by in (None, "model"):
        return "how sure the model was of the speaker"
    return "how often speakers who are told this way are right"


def looks(record: Record, fields: Sequence[str] = ()) -> list[Attention]:
    """Checks and doubtful statements, the gravest first, else in the order of the record.

    Args:
        record: any record.
        fields: those that have words in the article; `pieces.places` gives them.
    """
    found = [_of_check(index, check, fields) for index, check in enumerate(record.checks)]
    told = {check.where for check in record.checks}
    for index, statement in enumerate(record.statements):
        item = f"statements[{index}]"
        if f"{item}.speaker" in told:
            continue
        sure = statement.confidence
        if statement.speaker is None:
            message = "the article does not tell who says this"
        elif sure is not None and sure < SURE:
            message = f"{sure:.0%}: {sureness(statement)}"
        else:
            continue
        found.append(Attention("warning", message, item, _within(item, fields)))
    return sorted(found, key=lambda each: _ORDER.index(each.severity))


def _of_check(index: int, check: Check, fields: Sequence[str]) -> Attention:
    item = _ITEM.match(check.where)
    own = (f"checks[{index}]",) if check.span else ()
    near = own or _within(check.where, fields) or (_within(item[0], fields) if item else ())
    message = words.clean(check.message)
    return Attention(check.severity, message, item[0] if item else None, near)


def _within(path: str, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(field for field in fields if field == path or field.startswith(f"{path}."))
