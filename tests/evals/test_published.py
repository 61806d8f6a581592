"""The published metrics on planted cases: CofeNet's exact match, the tracker's coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evals import Counts, Fixture, oracle, score
from summarizer.evals.published import (
    Parts,
    coverage,
    exact_match,
    found,
    pair_spans,
    shared,
    span_iou,
)
from summarizer.record import Statement

GOLD: list[Parts] = [((0, 10),), ((20, 40),), ((50, 60), (70, 80))]


def test_exact_match_wants_the_very_boundaries() -> None:
    # Right: the first and the third. One character less in the second: missed and made up.
    got: list[Parts] = [((0, 10),), ((20, 39),), ((50, 60), (70, 80))]
    assert exact_match(GOLD, got) == Counts(2, 1, 1)
    # P = R = F1 = 2/3.
    assert exact_match(GOLD, got).f1 == pytest.approx(2 / 3)


def test_exact_match_takes_each_span_once() -> None:
    assert exact_match([((0, 10),)], [((0, 10),)] * 3) == Counts(1, 2, 0)
    assert exact_match([((0, 10),)] * 2, [((0, 10),)]) == Counts(1, 0, 1)


def test_one_part_of_an_interrupted_span_is_no_match() -> None:
    assert exact_match([((50, 60), (70, 80))], [((50, 60),)]) == Counts(0, 1, 1)


@pytest.mark.parametrize(
    ("gold", "got", "covered", "iou"),
    [
        (((0, 10),), ((0, 10),), 1.0, 1.0),
        # 8 of 10 covered, nothing too many.
        (((0, 10),), ((2, 10),), 0.8, 0.8),
        # All covered by a span five times as long: full coverage, IoU 10/50.
        (((0, 10),), ((0, 50),), 1.0, 0.2),
        # 5 of 10 covered; 5 of 15 shared.
        (((0, 10),), ((5, 15),), 0.5, 1 / 3),
        (((0, 10),), ((20, 30),), 0.0, 0.0),
        (((0, 5), (10, 15)), ((0, 5),), 0.5, 0.5),
        ((), ((0, 5),), 0.0, 0.0),
        ((), (), 0.0, 0.0),
    ],
)
def test_coverage_rewards_what_is_too_long_and_iou_does_not(
    gold: Parts, got: Parts, covered: float, iou: float
) -> None:
    assert coverage(gold, got) == pytest.approx(covered)
    assert span_iou(gold, got) == pytest.approx(iou)


def test_quotations_are_covered_from_a_threshold() -> None:
    # The first is covered whole, the second by 10/20, the third not at all; one is made up.
    got: list[Parts] = [((0, 10),), ((20, 30),), ((90, 99),)]
    at = {least: pair_spans(GOLD, got, coverage, least) for least in (0.3, 0.8)}
    assert found(GOLD, got, at[0.3]) == Counts(2, 1, 1)
    assert found(GOLD, got, at[0.8]) == Counts(1, 2, 2)
    assert pair_spans([], got, coverage, 0.3) == []


def test_one_long_span_covers_one_quotation_only() -> None:
    got: list[Parts] = [((0, 100),)]
    pairs = pair_spans(GOLD, got, coverage, 0.8)
    assert found(GOLD, got, pairs) == Counts(1, 0, 2)


_parts = st.sets(st.integers(0, 30), min_size=2, max_size=6).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@given(_parts, _parts)
def test_measures_agree_with_sets_of_characters(a: Parts, b: Parts) -> None:
    left = {at for start, end in a for at in range(start, end)}
    right = {at for start, end in b for at in range(start, end)}
    assert shared(a, b) == len(left & right)
    assert coverage(a, b) == pytest.approx(len(left & right) / len(left))
    assert span_iou(a, b) == pytest.approx(len(left & right) / len(left | right))
    assert span_iou(a, b) <= coverage(a, b)


# Beside our own figures


def spoil(fixture: Fixture, index: int, **fields: Any) -> dict[str, Counts]:
    record = oracle(fixture)
    said: list[Statement] = list(record.statements)
    said[index] = said[index].model_copy(update=fields)
    record = record.model_copy(update={"statements": said})
    scores = score({fixture.id: record}, [fixture])
    return {name: figure.counts for name, figure in scores.f1.items()}


def test_a_wrong_source_and_cue_are_counted_apart(
    make: Callable[..., Fixture], spot: Callable[..., Any]
) -> None:
    fixture = make()
    counts = spoil(fixture, 0, speaker_mention=spot("Anna Lind"), cue=None)
    # Three statements: the source of one differs, its cue is not given.
    assert counts["cofenet/source"] == Counts(2, 1, 1)
    assert counts["cofenet/cue"] == Counts(2, 0, 1)
    assert counts["cofenet/content"] == Counts(3, 0, 0)
    assert counts["coverage/0.8"] == Counts(3, 0, 0)


def test_content_that_is_too_long_is_covered_and_not_matched(
    make: Callable[..., Fixture], spot: Callable[..., Any]
) -> None:
    fixture = make()
    # `talks would go on` has 17 characters, `He added that talks would go on.` 32: IoU 17/32.
    long = [spot("He added that talks would go on.")]
    counts = spoil(fixture, 2, spans=long, content_spans=long)
    assert counts["cofenet/content"] == Counts(2, 1, 1)
    assert counts["coverage/0.8"] == Counts(3, 0, 0)
    assert counts["iou/0.8"] == Counts(2, 1, 1)
    assert counts["iou/0.3"] == Counts(3, 0, 0)


def test_optional_statements_are_left_out(
    make: Callable[..., Fixture], parts: dict[str, Any]
) -> None:
    fixture = make(statements=[parts["direct"], {**parts["indirect"], "optional": True}])
    scores = score({fixture.id: oracle(fixture)}, [fixture])
    for name in ("cofenet/source", "cofenet/cue", "cofenet/content", "coverage/0.3", "iou/0.8"):
        assert scores.f1[name].counts == Counts(1, 0, 0)
