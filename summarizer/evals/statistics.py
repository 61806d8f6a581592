"""Intervals and tests over articles: the article is the unit, never the quotation.

Everything that draws does so from a fixed seed, so that scoring again gives the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtrit

DRAWS = 10_000
SEED = 20_240_131
LEVEL = 0.95
EXACT_UP_TO = 20
"""Pairs up to which the sign-flip test takes every assignment of signs."""

Floats = NDArray[np.float64]
Method = Literal["bca", "t", "wilson", "rule of three", "percentile"]


@dataclass(frozen=True)
class Interval:
    """A 95 % interval and how it was made."""

    low: float
    high: float
    method: Method


def t_interval(values: ArrayLike) -> Interval | None:
    """Student's interval of a mean; None for fewer than two values."""
    x = np.asarray(values, dtype=np.float64)
    if x.size < 2:
        return None
    half = float(stdtrit(x.size - 1, 0.5 + LEVEL / 2)) * _standard_error(x)
    mean = float(x.mean())
    return Interval(mean - half, mean + half, "t")


def wilson(events: float, n: float) -> Interval | None:
    """Wilson's score interval of a rate; None for n = 0. Of no events, 0 to 3/n.

    Several runs of one article count as one: their mean events of their mean number.
    """
    if n == 0:
        return None
    if events == 0:
        return Interval(0.0, min(1.0, 3 / n), "rule of three")
    z = float(ndtri(0.5 + LEVEL / 2))
    rate, scale = events / n, 1 + z * z / n
    centre = (rate + z * z / (2 * n)) / scale
    half = z / scale * float(np.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)))
    return Interval(max(0.0, centre - half), min(1.0, centre + half), "wilson")


def bca_interval(
    rows: ArrayLike, statistic: Callable[[Floats], Floats], *, draws: int = DRAWS, seed: int = SEED
) -> Interval | None:
    """The bias-corrected and accelerated bootstrap of a statistic of column sums.

    Args:
        rows: one row an article, such as its true positives, false positives and misses.
        statistic: from sums (the columns in the last axis) to the figure, such as a pooled F1.
        draws: resamples of the articles.
        seed: of the resampling.

    Returns:
        None for fewer than two articles, or a figure that is undefined on them.
    """
    x = np.asarray(rows, dtype=np.float64)
    if len(x) < 2:
        return None
    total = x.sum(axis=0)
    drawn = statistic(resampled_sums(x, draws=draws, seed=seed))
    return bca(float(statistic(total)), drawn, statistic(total - x))


def bca(estimate: float, drawn: Floats, left_out: Floats) -> Interval | None:
    """The BCa interval from a bootstrap and a jackknife.

    Args:
        estimate: the figure over all articles.
        drawn: the figure over each resample; undefined ones (nan) are left out.
        left_out: the figure without each article in turn.
    """
    drawn, left_out = drawn[np.isfinite(drawn)], left_out[np.isfinite(left_out)]
    if not np.isfinite(estimate) or not drawn.size:
        return None
    below = (np.sum(drawn < estimate) + np.sum(drawn == estimate) / 2) / drawn.size
    bias = float(ndtri(np.clip(below, 0.5 / drawn.size, 1 - 0.5 / drawn.size)))
    deviations = left_out.mean() - left_out if left_out.size else left_out
    spread = float(np.sum(deviations**2))
    acceleration = float(np.sum(deviations**3)) / (6 * spread**1.5) if spread > 1e-24 else 0.0
    z = bias + ndtri(np.array([0.5 - LEVEL / 2, 0.5 + LEVEL / 2]))
    low, high = np.quantile(drawn, ndtr(bias + z / (1 - acceleration * z)))
    return Interval(float(low), float(high), "bca")


def resampled_sums(rows: Floats, *, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Column sums over articles drawn with replacement: one row a draw."""
    n = len(rows)
    rng = np.random.default_rng(seed)
    sums = np.empty((draws, rows.shape[1]))
    step = max(1, 4_000_000 // n)
    for start in range(0, draws, step):
        size = min(step, draws - start)
        drawn = rng.integers(0, n, size=(size, n), dtype=np.int32)
        drawn += np.arange(size, dtype=np.int32)[:, None] * n
        times = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n)
        sums[start : start + size] = times @ rows
    return sums


def sign_flip(differences: ArrayLike, *, draws: int = DRAWS, seed: int = SEED) -> float:
    """Two-sided p of a mean difference under random signs; exact up to `EXACT_UP_TO` pairs.

    1 without differences.
    """
    d = np.asarray(differences, dtype=np.float64)
    if not d.size:
        return 1.0
    slack = 1e-9 * float(np.abs(d).sum())
    seen = abs(float(d.sum())) - slack
    if d.size <= EXACT_UP_TO:
        sums = np.zeros(1)
        for difference in d:
            sums = np.concatenate([sums + difference, sums - difference])
        return float(np.mean(np.abs(sums) >= seen))
    signs = np.random.default_rng(seed).integers(0, 2, size=(draws, d.size), dtype=np.int8) * 2 - 1
    return float(1 + np.sum(np.abs(signs @ d) >= seen)) / (draws + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values adjusted for their number by Holm's step-down, in the same order."""
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return adjusted


PLANNING_SD = 0.18
"""What the difference of two runs' F1 varies by between articles, before anything is compared."""
POWER = 0.8


def smallest_detectable(n: int, sd: float = PLANNING_SD) -> float | None:
    """The true mean difference that a paired t-test of `n` articles finds 80 % of the time.

    (t_{0.975} + t_{0.8}) sd / sqrt(n), n - 1 degrees of freedom; None for fewer than two.

    Args:
        n: articles compared.
        sd: standard deviation of the differences between articles.
    """
    if n < 2:
        return None
    t = float(stdtrit(n - 1, 0.5 + LEVEL / 2)) + float(stdtrit(n - 1, POWER))
    return t * sd / float(np.sqrt(n))


def _standard_error(x: Floats) -> float:
    return float(x.std(ddof=1) / np.sqrt(x.size))
