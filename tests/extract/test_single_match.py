"""Exact matches of a model's words: what is folded, and where a match may begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.extract.single_match import ExactWords


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He can't go.", "He can"),
        ("He can’t go.", "can"),
        ("Annan spoke.", "Ann"),
        ("Annan spoke.", "nan"),
        ("some 1,500 men", "1"),
        ("some 1,500 men", "500"),
        ("some 1.5 men", "1"),
        ("some 1 500 men", "500"),
        ("some 1 500 men", "1"),
        ("at 10:30 sharp", "10"),
        ("it is -5 here", "5"),
        ("cafe\u0301 noir", "cafe"),
        ("snake_case", "snake"),
        ("no such", "No"),
        ("anything", ""),
        ("anything", " \n"),
    ],
)
def test_no_match_inside_a_word_or_a_number(text: str, words: str) -> None:
    assert ExactWords(text).find(words) == ()


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Lima’s plan", "Lima", "Lima"),
        ("Russian-Chinese talks", "Chinese", "Chinese"),
        ("l’Italie gagne", "Italie", "Italie"),
        ("on 31 January, 2024", "31 January", "31 January"),
        ("In 2024, 30 men", "2024", "2024"),
        ("中国国防部长董军说", "董军", "董军"),
        ("a “b” c", 'a "b" c', "a “b” c"),
        ("a «b» c", "a “b” c", "a «b» c"),
        ("wait… no", "wait... no", "wait… no"),
        ("x — y", "x - y", "x — y"),
        ("one\n two", "one two", "one\n two"),
        ("so\u00adbig", "sobig", "so\u00adbig"),
        ("a b.", " a b. ", "a b."),
    ],
)
def test_a_match_is_the_articles_own_text(text: str, words: str, found: str) -> None:
    (span,) = ExactWords(text).find(words)
    assert span.text == found
    assert text[span.start : span.end] == found


def test_every_place_is_found_in_order() -> None:
    assert [s.start for s in ExactWords("so, so and so").find("so")] == [0, 4, 11]


@given(st.text("ab 1.,'’—-…“”\n\u00a0\u200b", max_size=40), st.data())
def test_found_words_fold_to_what_was_asked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    finder = ExactWords(text)
    for span in finder.find(words):
        assert text[span.start : span.end] == span.text
        assert span in ExactWords(text).find(span.text)
