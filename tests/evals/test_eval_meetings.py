"""Meetings, participants, topics and what was made up: worked examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span
from summarizer.evals import Counts, Fixture, Scores, Tally, score
from summarizer.evals.meetings import likeness
from summarizer.evals.topics import count_topics, token_f1
from summarizer.record import MeetingDate, Person, Place, Record, Supported

Make = Callable[..., Fixture]
Perfect = Callable[[Fixture], Record]
Spot = Callable[..., Span]


def scored(fixture: Fixture, record: Record) -> Scores:
    return score({fixture.id: record}, [fixture])


def change(record: Record, index: int = 0, **fields: Any) -> Record:
    meetings = list(record.meetings)
    meetings[index] = meetings[index].model_copy(update=fields)
    return record.model_copy(update={"meetings": meetings})


def add_person(record: Record, **fields: Any) -> Record:
    person = Person(id="p9", mentions=record.persons[0].mentions, **fields)
    return record.model_copy(update={"persons": [*record.persons, person]})


def counts(scores: Scores, name: str) -> Counts:
    return scores.f1[name].counts


def tally(scores: Scores, name: str) -> Tally:
    return scores.accuracy[name].tally


# Participants


def test_a_participant_too_many_and_one_missing(make: Make, perfect: Perfect) -> None:
    fixture = make()
    record = add_person(perfect(fixture), name="Karl Berg", country="NOR")
    scores = scored(fixture, change(record, participants=["p1", "p9"]))
    # Lind is found, Sousa missed, Berg made up: 2*1/(2*1+1+1) = 0.5.
    assert counts(scores, "participants") == Counts(1, 1, 1)
    assert scores.f1["participants"].f1 == 0.5
    # Sousa's country is wrong, since nobody is paired with him.
    assert tally(scores, "country") == Tally(right=1, unpaired=1)


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Admiral Pedro Sousa", "BRA", True),
        ("Sousa", None, True),
        ("Pedro Souza", "BRA", True),  # one letter of 11: ratio 2*10/22 = 0.91
        ("Pedro Souza", "PRT", False),  # nearly, but of another country
        ("Pedro Sousa", "PRT", True),  # the same name: only the country is wrong
        ("Maria Sousa", "BRA", False),
    ],
)
def test_a_participant_is_found_by_name(
    make: Make, perfect: Perfect, name: str, country: str | None, found: bool
) -> None:
    fixture = make()
    record = add_person(perfect(fixture), name=name, country=country)
    scores = scored(fixture, change(record, participants=["p1", "p9"]))
    assert counts(scores, "participants") == (Counts(2, 0, 0) if found else Counts(1, 1, 1))


def test_countries(make: Make, perfect: Perfect, parts: dict[str, Any]) -> None:
    # Gold: Lind NOR, Sousa none. Record: Lind none, Sousa BRA.
    people = [parts["lind"], {**parts["sousa"], "country": None}]
    fixture = make(meetings=[{**parts["meeting"], "participants": people}])
    record = perfect(fixture)
    changed = [
        record.persons[0].model_copy(update={"country": None}),
        record.persons[1].model_copy(update={"country": "BRA"}),
    ]
    scores = scored(fixture, record.model_copy(update={"persons": changed}))
    assert tally(scores, "country") == Tally(hallucination=1, omission=1)
    # One country was returned, and it was made up.
    invented = scores.inventions["countries"]
    assert (invented.events, invented.returned) == (1, 1)


def test_an_optional_participant_counts_only_if_found(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    people = [parts["lind"], {**parts["sousa"], "optional": True}]
    fixture = make(meetings=[{**parts["meeting"], "participants": people}])
    record = perfect(fixture)
    assert counts(scored(fixture, record), "participants") == Counts(2, 0, 0)
    without = scored(fixture, change(record, participants=["p1"]))
    assert counts(without, "participants") == Counts(1, 0, 0)
    assert tally(without, "country") == Tally(right=1)


# Pairing


def test_likeness_of_meetings(make: Make, perfect: Perfect) -> None:
    fixture = make()
    gold, record = fixture.meetings[0], perfect(fixture)
    meeting = record.meetings[0]
    # One of two participants found and none made up: F1 = 2/(2+1) = 2/3.
    half = Counts(1, 0, 1)
    # 0.5 * 2/3 + 0.3 (same date) + 0.2 (same place).
    assert likeness(gold, meeting, half) == pytest.approx(1 / 3 + 0.5)
    # Null against a value, and null against null, earn nothing.
    nowhere = meeting.model_copy(update={"date": None, "place": None})
    assert likeness(gold, nowhere, Counts(2, 0, 0)) == pytest.approx(0.5)
    assert likeness(gold, nowhere, Counts(0, 1, 2)) == 0.0


def test_null_dates_and_places_earn_nothing(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    bare = {**parts["meeting"], "date": None, "date_text": None, "place": None}
    fixture = make(meetings=[bare])
    meeting = perfect(fixture).meetings[0]
    assert likeness(fixture.meetings[0], meeting, Counts(2, 0, 0)) == pytest.approx(0.5)


def test_a_meeting_under_the_floor_is_missed_and_made_up(make: Make, perfect: Perfect) -> None:
    fixture = make()
    record = perfect(fixture)
    # Same place only: 0.2. Everything in it is then missed (2) or made up (0).
    lone = change(record, participants=[], date=None)
    scores = scored(fixture, lone)
    assert counts(scores, "meetings") == Counts(0, 1, 1)
    assert counts(scores, "participants") == Counts(0, 0, 2)
    for field in ("status", "date", "mode", "place"):
        assert tally(scores, field) == Tally(unpaired=1)
    # There is a meeting, though.
    assert tally(scores, "presence") == Tally(right=1)


def test_two_meetings_are_paired_by_who_was_there(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    alone = {**parts["meeting"], "participants": [parts["lind"]], "place": None, "date": None}
    other = {**parts["meeting"], "participants": [parts["sousa"]], "place": None, "date": None}
    fixture = make(meetings=[{**alone, "status": "held"}, {**other, "status": "planned"}])
    record = perfect(fixture)
    turned = record.model_copy(update={"meetings": record.meetings[::-1]})
    scores = scored(fixture, turned)
    assert counts(scores, "meetings") == Counts(2, 0, 0)
    assert tally(scores, "status") == Tally(right=2)


# Fields


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("status", "planned", Tally(wrong=1)),
        ("mode", "video", Tally(wrong=1)),
        ("mode", "unknown", Tally(omission=1)),
        ("date", None, Tally(omission=1)),
        ("place", None, Tally(omission=1)),
    ],
)
def test_a_wrong_field_is_counted_by_how_it_is_wrong(
    make: Make, perfect: Perfect, field: str, value: str | None, expected: Tally
) -> None:
    fixture = make()
    scores = scored(fixture, change(perfect(fixture), **{field: value}))
    assert tally(scores, field) == expected
    assert scores.accuracy[field].accuracy == 0.0
    others = {"status", "mode", "date", "place"} - {field}
    assert all(tally(scores, other) == Tally(right=1) for other in others)


def test_a_year_where_the_gold_has_none_is_wrong_and_made_up(
    make: Make, perfect: Perfect, spot: Spot
) -> None:
    fixture = make()
    date = MeetingDate(edtf="2024-03-03", text="On March 3", span=spot("On March 3"))
    scores = scored(fixture, change(perfect(fixture), date=date))
    assert tally(scores, "date") == Tally(wrong=1)
    invented = scores.inventions["years"]
    assert (invented.events, invented.returned) == (1, 1)


def test_a_year_from_the_publication_date_is_given(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    meeting = {**parts["meeting"], "date": "2024-03-03"}
    fixture = make(published="2024-03-05", meetings=[meeting])
    scores = scored(fixture, perfect(fixture))
    invented = scores.inventions["years"]
    assert (invented.events, invented.returned) == (0, 1)
    # Of none in one, the interval reaches to min(1, 3/1).
    assert invented.interval is not None
    assert (invented.interval.low, invented.interval.high) == (0.0, 1.0)


def test_a_place_where_the_gold_has_none_is_made_up(
    make: Make, perfect: Perfect, parts: dict[str, Any], spot: Spot
) -> None:
    fixture = make(meetings=[{**parts["meeting"], "place": None}])
    place = Place(name="OSLO", span=spot("OSLO"))
    scores = scored(fixture, change(perfect(fixture), place=place))
    assert tally(scores, "place") == Tally(hallucination=1)
    invented = scores.inventions["places"]
    assert (invented.events, invented.returned) == (1, 1)


def test_a_meeting_where_there_is_none(make: Make, perfect: Perfect) -> None:
    fixture = make(meetings=[])
    with_meeting = make()
    record = perfect(with_meeting)
    scores = scored(fixture, record)
    assert tally(scores, "presence") == Tally(hallucination=1)
    assert counts(scores, "meetings") == Counts(0, 1, 0)
    # Anything returned where there is nothing scores 0.
    assert scores.f1["meetings"].macro.value == 0.0
    assert tally(scores, "status") == Tally()
    right = scored(fixture, record.model_copy(update={"meetings": []}))
    assert tally(right, "presence") == Tally(right=1)
    assert right.f1["meetings"].macro.value is None


def test_an_optional_meeting_counts_only_if_found(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    fixture = make(meetings=[{**parts["meeting"], "optional": True}])
    record = perfect(fixture)
    found = scored(fixture, change(record, status="planned", participants=["p1"]))
    assert counts(found, "meetings") == Counts(1, 0, 0)
    assert counts(found, "participants") == Counts(1, 0, 0)
    assert tally(found, "status") == Tally()
    left_out = scored(fixture, record.model_copy(update={"meetings": []}))
    for scores in (found, left_out):
        assert tally(scores, "presence") == Tally(right=1)
    assert counts(left_out, "meetings") == counts(left_out, "participants") == Counts()


def test_no_meeting_where_there_is_one(make: Make, perfect: Perfect) -> None:
    fixture = make()
    scores = scored(fixture, perfect(fixture).model_copy(update={"meetings": []}))
    assert tally(scores, "presence") == Tally(omission=1)
    assert counts(scores, "participants") == Counts(0, 0, 2)
    assert tally(scores, "country") == Tally(unpaired=2)


def test_findings_of_a_meeting(make: Make, perfect: Perfect) -> None:
    fixture = make()
    record = add_person(perfect(fixture), name="Karl Berg")
    (article,) = scored(fixture, change(record, mode="video", participants=["p1", "p9"])).articles
    wrong = {
        (f.field, f.outcome, f.gold, f.got)
        for f in article.findings
        if not f.field.startswith("statement") and f.outcome != "right"
    }
    assert wrong == {
        ("meeting.mode", "wrong", "in_person", "video"),
        ("participant", "miss", "Pedro Sousa", None),
        ("participant", "false_positive", None, "Karl Berg"),
    }


# Topics and outcomes


@pytest.mark.parametrize(
    ("a", "b", "value"),
    [
        ("military cooperation", "Military cooperation", 1.0),
        # Two words shared of 2 and 3: 2*2/5.
        ("military cooperation", "cooperation, military and", 0.8),
        ("ships", "talks", 0.0),
        # A word counts as often as in both: 2*1/(2+1).
        ("war war", "war", 2 / 3),
        # Written without spaces: 2 characters shared of 3 and 3.
        ("军事合", "军事和", 4 / 6),
        ("", "ships", 0.0),
    ],
)
def test_token_f1(a: str, b: str, value: float) -> None:
    assert token_f1(a, b) == pytest.approx(value)


@given(st.text(), st.text())
def test_token_f1_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert token_f1(a, b) == token_f1(b, a)
    assert 0.0 <= token_f1(a, b) <= 1.0


def test_topics_are_paired_from_half() -> None:
    # `joint exercises at sea` and `exercises`: 2*1/(4+1) = 0.4, under the floor.
    assert count_topics(["joint exercises at sea"], ["exercises"]) == Counts(0, 1, 1)
    # With `joint exercises`: 2*2/(4+2) = 0.67.
    assert count_topics(["joint exercises at sea"], ["joint exercises"]) == Counts(1, 0, 0)


def test_topics_and_outcomes_of_a_meeting(make: Make, perfect: Perfect, spot: Spot) -> None:
    fixture = make()
    topics = [Supported(text=topic, support=[spot("ships")]) for topic in ("ships", "needs")]
    scores = scored(fixture, change(perfect(fixture), topics=topics))
    # `ships` against `ships for Brazil`: 2*1/(1+3) = 0.5, enough; `needs` is made up.
    assert counts(scores, "topics") == Counts(1, 1, 0)
    assert counts(scores, "outcomes") == Counts(1, 0, 0)
