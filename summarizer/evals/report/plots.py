"""Intervals as small drawings: where things lie, in the units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.evals.statistics import Interval

WIDTH, ROW = 240, 16
_EDGE = 8


@dataclass(frozen=True)
class Whisker:
    """A figure with its interval; `low` and `high` are None where there is none."""

    run: str
    y: float
    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Plot:
    """A drawing of figures under each other on one scale, with its grid."""

    height: float
    grid: tuple[float, ...]
    zero: float | None
    whiskers: tuple[Whisker, ...]
    label: str


def plot(
    figures: Sequence[tuple[str, float | None, Interval | None]],
    *,
    label: str,
    ends: tuple[float, float] = (0.0, 1.0),
) -> Plot:
    """The drawing of some figures.

    Args:
        figures: the run (`a` or `b`), the figure and its interval, from the top.
        label: what the drawing says, for those who cannot see it.
        ends: what the scale begins and ends with.
    """
    low, high = ends

    def x(value: float) -> float:
        part = (min(max(value, low), high) - low) / (high - low)
        return round(_EDGE + part * (WIDTH - 2 * _EDGE), 1)

    whiskers = tuple(
        Whisker(
            run,
            ROW * (index + 0.5),
            x(value),
            x(interval.low) if interval else None,
            x(interval.high) if interval else None,
        )
        for index, (run, value, interval) in enumerate(figures)
        if value is not None
    )
    grid = tuple(x(low + (high - low) * step / 4) for step in range(5))
    return Plot(ROW * len(figures), grid, x(0.0) if low < 0 else None, whiskers, label)
