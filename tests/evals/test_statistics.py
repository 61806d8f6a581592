"""Intervals and tests, against SciPy's and against values worked out by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from summarizer.evals.figures import macro, pooled_f1
from summarizer.evals.statistics import (
    Interval,
    bca,
    bca_interval,
    holm,
    resampled_sums,
    sign_flip,
    smallest_detectable,
    t_interval,
    wilson,
)

_values = st.lists(st.floats(-1, 1, allow_subnormal=False), min_size=2, max_size=30)


# Student's t


def test_t_interval_by_hand() -> None:
    # Mean 0.5, s = sqrt((0.01 + 0 + 0.01) / 2) = 0.1, t(2, 0.975) = 4.3027:
    # half = 4.3027 * 0.1 / sqrt(3) = 0.2484.
    interval = t_interval([0.4, 0.5, 0.6])
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.2516, 0.7484), abs=1e-4)


@given(_values)
def test_t_interval_agrees_with_scipy(values: list[float]) -> None:
    error = float(stats.sem(values))
    if error < 1e-9:
        return
    expected = stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=error)
    interval = t_interval(values)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx(expected)


def test_one_value_has_no_interval() -> None:
    assert t_interval([0.5]) is None
    assert t_interval([]) is None


# Wilson's score interval and the rule of three


def test_wilson_by_hand() -> None:
    # 5 of 10, z = 1.96, z^2 = 3.8415: centre (0.5 + 0.1921) / 1.3841 = 0.5,
    # half = 1.96 / 1.3841 * sqrt(0.025 + 0.0096) = 0.2634.
    interval = wilson(5, 10)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.2366, 0.7634), abs=1e-4)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_wilson_agrees_with_scipy(events: tuple[int, int]) -> None:
    k, n = events
    expected = stats.binomtest(k, n).proportion_ci(method="wilson")
    interval = wilson(k, n)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high))


def test_of_no_events_the_bound_is_three_over_n() -> None:
    assert wilson(0, 60) == Interval(0.0, 0.05, "rule of three")
    assert wilson(0, 2) == Interval(0.0, 1.0, "rule of three")
    assert wilson(0, 0) is None


# The bootstrap


def test_resampling_draws_whole_articles() -> None:
    # Two articles, (1, 0) and (0, 1): the sums of two draws always add to 2.
    sums = resampled_sums(np.eye(2), draws=4000)
    assert set(sums.sum(axis=1)) == {2.0}
    # Both once: probability 1/2, standard error 0.008.
    assert np.mean(sums[:, 0] == 1) == pytest.approx(0.5, abs=0.04)


def test_resampling_is_the_same_each_time_and_in_pieces() -> None:
    rows = np.random.default_rng(0).random((30, 3))
    assert np.array_equal(resampled_sums(rows, draws=500), resampled_sums(rows, draws=500))
    assert not np.array_equal(
        resampled_sums(rows, draws=500), resampled_sums(rows, draws=500, seed=1)
    )
    # More rows than one piece holds: the mean of the sums is still the sum.
    many = np.random.default_rng(0).random((5000, 1))
    sums = resampled_sums(many, draws=2000)
    assert sums.shape == (2000, 1)
    assert float(sums.mean()) == pytest.approx(float(many.sum()), rel=0.005)


def test_bca_agrees_with_scipy() -> None:
    rng = np.random.default_rng(3)
    rows = np.column_stack([rng.poisson(5, 40), rng.poisson(1, 40), rng.poisson(2, 40)])

    def f1(tp: np.ndarray, fp: np.ndarray, fn: np.ndarray, axis: int = -1) -> np.ndarray:
        hits = 2 * tp.sum(axis=axis)
        return np.asarray(hits / (hits + fp.sum(axis=axis) + fn.sum(axis=axis)))

    expected = stats.bootstrap(
        tuple(rows.T), f1, paired=True, n_resamples=20_000, method="BCa", rng=rng
    ).confidence_interval
    interval = bca_interval(rows, pooled_f1)
    assert interval is not None
    assert interval.method == "bca"
    # Two bootstraps of 10,000 and 20,000 draws differ by chance in the third decimal.
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high), abs=0.004)


def test_bca_of_a_figure_that_does_not_vary() -> None:
    interval = bca_interval([[2, 0, 0]] * 5, pooled_f1)
    assert interval == Interval(1.0, 1.0, "bca")


def test_bca_needs_two_articles_and_a_figure() -> None:
    assert bca_interval([[1, 0, 0]], pooled_f1) is None
    assert bca_interval([[0, 0, 0]] * 3, pooled_f1) is None
    assert bca(0.5, np.array([np.nan]), np.array([0.5])) is None


@given(
    st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=2, max_size=12),
)
def test_bca_stays_within_what_can_be(rows: list[tuple[int, int, int]]) -> None:
    interval = bca_interval(rows, pooled_f1, draws=200)
    if any(any(row) for row in rows):
        assert interval is not None
        assert 0.0 <= interval.low <= interval.high <= 1.0


def test_bca_covers_the_truth_more_often_than_not() -> None:
    # 200 samples of 30 articles whose true pooled F1 is 2*4/(2*4+1+1) = 0.8; at a coverage of
    # 0.93, fewer than 175 hits has a probability under 0.001.
    rng = np.random.default_rng(5)
    hits = 0
    for _ in range(200):
        rows = np.column_stack([rng.poisson(4, 30), rng.poisson(1, 30), rng.poisson(1, 30)])
        interval = bca_interval(rows, pooled_f1, draws=1000)
        assert interval is not None
        hits += interval.low <= 0.8 <= interval.high
    assert hits >= 175


# The sign-flip test


def test_sign_flip_by_hand() -> None:
    # Signs of (1, 2, 3): sums +-6, +-4, +-2, 0, 0. As far as 6: 2 of 8.
    assert sign_flip([1, 2, 3]) == 0.25
    # As far as 0: all.
    assert sign_flip([1, -1]) == 1.0
    assert sign_flip([]) == 1.0
    assert sign_flip([0.0] * 8) == 1.0
    # Ten differences of one sign: 2 of 1024.
    assert sign_flip([0.1] * 10) == pytest.approx(2 / 1024)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=8))
def test_sign_flip_agrees_with_every_assignment(differences: list[int]) -> None:
    sums = [
        sum(s * d for s, d in zip(signs, differences, strict=True))
        for signs in product([1, -1], repeat=len(differences))
    ]
    expected = sum(abs(each) >= abs(sum(differences)) for each in sums) / len(sums)
    assert sign_flip(differences) == pytest.approx(expected)
    assert sign_flip([-d for d in differences]) == pytest.approx(expected)


def test_sign_flip_agrees_with_scipy() -> None:
    differences = np.random.default_rng(2).normal(0.3, 1, 12)
    expected = stats.permutation_test(
        (differences,), np.mean, permutation_type="samples", n_resamples=np.inf
    )
    assert sign_flip(differences) == pytest.approx(float(expected.pvalue))


def test_sign_flip_draws_from_21_pairs_on() -> None:
    differences = np.random.default_rng(2).normal(0.25, 1, 40)
    # The t-test's p is close to the randomisation p; 10,000 draws have a standard error of 0.003.
    expected = float(stats.ttest_1samp(differences, 0).pvalue)
    assert sign_flip(differences) == pytest.approx(expected, abs=0.02)
    assert sign_flip(differences) == sign_flip(differences)
    assert sign_flip(np.full(40, 0.1)) == pytest.approx(1 / 10_001)


# Holm


def test_holm_by_hand() -> None:
    # Sorted 0.01, 0.03, 0.04: times 3, 2, 1 gives 0.03, 0.06, 0.04, and none may fall.
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([0.04]) == [0.04]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_keeps_order_and_lies_between_none_and_bonferroni(p_values: list[float]) -> None:
    after = holm(p_values)
    for p, adjusted in zip(p_values, after, strict=True):
        assert p <= adjusted <= min(1.0, len(p_values) * p)
    assert sorted(after) == [
        after[i] for i in sorted(range(len(p_values)), key=p_values.__getitem__)
    ]


# The smallest detectable difference


@pytest.mark.parametrize(("articles", "difference"), [(20, 0.12), (30, 0.10), (50, 0.07)])
def test_smallest_detectable_difference_before_any_run(articles: int, difference: float) -> None:
    assert smallest_detectable(articles) == pytest.approx(difference, abs=0.006)


@pytest.mark.parametrize("n", [10, 20, 50])
def test_the_power_at_the_smallest_detectable_difference_is_80_percent(n: int) -> None:
    difference = smallest_detectable(n, 1.0)
    assert difference is not None
    limit = stats.t.ppf(0.975, n - 1)
    power = stats.nct.sf(limit, n - 1, difference * np.sqrt(n))
    assert power == pytest.approx(0.8, abs=0.015)


def test_one_article_shows_nothing() -> None:
    assert smallest_detectable(1) is None


# Means over articles


def test_macro_leaves_out_what_is_none() -> None:
    figure = macro([1.0, None, 0.5])
    assert (figure.value, figure.articles) == (0.75, 2)
    assert figure.interval is not None
    # 0.75 +- 12.7 * 0.3536 / sqrt(2), held to 0 and 1.
    assert (figure.interval.low, figure.interval.high) == (0.0, 1.0)
    assert macro([None]).value is None
