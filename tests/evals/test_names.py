"""What is folded away before names are compared, and when two names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evals.names import ALIKE, Everyone, GoldName, how_many
from summarizer.evals.normalise import fold, name_key, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“Quoted”  „low“ «angle»", '"quoted" "low" "angle"'),
        ("People’s ‘own’", "people's 'own'"),
        ("a – b — c ‑ d", "a - b - c - d"),
        ("Cafe\u0301\u00a0CAFÉ", "café café"),
        ("STRASSE Straße", "strasse strasse"),
        ("  tab\tand\nline ", "tab and line"),
    ],
)
def test_typography_and_case_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_lose_the_punctuation_around_them_only() -> None:
    assert words("“O'Brien, Jean-Luc (R&D)!”") == ("o'brien", "jean-luc", "r&d")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("General of the Army Sergei Ivanov", "sergei ivanov"),
        ("Mr. John Smith", "john smith"),
        ("H.E. Dr. Ana Lopez", "ana lopez"),
        ("Lt. Gen. A. Brown", "a brown"),
        ("the Turkish minister", "turkish minister"),
        ("генерал армии Иван Петров", "иван петров"),
        ("M. Jean Dupont", "jean dupont"),
        ("李明先生", "李明"),
    ],
)
def test_articles_honorifics_and_ranks_are_left_out(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize("name", ["the General", "Admiral", "先生", "The"])
def test_a_name_that_is_only_a_title_keeps_it(name: str) -> None:
    assert name_key(name)


def test_an_office_is_no_rank() -> None:
    assert name_key("Defence Minister Anna Lind") == "defence minister anna lind"


ANNA = GoldName("Anna Lind", ("the Norwegian minister",), "NOR")


@pytest.mark.parametrize(
    ("name", "country", "likeness"),
    [
        ("anna LIND", None, 1.0),
        ("Ms Anna Lind", None, 1.0),
        ("Norwegian minister", None, 1.0),
        # An accepted name is right whatever its country: the country is a field of its own.
        ("Anna Lind", "SWE", 1.0),
        # A part of the name: token-set ratio 100, held under 1 so that the whole name wins.
        ("Lind", "NOR", 0.999),
        ("Lind", None, 0.999),
        ("Lind", "SWE", 0.0),
        # `lind` against `anna lind`, `karl lind`: best ratio 2*4/(4+9) = 0.62 or 0.67, too low.
        ("Karl Lind", None, 0.0),
        ("Anna Lind and Karl Berg", None, 0.0),
        # An accepted description is right as it stands, not in part.
        ("minister", None, 0.0),
    ],
)
def test_likeness_of_a_name(name: str, country: str | None, likeness: float) -> None:
    assert ANNA.likeness(name, country) == likeness


def test_a_misspelling_is_alike() -> None:
    # 13 letters and spaces with one changed: ratio 2*12/26 = 0.923.
    assert GoldName("Sergei Ivanov").likeness("Sergey Ivanov") == pytest.approx(12 / 13)


def test_joint_speakers_are_alike_in_any_order() -> None:
    both = GoldName("Anna Lind and Karl Berg")
    assert both.likeness("Karl Berg and Anna Lind") >= ALIKE
    assert both.likeness("Anna Lind") == 0.0


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Anna Lind", 1),
        ("A and B", 2),
        ("A, B and C", 3),
        ("A, B, and C", 3),
        ("A und B", 2),
        ("А и Б", 2),
        ("甲和乙", 2),
        ("Andrew Sandy", 1),
    ],
)
def test_how_many_names_are_joined(name: str, number: int) -> None:
    assert how_many(name) == number


def test_a_name_that_is_more_like_someone_else_is_someone_else() -> None:
    # `anna-maria lindt` is nearly `anna-maria lindh` (15 of 16 letters), and is herself if known.
    lindh, lindt = GoldName("Anna-Maria Lindh"), GoldName("Anna-Maria Lindt")
    assert lindh.likeness("Anna-Maria Lindt") >= ALIKE
    assert Everyone((lindh, lindt)).likeness(lindh, "Anna-Maria Lindt") == 0.0
    assert Everyone((lindh, lindt)).likeness(lindt, "Anna-Maria Lindt") == 1.0
    assert Everyone((lindh,)).likeness(lindh, "Anna-Maria Lindt") >= ALIKE
    # A surname that fits both is right for either.
    assert Everyone((lindh, GoldName("Karl Lindh"))).likeness(lindh, "Lindh") == 0.999


@given(st.text(min_size=1), st.text(min_size=1))
def test_likeness_is_bounded_and_full_for_the_same_name(name: str, other: str) -> None:
    gold = GoldName(name)
    assert gold.likeness(name) == 1.0
    assert gold.likeness(other) == 0.0 or ALIKE <= gold.likeness(other) <= 1.0
