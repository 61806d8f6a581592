"""Meetings as readouts and announcements tell them, by rules alone: no model is asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from summarizer.article import Article, article_id
from summarizer.extract import summarize_article

PROMPT: Any = SimpleNamespace(name="rules", version="0", asks=())
MODEL: Any = SimpleNamespace(name="none", label="none", context=None)


def met(text: str) -> list[tuple[str, str, str | None, str | None, list[str]]]:
    """Status, mode, date, place and people of each meeting of a text of May 2, 2024."""
    article = Article(id=article_id(text), text=text, language="en", published="2024-05-02")
    record = summarize_article(article, model=MODEL, prompt=PROMPT)
    names = {person.id: person.name for person in record.persons}
    return [
        (
            meeting.status,
            meeting.mode,
            meeting.date.edtf if meeting.date else None,
            meeting.place.name if meeting.place else None,
            [names[p] for p in meeting.participants],
        )
        for meeting in record.meetings
    ]


def countries(text: str) -> dict[str, str | None]:
    article = Article(id=article_id(text), text=text, language="en", published="2024-05-02")
    record = summarize_article(article, model=MODEL, prompt=PROMPT)
    return {person.name: person.country for person in record.persons}


MOE, KOS = "President Eva Moe of Norway", "Prime Minister Jan Kos of Poland"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Readout of Adviser Al Poe’s Call with {MOE}\n\nNational Security Adviser Al Poe "
            f"spoke yesterday by phone with {MOE}. They discussed fish.",
            ("held", "phone", "2024-05-01", None, ["Al Poe", "Eva Moe"]),
            id="by phone, with a day between",
        ),
        pytest.param(
            f"President Al Poe called {MOE} on Tuesday to thank her.",
            ("held", "phone", "2024-04-30", None, ["Al Poe", "Eva Moe"]),
            id="called someone, and when",
        ),
        pytest.param(
            f"Vice President Al Poe spoke to {MOE} this morning.",
            ("held", "phone", "2024-05-02", None, ["Al Poe", "Eva Moe"]),
            id="spoke to someone",
        ),
        pytest.param(
            f"Readout of the President’s Call\n\nPresident Al Poe convened a secure video call "
            f"today with {MOE} and {KOS} to discuss the situation in Chad.",
            ("held", "video", "2024-05-02", None, ["Al Poe", "Eva Moe", "Jan Kos"]),
            id="the lead tells of the headline's call",
        ),
        pytest.param(
            "President Al Poe has invited President Eva Moe of Norway to Madrid on June 5.",
            ("proposed", "in_person", "2024-06-05", "Madrid", ["Al Poe", "Eva Moe"]),
            id="invited to a place",
        ),
        pytest.param(
            f"Deputy Adviser Al Poe led a delegation to Oslo to meet with {MOE} on April 30.",
            ("held", "in_person", "2024-04-30", "Oslo", ["Al Poe", "Eva Moe"]),
            id="who came to meet met",
        ),
        pytest.param(
            f"President Al Poe met today with {MOE} and invited her to visit.",
            ("held", "in_person", "2024-05-02", None, ["Al Poe", "Eva Moe"]),
            id="a past form is no plan",
        ),
        pytest.param(
            f"At the invitation of {KOS}, {MOE} will visit Warsaw on May 9.",
            ("planned", "in_person", "2024-05-09", None, ["Jan Kos", "Eva Moe"]),
            id="an invitation that is followed",
        ),
        pytest.param(
            "Oleg Zimin will take part in the meeting of the Fishery Council in Astana on May 29.",
            ("planned", "in_person", "2024-05-29", "Astana", ["Oleg Zimin"]),
            id="one without a title; a council is nobody",
        ),
        pytest.param(
            "Secretary Al Poe met in Oslo with Presidents Eva Moe of Norway, Jan Kos of Poland, "
            "and Ana Rojas of Chile.",
            ("held", "in_person", None, "Oslo", ["Al Poe", "Eva Moe", "Jan Kos", "Ana Rojas"]),
            id="one title for several",
        ),
        pytest.param(
            "Talks between Chile and Norway were held in Oslo on April 30.",
            ("held", "in_person", "2024-04-30", "Oslo", ["Chile", "Norway"]),
            id="two countries",
        ),
        pytest.param(
            "Foreign Minister Al Poe received Ambassador Eva Moe and accepted a letter from "
            "Premier Jan Kos.",
            ("held", "in_person", None, None, ["Al Poe", "Eva Moe"]),
            id="whose letter it was",
        ),
        pytest.param(
            f"On behalf of {KOS}, Foreign Minister Bo Ray met with {MOE}.",
            ("held", "in_person", None, None, ["Bo Ray", "Eva Moe"]),
            id="on whose behalf",
        ),
        pytest.param(
            "A Norwegian delegation led by Foreign Minister Eva Moe met with Polish officials in "
            "Warsaw on Monday.",
            ("held", "in_person", "2024-04-29", "Warsaw", ["Eva Moe", "Polish officials"]),
            id="a group, and where",
        ),
        pytest.param(
            f"President Al Poe will travel to Oslo, Norway, on May 9 to meet with {KOS}.",
            ("planned", "in_person", "2024-05-09", "Oslo, Norway", ["Al Poe", "Jan Kos"]),
            id="a city and its country",
        ),
    ],
)
def test_one_meeting(text: str, expected: tuple[Any, ...]) -> None:
    assert met(text) == [expected]


def test_who_joined_a_call_is_told_behind() -> None:
    text = (
        "Readout of the President’s Call with Partners\n\nPresident Al Poe spoke by video "
        "conference today with partners. They discussed fish.\n\nHe thanked them.\n\nThe weather "
        "was bad.\n\nJoining President Poe on the call were President Moe of Norway and Prime "
        "Minister Kos of Poland."
    )
    ((_, mode, _, _, people),) = met(text)
    assert (mode, set(people)) == ("video", {"Al Poe", "Moe", "Kos"})


def test_bilateral_meetings_are_one_with_each() -> None:
    text = f"Vice President Al Poe held bilateral meetings with {MOE} and {KOS} in Oslo."
    assert [people for *_, people in met(text)] == [["Al Poe", "Eva Moe"], ["Al Poe", "Jan Kos"]]


def test_who_also_met_others_met_twice() -> None:
    text = f"President Al Poe met today with {MOE}. He also met with business leaders."
    assert [people for *_, people in met(text)] == [
        ["Al Poe", "Eva Moe"],
        ["Al Poe", "business leaders"],
    ]


def test_people_of_the_message_and_of_another_meeting_are_not_there() -> None:
    text = (
        f"Adviser Al Poe met in Oslo with {MOE}. During the visit, he delivered a message from "
        "President Bo Ray. The meeting followed the summit between Premier Jan Kos and Premier "
        "Ana Rojas."
    )
    assert met(text)[0][-1] == ["Al Poe", "Eva Moe"]


def test_the_sides_of_talks_are_not_who_met_before() -> None:
    text = (
        "President Oleg Zimin met with Minister Ivan Dom.\n\nThey spoke about Chile and Norway.\n"
        "\nThe fish was fresh.\n\nChilean-Norwegian talks will resume in Oslo on May 19."
    )
    assert met(text)[1][-1] == ["Chile", "Norway"]


def test_leaders_of_several_countries_are_their_sides() -> None:
    text = "President Al Poe hosted a video call with the leaders of Norway, Poland and Chile."
    assert [people for *_, people in met(text)] == [["Al Poe", "Norway", "Poland", "Chile"]]


def test_a_statement_in_quotation_marks_is_the_report_itself() -> None:
    text = (
        "Statement\n\n“Special Envoy Al Poe, accompanied by Ambassador Bo Ray, conducted talks "
        "today in Muscat with Norwegian Foreign Minister Eva Moe. The talks were constructive.”"
    )
    ((status, _, date, place, people),) = met(text)
    assert (status, date, place) == ("held", "2024-05-02", "Muscat")
    assert people == ["Al Poe", "Bo Ray", "Eva Moe"]


@pytest.mark.parametrize(
    "text",
    [
        "President Al Poe called Norwegian Premier Eva Moe a true friend of the sea.",
        "President Al Poe said that Norwegian Premier Eva Moe had cancelled her flight.",
        "President Al Poe spoke of his plans, with Norwegian fish on the table.",
        "President Al Poe invited Norwegian Premier Eva Moe to think again.",
    ],
)
def test_no_meeting(text: str) -> None:
    assert met(text) == []


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        pytest.param(
            f"President Al Poe met today with {MOE}.", ("Al Poe", None), id="opposite Norway"
        ),
        pytest.param(
            "President Al Poe convened a video call with Premier Eva Moe to discuss the elections "
            "in Chad.",
            ("Eva Moe", None),
            id="a country that is only spoken about",
        ),
        pytest.param(
            "President Al Poe will travel to Oslo, Norway, to meet with Premier Eva Moe.",
            ("Al Poe", None),
            id="a country that is only travelled to",
        ),
    ],
)
def test_no_country_that_is_not_theirs(text: str, whose: tuple[str, str | None]) -> None:
    assert countries(text)[whose[0]] == whose[1]
