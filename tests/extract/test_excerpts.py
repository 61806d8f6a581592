"""What is shown of an article that is too long, and how long a text is for a model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import read
from summarizer.article import span_at
from summarizer.extract.condense import condensed
from summarizer.extract.excerpts import Excerpts
from summarizer.extract.room import characters, tokens

from .long_texts import article, long_article

FIXTURES = sorted((Path(__file__).parents[2] / "evals" / "fixtures").glob("*.txt"))
LONG = read(long_article(10))
EXCERPTS = Excerpts(LONG)
NUMBERS = st.lists(st.integers(0, len(EXCERPTS.passages) - 1), unique=True, max_size=12)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem[:2])
def test_all_passages_together_are_the_article_as_it_is_shown(path: Path) -> None:
    reading = read(article(path.read_text(encoding="utf-8")))
    excerpts = Excerpts(reading)
    whole = excerpts.shown(range(len(excerpts.passages)), 10**9)
    assert whole.whole
    assert whole.text.split() == condensed(reading).split()
    assert whole.text.split("\n") == condensed(reading).split("\n")


def test_passages_follow_each_other_and_are_short() -> None:
    passages = EXCERPTS.passages
    assert passages[0].start == 0
    assert passages[-1].end == len(LONG.text)
    for one, following in pairwise(passages):
        assert one.end == following.start
        assert one.tokens < 200


@given(NUMBERS, st.integers(0, 2_000))
def test_what_is_shown_fits_and_the_most_needed_goes_first(
    numbers: Sequence[int], room: int
) -> None:
    shown = EXCERPTS.shown(numbers, room)
    assert tokens(shown.text) <= room + 1
    texts = [EXCERPTS.passages[number].text for number in numbers]
    assert shown.whole == all(text in shown.text for text in texts)
    if texts and EXCERPTS.passages[numbers[0]].tokens + 2 <= room:
        assert texts[0] in shown.text


@given(st.data())
def test_the_words_around_a_place_are_shown(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(LONG.sentences) - 1))
    sentence = LONG.sentences[number]
    shown = EXCERPTS.shown(EXCERPTS.around([sentence]), 10**6)
    around = [s.start for s in LONG.sentences[max(0, number - 1) : number + 2]]
    starts = {p.start for p in EXCERPTS.passages if p.text in shown.text}
    for start in around:
        passage = max(p.start for p in EXCERPTS.passages if p.start <= start)
        assert passage in starts
    assert shown.text.startswith("On 1 May 2021")


def test_what_is_left_out_between_two_passages_is_marked() -> None:
    shown = EXCERPTS.shown([0, len(EXCERPTS.passages) - 1], 10**6)
    assert "\n…\n" in shown.text
    assert "\n…\n" not in EXCERPTS.shown([0, 1, 2], 10**6).text


def test_a_passage_longer_than_the_room_is_cut() -> None:
    shown = EXCERPTS.shown([3], 20)
    assert shown.text and EXCERPTS.passages[3].text.startswith(shown.text)
    assert tokens(shown.text) <= 21
    assert not shown.whole
    assert EXCERPTS.shown([3], 0).text == ""


def test_a_long_quotation_is_never_parted() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    text = f"Ana Rojas spoke on Tuesday.\n“{words}.”, Rojas said. Nobody answered her then."
    excerpts = Excerpts(read(article(text)))
    place = text.index("word500")
    shown = excerpts.shown(excerpts.around([span_at(text, place, place + 7)]), 500)
    assert "“word0 word1" in shown.text and "word899.”" in shown.text
    assert "word500" not in shown.text


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The ministers discussed joint rescue drills. " * 10, 100, 160),
        ("Министры обсудили совместные учения. " * 10, 130, 220),
        ("وبحث الوزيران التعاون العسكري بين البلدين. " * 10, 150, 250),
        ("两国外长讨论了联合救援演习。" * 10, 80, 145),
        ("", 0, 0),
    ],
)
def test_tokens_are_counted_by_script(text: str, least: int, most: int) -> None:
    assert least <= tokens(text) <= most


@given(st.text(max_size=80), st.text(max_size=80))
def test_tokens_add_up(one: str, other: str) -> None:
    assert abs(tokens(one + other) - tokens(one) - tokens(other)) <= 2


@given(st.text(alphabet="ab é и中🙂", max_size=80), st.integers(-5, 60))
def test_characters_of_so_many_tokens(text: str, count: int) -> None:
    assert 0 <= characters(count, text) <= len(text)
    if tokens(text) <= count:
        assert characters(count, text) == len(text)
    if count <= 0 < tokens(text):
        assert characters(count, text) == 0
