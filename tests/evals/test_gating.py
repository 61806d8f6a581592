"""The gate passes a run or does not, and what holds no articles never passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from summarizer.errors import UsageError
from summarizer.evals import Failure, Fixture, Scores, oracle, score
from summarizer.evals.gating import GateResult, Requirement, Threshold, figures, judge_run

Make = Callable[..., Fixture]


@pytest.fixture
def fixtures(make: Make) -> list[Fixture]:
    return [make(name=f"0{n}-oslo") for n in range(1, 5)]


@pytest.fixture
def perfect_scores(fixtures: list[Fixture]) -> Scores:
    return score({each.id: oracle(each) for each in fixtures}, fixtures)


@pytest.fixture
def half(fixtures: list[Fixture]) -> Scores:
    """Two of four articles have no record."""
    results: dict[str, Any] = {each.id: oracle(each) for each in fixtures[:2]}
    results |= {each.id: Failure("invalid") for each in fixtures[2:]}
    return score(results, fixtures)


def test_bounds_hold_at_their_ends(perfect_scores: Scores) -> None:
    bounds = [Threshold("joint", "min", 1.0), Threshold("invented/years", "max", 0)]
    result = judge_run(perfect_scores, bounds)
    assert result.passed
    assert [each.asked for each in result.requirements] == ["joint ≥ 1", "invented/years ≤ 0"]


@pytest.mark.parametrize(
    ("bound", "value", "passed"),
    # Of 8 direct and mixed statements 4 are found and none is made up: F1 = 8 / 12.
    [("min", 0.66, True), ("min", 0.67, False), ("max", 0.67, True), ("max", 0.66, False)],
)
def test_a_bound_that_is_not_kept_fails(
    half: Scores, bound: Any, value: float, passed: bool
) -> None:
    assert judge_run(half, [Threshold("joint", bound, value)]).passed is passed


def test_one_failure_fails_the_gate(perfect_scores: Scores) -> None:
    bounds = [Threshold("joint", "min", 0.5), Threshold("date", "max", 0.5)]
    result = judge_run(perfect_scores, bounds)
    assert [each.passed for each in result.requirements] == [True, False]
    assert not result.passed


def test_nothing_scored_does_not_pass(perfect_scores: Scores) -> None:
    empty = replace(perfect_scores, articles=())
    assert not judge_run(empty, [Threshold("joint", "min", 0.0)]).passed
    assert not judge_run(empty).passed


def test_nothing_asked_does_not_pass(perfect_scores: Scores) -> None:
    assert not judge_run(perfect_scores).passed
    assert not GateResult(()).passed
    assert GateResult((Requirement("a", True, ""),)).passed


def test_nothing_to_measure_does_not_pass(make: Make) -> None:
    fixture = make(meetings=[], statements=[])
    empty = oracle(fixture)
    scores = score({fixture.id: empty}, [fixture])
    assert figures(scores)["joint"] is None
    result = judge_run(scores, [Threshold("joint", "min", 0.0)])
    assert not result.passed
    assert result.requirements[0].found == "nothing to measure"


def test_an_unknown_metric_is_wrong_usage(perfect_scores: Scores) -> None:
    with pytest.raises(UsageError, match="`joynt`") as wrong:
        judge_run(perfect_scores, [Threshold("joynt", "min", 0.5)])
    assert "`joint`" in str(wrong.value)
    assert "`invented/years`" in str(wrong.value)


def test_a_run_is_not_worse_than_itself(perfect_scores: Scores) -> None:
    assert judge_run(perfect_scores, baseline=(perfect_scores, perfect_scores)).passed


@pytest.mark.parametrize(("margin", "passed"), [(0.0, False), (0.5, False), (1.5, True)])
def test_a_worse_run_passes_only_if_the_margin_holds_its_interval(
    perfect_scores: Scores, half: Scores, margin: float, passed: bool
) -> None:
    # Differences 0, 0, -1, -1: mean -0.5, standard error 0.289, t(3) = 3.182, low end -1.42.
    assert judge_run(half, baseline=(perfect_scores, half), margin=margin).passed is passed


def test_a_better_run_passes(perfect_scores: Scores, half: Scores) -> None:
    # Mean +0.5, low end -0.42.
    assert judge_run(perfect_scores, baseline=(half, perfect_scores), margin=0.43).passed
    assert not judge_run(perfect_scores, baseline=(half, perfect_scores), margin=0.41).passed


def test_one_article_cannot_show_that_a_run_is_not_worse(make: Make) -> None:
    fixture = make()
    scores = score({fixture.id: oracle(fixture)}, [fixture])
    result = judge_run(scores, baseline=(scores, scores), margin=1.0)
    assert not result.passed
    assert "1 articles" in result.requirements[0].found
