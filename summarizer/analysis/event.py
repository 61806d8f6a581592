"""One meeting as the words of an article give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.analysis.dates import DateMention
from summarizer.analysis.mentions import Mention
from summarizer.article import Quotation, Span
from summarizer.record import MeetingStatus


@dataclass(frozen=True)
class Event:
    """One meeting as the words give it; every value comes with the span that shows it.

    `told` are the people of every sentence about it. `by_verb`: a verb reports it (`received`),
    not a noun. `further`: it is named as one more of the same people. `aside`: a sentence about
    another meeting names it as well; the people `carried` from there took part in both.
    """

    sentence: Span
    trigger: Span
    status: MeetingStatus
    status_span: Span
    kind: str
    kind_span: Span | None
    mode: str
    mode_span: Span | None
    date: DateMention | None = None
    edtf: str | None = None
    place: Span | None = None
    people: tuple[Mention, ...] = ()
    support: tuple[Span, ...] = ()
    told: tuple[Mention, ...] = ()
    by_verb: bool = False
    further: bool = False
    aside: bool = False
    carried: tuple[Mention, ...] = ()


def is_concrete(event: Event) -> bool:
    """Whether a meeting that did not take place, or not yet, has a day of its own."""
    return event.status != "held" and event.edtf is not None


def gap(span: Span, other: Span) -> int:
    """How many characters lie between two spans; 0 if they overlap."""
    if span.overlaps(other):
        return 0
    return max(span.start - other.end, other.start - span.end)


def is_quoted(span: Span, quoted: Sequence[Quotation]) -> bool:
    """Whether a span begins inside a quotation."""
    return any(q.start <= span.start < q.end for q in quoted)
