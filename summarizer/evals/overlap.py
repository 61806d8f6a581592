"""How many characters spans share, all of one side with all of the other at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Parts = tuple[tuple[int, int], ...]
"""The places of one span, in order and without overlap; several if it is interrupted."""

Matrix = NDArray[np.float64]


def shared(gold: Sequence[Parts], got: Sequence[Parts]) -> Matrix:
    """Characters in both, gold in rows."""
    rows, first = _flat(gold)
    columns, second = _flat(got)
    ends = np.minimum(first[:, None, 1], second[None, :, 1])
    both = np.maximum(ends - np.maximum(first[:, None, 0], second[None, :, 0]), 0)
    by_row = np.zeros((len(gold), len(second)))
    np.add.at(by_row, rows, both)
    total = np.zeros((len(got), len(gold)))
    np.add.at(total, columns, by_row.T)
    return total.T


def lengths(spans: Sequence[Parts]) -> Matrix:
    """Characters of each span."""
    return np.array([sum(end - start for start, end in parts) for parts in spans], dtype=float)


def coverage(gold: Sequence[Parts], got: Sequence[Parts]) -> Matrix:
    """Characters in both over those of the gold; 0 for an empty one."""
    return shared(gold, got) / np.maximum(lengths(gold), 1)[:, None]


def iou(gold: Sequence[Parts], got: Sequence[Parts]) -> Matrix:
    """Characters in both over those in either; 0 where both are empty."""
    both = shared(gold, got)
    return both / np.maximum(lengths(gold)[:, None] + lengths(got)[None, :] - both, 1)


def _flat(spans: Sequence[Parts]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every part of every span, and which span it is of."""
    owners = [index for index, parts in enumerate(spans) for _ in parts]
    places = [place for parts in spans for place in parts]
    return (
        np.array(owners, dtype=np.int64),
        np.array(places, dtype=np.int64).reshape(len(places), 2),
    )
