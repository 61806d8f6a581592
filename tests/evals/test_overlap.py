"""Shared characters, coverage and IoU, against sets of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evals.overlap import Parts, coverage, iou, lengths, shared


@pytest.mark.parametrize(
    ("gold", "got", "covered", "alike"),
    [
        (((0, 10),), ((0, 10),), 1.0, 1.0),
        (((0, 10),), ((10, 20),), 0.0, 0.0),
        # 8 of 10 covered, nothing too many.
        (((0, 10),), ((2, 10),), 0.8, 0.8),
        # All covered by a span five times as long: full coverage, IoU 10/50.
        (((0, 10),), ((0, 50),), 1.0, 0.2),
        # 5 of 10 covered; 5 of 15 in either.
        (((0, 10),), ((5, 15),), 0.5, 5 / 15),
        # The union of the segments, 12 characters: 4 + 4 of them shared, nothing too many.
        (((0, 4), (6, 14)), ((0, 4), (6, 10)), 8 / 12, 8 / 12),
        # One span over both segments and the 2 characters between them.
        (((0, 4), (6, 14)), ((0, 14),), 1.0, 12 / 14),
        ((), ((0, 5),), 0.0, 0.0),
        ((), (), 0.0, 0.0),
    ],
)
def test_coverage_rewards_what_is_too_long_and_iou_does_not(
    gold: Parts, got: Parts, covered: float, alike: float
) -> None:
    assert coverage([gold], [got]).tolist() == [[pytest.approx(covered)]]
    assert iou([gold], [got]).tolist() == [[pytest.approx(alike)]]


def test_each_of_one_side_meets_each_of_the_other() -> None:
    gold: list[Parts] = [((0, 4), (6, 8)), ((4, 6),)]
    got: list[Parts] = [((0, 8),), (), ((3, 5), (7, 9))]
    assert shared(gold, got).tolist() == [[6, 0, 2], [2, 0, 1]]
    assert lengths(got).tolist() == [8, 0, 4]
    assert shared([], got).shape == (0, 3)
    assert iou(gold, []).shape == (2, 0)


_parts = st.sets(st.integers(0, 30), max_size=6).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


def characters(parts: Parts) -> set[int]:
    return {at for start, end in parts for at in range(start, end)}


@given(st.lists(_parts, max_size=4), st.lists(_parts, max_size=4))
def test_measures_agree_with_sets_of_characters(gold: list[Parts], got: list[Parts]) -> None:
    both, covered, alike = shared(gold, got), coverage(gold, got), iou(gold, got)
    assert both.shape == (len(gold), len(got))
    assert (alike == iou(got, gold).T).all()
    for i, a in enumerate(map(characters, gold)):
        for j, b in enumerate(map(characters, got)):
            assert both[i, j] == len(a & b)
            assert covered[i, j] == pytest.approx(len(a & b) / max(len(a), 1))
            assert alike[i, j] == pytest.approx(len(a & b) / max(len(a | b), 1))
            assert alike[i, j] <= covered[i, j] + 1e-12
