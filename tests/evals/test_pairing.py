"""Optimal one-to-one pairing, against every pairing there is."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evals.counts import Counts, Tally, count
from summarizer.evals.pairing import Pair, assign, pair


def best_sum(matrix: list[list[float]], floor: float) -> float:
    """The greatest sum over all one-to-one pairings."""
    rows, columns = len(matrix), len(matrix[0])
    if rows > columns:
        matrix = [list(column) for column in zip(*matrix, strict=True)]
        rows, columns = columns, rows
    return max(
        sum(matrix[i][j] for i, j in enumerate(chosen) if matrix[i][j] >= floor)
        for chosen in permutations(range(columns), rows)
    )


@given(
    st.integers(1, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.floats(0, 1), min_size=columns, max_size=columns), min_size=1, max_size=5
        )
    ),
    st.sampled_from([0.3, 0.5, 0.85]),
)
def test_no_pairing_is_better(matrix: list[list[float]], floor: float) -> None:
    pairs = assign(np.array(matrix), floor)
    assert sum(p.likeness for p in pairs) == pytest.approx(best_sum(matrix, floor), abs=1e-6)
    assert len({p.gold for p in pairs}) == len({p.got for p in pairs}) == len(pairs)
    assert all(p.likeness >= floor for p in pairs)


def test_the_best_sum_goes_before_the_best_pair() -> None:
    # Greedy would take 0.9 and leave 0.0; together 0.8 + 0.7 = 1.5 is more than 0.9.
    assert assign(np.array([[0.9, 0.8], [0.7, 0.0]]), 0.3) == [Pair(0, 1, 0.8), Pair(1, 0, 0.7)]


def test_what_is_under_the_floor_stays_apart() -> None:
    assert assign(np.array([[0.29]]), 0.3) == []
    assert assign(np.array([[0.3]]), 0.3) == [Pair(0, 0, 0.3)]


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (2, 2), (4, 4), (2, 5), (5, 2), (30, 30)])
def test_ties_break_by_order(shape: tuple[int, int]) -> None:
    pairs = assign(np.full(shape, 0.6), 0.3)
    assert [(p.gold, p.got) for p in pairs] == [(n, n) for n in range(min(shape))]


def test_nothing_is_paired_with_nothing() -> None:
    assert pair([], ["a"], lambda g, r: 1.0, 0.3) == []
    assert pair(["a"], [], lambda g, r: 1.0, 0.3) == []


def test_counts_of_pairs() -> None:
    # Gold: a, b required, c optional. Record: 4 items. Pairs: a right, b not right, c right.
    # tp = a, c; fn = b; fp = 4 returned - 2 right = 2, none of them excused.
    pairs = [Pair(0, 0, 1.0), Pair(1, 1, 0.5), Pair(2, 2, 1.0)]
    assert count([False, False, True], 4, pairs, lambda p: p.likeness == 1.0) == Counts(2, 2, 1)


def test_an_optional_item_found_in_part_counts_nowhere() -> None:
    # The record's one item is paired with an optional gold item and is not right: no fp, no fn.
    assert count([True], 1, [Pair(0, 0, 0.5)], lambda p: False) == Counts(0, 0, 0)
    assert count([True], 0, []) == Counts(0, 0, 0)
    assert count([True], 1, [Pair(0, 0, 1.0)]) == Counts(1, 0, 0)
    assert count([True], 1, []) == Counts(0, 1, 0)


def test_precision_recall_and_f1() -> None:
    # P = 3/4, R = 3/5, F1 = 2*3/(2*3+1+2) = 6/9.
    counts = Counts(tp=3, fp=1, fn=2)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 / 3)
    assert Counts().f1 is None
    assert Counts(fp=2).f1 == 0.0
    assert Counts(fp=2).recall is None
    assert Counts(fn=2).precision is None


@given(*[st.integers(0, 50)] * 3)
def test_f1_is_the_harmonic_mean_and_symmetric(tp: int, fp: int, fn: int) -> None:
    counts = Counts(tp, fp, fn)
    assert counts.f1 == Counts(tp, fn, fp).f1
    if tp and counts.precision and counts.recall and counts.f1:
        assert counts.f1 == pytest.approx(2 / (1 / counts.precision + 1 / counts.recall))
        assert 0 < counts.f1 <= 1


def test_a_tally_keeps_hallucination_and_omission_apart() -> None:
    tally = Tally.of(["right", "right", "wrong", "hallucination", "omission", "unpaired"])
    assert tally == Tally(2, 1, 1, 1, 1)
    assert tally.total == 6
    assert tally.accuracy == pytest.approx(2 / 6)
    assert Tally().accuracy is None
