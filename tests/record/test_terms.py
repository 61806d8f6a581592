from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.record import missing_words, unsupported_terms

ARTICLE = (
    "TSAMTO, January 31st. Russian Defense Minister Sergei Shoigu held talks with Dong Jun. "
    "They discussed 1,500 tons, 2.5 percent and the U.S. position. "
    "“Last year, the heads of state held two personal meetings in Moscow,” O’Neil said."
)


@pytest.mark.parametrize(
    "text",
    [
        "Sergei Shoigu and Dong Jun held talks.",
        "Shoigu's talks with Jun were held on 31 January.",
        "Both discussed 1500 tons, 2.5 percent and the US position.",
        "Two meetings were held in MOSCOW.",
        "The 2 meetings took place in Moscow; O'Neil spoke.",
        "Discussions went on.",
        "However, talks with Dong Jun went on.",
        "",
        "all in small letters without numbers",
    ],
)
def test_what_the_article_has_is_supported(text: str) -> None:
    assert unsupported_terms(text, ARTICLE) == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Sergey Shoigu held talks.", ["Sergey"]),
        ("Xi met Shoigu.", ["Xi"]),
        ("They met in Beijing on February 2, 2023.", ["Beijing", "February", "2023"]),
        ("They discussed 15 tons.", ["15"]),
        ("They discussed 1,501 tons and 3.5 percent.", ["1,501", "3.5"]),
        ("Three meetings, then a million.", ["Three", "million"]),
        ("The NATO position and the UK position.", ["NATO", "UK"]),
        ("It rose by 2,000,000.", ["2,000,000"]),
        ("Beijing, Beijing and Beijing.", ["Beijing"]),
        ("“Macron” met Shoigu.", ["Macron"]),
        ("Mc-Donald met Shoigu.", ["Mc", "Donald"]),
    ],
)
def test_what_it_does_not_have_is_listed(text: str, terms: list[str]) -> None:
    assert unsupported_terms(text, ARTICLE) == terms


def test_a_month_in_small_letters_counts_beside_a_number() -> None:
    article = "Le ministre est arrivé à Paris le 3 mars 2024."
    assert unsupported_terms("Il est arrivé le 3 mars 2024.", article) == []
    assert unsupported_terms("Il est arrivé le 3 avril 2024.", article) == ["avril"]
    assert unsupported_terms("Il avril ne dit rien.", article) == []


def test_other_digits_are_the_same_numbers() -> None:
    assert unsupported_terms("في 31 يناير", "في ٣١ يناير") == []
    assert unsupported_terms("في ٣٢ يناير", "في 31 يناير") == ["٣٢"]
    assert unsupported_terms("１月３１日", "1月31日に会談した") == []


def test_case_endings_may_differ_where_the_language_has_them() -> None:
    article = "Министр передал письмо Путину. В России и Иране его ждали."
    assert unsupported_terms("Путин получил письмо.", article) == ["Путин"]
    assert unsupported_terms("Путин получил письмо. Россия ждала.", article, language="ru") == []
    assert unsupported_terms("Ирак ждал.", article, language="ru") == ["Ирак"]
    assert unsupported_terms("Лавров получил письмо.", article, language="ru") == ["Лавров"]


def test_typography_is_folded() -> None:
    assert unsupported_terms("Cafe\u0301 Noir and ﬁfty Finns", "Café Noir, fifty Finns") == []
    assert unsupported_terms("Shoi\u00adgu spoke.", ARTICLE) == []


def test_missing_words_of_a_name_in_any_case_or_script() -> None:
    assert missing_words("sergei shoigu", ARTICLE) == []
    assert missing_words("a ministry spokesperson", ARTICLE) == ["a", "ministry", "spokesperson"]
    assert missing_words("王毅", "外交部长 王毅 今天") == []


@given(st.text(min_size=1))
def test_every_article_supports_itself(text: str) -> None:
    assert unsupported_terms(text, text) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.integers(3000, 9000))
def test_a_number_that_the_article_lacks_is_always_found(text: str, number: int) -> None:
    article = re.sub(r"\d", "", text)
    assert str(number) in unsupported_terms(f"In {number}", article)


@given(st.text(max_size=200), st.text(max_size=200))
def test_it_never_fails_and_names_only_what_was_asked(text: str, article: str) -> None:
    unsupported_terms(text, article, language="ru")
