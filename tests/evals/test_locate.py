"""Finding the words of a gold file in its article."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span, sentences
from summarizer.evals.locate import NotLocated, locate_nearest, locate_segments


def nearest(text: str, words: str, *segments: str) -> int:
    spans = locate_segments(text, segments)
    return locate_nearest(text, words, spans, lambda: sentences(text)).start


def test_a_segment_is_where_it_stands() -> None:
    assert locate_segments("one two three", ["two"]) == [Span(start=4, end=7, text="two")]


def test_a_segment_that_occurs_twice_is_refused() -> None:
    with pytest.raises(NotLocated, match="`two` could stand in more places"):
        locate_segments("two and two", ["two"])


def test_order_makes_a_segment_unique() -> None:
    # `two` stands at 0 and 8; only the second comes after `one`.
    assert [s.start for s in locate_segments("two one two", ["one", "two"])] == [4, 8]


def test_order_that_leaves_a_choice_is_refused() -> None:
    with pytest.raises(NotLocated, match="`two` could"):
        locate_segments("one two two", ["one", "two"])


def test_content_makes_a_segment_unique() -> None:
    text = "so it is. He said so it is."
    within = Span(start=18, end=26, text="so it is")
    assert locate_segments(text, ["so"], within)[0].start == 18


@pytest.mark.parametrize(
    ("segments", "message"),
    [(["four"], "`four` is not in the text"), (["two", "one"], "out of order")],
)
def test_what_is_missing_or_out_of_order_is_named(segments: list[str], message: str) -> None:
    with pytest.raises(NotLocated, match=message):
        locate_segments("one two three", segments)


def test_a_long_segment_is_named_by_its_beginning() -> None:
    with pytest.raises(NotLocated, match=r"x{57}…`"):
        locate_segments("one", ["x" * 100])


def test_segments_that_touch_are_in_order() -> None:
    assert [s.start for s in locate_segments("onetwo", ["one", "two"])] == [0, 3]


@given(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=3), st.data())
def test_located_segments_are_the_only_choice(segments: list[str], data: st.DataObject) -> None:
    text = data.draw(st.text("ab", max_size=8)) + "".join(segments)
    choices = set(brute(text, segments, 0))
    if len(choices) == 1:
        spans = locate_segments(text, segments)
        assert tuple(span.start for span in spans) == choices.pop()
        assert all(text[span.start : span.end] == span.text for span in spans)
    else:
        with pytest.raises(NotLocated):
            locate_segments(text, segments)


def brute(text: str, segments: Sequence[str], low: int) -> list[tuple[int, ...]]:
    if not segments:
        return [()]
    first, *rest = segments
    return [
        (at, *tail)
        for at in range(low, len(text))
        if text.startswith(first, at)
        for tail in brute(text, rest, at + len(first))
    ]


def test_the_same_sentence_goes_before_the_nearest() -> None:
    # The `he` of the next sentence is nearer to the words, the one before them in their sentence.
    text = "Then he slowly and at some length declared that ships sail. As he said, they do."
    assert nearest(text, "he", "ships sail") == 5


def test_among_equals_the_nearest_is_meant() -> None:
    text = "She said that ships sail, and she said so twice, as she said."
    assert nearest(text, "said", "ships sail") == 4


def test_a_word_inside_another_is_not_meant() -> None:
    # `he` stands in `the`, nearer to the words.
    text = "As he told the press, ships sail."
    assert nearest(text, "he", "ships sail") == 3


def test_a_word_inside_the_segments_is_not_meant() -> None:
    text = "“I said no,” said Berg."
    assert nearest(text, "said", "I said no,") == text.rindex("said")


def test_words_that_stand_only_inside_are_found_there() -> None:
    assert nearest("他说船会开。", "说", "船会开") == 1
    assert nearest("no one, he thinks, sails", "he thinks", "no one, he thinks, sails") == 8


def test_a_mention_that_is_missing_is_named() -> None:
    with pytest.raises(NotLocated, match="`Berg` is not in the text"):
        nearest("ships sail", "Berg", "ships")
