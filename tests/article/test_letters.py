"""Letters written in parts, and letters that look like others, are read as what readers see."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span, plain
from summarizer.article.composed import composed
from summarizer.article.lookalikes import as_seen

FIXTURES = sorted((Path(__file__).parents[2] / "evals" / "fixtures").glob("*.txt"))
LETTERS = st.lists(st.sampled_from(["é", "ø", "й", "ệ", "각", "が", "أ", "a", " ", "\n", "字"]))


@given(LETTERS.map("".join))
def test_a_letter_in_parts_is_one_letter_and_leads_back_to_its_parts(text: str) -> None:
    parted = unicodedata.normalize("NFD", text)
    letters, places = composed(parted)
    assert letters == text
    if places:
        assert len(places) == len(letters) + 1
        pieces = [parted[a:b] for a, b in pairwise(places)]
        assert "".join(pieces) == parted
        assert [unicodedata.normalize("NFC", piece) for piece in pieces] == list(letters)


@given(st.text())
def test_places_of_any_text_are_in_order_and_within_it(text: str) -> None:
    letters, places = composed(text)
    assert (letters == text) is (not places)
    assert list(places) == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_an_article_in_parts_reads_as_the_same_article(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    parted = unicodedata.normalize("NFD", text)
    read = plain(parted)
    assert read.text == plain(text).text
    for word in ("a", "e", "é", "ü", "й"):
        at = read.text.find(word)
        if at >= 0:
            back = read.back(Span(start=at, end=at + 1, text=word))
            assert parted[back.start : back.end] == back.text
            assert unicodedata.normalize("NFC", back.text) == word


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Ｉｇｎｏｒｅ", "Ignore"),
        ("𝐈𝐠𝐧𝐨𝐫𝐞 𝒂𝒍𝒍", "Ignore all"),
        ("SYSTEМ", "SYSTEM"),
        ("Іgnоre", "Ignore"),
        ("Москва и Осло", "Москва и Осло"),
        ("Αθήνα", "Αθήνα"),
        ("½ ﬁ 字", "½ ﬁ 字"),
    ],
)
def test_a_word_is_seen_in_one_script(text: str, seen: str) -> None:
    assert as_seen(text) == seen


@given(st.text())
def test_what_is_seen_is_as_long_as_the_text(text: str) -> None:
    assert len(as_seen(text)) == len(text)
