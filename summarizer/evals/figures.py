"""Figures over all articles, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.evals.counts import Counts, Tally
from summarizer.evals.inventions import Invented
from summarizer.evals.statistics import (
    Floats,
    Interval,
    bca,
    resampled_sums,
    t_interval,
    wilson,
)


@dataclass(frozen=True)
class Macro:
    """The mean over articles, those left out that had nothing to find and returned nothing."""

    value: float | None
    interval: Interval | None
    articles: int


@dataclass(frozen=True)
class F1Figure:
    """Precision, recall and F1 of one kind of item.

    `counts` are pooled over articles (micro), and `interval` is that of their F1, by BCa; the
    macro figures are means over articles.
    """

    counts: Counts
    precision: float | None
    recall: float | None
    f1: float | None
    interval: Interval | None
    macro: Macro
    macro_precision: float | None
    macro_recall: float | None


@dataclass(frozen=True)
class AccuracyFigure:
    """How often one field is right, over the required gold items, with Wilson's interval."""

    tally: Tally
    accuracy: float | None
    interval: Interval | None
    macro: Macro


@dataclass(frozen=True)
class InventionFigure:
    """How many of the returned values were made up; of none, the interval's end is 3/n."""

    events: int
    returned: int
    interval: Interval | None


def pooled_f1(sums: Floats) -> Floats:
    """F1 of true positives, false positives and misses in the last axis; nan of nothing."""
    tp, fp, fn = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(2 * tp / (2 * tp + fp + fn))


def f1_figures(
    counts: Sequence[dict[str, Counts]], values: Sequence[dict[str, float | None]]
) -> dict[str, F1Figure]:
    """The figures of every kind of item; the articles are resampled once for all of them.

    Args:
        counts: those of each article.
        values: the F1 of each article, None where it is left out.
    """
    names = list(counts[0])
    rows = np.array([[(c[n].tp, c[n].fp, c[n].fn) for n in names] for c in counts], dtype=float)
    total = rows.sum(axis=0)
    drawn = pooled_f1(resampled_sums(rows.reshape(len(rows), -1)).reshape(-1, len(names), 3))
    left_out = pooled_f1(total - rows)
    figures = {}
    for index, name in enumerate(names):
        pooled = sum((c[name] for c in counts), Counts())
        several = len(rows) > 1 and pooled.f1 is not None
        found = [(c[name], v[name]) for c, v in zip(counts, values, strict=True)]
        figures[name] = F1Figure(
            counts=pooled,
            precision=pooled.precision,
            recall=pooled.recall,
            f1=pooled.f1,
            interval=bca(pooled.f1 or 0.0, drawn[:, index], left_out[:, index])
            if several
            else None,
            macro=macro([value for _, value in found]),
            macro_precision=macro([c.precision or 0.0 for c, v in found if v is not None]).value,
            macro_recall=macro([c.recall or 0.0 for c, v in found if v is not None]).value,
        )
    return figures


def accuracy_figure(
    tallies: Sequence[Tally], values: Sequence[float | None], *, runs: int
) -> AccuracyFigure:
    """One field over all articles; several `runs` of an article count as one."""
    pooled = sum(tallies, Tally())
    return AccuracyFigure(
        tally=pooled,
        accuracy=pooled.accuracy,
        interval=wilson(pooled.right / runs, pooled.total / runs),
        macro=macro(values),
    )


def invention_figure(invented: Sequence[Invented], *, runs: int) -> InventionFigure:
    """What was made up over all articles; several `runs` of an article count as one."""
    pooled = sum(invented, Invented())
    interval = wilson(pooled.events / runs, pooled.returned / runs)
    return InventionFigure(pooled.events, pooled.returned, interval)


def macro(values: Sequence[float | None]) -> Macro:
    """The mean of the values that are not None, with Student's interval held to 0 and 1."""
    kept = [value for value in values if value is not None]
    if not kept:
        return Macro(None, None, 0)
    interval = t_interval(kept)
    if interval is not None:
        interval = Interval(max(0.0, interval.low), min(1.0, interval.high), interval.method)
    return Macro(sum(kept) / len(kept), interval, len(kept))
