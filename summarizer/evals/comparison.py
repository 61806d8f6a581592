"""A against B on the same articles: the difference, whether luck explains it, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from summarizer.errors import UsageError
from summarizer.evals.article_score import JOINT, filled
from summarizer.evals.score import Scores, SplitName
from summarizer.evals.statistics import (
    PLANNING_SD,
    Interval,
    holm,
    sign_flip,
    smallest_detectable,
    t_interval,
)

Verdict = Literal["better", "worse", "no difference shown", "better on dev (not confirmed)"]
ALPHA = 0.05


@dataclass(frozen=True)
class ArticlePair:
    """One article's figure in A and in B."""

    fixture: str
    a: float
    b: float

    @property
    def difference(self) -> float:
        """B minus A."""
        return self.b - self.a


@dataclass(frozen=True)
class Comparison:
    """B against A in one metric; the verdict is about B.

    `left_out` counts the articles with nothing to find for which neither returned anything.
    `p` is that of the sign-flip test; `p_adjusted` the same after Holm, among all comparisons
    that are shown together. `smallest_detectable` is the true difference that articles which vary
    as these do would show 80 % of the time.
    """

    metric: str
    split: SplitName | None
    pairs: tuple[ArticlePair, ...]
    left_out: int
    mean: float | None
    interval: Interval | None
    p: float
    p_adjusted: float
    wins: int
    ties: int
    losses: int
    smallest_detectable: float | None
    verdict: Verdict


def compare(a: Scores, b: Scores, metric: str = JOINT) -> Comparison:
    """B against A in one metric, over the articles' own figures.

    Raises:
        UsageError: the two were scored against different fixtures, or have no such metric.
    """
    if a.fixture_set != b.fixture_set:
        raise UsageError(
            "the two runs were scored against different fixtures",
            hint="Score both against the same set, then compare.",
        )
    if metric not in a.articles[0].values:
        raise UsageError(f"there is no metric `{metric}`")
    pairs = _pairs(a, b, metric)
    differences = np.array([pair.difference for pair in pairs])
    interval, p = t_interval(differences), sign_flip(differences)
    sd = float(differences.std(ddof=1)) if len(pairs) > 1 else 0.0
    return Comparison(
        metric=metric,
        split=a.split,
        pairs=tuple(pairs),
        left_out=len(a.articles) - len(pairs),
        mean=float(differences.mean()) if pairs else None,
        interval=interval,
        p=p,
        p_adjusted=p,
        wins=int(np.sum(differences > 0)),
        ties=int(np.sum(differences == 0)),
        losses=int(np.sum(differences < 0)),
        smallest_detectable=smallest_detectable(len(pairs), sd or PLANNING_SD),
        verdict=verdict(interval, p, a.split),
    )


def adjusted(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Comparisons that are shown together, each p and verdict after Holm.

    Several metrics of two prompts, or several prompts against one.
    """
    after = holm([comparison.p for comparison in comparisons])
    return [
        replace(one, p_adjusted=p, verdict=verdict(one.interval, p, one.split))
        for one, p in zip(comparisons, after, strict=True)
    ]


def verdict(interval: Interval | None, p: float, split: SplitName | None) -> Verdict:
    """`better` or `worse` only if the t-interval excludes 0 and the sign-flip p is at most 0.05.

    On the `dev` split, which prompts are written on, a better prompt is not confirmed.
    """
    if interval is None or p > ALPHA or interval.low <= 0 <= interval.high:
        return "no difference shown"
    if interval.high < 0:
        return "worse"
    return "better on dev (not confirmed)" if split == "dev" else "better"


def _pairs(a: Scores, b: Scores, metric: str) -> list[ArticlePair]:
    of_b = {article.fixture: article.values[metric] for article in b.articles}
    pairs = []
    for article in a.articles:
        both = filled([article.values[metric], of_b[article.fixture]])
        if both is not None:
            pairs.append(ArticlePair(article.fixture, *both))
    return pairs
