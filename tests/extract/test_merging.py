"""Putting answers about the parts of an article together: once is as good as twice."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span
from summarizer.extract.single_answer import MeetingAnswer
from summarizer.extract.single_meetings import Met
from summarizer.extract.single_merge import Line, merged_lines, merged_meetings, merged_statements
from summarizer.extract.single_people import Figure
from summarizer.extract.single_statements import Said
from summarizer.record import MeetingDate, Supported

TEXT = "abcdefghij" * 20


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end, text=TEXT[start:end])


def figure(number: int) -> Figure:
    return Figure(number, number, "person", [span(number, number + 1)], [span(number, number + 1)])


def said(
    start: int, length: int, *, part: int = 0, index: int = 0, speaker: int | None = 1
) -> Said:
    spans = (span(start, start + length),)
    who = None if speaker is None else figure(speaker)
    return Said(part, index, "direct", spans, spans, who, None, None)


def met(part: int, at: int, people: tuple[int, ...], **details: Any) -> Met:
    day, kind = details.get("day"), details.get("kind")
    answer = MeetingAnswer.model_validate(
        {
            **dict.fromkeys(MeetingAnswer.model_fields),
            "status": details.get("status", "held"),
            "status_words": "x",
            "kind": kind or "other",
            "mode": "unknown",
            "participants": [],
            "topics": [],
            "outcomes": [],
        }
    )
    place = details.get("place")
    return Met(
        part=part,
        index=at,
        answer=answer,
        status=span(at, at + 2),
        kind=span(at, at + 1) if kind else None,
        mode=None,
        date=MeetingDate(edtf=day, text="a", span=span(0, 1)) if day else None,
        place=span(place, place + 2) if place is not None else None,
        participants=tuple(map(figure, people)),
        topics=tuple(span(a, a + 3) for a in details.get("topics", ())),
        outcomes=(),
    )


statements = st.builds(
    said,
    st.integers(0, 150),
    st.integers(1, 40),
    part=st.integers(0, 3),
    index=st.integers(0, 5),
    speaker=st.none() | st.integers(0, 3),
)
meetings = st.builds(
    lambda part, at, people, day, kind, status: met(
        part, at, tuple(people), day=day, kind=kind, status=status
    ),
    st.integers(0, 3),
    st.integers(0, 150),
    st.sets(st.integers(0, 3), max_size=3),
    st.sampled_from([None, "2021-05-04", "2021-05-05"]),
    st.sampled_from([None, "talks", "visit"]),
    st.sampled_from(["held", "planned"]),
)


@given(st.lists(statements, max_size=12))
def test_statements_merged_again_are_the_same(found: list[Said]) -> None:
    merged = merged_statements(found)
    assert merged_statements(merged) == merged
    assert merged_statements([*found, *found]) == merged


@given(st.lists(statements, max_size=12))
def test_no_words_are_told_twice_and_none_are_lost(found: list[Said]) -> None:
    merged = merged_statements(found)
    places = [one.spans[0] for one in merged]
    assert all(a.end <= b.start for a, b in pairwise(places))
    for one in found:
        mine = one.spans[0]
        longest = [p for p in places if p.overlaps(mine)]
        assert any(p.end - p.start >= mine.end - mine.start for p in longest)


def test_of_two_tellings_the_longer_stands_and_then_the_one_with_a_speaker() -> None:
    short, long = said(10, 5), said(8, 9, part=1, speaker=None)
    assert merged_statements([short, long]) == [long]
    nobody, somebody = said(10, 5, speaker=None), said(10, 5, part=1)
    assert merged_statements([nobody, somebody]) == [somebody]


@given(st.lists(meetings, max_size=8, unique_by=lambda one: (one.part, one.index)))
def test_meetings_of_one_part_stay_apart_and_all_are_kept(found: list[Met]) -> None:
    merged = merged_meetings(found)
    assert sorted(map(id, found)) == sorted(id(one) for m in merged for one in m.of)
    assert all(len({one.part for one in m.of}) == len(m.of) for m in merged)
    assert merged_meetings([*found, *found]) == merged


def test_a_meeting_told_again_fills_what_was_open() -> None:
    first = met(0, 10, (0, 1), kind="talks", topics=(20,))
    again = met(1, 90, (0, 1, 2), day="2021-05-04", place=30, topics=(20, 45))
    (merged,) = merged_meetings([first, again])
    value = merged.value
    assert value.status == first.status
    assert value.answer.kind == "talks"
    assert value.date == again.date and value.place == again.place
    assert [p.number for p in value.participants] == [0, 1, 2]
    assert [topic.start for topic in value.topics] == [20, 45]


def test_other_days_people_states_or_kinds_are_other_meetings() -> None:
    first = met(0, 10, (0, 1), day="2021-05-04", kind="talks")
    others: tuple[tuple[tuple[int, ...], dict[str, object]], ...] = (
        ((0, 1), {"day": "2021-05-05"}),
        ((0, 2), {"day": "2021-05-04"}),
        ((0, 1), {"status": "planned"}),
        ((0, 1), {"kind": "visit"}),
        ((), {"day": "2021-05-04"}),
    )
    for people, details in others:
        assert len(merged_meetings([first, met(1, 90, people, **details)])) == 2


def line(part: int, index: int, at: int, text: str) -> Line:
    return Line(part, index, Supported(text=text, support=[span(at, at + 5)]))


def test_a_summary_takes_the_first_sentences_of_every_part() -> None:
    lines = [line(p, n, 40 * p + 10 * n, f"{p} {n}") for p in range(4) for n in range(3)]
    assert [x.sentence.text for x in merged_lines(lines)] == [
        "0 0", "0 1", "1 0", "1 1", "2 0", "3 0",
    ]  # fmt: skip
    assert merged_lines(merged_lines(lines)) == merged_lines(lines)
    twice = [line(0, 0, 0, "one"), line(1, 0, 3, "other words, same place"), line(2, 0, 90, "One")]
    assert [x.sentence.text for x in merged_lines(twice)] == ["one"]


def test_a_summary_of_one_part_is_left_alone() -> None:
    lines = [line(0, 0, 0, "one"), line(0, 1, 0, "two"), line(0, 2, 0, "one")]
    assert merged_lines(lines) == lines


def test_a_person_of_an_earlier_part_is_the_same_person() -> None:
    before = figure(3)
    after = before.carried()
    after.mentions.append(span(50, 53))
    assert after == before and {before: "p1"}[after] == "p1"
    assert len(before.mentions) == 1 and after.index is None
