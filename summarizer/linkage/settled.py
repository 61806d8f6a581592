"""What several reports of one meeting come to, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.linkage.dates import precision
from summarizer.linkage.names import name_key
from summarizer.record import MeetingKind, MeetingMode, MeetingStatus, Record

_SUREST: tuple[MeetingStatus, ...] = ("held", "cancelled", "planned", "proposed")

Value = TypeVar("Value", bound=str)


@dataclass(frozen=True)
class Report:
    """What one article says of a meeting; `published` is when it came out."""

    published: str | None
    status: MeetingStatus
    kind: MeetingKind
    mode: MeetingMode
    date: str | None
    place: str | None


def report(record: Record, meeting_id: str) -> Report:
    """What the article of a record says of one of its meetings."""
    meeting = next(each for each in record.meetings if each.id == meeting_id)
    return Report(
        record.article.published,
        meeting.status,
        meeting.kind,
        meeting.mode,
        meeting.date.edtf if meeting.date else None,
        meeting.place.name if meeting.place else None,
    )


def settled(reports: Sequence[Report]) -> Report:
    """One report out of several of one meeting.

    The date is the most precise one, the status that of the latest article (without dates of
    publication: the surest one), kind, mode and place those that most articles give.
    """
    dates = [each.date for each in reports if each.date]
    latest = max((each.published or "" for each in reports), default="")
    statuses = {each.status for each in reports if (each.published or "") == latest}
    return Report(
        latest or None,
        next(status for status in _SUREST if status in statuses),
        _most(each.kind for each in reports if each.kind != "other") or "other",
        _most(each.mode for each in reports if each.mode != "unknown") or "unknown",
        min(dates, key=precision, default=None),
        _most(each.place for each in reports if each.place),
    )


def differences(reports: Sequence[Report]) -> tuple[str, ...]:
    """The fields for which the articles give more than one value; what one leaves out is none."""
    given = {
        "date": len({each.date for each in reports if each.date}),
        "place": len({name_key(each.place) for each in reports if each.place}),
        "status": len({each.status for each in reports}),
        "kind": len({each.kind for each in reports if each.kind != "other"}),
        "mode": len({each.mode for each in reports if each.mode != "unknown"}),
    }
    return tuple(field for field, values in given.items() if values > 1)


def _most(values: Iterable[Value]) -> Value | None:
    """The commonest value; of several the first."""
    return next((value for value, _ in Counter(values).most_common(1)), None)
