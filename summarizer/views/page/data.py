"""A record as the page's script reads it: every word ready to be shown, every field with a path."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from summarizer.article import Span, marked
from summarizer.record import Meeting, Person, Record, Statement, Supported
from summarizer.views import words
from summarizer.views.page.doubts import looks, sureness
from summarizer.views.page.pieces import cut, places

Data = dict[str, Any]


def index_entry(record: Record) -> Data:
    """What the list of records shows and searches."""
    meetings = record.meetings
    people = [person for meeting in meetings for person in words.participants(record, meeting)]
    names = list(dict.fromkeys(words.clean(person.name) for person in people))
    topics = [topic.text for meeting in meetings for topic in meeting.topics]
    about = [*map(words.person_line, people), *topics, record.article.publisher or ""]
    return {
        "article": record.article.id,
        "title": words.title(record),
        "source": words.source(record),
        "dates": [words.clean(m.date.edtf) for m in meetings if m.date],
        "people": names,
        "status": list(dict.fromkeys(meeting.status for meeting in meetings)),
        "statements": len(record.statements),
        "doubts": sum(look.severity != "info" for look in looks(record)),
        "about": words.clean(" ".join(about)),
    }


def page_record(record: Record, *, text: bool = True) -> Data:
    """One record with its article in pieces; without them if the text is not there or not wanted.

    Offsets are code points of the article. Words are as they may be shown: a sign stands for each
    character that would not be seen.
    """
    body = record.article.text if text else None
    found = places(record)
    fields = list(dict.fromkeys(place.field for place in found))
    number = {field: index for index, field in enumerate(fields)}
    doubtful = {look.item for look in looks(record) if look.severity != "info"}
    return {
        "article": record.article.id,
        "title": words.title(record),
        "source": words.source(record),
        "language": record.article.language,
        "made": words.made_by(record),
        "fields": fields,
        "pieces": None
        if body is None
        else [
            [piece.start, marked(piece.text), [number[field] for field in piece.fields]]
            for piece in cut(body, found)
        ],
        "persons": [_person(person) for person in record.persons],
        "meetings": [
            _meeting(meeting) | {"doubtful": f"meetings[{index}]" in doubtful}
            for index, meeting in enumerate(record.meetings)
        ],
        "statements": [
            _statement(record, statement) | {"doubtful": f"statements[{index}]" in doubtful}
            for index, statement in enumerate(record.statements)
        ],
        "summary": [words.clean(each.text) for each in record.summary.sentences]
        if record.summary
        else [],
        "looks": [asdict(look) for look in looks(record, fields)],
        "corrections": _corrections(record),
    }


def _person(person: Person) -> Data:
    return {
        "id": person.id,
        "name": words.clean(person.name),
        "line": words.person_line(person),
        "about": [
            {"part": part, "text": words.clean(value)}
            for part, value in (
                ("evidence.rank", person.rank),
                ("evidence.role", person.role),
                ("evidence.country", _country(person)),
                ("organization", person.organization),
            )
            if value
        ],
    }


def _country(person: Person) -> str | None:
    if person.country and person.country_text:
        return f"{person.country}, “{person.country_text}”"
    return person.country or person.country_text


def _meeting(meeting: Meeting) -> Data:
    date = meeting.date
    return {
        "id": meeting.id,
        "how": words.how(meeting),
        "when": words.when(meeting),
        "where": words.where(meeting),
        "status": meeting.status,
        "kind": meeting.kind,
        "mode": words.MODES[meeting.mode],
        "participants": meeting.participants,
        "date": date and {"edtf": words.clean(date.edtf), "span": _span(date.span)},
        "topics": _texts(meeting.topics),
        "outcomes": _texts(meeting.outcomes),
    }


def _texts(items: list[Supported]) -> list[str]:
    return [words.clean(item.text) for item in items]


def _statement(record: Record, statement: Statement) -> Data:
    return {
        "id": statement.id,
        "meeting": statement.meeting,
        "type": statement.quote_type,
        "speaker": statement.speaker,
        "said": words.said(statement),
        "content": [_span(span) for span in statement.content_spans],
        "cue": statement.cue and _span(statement.cue),
        "speaker_mention": statement.speaker_mention and _span(statement.speaker_mention),
        "confidence": statement.confidence,
        "sureness": sureness(statement),
        "topics": _topics(record, statement),
    }


def _topics(record: Record, statement: Statement) -> list[str]:
    """Its own topics, and those of the meetings that have their words in it."""
    own = [words.clean(topic) for topic in statement.topics]
    shared = [
        words.clean(topic.text)
        for meeting in record.meetings
        for topic in meeting.topics
        if any(s.overlaps(part) for s in topic.support for part in statement.content_spans)
    ]
    return list(dict.fromkeys([*own, *shared]))


def _span(span: Span) -> Data:
    return {"start": span.start, "end": span.end, "text": marked(span.text)}


def _corrections(record: Record) -> int:
    history = (record.model_extra or {}).get("history", [])
    return len(history) if isinstance(history, list) else 0
