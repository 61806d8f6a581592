"""The same meeting in several articles.

Two reports are of one meeting if the same people took part (two at least, groups and the unnamed
left out), some day fits both dates, and kind and mode are the same where both are known. A report
without a date is of the week before its article came out, or of the time after it if the meeting
was still to come; without either it joins nothing. Two meetings of one article are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from summarizer.linkage.dates import compatible
from summarizer.linkage.twins import twins
from summarizer.record import MeetingKind, MeetingMode

_WEEK = timedelta(days=7)
_OPEN = "/.."


@dataclass(frozen=True)
class Facts:
    """What meetings are compared by; `people` are those that several articles may know."""

    people: frozenset[int]
    date: str | None
    kind: MeetingKind
    mode: MeetingMode


@dataclass(frozen=True)
class Meeting:
    """One meeting of one article."""

    article: str
    id: str
    facts: Facts


def stated_date(edtf: str | None, published: str | None, *, over: bool) -> str | None:
    """The date of a meeting as far as its article lets one tell.

    Args:
        edtf: as the article gives it.
        published: the day the article came out, if it is known.
        over: whether the meeting had been held, or called off.
    """
    if edtf is not None or published is None:
        return edtf
    if not over:
        return published + _OPEN
    day = date.fromisoformat(published)
    first = day - min(_WEEK, day - date.min)
    return f"{first.isoformat()}/{day.isoformat()}"


def same_meetings(meetings: Sequence[Meeting]) -> list[tuple[Meeting, ...]]:
    """The meetings, grouped; each once.

    Args:
        meetings: at most one for each article and id.
    """
    blocks: dict[frozenset[int], dict[Facts, list[Meeting]]] = defaultdict(
        lambda: defaultdict(list)
    )
    alone = []
    for meeting in meetings:
        if len(meeting.facts.people) < 2 or meeting.facts.date is None:
            alone.append((meeting,))
        else:
            blocks[meeting.facts.people][meeting.facts].append(meeting)
    return [*alone, *(group for block in blocks.values() for group in _grouped(block))]


def _grouped(block: dict[Facts, list[Meeting]]) -> Iterator[tuple[Meeting, ...]]:
    """Those with the very same facts are one thing to look at, unless an article has two."""
    alike = []
    for same in block.values():
        if len({meeting.article for meeting in same}) == len(same):
            alike.append(tuple(same))
        else:
            yield from ((meeting,) for meeting in same)
    for group in twins(alike, _fit):
        yield tuple(meeting for same in group for meeting in same)


def _fit(a: tuple[Meeting, ...], b: tuple[Meeting, ...]) -> bool:
    x, y = a[0].facts, b[0].facts
    if x.date is None or y.date is None or not compatible(x.date, y.date):
        return False
    kinds = x.kind == y.kind or "other" in (x.kind, y.kind)
    modes = x.mode == y.mode or "unknown" in (x.mode, y.mode)
    return kinds and modes and {each.article for each in a}.isdisjoint(each.article for each in b)
