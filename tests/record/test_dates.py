from __future__ import annotations

import contextlib
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.record import date_problem


def problem(edtf: str, text: str = "", published: str | None = None, status: str = "held") -> str:
    return (
        date_problem(edtf, status=status, article_text=text, published=published) or ""  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    "edtf",
    [
        "XXXX-01-31",
        "XXXX-02-29",
        "XXXX",
        "XXXX-XX-XX",
        "XXXX-01",
        "XXXX-01-31/XXXX-02-01",
        "XXXX-03/..",
        "../XXXX-03",
    ],
)
def test_dates_without_a_year_need_nothing(edtf: str) -> None:
    assert problem(edtf) == ""


@pytest.mark.parametrize(
    "edtf",
    [
        "2024-01-31",
        "2024-01",
        "2024",
        "2024-21",
        "2024-01-31?",
        "2024-XX-12",
        "2024-01-31/2024-02-02",
    ],
)
def test_a_year_that_stands_in_the_article_is_given(edtf: str) -> None:
    assert problem(edtf, "It happened in 2024.") == ""
    assert "stands neither" in problem(edtf, "It happened in 12024, or in ’24, or in 202 4.")


def test_a_decade_needs_a_year_of_it() -> None:
    assert problem("201X", "in the 2010s") == ""
    assert problem("201X", "in 2020") != ""


def test_other_digits_give_a_year_too() -> None:
    assert problem("2024-01-31", "في ٢٠٢٤") == ""


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "yesterday",
        "31.01.2024",
        "2024-1-3",
        "2024-13-01",
        "2024-00-10",
        "2024-02-30",
        "2023-02-29",
        "XXXX-02-30",
        "XXXX-21-05",
        "2024-01-31/",
        "/",
        "../..",
        "2024/2023/2022",
        "2024-02-02/2024-01-31",
        "[2023,2024]",
        "{2024}",
        "Y20240",
        "2024-0X",
        "2024-01-2X",
        "-2024",
        "２０２４",
        "2024-01-31T10:00:00/2024-02-01",
    ],
)
def test_what_is_no_date_of_level_1(edtf: str) -> None:
    expected = {"2024-01-31/": ""}  # an unknown end
    found = problem(edtf, "2022 2023 2024 20240")
    assert (found == "") == (edtf in expected), found


def test_a_time_of_day_is_allowed() -> None:
    assert problem("2024-01-31T10:00:00Z", "2024") == ""


@pytest.mark.parametrize(
    ("edtf", "status", "right"),
    [
        ("2024-01-31", "held", True),
        ("2023-02-03", "held", True),
        ("2024-02-02", "held", True),  # already the next day elsewhere
        ("2025-01-31", "held", False),
        ("2023-01-31", "held", False),
        ("2024-03-05", "held", False),
        ("2024-03-05", "planned", True),
        ("2023-03-05", "planned", False),
        ("2024-01-28", "proposed", True),
        ("2024-05-01", "cancelled", True),
        ("2023-12-01", "cancelled", True),
        ("2026-03-05", "planned", False),
        ("2023", "held", True),  # "last year"
        ("2025", "planned", True),
        ("2021", "held", False),
        ("2023-12", "held", True),
        ("202X", "held", True),
        ("201X", "held", False),
    ],
)
def test_a_year_may_follow_from_the_day_of_publication(edtf: str, status: str, right: bool) -> None:
    assert (problem(edtf, "no year", "2024-02-01", status) == "") is right


def test_without_the_text_only_the_form_is_checked() -> None:
    assert date_problem("1999-01-01", status="held", article_text=None, published=None) is None
    assert date_problem("1999-01-41", status="held", article_text=None, published=None)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_another_year_than_the_one_given_is_caught(day: date, years: int) -> None:
    text = f"On that day of {day.year:04} they met."
    assert problem(day.isoformat(), text) == ""
    assert problem(f"{day.year + years:04}-{day.month:02}-11", text) != ""


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 364))
def test_a_meeting_held_before_publication_has_one_possible_year(day: date, back: int) -> None:
    meant = day - back * timedelta(days=1)
    assert problem(meant.isoformat(), "", day.isoformat()) == ""
    for years in (-1, 1):
        other = f"{meant.year + years}-{meant.month:02}-{min(meant.day, 28):02}"
        if meant.day <= 28 and abs(back - 364) > 2 and back > 2:
            assert problem(other, "", day.isoformat()) != ""


@given(st.text(alphabet="0123456789X-/.?~%TZ:[]{},", max_size=24))
def test_nothing_that_looks_like_a_date_makes_it_fail_or_talk(text: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        problem(text, "2024")
    assert said.getvalue() == ""
