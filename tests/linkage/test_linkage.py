"""What is put together across articles, and what stays apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.linkage import Report, bounds, compatible, differences, link, settled
from summarizer.linkage.meetings import Facts, Meeting, same_meetings
from summarizer.linkage.people import Person, same_people
from summarizer.linkage.twins import twins
from summarizer.record import Record
from tests.digest.two_sources import courier, herald, two_sources

DATES = [
    *("2024-03-04", "2024-03-05", "2024-03", "2024", "XXXX-03-04", "XXXX-03", "202X-03-04"),
    *("2024-03-01/2024-03-04", "2024-03-05/..", "../2024-03-04", "XXXX-12-30/XXXX-01-02"),
    *("2024-22", "2024-03-04?", "2025-01-01", "1924-03-04", "20XX"),
]


def partition(groups: Sequence[Sequence[object]]) -> set[frozenset[object]]:
    return {frozenset(group) for group in groups}


def renamed(record: Record, text: str, **person: object) -> Record:
    """The same record of another article, its first person told differently."""
    first = record.persons[0].model_copy(update=person)
    article = record.article.model_copy(update={"id": f"sha256:{text * 64}"[:71]})
    return record.model_copy(update={"article": article, "persons": [first, *record.persons[1:]]})


def test_a_family_name_joins_the_full_name_of_its_country_and_office() -> None:
    linkage = link(two_sources())
    assert partition(linkage.people) == {
        frozenset({(0, "p1"), (1, "p1")}),
        frozenset({(0, "p2"), (1, "p2")}),
    }
    assert linkage.meetings == (((0, "m1"), (1, "m1")),)


@pytest.mark.parametrize(
    "person",
    [
        {"country": "SWE"},
        {"country": None},
        {"role": "King"},
        {"role": None},
        {"name": "Karl Lind"},
        {"name": "a Lind aide"},
        {"type": "group"},
    ],
)
def test_a_doubtful_person_stays_apart_and_so_does_the_meeting(person: dict[str, object]) -> None:
    linkage = link([herald(), renamed(courier(), "a", **person)])
    assert ((0, "p1"),) in linkage.people
    assert len(linkage.meetings) == 2


def test_a_family_name_that_fits_two_joins_neither() -> None:
    records = [herald(), renamed(herald(), "a", name="Karl Lind"), courier()]
    groups = link(records).people
    assert all(((at, "p1"),) in groups for at in range(3))


def test_an_accent_a_hyphen_and_the_case_make_no_other_person() -> None:
    records = [renamed(herald(), "a", name="ANNA LÍND"), herald()]
    assert len(link(records).people) == 2


def test_a_copy_of_an_article_joins_the_first_in_everything() -> None:
    unnamed = renamed(herald(), "a", name="a minister")
    linkage = link([unnamed, unnamed])
    assert linkage.people[0] == ((0, "p1"), (1, "p1"))
    assert linkage.meetings == (((0, "m1"), (1, "m1")),)


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(shuffle: random.Random) -> None:
    records = [
        *two_sources(),
        renamed(herald(), "a", name="Karl Lind"),
        renamed(courier(), "b", country="SWE"),
        renamed(herald(), "c", role="Foreign Minister and deputy"),
        herald(),
    ]
    order = list(range(len(records)))
    shuffle.shuffle(order)
    moved = link([records[at] for at in order])
    straight = link(records)
    for name in ("people", "meetings"):
        back = {frozenset((order[at], key) for at, key in g) for g in getattr(moved, name)}
        assert back == partition(getattr(straight, name))


FACTS = st.builds(
    Facts,
    st.sampled_from([frozenset({1, 2}), frozenset({1, 3}), frozenset({1})]),
    st.sampled_from([*DATES, None]),
    st.sampled_from(["talks", "visit", "other"]),
    st.sampled_from(["video", "in_person", "unknown"]),
)
MEETINGS = st.lists(
    st.builds(Meeting, st.sampled_from("abcdef"), st.sampled_from(["m1", "m2"]), FACTS),
    unique_by=lambda each: (each.article, each.id),
    max_size=10,
)


@given(MEETINGS, st.randoms(use_true_random=False))
def test_meetings_that_are_one_fit_in_everything(
    meetings: list[Meeting], shuffle: random.Random
) -> None:
    groups = same_meetings(meetings)
    assert sorted(map(repr, meetings)) == sorted(repr(each) for group in groups for each in group)
    for group in groups:
        assert len({each.article for each in group}) == len(group)
        for one in group:
            for other in group:
                if one is not other:
                    a, b = one.facts, other.facts
                    assert a.people == b.people and len(a.people) >= 2
                    assert a.date and b.date and compatible(a.date, b.date)
                    assert a.kind == b.kind or "other" in (a.kind, b.kind)
                    assert a.mode == b.mode or "unknown" in (a.mode, b.mode)
    moved = meetings[:]
    shuffle.shuffle(moved)
    assert partition(same_meetings(moved)) == partition(groups)


KEYS = [("anna", "lind"), ("lind",), ("a", "lind"), ("karl", "lind"), ("anna", "maria", "lind")]
PERSONS = st.lists(
    st.builds(
        lambda article, id, key, named, country, role: Person(
            article, id, "person", key, named, len(key) > 1, country, frozenset(role)
        ),
        st.sampled_from("abcdef"),
        st.sampled_from(["p1", "p2"]),
        st.sampled_from(KEYS),
        st.booleans(),
        st.sampled_from(["NOR", "SWE", None]),
        st.sampled_from([(), ("minister",), ("foreign", "minister"), ("king",)]),
    ),
    unique_by=lambda each: (each.article, each.id),
    max_size=10,
)


@given(PERSONS, st.randoms(use_true_random=False))
def test_persons_that_are_one_differ_in_nothing_known(
    persons: list[Person], shuffle: random.Random
) -> None:
    groups = same_people(persons)
    assert sorted(map(repr, persons)) == sorted(repr(each) for group in groups for each in group)
    for group in groups:
        assert len({each.article for each in group}) == len(group)
        assert len({each.country for each in group if each.country}) <= 1
        assert len({each.key[0] for each in group if each.full and len(each.key[0]) > 1}) <= 1
        assert len(group) == 1 or all(each.named for each in group)
    moved = persons[:]
    shuffle.shuffle(moved)
    assert partition(same_people(moved)) == partition(groups)


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7))))
def test_twins_of_twins_are_the_same_twins(edges: set[tuple[int, int]]) -> None:
    def fit(a: int, b: int) -> bool:
        return (a, b) in edges or (b, a) in edges

    groups = twins(range(8), fit)
    again = twins(groups, lambda a, b: all(fit(x, y) for x in a for y in b))
    assert [group for (group,) in again] == groups
    for group in groups:
        assert all(fit(a, b) for a in group for b in group if a != b)


@given(st.sampled_from(DATES), st.sampled_from(DATES))
def test_dates_fit_both_ways_and_themselves(a: str, b: str) -> None:
    assert compatible(a, b) == compatible(b, a)
    assert compatible(a, a)


@given(st.dates(), st.dates())
def test_two_days_fit_only_if_they_are_one(a: date, b: date) -> None:
    assert compatible(a.isoformat(), b.isoformat()) == (a == b)
    open_year = f"XXXX{a.isoformat()[4:]}"
    assert compatible(a.isoformat(), open_year)
    assert compatible(open_year, b.isoformat()) == ((a.month, a.day) == (b.month, b.day))


@pytest.mark.parametrize(
    ("a", "b", "fit"),
    [
        ("2024-03-04", "2024-03", True),
        ("2024-03-04", "2024-04", False),
        ("XXXX-03-04", "2024-03-01/2024-03-09", True),
        ("XXXX-04-04", "2024-03-01/2024-03-09", False),
        ("XXXX-01-01", "2024-12-30/2025-01-02", True),
        ("XXXX-12-30/XXXX-01-02", "2025-01-01", True),
        ("202X-03-04", "2024-03-04", True),
        ("201X-03-04", "2024-03-04", False),
        ("201X", "XXXX-03-04", True),
        ("201X-05-01", "202X-05-01", False),
        ("2024-03-05/..", "2030", True),
        ("2024-03-05/..", "XXXX-02-01", True),
        ("../2024-03-04", "2025", False),
    ],
)
def test_what_a_date_leaves_open_fits(a: str, b: str, fit: bool) -> None:
    assert compatible(a, b) is fit
    assert compatible(b, a) is fit


def test_a_date_without_a_year_has_no_bounds() -> None:
    assert bounds("XXXX-01-31") is None
    assert bounds("2024-02") == (date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal())


def test_the_latest_article_tells_the_status_and_the_most_precise_the_date() -> None:
    planned = Report("2024-03-01", "planned", "talks", "unknown", "2024-03", "Oslo")
    held = Report("2024-03-05", "held", "other", "video", "2024-03-04", None)
    found = settled([planned, held])
    assert found == Report("2024-03-05", "held", "talks", "video", "2024-03-04", "Oslo")
    assert differences([planned, held]) == ("date", "status")
    assert differences([held, held]) == ()
