"""The words that the page and the Markdown of a digest share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from summarizer.digest.contents import Digest, Event, Told
from summarizer.digest.period import readable
from summarizer.linkage import Report

NOBODY = "Speaker not told"
OTHER = "Other topics"
_MODES = {
    "in_person": "in person",
    "video": "by video",
    "phone": "by phone",
    "correspondence": "by correspondence",
    "hybrid": "in person and by video",
    "unknown": "how is not given",
}
_SHOWN = 3  # names in the title of a meeting


def title(event: Event, shown: Callable[[str], str] = str) -> str:
    """Who met, in a few words; groups only where nobody is named."""
    people = [who for who in event.people if not who.group] or list(event.people)
    names = [shown(who.name) for who in people]
    if len(names) > _SHOWN + 1:
        names = [*names[:_SHOWN], f"{len(names) - _SHOWN} others"]
    return listed(names) or "Participants not named"


def listed(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def how(report: Report) -> str:
    """Status, kind and mode."""
    return f"{report.status}, {report.kind}, {_MODES[report.mode]}"


def field(told: Told, name: str) -> str:
    """What one article says of a field."""
    report = told.report
    if name == "date":
        return readable(report.date)
    if name == "mode":
        return _MODES[report.mode]
    return getattr(report, name) or "not given"


def counts(digest: Digest) -> str:
    """How much a digest holds, in one line."""
    return " · ".join(
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (len(digest.events), "meeting", "meetings"),
            (len(digest.people), "participant", "participants"),
            (digest.statements, "statement", "statements"),
            (len(digest.sources), "article", "articles"),
        )
    )


def notes(digest: Digest) -> Iterator[str]:
    """What a reader must know of how it was made."""
    if digest.undated:
        yield (
            f"Left out, because neither they nor their articles have a date: {digest.undated} "
            f"{'meeting' if digest.undated == 1 else 'meetings'}."
        )
    if not digest.period.whole and any(_no_year(event) for event in digest.events):
        yield "Meetings whose year is not given are here if their day and month fit the period."


def _no_year(event: Event) -> bool:
    return "X" in (event.report.date or "")[:4]
