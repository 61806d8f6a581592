"""Reliability and calibration error against cases worked by hand."""

from __future__ import annotations

import pytest

from summarizer.evals import (
    Bin,
    Judged,
    calibration_error,
    calibration_interval,
    reliability,
    rule_counts,
)


def speakers(*given: tuple[float, bool]) -> list[Judged]:
    return [Judged(sure, right, f"a{n}", "name") for n, (sure, right) in enumerate(given)]


def test_bins_have_about_equal_mass_and_keep_equals_together() -> None:
    some = speakers((0.5, True), (0.5, False), (0.5, True), (0.75, True))
    assert reliability(some, bins=2) == [Bin(0.5, pytest.approx(2 / 3), 3), Bin(0.75, 1.0, 1)]


def test_error_is_the_mean_distance_weighted_by_number() -> None:
    some = speakers((0.5, True), (0.5, True), (0.75, True), (0.75, False))
    # |0.5 - 1| * 2/4 + |0.75 - 0.5| * 2/4
    assert calibration_error(some, bins=2) == pytest.approx(0.375)


def test_sure_and_right_has_no_error() -> None:
    some = speakers((1.0, True), (1.0, True), (0.0, False))
    assert calibration_error(some) == 0
    interval = calibration_interval(some, draws=50)
    assert interval is not None
    assert (interval.low, interval.high) == (0, 0)


def test_nothing_has_no_error() -> None:
    assert calibration_error([]) is None
    assert calibration_interval(speakers((0.5, True))) is None


def test_counts_of_each_rule() -> None:
    assert "name = { right = 1, n = 2 }" in rule_counts(speakers((0.5, True), (0.5, False)))
