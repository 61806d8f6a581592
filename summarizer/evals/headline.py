"""The headline figures, named before anything is compared, in the order they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.evals.score import Scores
from summarizer.evals.statistics import Interval


@dataclass(frozen=True)
class Headline:
    """One figure as it is shown: a share (0 to 1), or a number of inventions."""

    name: str
    label: str
    value: float | None
    interval: Interval | None
    n: int
    """What it is a share of: articles with anything to find, gold items, or returned values."""
    unit: str


_F1 = {
    "joint": "Joint statement F1 (direct and mixed, IoU ≥ 0.8, speaker and type right)",
    "quotations": "Quotation F1 (direct and mixed, IoU ≥ 0.8)",
    "indirect": "Indirect statement F1 (IoU ≥ 0.5, speaker right)",
    "participants": "Participants F1",
}
_ACCURACY = {
    "presence": "Meeting presence",
    "status": "Status accuracy",
    "date": "Date accuracy",
    "mode": "Mode accuracy",
    "place": "Place accuracy",
    "country": "Country accuracy",
}
_INVENTIONS = {
    "quotations": "Fabricated quotations",
    "years": "Invented years",
    "places": "Invented places",
    "countries": "Invented countries",
}


def headlines(scores: Scores) -> list[Headline]:
    """The headline figures of a run: pooled, each with its interval."""
    f1 = [
        Headline(name, label, figure.f1, figure.interval, figure.macro.articles, "articles")
        for name, label in _F1.items()
        for figure in [scores.f1[name]]
    ]
    accuracy = [
        Headline(name, label, figure.accuracy, figure.interval, figure.tally.total, "items")
        for name, label in _ACCURACY.items()
        for figure in [scores.accuracy[name]]
    ]
    inventions = [
        Headline(name, label, figure.events, figure.interval, figure.returned, "returned")
        for name, label in _INVENTIONS.items()
        for figure in [scores.inventions[name]]
    ]
    return [*f1, *accuracy, *inventions]
