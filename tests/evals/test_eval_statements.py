"""Statements scored: worked examples, each number derived where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from summarizer.article import Span
from summarizer.evals import Counts, Failure, Fixture, Scores, Tally, score
from summarizer.record import Record, Statement

Make = Callable[..., Fixture]
Perfect = Callable[[Fixture], Record]
Spot = Callable[..., Span]


def scored(fixture: Fixture, record: Record | Failure) -> Scores:
    return score({fixture.id: record}, [fixture])


def with_statements(record: Record, statements: list[Statement]) -> Record:
    return record.model_copy(update={"statements": statements})


def change(record: Record, index: int, **fields: Any) -> Record:
    statements = list(record.statements)
    statements[index] = statements[index].model_copy(update=fields)
    return with_statements(record, statements)


def counts(scores: Scores, name: str) -> Counts:
    return scores.f1[name].counts


# The joint figure and its parts


def test_the_gold_itself_scores_one(make: Make, perfect: Perfect) -> None:
    fixture = make()
    scores = scored(fixture, perfect(fixture))
    # One direct and one mixed statement; one indirect.
    assert counts(scores, "joint") == counts(scores, "quotations") == Counts(2, 0, 0)
    assert counts(scores, "indirect") == Counts(1, 0, 0)
    assert counts(scores, "spans/all/exact") == Counts(3, 0, 0)


def test_a_wrong_speaker_is_a_miss_and_a_false_positive(make: Make, perfect: Perfect) -> None:
    fixture = make()
    record = perfect(fixture)
    wrong = change(record, 0, speaker=record.statements[1].speaker)
    scores = scored(fixture, wrong)
    # The mixed one is right, the direct one missed and made up: 2*1/(2*1+1+1).
    assert counts(scores, "joint") == Counts(1, 1, 1)
    assert scores.f1["joint"].f1 == 0.5
    # Its words are right all the same.
    assert counts(scores, "quotations") == Counts(2, 0, 0)
    assert scores.accuracy["speaker"].tally == Tally(right=2, wrong=1)


def test_an_unknown_speaker_is_an_omission(make: Make, perfect: Perfect) -> None:
    fixture = make()
    scores = scored(fixture, change(perfect(fixture), 0, speaker=None))
    assert counts(scores, "joint") == Counts(1, 1, 1)
    assert scores.accuracy["speaker"].tally == Tally(right=2, omission=1)


def test_a_speaker_where_the_gold_has_none_is_a_hallucination(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    fixture = make(statements=[{**parts["direct"], "speaker": None}])
    record = perfect(fixture)
    assert counts(scored(fixture, record), "joint") == Counts(1, 0, 0)
    wrong = change(record, 0, speaker="p1")
    assert counts(scored(fixture, wrong), "joint") == Counts(0, 1, 1)
    assert scored(fixture, wrong).accuracy["speaker"].tally == Tally(hallucination=1)


def test_a_wrong_quote_type_is_a_miss_and_a_false_positive(make: Make, perfect: Perfect) -> None:
    fixture = make()
    scores = scored(fixture, change(perfect(fixture), 1, quote_type="direct"))
    # Gold: direct, mixed. Record: direct, direct. Both are quotations with right words.
    assert counts(scores, "joint") == Counts(1, 1, 1)
    assert counts(scores, "quotations") == Counts(2, 0, 0)
    # By type: the mixed one is missed, the second direct one made up.
    assert counts(scores, "spans/mixed/exact") == Counts(0, 0, 1)
    assert counts(scores, "spans/direct/exact") == Counts(1, 1, 0)
    assert counts(scores, "spans/all/exact") == Counts(3, 0, 0)
    assert scores.accuracy["quote_type"].tally == Tally(right=2, wrong=1)


def test_a_quotation_given_as_indirect_is_missed_there_and_made_up_here(
    make: Make, perfect: Perfect
) -> None:
    fixture = make()
    scores = scored(fixture, change(perfect(fixture), 0, quote_type="indirect"))
    assert counts(scores, "joint") == Counts(1, 0, 1)
    assert counts(scores, "indirect") == Counts(1, 1, 0)


def test_the_ladder(make: Make, perfect: Perfect, spot: Spot) -> None:
    fixture = make()
    # The direct statement is 22 + 22 characters; its second segment alone is half of them:
    # found at 0.3 and 0.5, missed and made up from 0.8 on.
    half = [spot("They will sail in May.")]
    assert len("We will send 12 ships,") == len("They will sail in May.") == 22
    record = change(perfect(fixture), 0, spans=half, content_spans=half)
    scores = scored(fixture, record)
    found, lost = Counts(1, 0, 0), Counts(0, 1, 1)
    assert [counts(scores, f"spans/direct/{step}") for step in ("0.3", "0.5", "0.8", "exact")] == [
        found,
        found,
        lost,
        lost,
    ]
    assert counts(scores, "joint") == Counts(1, 1, 1)


def test_a_statement_under_the_floor_is_no_pair(make: Make, perfect: Perfect, spot: Spot) -> None:
    fixture = make()
    # `12 ships` is 8 of 44 characters: 0.18.
    few = [spot("12 ships")]
    scores = scored(fixture, change(perfect(fixture), 0, spans=few, content_spans=few))
    assert counts(scores, "spans/direct/0.3") == Counts(0, 1, 1)
    assert scores.accuracy["speaker"].tally == Tally(right=2, unpaired=1)


def test_a_mixed_statement_counts_by_its_better_side(
    make: Make, perfect: Perfect, spot: Spot
) -> None:
    fixture = make()
    # Quoted part exact, content far too long: the quoted part decides, IoU 1.
    long = [
        spot("Sousa noted that the plan “fully meets our needs” this year. He added that talks")
    ]
    scores = scored(fixture, change(perfect(fixture), 1, content_spans=long))
    assert counts(scores, "spans/mixed/exact") == Counts(1, 0, 0)
    # Content exact, of the quoted part only `needs` (5 of 21): the content decides, IoU 1.
    scores = scored(fixture, change(perfect(fixture), 1, spans=[spot("needs")]))
    assert counts(scores, "spans/mixed/exact") == Counts(1, 0, 0)


def test_indirect_statements_count_from_half(make: Make, perfect: Perfect, spot: Spot) -> None:
    fixture = make()
    # `talks would go on` has 17 characters. `talks would` has 11 of them: 0.65 is enough.
    part = [spot("talks would")]
    scores = scored(fixture, change(perfect(fixture), 2, spans=part, content_spans=part))
    assert counts(scores, "indirect") == Counts(1, 0, 0)
    # `talks` has 5: 0.29 is under the floor.
    part = [spot("talks")]
    scores = scored(fixture, change(perfect(fixture), 2, spans=part, content_spans=part))
    assert counts(scores, "indirect") == Counts(0, 1, 1)


def test_twice_the_same_statement_is_one_too_many(make: Make, perfect: Perfect) -> None:
    fixture = make()
    record = perfect(fixture)
    again = record.statements[0].model_copy(update={"id": "s9"})
    scores = scored(fixture, with_statements(record, [*record.statements, again]))
    # P = 2/3, R = 2/2, F1 = 2*2/(2*2+1).
    assert counts(scores, "joint") == Counts(2, 1, 0)
    assert scores.f1["joint"].f1 == pytest.approx(0.8)


def test_the_order_of_the_record_does_not_matter(make: Make, perfect: Perfect) -> None:
    fixture = make()
    record = perfect(fixture)
    turned = with_statements(record, record.statements[::-1])
    assert counts(scored(fixture, turned), "joint") == Counts(2, 0, 0)
    assert scored(fixture, turned).f1 == scored(fixture, record).f1


def test_nothing_returned_is_all_missed(make: Make, perfect: Perfect) -> None:
    fixture = make()
    scores = scored(fixture, with_statements(perfect(fixture), []))
    assert counts(scores, "joint") == Counts(0, 0, 2)
    assert scores.f1["joint"].f1 == 0.0
    assert scores.f1["joint"].precision is None


# Speakers by other names


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Anna Lind", True),
        ("Minister Anna Lind", True),
        ("Lind", True),
        ("the Norwegian minister", True),
        ("Karl Lind", False),
        ("Pedro Sousa", False),
        ("Anna Lind and Pedro Sousa", False),
    ],
)
def test_a_speaker_is_right_by_an_accepted_name(
    make: Make, perfect: Perfect, name: str, right: bool
) -> None:
    fixture = make()
    record = perfect(fixture)
    lind = next(person for person in record.persons if person.name == "Anna Lind")
    other = lind.model_copy(update={"id": "p9", "name": name})
    renamed = record.model_copy(update={"persons": [*record.persons, other]})
    scores = scored(fixture, change(renamed, 0, speaker="p9"))
    assert counts(scores, "joint") == (Counts(2, 0, 0) if right else Counts(1, 1, 1))


def test_an_organization_and_a_group_may_speak(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    ministry = {
        **parts["direct"],
        "speaker": "Ministry of Defence",
        "speaker_accept": ["a ministry spokesperson"],
    }
    joint = {**parts["indirect"], "speaker": "Anna Lind and Pedro Sousa"}
    fixture = make(statements=[ministry, joint])
    record = perfect(fixture)
    by_name = {person.name: person for person in record.persons}
    persons = [
        *record.persons,
        by_name["Ministry of Defence"].model_copy(
            update={"id": "p8", "name": "ministry spokesperson", "type": "organization"}
        ),
        by_name["Anna Lind"].model_copy(
            update={"id": "p9", "name": "Pedro Sousa and Anna Lind", "type": "group"}
        ),
    ]
    record = record.model_copy(update={"persons": persons})
    record = change(change(record, 0, speaker="p8"), 1, speaker="p9")
    scores = scored(fixture, record)
    assert counts(scores, "joint") == Counts(1, 0, 0)
    assert counts(scores, "indirect") == Counts(1, 0, 0)


# Optional statements


def optional_fixture(make: Make, parts: dict[str, Any]) -> Fixture:
    """The direct statement is required, the indirect one optional."""
    return make(statements=[parts["direct"], {**parts["indirect"], "optional": True}])


def test_an_optional_statement_is_right_if_found(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    fixture = optional_fixture(make, parts)
    assert counts(scored(fixture, perfect(fixture)), "indirect") == Counts(1, 0, 0)


def test_an_optional_statement_is_no_miss(
    make: Make, perfect: Perfect, parts: dict[str, Any]
) -> None:
    fixture = optional_fixture(make, parts)
    record = perfect(fixture)
    scores = scored(fixture, with_statements(record, record.statements[:1]))
    assert counts(scores, "indirect") == Counts()
    assert scores.f1["indirect"].f1 is None
    assert scores.f1["indirect"].macro.articles == 0
    assert scores.accuracy["speaker"].tally == Tally(right=1)


@pytest.mark.parametrize("field", [{"speaker": None}, {"quote_type": "direct"}])
def test_an_optional_statement_is_never_a_false_positive(
    make: Make, perfect: Perfect, parts: dict[str, Any], field: dict[str, Any]
) -> None:
    fixture = optional_fixture(make, parts)
    scores = scored(fixture, change(perfect(fixture), 1, **field))
    assert counts(scores, "indirect") == Counts()
    assert counts(scores, "joint") == Counts(1, 0, 0)


# Findings


def test_findings_say_what_went_wrong_and_where(make: Make, perfect: Perfect, spot: Spot) -> None:
    fixture = make()
    record = perfect(fixture)
    extra = record.statements[2].model_copy(
        update={"id": "s9", "spans": [spot("OSLO")], "content_spans": [spot("OSLO")]}
    )
    record = change(record, 0, speaker=record.statements[1].speaker)
    record = with_statements(record, [record.statements[0], record.statements[2], extra])
    (article,) = scored(fixture, record).articles
    wrong = {
        (f.field, f.outcome, f.gold_at, f.got_at)
        for f in article.findings
        if f.field.startswith("statement") and f.outcome != "right"
    }
    assert wrong == {
        ("statement", "wrong", "statements[0]", "statements[0]"),
        ("statement.speaker", "wrong", "statements[0]", "statements[0]"),
        ("statement", "miss", "statements[1]", None),
        ("statement", "false_positive", None, "statements[2]"),
    }
    speaker = next(f for f in article.findings if f.field == "statement.speaker")
    assert (speaker.gold, speaker.got) == ("Anna Lind", "Pedro Sousa")
