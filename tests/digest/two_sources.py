"""Two made-up articles about one meeting, which agree on all but the place, and their records."""

from __future__ import annotations

from summarizer.article import Article, Span, article_id
from summarizer.record import (
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
    Supported,
    verify,
)

HERALD = (
    "On 4 March 2024, Norwegian Foreign Minister Anna Lind held talks with Brazilian Foreign "
    "Minister Pedro Sousa in Oslo. “The ferry will sail in May,” Lind said. Both spoke about "
    "fishing quotas."
)
COURIER = (
    "Norwegian Foreign Minister Lind held talks with Brazilian Foreign Minister Pedro Sousa in "
    "Bergen on 4 March. Sousa said that fishing quotas would not change before the summer."
)


def two_sources() -> list[Record]:
    """The records of both articles; the second names its Norwegian by her family name only."""
    return [herald(), courier()]


def herald() -> Record:
    """What the first article says."""
    at = _Finder(HERALD)
    spans = [at("The ferry will sail in May,")]
    statement = Statement(
        id="s1",
        meeting="m1",
        quote_type="direct",
        speaker="p1",
        speaker_mention=at("Lind", 1),
        cue=at("said"),
        spans=spans,
        content_spans=spans,
        text=spans[0].text,
    )
    date = MeetingDate(edtf="2024-03-04", text="On 4 March 2024", span=at("On 4 March 2024"))
    return _record(at, "Anna Lind", "herald", "2024-03-05", date, "Oslo", statement)


def courier() -> Record:
    """What the second article says."""
    at = _Finder(COURIER)
    spans = [at("fishing quotas would not change before the summer")]
    statement = Statement(
        id="s1",
        meeting="m1",
        quote_type="indirect",
        speaker="p2",
        speaker_mention=at("Sousa", 1),
        cue=at("said"),
        spans=spans,
        content_spans=spans,
        text=spans[0].text,
    )
    date = MeetingDate(edtf="XXXX-03-04", text="on 4 March", span=at("on 4 March"))
    return _record(at, "Lind", "courier", None, date, "Bergen", statement)


class _Finder:
    """Spans of a text by their words."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, part: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(part, start + 1)
        return Span(start=start, end=start + len(part), text=part)


def _record(
    at: _Finder,
    lind: str,
    paper: str,
    published: str | None,
    date: MeetingDate,
    place: str,
    statement: Statement,
) -> Record:
    role = [at("Foreign Minister")]
    other = [at("Foreign Minister", 1)]
    minister = {"role": "Foreign Minister"}
    people = [
        Person(
            id="p1",
            name=lind,
            **minister,
            country="NOR",
            country_text="Norwegian",
            evidence=PersonEvidence(role=role, country=[at("Norwegian")]),
            mentions=[at(lind)],
        ),
        Person(
            id="p2",
            name="Pedro Sousa",
            **minister,
            country="BRA",
            country_text="Brazilian",
            evidence=PersonEvidence(role=other, country=[at("Brazilian")]),
            mentions=[at("Pedro Sousa")],
        ),
    ]
    meeting = Meeting(
        id="m1",
        status="held",
        kind="talks",
        mode="in_person",
        date=date,
        place=Place(name=place, span=at(place)),
        participants=["p1", "p2"],
        evidence=MeetingEvidence(
            status=[at("held talks")], kind=[at("talks")], mode=[at(f"in {place}")]
        ),
        topics=[Supported(text="fishing quotas", support=[at("fishing quotas")])],
    )
    return verify(
        Record(
            article=Article(
                id=article_id(at.text),
                uri=f"https://{paper}.example/lind-sousa",
                title=f"Lind and Sousa in {place}",
                publisher=f"The {paper.title()}",
                published=published,
                language="en",
                text=at.text,
            ),
            persons=people,
            meetings=[meeting],
            statements=[statement],
            provenance=Provenance(
                prompt=PromptIdentity(name="example", version="1", sha256="0" * 64),
                model="by hand",
                endpoint="local",
                parameters={},
                summarizer_version="0.1.0",
                created="2024-03-06T08:00:00Z",
                seconds=0.0,
                usage=RecordUsage(),
            ),
        )
    )
