"""Meetings as the rules tell them, and a model that says yes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from summarizer.article import Article, article_id
from summarizer.extract import summarize_article
from summarizer.model import Answer, Parameters, Request, Usage
from summarizer.prompt import Message, load_prompt
from summarizer.record import Meeting, Record

T = TypeVar("T", bound=BaseModel)


class Yes:
    """A model that says yes to every meeting, and points at the first of everything."""

    name, label = "yes", "local"
    context: int | None = None

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """The one answer for the kind of question."""
        kind = answer_type.__name__
        given: dict[str, object] = {
            "Topics": {"topics": [1]},
            "Best": {"sentence": 1},
            "Report": {"about": "other"},
        }
        raw = json.dumps(given.get(kind) or dict.fromkeys(answer_type.model_fields, "yes"))
        request = Request(tuple(messages), kind, {}, Parameters(max_tokens=max_tokens))
        return Answer(answer_type.model_validate_json(raw), raw, Usage(1, 1, 1, 0, 1), request)


@pytest.fixture
def told() -> Callable[..., Record]:
    """The record of a text."""

    def record(text: str, published: str | None = None) -> Record:
        article = Article(id=article_id(text), text=text, language="en", published=published)
        return summarize_article(article, model=Yes(), prompt=load_prompt("grounded"))

    return record


def people(record: Record, meeting: Meeting) -> dict[str, str | None]:
    persons = {person.id: person for person in record.persons}
    return {persons[p].name: persons[p].country for p in meeting.participants}


def fields(meeting: Meeting) -> tuple[Any, ...]:
    place = meeting.place.name if meeting.place else None
    return meeting.status, meeting.date.edtf if meeting.date else None, place


TWO = (
    "At seven Chilean Foreign Minister Ana Rojas sat down with Norwegian Foreign Minister Ola Berg "
    "in Oslo. They spoke about fish.\n"
)


def test_someone_of_one_meeting_who_then_met_a_third(told: Callable[..., Record]) -> None:
    later = (
        "Lunch was short.\nNobody signed.\nIn the evening Rojas received Polish Premier Jan Nowak."
    )
    record = told(TWO + later)
    first, second = record.meetings
    assert people(record, first) == {"Ana Rojas": "CHL", "Ola Berg": "NOR"}
    assert people(record, second) == {"Ana Rojas": "CHL", "Jan Nowak": "POL"}


def test_one_more_meeting_is_of_the_same_people(told: Callable[..., Record]) -> None:
    record = told(TWO + "It went well.\nIt was late.\nA new meeting in Santiago was proposed.")
    first, second = record.meetings
    assert fields(second) == ("proposed", None, "Santiago")
    assert people(record, second) == people(record, first)


def test_what_was_to_have_been_is_cancelled(told: Callable[..., Record]) -> None:
    text = (
        "A meeting in Cairo on May 4 between Chilean President Ana Rojas and Norwegian Premier "
        "Ola Berg has been called off.\nBerg was to have been received at the palace."
    )
    (meeting,) = told(text).meetings
    assert fields(meeting) == ("cancelled", "XXXX-05-04", "Cairo")


def test_a_conference_on_a_war_is_not_where_the_war_is(told: Callable[..., Record]) -> None:
    text = (
        "Chilean Premier Ana Rojas said today that a conference on the war in Sudan, due to take "
        "place in London on May 9, will open with Norwegian Premier Ola Berg."
    )
    (meeting,) = told(text, "2024-05-02").meetings
    assert fields(meeting) == ("planned", "2024-05-09", "London")


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param(
            "Security Adviser Al Poe, Defence Minister Eva Moe and Chairman Bo Ray spoke by "
            "telephone with Head of Office Jan Kos, Minister Lech Zet and Commander of the Polish "
            "Army Piotr Dom. Norwegian aid goes on, and the Norwegian side will send more.",
            {"Al Poe": "NOR", "Eva Moe": "NOR", "Bo Ray": "NOR"}
            | {"Jan Kos": "POL", "Lech Zet": "POL", "Piotr Dom": "POL"},
            id="two lists, one official of each country named",
        ),
        pytest.param(
            "Foreign Minister Eva Moe met Polish Foreign Minister Jan Kos in Oslo on Monday.",
            {"Eva Moe": "NOR", "Jan Kos": "POL"},
            id="the host",
        ),
        pytest.param(
            "The war in Chile went on. Ana Rojas, the country's defence minister, met Norwegian "
            "Premier Ola Berg in Madrid on Monday.",
            {"Ola Berg": "NOR", "Ana Rojas": "CHL"},
            id="the country named before",
        ),
        pytest.param(
            "Polish President Jan Kos met Norwegian Premier Ola Berg and his finance minister, Eva "
            "Moe, in Madrid.",
            {"Jan Kos": "POL", "Ola Berg": "NOR", "Eva Moe": "NOR"},
            id="whose minister she is",
        ),
        pytest.param(
            "Polish President Jan Kos met Norwegian Premier Ola Berg in Madrid. Taking part "
            "on the Norwegian side was Ambassador to Chile Eva Moe.",
            {"Jan Kos": "POL", "Ola Berg": "NOR", "Eva Moe": "NOR"},
            id="an ambassador speaks for no country that she is sent to",
        ),
        pytest.param(
            "County Commissioner Al Poe met Canadian Consul Eva Moe in the gym. Washington County "
            "paid for the chairs.",
            {"Al Poe": None, "Eva Moe": "CAN"},
            id="a county that is called like a capital",
        ),
        pytest.param(
            "Prime Minister Al Poe met Canadian Premier Eva Moe. Port of Spain was hot, Port of "
            "Spain was loud.",
            {"Al Poe": None, "Eva Moe": "CAN"},
            id="a city with another country in its name",
        ),
        pytest.param(
            "Chilean Minister Eva Moe was present at the talks between Polish Premier Jan Kos and "
            "President Ana Rojas.",
            {"Eva Moe": "CHL", "Jan Kos": "POL", "Ana Rojas": None},
            id="talks between two are of two sides",
        ),
    ],
)
def test_countries(
    told: Callable[..., Record], text: str, countries: dict[str, str | None]
) -> None:
    record = told(text)
    assert people(record, record.meetings[0]) == countries


def test_states_meet_in_the_persons_of_their_officials(told: Callable[..., Record]) -> None:
    text = (
        "Chile and Norway met in Madrid on Monday.\n"
        "“It is cold,” said Chilean Energy Minister Ana Rojas.\n"
        "Norwegian Energy Minister Ola Berg said that it was late. A Spanish spokesman, Pablo "
        "Ruiz, said that Spain had paid."
    )
    record = told(text)
    assert people(record, record.meetings[0]) == {"Ana Rojas": "CHL", "Ola Berg": "NOR"}


def test_topics_in_a_list_are_taken_whole(told: Callable[..., Record]) -> None:
    text = (
        "Chilean Premier Ana Rojas met Norwegian Premier Ola Berg in Oslo.\nThey discussed the "
        "flow of U.S. aid, a hotline between their coast guards and the release of fishing crews."
    )
    record = told(text)
    assert [topic.text for topic in record.meetings[0].topics] == ["flow of U.S. aid"]


def test_delegations_of_two_countries_are_two_sides(told: Callable[..., Record]) -> None:
    text = (
        "Government delegations of Chile and Norway worked in the town of Arica from June 3 to "
        "June 5.\nThe Norwegian delegation objected that it was hot."
    )
    record = told(text)
    (meeting,) = record.meetings
    assert people(record, meeting) == {"Chile": "CHL", "The Norwegian delegation": "NOR"}
    assert fields(meeting) == ("held", "XXXX-06-03/XXXX-06-05", "Arica")


@pytest.mark.parametrize(
    "text",
    [
        "After a three-day visit to Kenya, former mediator Ana Rojas said that time was short.",
        "Acting President Ana Rojas answered questions during her visit to the Training Centre.",
    ],
)
def test_a_mere_visit_to_a_place_is_no_meeting(told: Callable[..., Record], text: str) -> None:
    assert told(text).meetings == []
    with_host = f"{text}\nDuring the visit she met Kenyan President Bo Otieno."
    (meeting,) = told(with_host).meetings
    assert len(meeting.participants) == 2


def met(record: Record) -> list[list[str]]:
    """Who took part in each meeting."""
    return [list(people(record, meeting)) for meeting in record.meetings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Chilean Minister Ana Rojas held separate meetings with Norwegian Minister Ola Berg, "
            "Polish Premier Jan Kos and Kenyan President Bo Otieno on Monday.",
            [["Ana Rojas", "Ola Berg"], ["Ana Rojas", "Jan Kos"], ["Ana Rojas", "Bo Otieno"]],
            id="one with each of those listed",
        ),
        pytest.param(
            "Chilean Minister Ana Rojas met in Oslo with Norwegian Minister Ola Berg, Polish "
            "Premier Jan Kos and Kenyan President Bo Otieno.",
            [["Ana Rojas", "Ola Berg", "Jan Kos", "Bo Otieno"]],
            id="one with all of them",
        ),
        pytest.param(
            TWO + "Rojas also met Polish Premier Jan Kos and spoke of rail.",
            [["Ana Rojas", "Ola Berg"], ["Ana Rojas", "Jan Kos"]],
            id="who was met as well",
        ),
        pytest.param(
            TWO + "It went well.\nNobody signed.\nRojas was late.\nShe later received Polish "
            "Premier Jan Kos.",
            [["Ana Rojas", "Ola Berg"], ["Ana Rojas", "Jan Kos"]],
            id="a pronoun for who met",
        ),
        pytest.param(
            "Chilean Defence Minister Ana Rojas sat down with Polish Premier Jan Kos in Oslo.\n"
            "It went well.\nNobody signed.\nThe road is long.\n"
            "The minister also received Kenyan President Bo Otieno.",
            [["Ana Rojas", "Jan Kos"], ["Ana Rojas", "Bo Otieno"]],
            id="a description for who met",
        ),
    ],
)
def test_who_met_whom(told: Callable[..., Record], text: str, expected: list[list[str]]) -> None:
    assert met(told(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "On the sidelines of a forum in Oslo Foreign Minister Eva Moe met Polish Foreign "
            "Minister Jan Kos.",
            id="all are guests on the sidelines",
        ),
        pytest.param(
            "Foreign Minister Eva Moe met in Oslo with Norwegian Foreign Minister Ola Berg and "
            "Polish Foreign Minister Jan Kos.",
            id="the host is somebody else",
        ),
        pytest.param(
            "Foreign Minister Eva Moe met Polish Foreign Minister Jan Kos. Kenya sent tea, Kenya "
            "sent salt. Kenyan President Bo Otieno was at home.",
            id="the country that the report keeps naming is another's",
        ),
    ],
)
def test_a_country_that_is_not_told_stays_open(told: Callable[..., Record], text: str) -> None:
    record = told(text)
    assert people(record, record.meetings[0])["Eva Moe"] is None


def told_of(record: Record) -> list[tuple[str, str, str | None, str | None, set[str]]]:
    return [
        (
            meeting.status,
            meeting.mode,
            meeting.date.edtf if meeting.date else None,
            meeting.place.name if meeting.place else None,
            set(people(record, meeting)),
        )
        for meeting in record.meetings
    ]


ANE, PEDRO, LUIS = "Ane Solberg", "Pedro Rojas", "Luis Quispe"


def test_a_sentence_that_tells_of_two_meetings(told: Callable[..., Record]) -> None:
    text = (
        "Norwegian Foreign Minister Ane Solberg met Chilean President Pedro Rojas on Monday after "
        "talks with Peruvian Defense Minister Luis Quispe."
    )
    assert told_of(told(text, "2024-06-12")) == [
        ("held", "in_person", "2024-06-10", None, {ANE, PEDRO}),
        ("held", "in_person", None, None, {ANE, LUIS}),
    ]


def test_the_next_meeting_has_a_month_and_the_phone_none(told: Callable[..., Record]) -> None:
    text = (
        "Norway's new defense minister held phone talks with his Chilean counterpart Friday to "
        "discuss fisheries, the ministry said.\n\nThe talks between Defense Minister Ane Solberg "
        "and Chilean Defense Minister Pedro Rojas came as the two sides are set to meet in Oslo "
        "next month."
    )
    assert told_of(told(text, "2024-06-14")) == [
        ("held", "phone", "2024-06-14", None, {ANE, PEDRO}),
        ("planned", "in_person", "2024-07", "Oslo", {ANE, PEDRO}),
    ]


def test_a_quotation_of_a_ministry_is_a_report(told: Callable[..., Record]) -> None:
    text = (
        "Talks are to come in Lima\n\n"
        '"In the Peruvian capital, Norwegian Foreign Minister Ane Solberg will hold talks with '
        'Chilean Foreign Minister Pedro Rojas," the Foreign Ministry said.'
    )
    (meeting,) = told_of(told(text, "2024-06-12"))
    assert meeting[0] == "planned" and meeting[-1] == {ANE, PEDRO}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "OSLO, June 11 (Abc) -- Norwegian Premier Ane Solberg met Pedro Rojas, Chilean leader.",
            "OSLO",
        ),
        ("Premier Ane Solberg met President Pedro Rojas in the Swiss city of Brig.", "Brig"),
        ("Premier Ane Solberg met President Pedro Rojas at the Ilmen meeting in Oslo.", "Oslo"),
        (
            "LIMA, June 11 (Abc) -- Norwegian Premier Ane Solberg met Chilean leader Pedro Rojas.",
            None,
        ),
    ],
)
def test_towns_of_datelines_and_behind_their_kind(
    told: Callable[..., Record], text: str, place: str | None
) -> None:
    (meeting,) = told_of(told(text, "2024-06-12"))
    assert meeting[3] == place


def test_a_plan_of_the_past_is_off_where_the_meeting_is(told: Callable[..., Record]) -> None:
    text = (
        "Norwegian Premier Ane Solberg has postponed her visit to Chile.\n\n"
        "Solberg was set to meet Chilean President Pedro Rojas in Lima on June 20."
    )
    found = told_of(told(text, "2024-06-12"))
    assert ("cancelled", "2024-06-20", {ANE, PEDRO}) in [(m[0], m[2], m[-1]) for m in found]
    assert {status for status, *_ in found} == {"cancelled"}


def test_a_meeting_that_is_only_spoken_of_is_proposed(told: Callable[..., Record]) -> None:
    text = (
        "Norwegian Premier Ane Solberg met Chilean envoy Luis Quispe on Monday to discuss a "
        "possible meeting with President Pedro Rojas."
    )
    assert [(m[0], m[-1]) for m in told_of(told(text, "2024-06-12"))] == [
        ("held", {ANE, LUIS}),
        ("proposed", {ANE, PEDRO}),
    ]


@pytest.mark.parametrize("said", ["the ministry said on Tuesday", "her office said Tuesday"])
def test_the_day_on_which_it_was_said_is_not_that_of_the_meeting(
    told: Callable[..., Record], said: str
) -> None:
    text = f"Premier Ane Solberg will meet President Pedro Rojas in Oslo, {said}."
    (meeting,) = told_of(told(text, "2024-06-12"))
    assert meeting[:3] == ("planned", "in_person", None)
