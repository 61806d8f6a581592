"""A against B: pairs, verdicts, and how often they err."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.errors import UsageError
from summarizer.evals import ArticleScores, Scores, adjusted, compare
from summarizer.evals.comparison import verdict
from summarizer.evals.score import SplitName
from summarizer.evals.statistics import Interval


def run(
    values: Sequence[float | None], *, split: SplitName | None = None, fixtures: str = "set"
) -> Scores:
    """A run whose articles have these joint figures; only what is compared is filled in."""
    articles = tuple(
        ArticleScores(
            fixture=f"{number:02}",
            split=None,
            runs=1,
            failures=(),
            counts={},
            tallies={},
            inventions={},
            values={"joint": value, "other": value},
            findings=(),
        )
        for number, value in enumerate(values)
    )
    return Scores(fixtures, split, 1, 0, articles, {}, {}, {}, {})


HIGH = [0.8, 0.9, 0.7, 0.8, 1.0, 0.6, 0.9, 0.8]
LOW = [0.5, 0.7, 0.5, 0.4, 0.8, 0.3, 0.6, 0.4]


def test_a_clear_difference() -> None:
    result = compare(run(LOW), run(HIGH))
    # Differences 0.3, 0.2, 0.2, 0.4, 0.2, 0.3, 0.3, 0.4: mean 2.3/8; all of one sign: 2/256.
    assert result.mean == pytest.approx(0.2875)
    assert result.p == pytest.approx(2 / 256)
    assert (result.wins, result.ties, result.losses) == (8, 0, 0)
    assert result.interval is not None and result.interval.low > 0
    assert result.verdict == "better"
    assert compare(run(HIGH), run(LOW)).verdict == "worse"


def test_swapping_the_runs_turns_the_signs() -> None:
    there, back = compare(run(LOW), run(HIGH)), compare(run(HIGH), run(LOW))
    assert there.mean == -(back.mean or 0.0)
    assert there.p == back.p
    assert (there.wins, there.losses) == (back.losses, back.wins)


def test_the_same_run_shows_no_difference() -> None:
    result = compare(run(HIGH), run(HIGH))
    assert (result.mean, result.p, result.ties) == (0.0, 1.0, 8)
    assert result.verdict == "no difference shown"
    # Nothing varies here, so the planning value is printed: with 7 degrees of freedom
    # (2.3646 + 0.8960) * 0.18 / sqrt(8).
    assert result.smallest_detectable == pytest.approx(0.2075, abs=1e-4)


def test_on_dev_alone_better_is_not_confirmed() -> None:
    assert compare(run(LOW, split="dev"), run(HIGH, split="dev")).verdict == (
        "better on dev (not confirmed)"
    )
    assert compare(run(HIGH, split="dev"), run(LOW, split="dev")).verdict == "worse"
    assert compare(run(LOW, split="holdout"), run(HIGH, split="holdout")).verdict == "better"
    assert compare(run(LOW, split="all"), run(HIGH, split="all")).verdict == "better"


def test_a_verdict_needs_both_the_interval_and_the_test() -> None:
    clear, unclear = Interval(0.1, 0.3, "t"), Interval(-0.1, 0.3, "t")
    assert verdict(clear, 0.05, None) == "better"
    assert verdict(clear, 0.051, None) == "no difference shown"
    assert verdict(unclear, 0.01, None) == "no difference shown"
    assert verdict(None, 0.01, None) == "no difference shown"
    assert verdict(Interval(-0.3, -0.1, "t"), 0.01, None) == "worse"
    assert verdict(Interval(0.0, 0.0, "t"), 0.01, None) == "no difference shown"


def test_an_article_without_anything_is_left_out() -> None:
    result = compare(run([None, 0.5, 1.0]), run([None, 0.5, 0.5]))
    assert [pair.fixture for pair in result.pairs] == ["01", "02"]
    assert result.left_out == 1


def test_what_only_one_returned_where_there_is_nothing_counts_against_it() -> None:
    # A returned something where there is nothing (0); B nothing, which is right (1).
    result = compare(run([0.0, 0.5]), run([None, 0.5]))
    assert [(pair.a, pair.b) for pair in result.pairs] == [(0.0, 1.0), (0.5, 0.5)]
    assert result.left_out == 0


def test_too_few_articles_show_nothing() -> None:
    assert compare(run([0.0]), run([1.0])).verdict == "no difference shown"
    empty = compare(run([None]), run([None]))
    assert (empty.verdict, empty.mean, empty.pairs) == ("no difference shown", None, ())


def test_runs_on_different_fixtures_are_refused() -> None:
    with pytest.raises(UsageError, match="different fixtures"):
        compare(run(LOW), run(HIGH, fixtures="other"))


def test_an_unknown_metric_is_refused() -> None:
    with pytest.raises(UsageError, match="no metric `joy`"):
        compare(run(LOW), run(HIGH), "joy")


def test_several_comparisons_are_judged_together() -> None:
    # Differences (0.1, 0.1, 0.1, 0.1, 0.1, 0.09): all of one sign, p = 2/64 = 0.031.
    a, b = run([0.5] * 6), run([0.6] * 5 + [0.59])
    alone = compare(a, b)
    assert (alone.p, alone.verdict) == (pytest.approx(2 / 64), "better")
    both = adjusted([alone, compare(a, b, "other")])
    # Holm: 2 * 0.031 = 0.0625 for each.
    assert [one.p_adjusted for one in both] == pytest.approx([0.0625, 0.0625])
    assert {one.verdict for one in both} == {"no difference shown"}
    assert both[0].p == alone.p


def simulated(rng: np.random.Generator, articles: int, difference: float) -> tuple[Scores, Scores]:
    """Two prompts on the same articles, each with its own chance of a right statement."""
    statements = rng.integers(2, 11, size=articles)
    chance = rng.uniform(0.2, 0.7, size=articles)
    a = rng.binomial(statements, chance) / statements
    b = rng.binomial(statements, chance + difference) / statements
    return run(a.tolist()), run(b.tolist())


def test_equal_prompts_rarely_differ_and_a_detectable_difference_is_mostly_found() -> None:
    rng = np.random.default_rng(11)
    equal = [compare(*simulated(rng, 16, 0.0)) for _ in range(1000)]
    errors = sum(one.verdict != "no difference shown" for one in equal)
    assert errors <= 60
    sizes = [one.smallest_detectable for one in equal if one.smallest_detectable]
    better = [compare(*simulated(rng, 16, float(np.mean(sizes)))) for _ in range(300)]
    found = sum(one.verdict == "better" for one in better) / len(better)
    # 80 %, with a standard error of 2.3 % in 300 trials.
    assert 0.73 <= found <= 0.87
