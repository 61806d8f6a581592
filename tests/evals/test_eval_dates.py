"""Dates as intervals of days, and places."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evals.dates import days, knows_year, overlap, same
from summarizer.evals.fields import judge_date, judge_exact, judge_mode, judge_place
from summarizer.evals.places import same_place


def test_days_of_a_date() -> None:
    assert days("2024-02-29") == (date(2024, 2, 29).toordinal(),) * 2
    assert days("2024-02") == (date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal())
    assert days("2024~") == days("2024")
    assert days("2024-05-01/2024-05-03") == (
        date(2024, 5, 1).toordinal(),
        date(2024, 5, 3).toordinal(),
    )
    assert days("XXXX-01-31") == "XXXX-01-31"
    assert days("2024-05-01/..") == "2024-05-01/.."


@pytest.mark.parametrize(
    ("gold", "got", "share"),
    [
        ("2024-05-01", "2024-05-01", 1.0),
        ("2024-05-01", "2024-05-02", 0.0),
        # 2 days of 3 are shared by 1-2 and 1-3 May: 2/3.
        ("2024-05-01/2024-05-02", "2024-05-01/2024-05-03", 2 / 3),
        # 1 day of the 31 of May.
        ("2024-05", "2024-05-07", 1 / 31),
        # Shared 2-3 May (2 days) of 1-4 May (4 days).
        ("2024-05-01/2024-05-03", "2024-05-02/2024-05-04", 0.5),
        ("XXXX-01-31", "XXXX-01-31", 1.0),
        ("XXXX-01-31", "2024-01-31", 0.0),
        ("2024-01-31", "XXXX-01-31", 0.0),
        (None, None, 0.0),
        ("2024-01-31", None, 0.0),
        (None, "2024-01-31", 0.0),
    ],
)
def test_overlap_is_days_in_both_over_days_in_either(
    gold: str | None, got: str | None, share: float
) -> None:
    assert overlap(gold, got) == pytest.approx(share)


_days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(_days, st.integers(0, 60), _days, st.integers(0, 60))
def test_overlap_agrees_with_sets_of_days(a: date, m: int, b: date, n: int) -> None:
    first = {a + timedelta(days=i) for i in range(m + 1)}
    second = {b + timedelta(days=i) for i in range(n + 1)}
    expected = len(first & second) / len(first | second)
    x, y = f"{a}/{max(first)}", f"{b}/{max(second)}"
    assert overlap(x, y) == pytest.approx(expected)
    assert overlap(x, y) == overlap(y, x)
    assert same(x, y) == (first == second)


def test_a_range_of_one_day_is_the_day() -> None:
    assert same("2024-05-01/2024-05-01", "2024-05-01")
    assert same("2024-05-01/2024-05-31", "2024-05")


@pytest.mark.parametrize(
    ("edtf", "known"),
    [
        ("2024-01-31", True),
        ("2024", True),
        ("XXXX-01-31", False),
        ("XXXX-06-03/XXXX-06-05", False),
        ("202X", False),
        ("XXXX-01-31/2024-02-01", True),
    ],
)
def test_whether_a_year_is_known(edtf: str, known: bool) -> None:
    assert knows_year(edtf) is known


@pytest.mark.parametrize(
    ("got", "right"),
    [
        ("Geneva", True),
        ("GENEVA", True),
        ("Geneva, Switzerland", True),
        ("Geneva (Switzerland)", True),
        ("the city on the lake", True),
        ("Switzerland", False),
        ("Geneva Hills", False),
        ("Lake Geneva", False),
    ],
)
def test_a_place_is_right_if_accepted_or_more_exact(got: str, right: bool) -> None:
    assert same_place(got, ("Geneva", "city on the lake")) is right


def test_a_place_less_exact_than_the_gold_is_wrong() -> None:
    assert not same_place("Moscow", ("The Kremlin, Moscow",))
    assert same_place("Moscow", ("The Kremlin, Moscow", "Moscow"))
    assert same_place("Moscow, the Kremlin", ("The Kremlin, Moscow",))


def test_null_and_value_are_told_apart() -> None:
    assert judge_exact(None, None) == "right"
    assert judge_exact(None, "NOR") == "hallucination"
    assert judge_exact("NOR", None) == "omission"
    assert judge_exact("NOR", "BRA") == "wrong"
    assert judge_exact("NOR", "NOR") == "right"


def test_an_unknown_mode_says_nothing() -> None:
    assert judge_mode("unknown", "unknown") == "right"
    assert judge_mode("unknown", "video") == "hallucination"
    assert judge_mode("video", "unknown") == "omission"
    assert judge_mode("video", "phone") == "wrong"


def test_a_date_with_an_open_year_matches_only_its_pattern() -> None:
    assert judge_date("XXXX-01-31", "XXXX-01-31") == "right"
    assert judge_date("XXXX-01-31", "2024-01-31") == "wrong"
    assert judge_date("2024-01-31", "XXXX-01-31") == "wrong"
    assert judge_date("2024-05", "2024-05-01") == "wrong"
    assert judge_date(None, "2024-05-01") == "hallucination"


def test_a_place_that_is_accepted_beside_null_is_right() -> None:
    assert judge_place(None, ("Wales",), "Wales") == "right"
    assert judge_place(None, ("Wales",), None) == "right"
    assert judge_place(None, ("Wales",), "Paris") == "hallucination"
    assert judge_place("Wales", (), None) == "omission"
    assert judge_place("Wales", (), "Paris") == "wrong"
