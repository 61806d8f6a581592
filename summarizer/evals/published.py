"""The figures that others publish, by their definitions and under their names.

CofeNet (2022) counts a source, cue or content as found if its boundaries are exactly the gold's.
The Gender Gap Tracker (2021) takes a quotation for found if it covers enough of the reference:
the overlap over the reference's length. That rewards spans that are too long, so the IoU, which
counts what is too much on either side, stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from summarizer.evals.counts import Counts
from summarizer.evals.pairing import Pair, assign

Parts = tuple[tuple[int, int], ...]
"""The places of one span, in order; several if it is interrupted."""

COVERAGES = (0.3, 0.8)
"""From which overlaps over the reference's length the tracker was measured."""


def exact_match(gold: Iterable[Parts], got: Iterable[Parts]) -> Counts:
    """CofeNet's exact match: spans with the very boundaries of the gold's, each taken once."""
    expected, returned = Counter(gold), Counter(got)
    found = (expected & returned).total()
    return Counts(found, returned.total() - found, expected.total() - found)


def coverage(gold: Parts, got: Parts) -> float:
    """Overlap over the length of the gold, as the Gender Gap Tracker measures it."""
    length = sum(end - start for start, end in gold)
    return shared(gold, got) / length if length else 0.0


def span_iou(gold: Parts, got: Parts) -> float:
    """Overlap over the length of both together."""
    both = shared(gold, got)
    lengths = sum(end - start for start, end in (*gold, *got))
    return both / (lengths - both) if lengths > both else float(both > 0)


def shared(a: Parts, b: Parts) -> int:
    """How many characters are in both."""
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def pair_spans(
    gold: Sequence[Parts],
    got: Sequence[Parts],
    measure: Callable[[Parts, Parts], float],
    least: float,
) -> list[Pair]:
    """One-to-one pairs of at least that coverage or IoU, the best sum of them."""
    if not gold or not got:
        return []
    return assign(np.array([[measure(g, r) for r in got] for g in gold]), least)


def found(gold: Sequence[Parts], got: Sequence[Parts], pairs: Sequence[Pair]) -> Counts:
    """The counts of spans that were paired."""
    return Counts(len(pairs), len(got) - len(pairs), len(gold) - len(pairs))
