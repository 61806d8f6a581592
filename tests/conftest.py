"""A small article made up for the tests, and the record a careful reader would make of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import settings

from summarizer.article import Article, Span, article_id
from summarizer.record import (
    Check,
    Meeting,
    MeetingDate,
    MeetingEvidence,
    Person,
    PersonEvidence,
    Place,
    PromptIdentity,
    Provenance,
    Record,
    RecordUsage,
    Statement,
    Summary,
    Supported,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--screenshots", action="store_true", help="Write the pictures of `docs/images` anew."
    )


# A busy machine is no failure.
settings.register_profile("summarizer", deadline=None)
settings.load_profile("summarizer")

TEXT = (
    "On March 3, Norwegian Foreign Minister Anna Lind met Admiral Pedro Sousa of Brazil in Oslo.\n"
    "“We will send 12 ships,” Lind said. “They will sail in May.”\n"
    "Sousa noted that the plan “fully meets our needs” this year. He added that talks would go on."
)


def find(part: str, text: str = TEXT, nth: int = 0) -> Span:
    """The span of the `nth` place where `part` stands in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    return Span(start=start, end=start + len(part), text=part)


def build_record() -> Record:
    """The record of `TEXT`, new each time."""
    lind = Person(
        id="p1",
        name="Anna Lind",
        role="Foreign Minister",
        country="NOR",
        country_text="Norwegian",
        evidence=PersonEvidence(role=[find("Foreign Minister")], country=[find("Norwegian")]),
        mentions=[find("Anna Lind"), find("Lind", nth=1)],
    )
    sousa = Person(
        id="p2",
        name="Pedro Sousa",
        rank="Admiral",
        country="BRA",
        country_text="Brazil",
        evidence=PersonEvidence(rank=[find("Admiral")], country=[find("Brazil")]),
        mentions=[find("Pedro Sousa"), find("Sousa", nth=1), find("He")],
    )
    meeting = Meeting(
        id="m1",
        status="held",
        kind="talks",
        mode="in_person",
        date=MeetingDate(edtf="XXXX-03-03", text="On March 3", span=find("On March 3")),
        place=Place(name="Oslo", country="NOR", span=find("Oslo")),
        participants=["p1", "p2"],
        evidence=MeetingEvidence(status=[find("met")], kind=[find("talks")], mode=[find("met")]),
        topics=[Supported(text="ships", support=[find("ships")])],
        outcomes=[Supported(text="12 ships will sail in May", support=[find("12 ships")])],
    )
    direct = [find("We will send 12 ships,"), find("They will sail in May.")]
    clause = find("the plan “fully meets our needs” this year")
    indirect = [find("talks would go on")]
    return Record(
        article=Article(id=article_id(TEXT), uri="oslo.txt", language="en", text=TEXT),
        persons=[lind, sousa],
        meetings=[meeting],
        statements=[
            Statement(
                id="s1",
                meeting="m1",
                quote_type="direct",
                speaker="p1",
                speaker_mention=find("Lind", nth=1),
                cue=find("said"),
                addressee="p2",
                spans=direct,
                content_spans=direct,
                text="We will send 12 ships, They will sail in May.",
            ),
            Statement(
                id="s2",
                meeting="m1",
                quote_type="mixed",
                speaker="p2",
                speaker_mention=find("Sousa", nth=1),
                cue=find("noted"),
                spans=[find("fully meets our needs")],
                content_spans=[clause],
                text="fully meets our needs",
            ),
            Statement(
                id="s3",
                quote_type="indirect",
                speaker="p2",
                speaker_mention=find("He"),
                cue=find("added"),
                spans=indirect,
                content_spans=indirect,
                text="talks would go on",
            ),
        ],
        summary=Summary(
            text="Anna Lind met Pedro Sousa in Oslo. Both spoke of 12 ships.",
            sentences=[
                Supported(text="Anna Lind met Pedro Sousa in Oslo.", support=[find("met")]),
                Supported(text="Both spoke of 12 ships.", support=[find("12 ships")]),
            ],
        ),
        checks=[
            Check(
                code="example",
                severity="info",
                where="meetings[0].date.edtf",
                message="the article gives no year",
                span=find("On March 3"),
            )
        ],
        provenance=Provenance(
            prompt=PromptIdentity(name="grounded", version="1", sha256="0" * 64),
            model="example-model",
            endpoint="local",
            parameters={"temperature": 0, "seed": 1, "note": None},
            summarizer_version="0.1.0",
            created="2024-03-04T10:00:00Z",
            seconds=1.5,
            usage=RecordUsage(calls=2, attempts=3, prompt_tokens=900, completion_tokens=80),
        ),
    )


@pytest.fixture(autouse=True)
def _own_manners(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test finds out about servers is neither the user's nor another test's."""
    folder = tmp_path_factory.getbasetemp() / "servers" / uuid4().hex
    monkeypatch.setattr("summarizer.model.remembered.manners_folder", lambda: folder)


@pytest.fixture
def record() -> Record:
    """A valid record with every kind of part."""
    return build_record()


@pytest.fixture
def span() -> Callable[..., Span]:
    """`span(part, nth=0)`: where a part of the record's article stands."""
    return find
