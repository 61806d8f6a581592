"""schema.org as JSON-LD: articles, meetings (Event), persons, and what they said (Quotation).

The context is in the document: nothing is fetched. Indirect speech is a `Statement`, since nobody
is quoted. A date is EDTF, typed as such where schema.org's own form cannot say it. Places in the
article are the positions of the Web Annotation vocabulary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summarizer.controls import spelled
from summarizer.export.address import hash_address
from summarizer.export.form import Form
from summarizer.linkage import statement_topics
from summarizer.record import Meeting, MeetingMode, MeetingStatus, Person, Record, Statement

Node = dict[str, Any]

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}
_PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_STATUS: dict[MeetingStatus, str] = {
    "held": "EventScheduled",  # "is taking place or has taken place as scheduled"
    "planned": "EventScheduled",
    "cancelled": "EventCancelled",
}
_MODES: dict[MeetingMode, str] = {
    "in_person": "OfflineEventAttendanceMode",
    "video": "OnlineEventAttendanceMode",
    "phone": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_TYPES = {"person": "Person", "organization": "Organization", "group": "Organization"}


def write(records: Iterable[Record], path: Path) -> None:
    """One document with a graph, a node on a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {json.dumps(_CONTEXT)}, "@graph": [')
        lead = "\n"
        for number, record in enumerate(records):
            for node in _nodes(record, number):
                file.write(lead + spelled(json.dumps(_known(node), ensure_ascii=False)))
                lead = ",\n"
        file.write("\n]}\n")


def _nodes(record: Record, number: int) -> Iterator[Node]:
    """Things of one record; the number keeps two records of one text apart."""
    base = f"{hash_address(record.article.id)}?n={number}"
    article = record.article
    yield {
        "@id": base,
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.uri,
        "publisher": article.publisher and {"@type": "Organization", "name": article.publisher},
        "datePublished": article.published,
        "inLanguage": article.language,
        "articleBody": article.text,
    }
    for person in record.persons:
        yield _person(person, base)
    for meeting in record.meetings:
        yield _event(meeting, base)
    for statement in record.statements:
        yield _statement(record, statement, base)


def _person(person: Person, base: str) -> Node:
    organization = person.organization
    return {
        "@id": f"{base}#{person.id}",
        "@type": _TYPES[person.type],
        "name": person.name,
        "jobTitle": person.role if person.type == "person" else None,
        "honorificPrefix": person.rank if person.type == "person" else None,
        "affiliation": organization and {"@type": "Organization", "name": organization},
        "nationality": _country(person.country) if person.type == "person" else None,
        "subjectOf": {"@id": base},
    }


def _event(meeting: Meeting, base: str) -> Node:
    first, _, last = (meeting.date.edtf if meeting.date else "").partition("/")
    place = meeting.place
    return {
        "@id": f"{base}#{meeting.id}",
        "@type": "Event",
        "additionalType": meeting.kind,
        "name": meeting.kind,
        "eventStatus": _one_of(_STATUS.get(meeting.status)),
        "description": meeting.status,
        "eventAttendanceMode": _one_of(_MODES.get(meeting.mode)),
        "startDate": _date(first),
        "endDate": _date(last),
        "location": place
        and _known(
            {"@type": "Place", "name": place.name, "containedInPlace": _country(place.country)}
        ),
        "attendee": [{"@id": f"{base}#{each}"} for each in meeting.participants],
        "about": [{"@type": "Thing", "name": topic.text} for topic in meeting.topics],
        "subjectOf": {"@id": base},
    }


def _statement(record: Record, statement: Statement, base: str) -> Node:
    indirect = statement.quote_type == "indirect"
    speaker = statement.speaker and {"@id": f"{base}#{statement.speaker}"}
    return {
        "@id": f"{base}#{statement.id}",
        "@type": "Statement" if indirect else "Quotation",
        "creator" if indirect else "spokenByCharacter": speaker,
        "text": statement.text,
        "about": [
            {"@type": "Thing", "name": topic} for topic in statement_topics(record, statement)
        ],
        "recordedAt": statement.meeting and {"@id": f"{base}#{statement.meeting}"},
        "isPartOf": {"@id": base},
        "oa:hasSelector": [
            {"@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end}
            for span in statement.spans
        ],
    }


def _date(edtf: str) -> str | Node | None:
    if edtf in ("", ".."):
        return None
    return edtf if _PLAIN.fullmatch(edtf) else {"@value": edtf, "@type": "edtf:EDTF"}


def _country(code: str | None) -> Node | None:
    return {"@type": "Country", "identifier": code} if code else None


def _one_of(name: str | None) -> Node | None:
    return {"@id": f"https://schema.org/{name}"} if name else None


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, [])}


FORM = Form("schema.org: articles, events, persons and quotations as linked data", write)
