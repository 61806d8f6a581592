"""Which day others are told from, and years that nothing gives."""

from __future__ import annotations

from datetime import date

import pytest

from summarizer.analysis import DateFinder, read
from summarizer.article import Article, article_id
from summarizer.lexicon import lexicon

REPORT = "Foreign Minister Anna Lind met Admiral Pedro Sousa in Bergen on January 14."


def events(text: str, published: str | None = None) -> list[str | None]:
    article = Article(id=article_id(text), language="en", text=text, published=published)
    return [event.edtf for event in read(article).events]


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("March 5, 2021", "2021"),
        ("FOR IMMEDIATE RELEASE | Friday, March 5, 2021", "2021"),
        ("OSLO, Norway, March 5, 2021 (NTB) – The weather was fine.", "2021"),
        ("The treaty was signed by both kings on March 5, 2021, and has not been changed.", "XXXX"),
        (
            "It was March 5, 2021 when the treaty of the two kings was signed in the old town.",
            "XXXX",
        ),
    ],
)
def test_the_year_comes_from_a_date_line_not_from_a_sentence(line: str, year: str) -> None:
    assert events(f"{line}\n\n{REPORT}") == [f"{year}-01-14"]


def test_a_date_far_from_publication_is_that_of_something_else() -> None:
    anchor = DateFinder(lexicon("en")).anchor
    published = date(2024, 1, 15)
    assert anchor("January 14, 2024\n\nThe talks ended.", published) == date(2024, 1, 14)
    assert anchor("May 3, 2030\n\nThe talks ended.", published) == published
    assert anchor("May 3, 2030\n\nThe talks ended.", None) == date(2030, 5, 3)


def test_a_year_that_only_arithmetic_gives_stays_unknown() -> None:
    text = "December 31, 2030\n\nForeign Minister Anna Lind will meet Admiral Pedro Sousa in Bergen"
    assert events(f"{text} tomorrow.") == ["XXXX-01-01"]
    assert events(f"{text} on January 14.") == ["XXXX-01-14"]
    assert events(f"{text} tomorrow.", "2030-12-31") == ["2031-01-01"]


def test_a_relative_day_that_is_explained_is_the_day_it_is_explained_by() -> None:
    text = (
        "Foreign Minister Anna Lind met Admiral Pedro Sousa yesterday, November 4, 2025, in Bergen."
    )
    assert events(text) == ["2025-11-04"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("next month", "2024-07"),
        ("later this month", "2024-06"),
        ("held in May", "2024-05"),
        ("held in May 2019", "2019-05"),
        ("on September the 7th", "2023-09-07"),
    ],
)
def test_a_month_is_a_date(text: str, edtf: str) -> None:
    finder = DateFinder(lexicon("en"))
    (mention,) = finder.find(text, 0, len(text))
    assert finder.edtf(mention, date(2024, 6, 12), "past") == edtf


@pytest.mark.parametrize("text", ["it may rain", "until May", "since May"])
def test_a_month_without_a_preposition_of_time_is_none(text: str) -> None:
    assert DateFinder(lexicon("en")).find(text, 0, len(text)) == ()


def test_the_day_in_brackets_behind_a_weekday_is_that_of_the_report() -> None:
    text = "The Premier spoke on Wednesday (5 June 2024). Tomorrow the leaders meet."
    assert DateFinder(lexicon("en")).anchor(text, date(2024, 6, 7)) == date(2024, 6, 5)
    assert DateFinder(lexicon("en")).anchor(text, date(2024, 6, 4)) == date(2024, 6, 4)
