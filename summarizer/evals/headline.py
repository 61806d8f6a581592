"""The headline figures, named before anything is compared, in the order they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    unit: Literal["articles", "items", "returned"]


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
    "summary/meetings": "Meetings told in the summary",
    "summary/participants": "Participants told in the summary",
    "summary/topics": "Topics told in the summary",
    "lead/topics": "Topics told in the first two sentences",
}
_INVENTIONS = {
    "quotations": "Fabricated quotations",
    "years": "Invented years",
    "places": "Invented places",
    "countries": "Invented countries",
}


_POLNEAR = {
    "joint": "Quotation and speaker F1 (coverage ≥ 0.8)",
    "coverage/0.3": "Quotation F1, coverage ≥ 0.3 (Gender Gap Tracker)",
    "coverage/0.8": "Quotation F1, coverage ≥ 0.8 (Gender Gap Tracker)",
    "iou/0.3": "Quotation F1, IoU ≥ 0.3",
    "iou/0.8": "Quotation F1, IoU ≥ 0.8",
    "cofenet/source": "Source F1, exact match (CofeNet)",
    "cofenet/cue": "Cue F1, exact match (CofeNet)",
    "cofenet/content": "Content F1, exact match (CofeNet)",
}
_POLNEAR_ACCURACY = {
    "speaker": "Speaker mention accuracy",
    "speaker/matched": "Speaker mention accuracy, of matched quotations (Gender Gap Tracker)",
}


def headlines(scores: Scores) -> list[Headline]:
    """The headline figures of a run, each pooled over articles and with its interval.

    A set that annotates attributions alone has headlines of its own.
    """
    whole = "participants" in scores.f1
    f1 = [
        Headline(name, label, figure.f1, figure.interval, figure.macro.articles, "articles")
        for name, label in (_F1 if whole else _POLNEAR).items()
        for figure in [scores.f1[name]]
    ]
    accuracy = [
        Headline(name, label, figure.accuracy, figure.interval, figure.tally.total, "items")
        for name, label in (_ACCURACY if whole else _POLNEAR_ACCURACY).items()
        if name in scores.accuracy
        for figure in [scores.accuracy[name]]
    ]
    inventions = [
        Headline(name, label, figure.events, figure.interval, figure.returned, "returned")
        for name, label in _INVENTIONS.items()
        if name in scores.inventions
        for figure in [scores.inventions[name]]
    ]
    return [*f1, *accuracy, *inventions]
