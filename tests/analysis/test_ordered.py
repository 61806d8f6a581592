"""Things of a text in its order, against looking through all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import Ordered, spans_in_order
from summarizer.article import Span

TEXT = "x" * 60
PLACES = st.tuples(st.integers(0, 59), st.integers(1, 12)).map(
    lambda at: Span(start=at[0], end=min(60, at[0] + at[1]), text=TEXT[at[0] : at[0] + at[1]])
)
MANY = st.lists(PLACES, max_size=12)
OFFSET = st.integers(-3, 64)


@given(MANY, OFFSET, OFFSET)
def test_what_touches_a_stretch_is_found(spans: list[Span], one: int, other: int) -> None:
    start, end = sorted((one, other))
    by_start = sorted(spans, key=lambda s: s.start)
    expected = [s for s in by_start if s.start < end and start < s.end]
    assert spans_in_order(spans).touching(start, end) == expected


@given(MANY, OFFSET, OFFSET)
def test_what_lies_in_a_stretch_is_found(spans: list[Span], one: int, other: int) -> None:
    start, end = sorted((one, other))
    by_start = sorted(spans, key=lambda s: s.start)
    ordered = spans_in_order(spans)
    assert ordered.within(start, end) == [s for s in by_start if start <= s.start and s.end <= end]
    assert list(ordered.between(start, end)) == [s for s in by_start if start <= s.start < end]


@given(MANY, OFFSET)
def test_whether_a_character_is_in_one_is_told(spans: list[Span], at: int) -> None:
    assert spans_in_order(spans).holds(at) == any(s.start <= at < s.end for s in spans)


@given(MANY, OFFSET, st.integers(1, 4))
def test_the_last_that_begin_before_a_place_are_found(
    spans: list[Span], at: int, count: int
) -> None:
    begun = [s for s in sorted(spans, key=lambda s: s.start) if s.start <= at]
    ordered = spans_in_order(spans)
    assert list(ordered.last(at, count)) == begun[-count:]
    assert ordered.before(at) == (begun[-1] if begun else None)


@given(st.sets(st.integers(0, 9)), OFFSET)
def test_the_last_that_ended_is_found(numbers: set[int], at: int) -> None:
    spans = [Span(start=n * 6, end=n * 6 + 4, text="xxxx") for n in numbers]
    ended = sorted((s for s in spans if s.end <= at), key=lambda s: s.start)
    assert spans_in_order(spans).ended(at) == (ended[-1] if ended else None)


def test_things_are_ordered_by_the_place_that_they_have() -> None:
    spans = {"b": Span(start=5, end=6, text="x"), "a": Span(start=1, end=3, text="xx")}
    ordered = Ordered(["b", "a"], spans.__getitem__)
    assert list(ordered.items) == ["a", "b"]
    assert ordered.touching(2, 9) == ["a", "b"]
