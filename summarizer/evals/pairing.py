"""Pairing two lists one to one, so that the pairs are as much alike as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

_Gold = TypeVar("_Gold")
_Got = TypeVar("_Got")

# Far smaller than any difference between two likenesses, so that they decide ties alone.
_FIRST = 1e-9
_IN_ORDER = 1e-12


class Pair(NamedTuple):
    """Which gold item and which item of the record belong together, and how alike they are."""

    gold: int
    got: int
    likeness: float


def pair(
    gold: Sequence[_Gold],
    got: Sequence[_Got],
    likeness: Callable[[_Gold, _Got], float],
    floor: float,
) -> list[Pair]:
    """The one-to-one pairs with the greatest sum of likenesses, by gold index.

    Pairs under the `floor` stay apart. Between equally good pairings, earlier items come first
    and the order of both lists is kept.
    """
    if not gold or not got:
        return []
    matrix = np.array([[likeness(g, r) for r in got] for g in gold])
    return assign(matrix, floor)


def assign(likenesses: NDArray[np.float64], floor: float) -> list[Pair]:
    """`pair` over a matrix of likenesses (gold in rows)."""
    allowed = likenesses >= floor
    if not allowed.any():
        return []
    rows, columns = likenesses.shape
    i, j = np.arange(rows)[:, None], np.arange(columns)[None, :]
    ties = _IN_ORDER * i * j / (rows * columns) - _FIRST * (i + j) / (rows + columns)
    weights = np.where(allowed, likenesses + ties, 0.0)
    chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [Pair(int(g), int(r), float(likenesses[g, r])) for g, r in chosen if allowed[g, r]]
