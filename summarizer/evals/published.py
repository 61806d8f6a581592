"""The figures that others publish, by their definitions and under their names.

CofeNet (2022) counts a source, cue or content as found if its boundaries are exactly the gold's.
The Gender Gap Tracker (2021) takes a quotation for found if it covers enough of the reference:
the overlap over the reference's length. That rewards spans that are too long, so the IoU, which
counts what is too much on either side, stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from summarizer.evals.counts import Counts
from summarizer.evals.overlap import Matrix, Parts
from summarizer.evals.pairing import Pair, assign

COVERAGES = (0.3, 0.8)
"""From which overlaps over the reference's length the tracker was measured."""


def exact_match(gold: Iterable[Parts], got: Iterable[Parts]) -> Counts:
    """CofeNet's exact match: spans with the very boundaries of the gold's, each taken once."""
    expected, returned = Counter(gold), Counter(got)
    found = (expected & returned).total()
    return Counts(found, returned.total() - found, expected.total() - found)


def found(measured: Matrix, least: float) -> tuple[Counts, list[Pair]]:
    """Spans found from a coverage or IoU on, one to one, and which they are.

    The tracker measures `overlap.coverage`; `overlap.iou` stands beside it.
    """
    pairs = assign(measured, least)
    expected, returned = measured.shape
    return Counts(len(pairs), returned - len(pairs), expected - len(pairs)), pairs
