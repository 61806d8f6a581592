"""The published metrics on planted cases: CofeNet's exact match, the tracker's coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from summarizer.evals import Counts, Fixture, oracle, score
from summarizer.evals.overlap import Parts, coverage
from summarizer.evals.pairing import Pair
from summarizer.evals.published import exact_match, found
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


def test_quotations_are_covered_from_a_threshold() -> None:
    # The first is covered whole, the second by 10/20, the third not at all; one is made up.
    got: list[Parts] = [((0, 10),), ((20, 30),), ((90, 99),)]
    measured = coverage(GOLD, got)
    assert found(measured, 0.3) == (Counts(2, 1, 1), [Pair(0, 0, 1.0), Pair(1, 1, 0.5)])
    assert found(measured, 0.8) == (Counts(1, 2, 2), [Pair(0, 0, 1.0)])
    assert found(coverage([], got), 0.3) == (Counts(0, 3, 0), [])


def test_one_long_span_covers_one_quotation_only() -> None:
    counts, pairs = found(coverage(GOLD, [((0, 100),)]), 0.8)
    assert (counts, pairs) == (Counts(1, 0, 2), [Pair(0, 0, 1.0)])


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
