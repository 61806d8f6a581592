"""Popolo: persons, organizations, events and speeches, what several articles share told once.

A person's office and organization are a membership. Popolo has dates as far as they are known; an
open year has none, and stays in the event's description.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from summarizer.controls import spelled
from summarizer.export.form import Form
from summarizer.linkage import Mention, link, report, settled
from summarizer.record import Meeting, Person, Record

Item = dict[str, Any]

Thing = TypeVar("Thing", Person, Meeting)

_PLAIN = re.compile(r"\d{4}(-\d\d){0,2}")


def write(records: Iterable[Record], path: Path) -> None:
    """One document; all records are in memory at once."""
    document = _document(list(records))
    text = spelled(json.dumps(document, ensure_ascii=False, indent=1))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _document(records: Sequence[Record]) -> dict[str, list[Item]]:
    linkage = link(records)
    who, which = linkage.numbers()
    found: dict[str, list[Item]] = {
        name: [] for name in ("persons", "organizations", "memberships", "events", "speeches")
    }
    for number, group in enumerate(linkage.people):
        persons = [_of(records[at].persons, name) for at, name in group]
        _add_person(found, number, persons, _sources(records, group))
    for number, group in enumerate(linkage.meetings):
        meetings = [_of(records[at].meetings, name) for at, name in group]
        there = (
            who[at, each]
            for (at, _), m in zip(group, meetings, strict=True)
            for each in m.participants
        )
        event = _event(records, group, meetings[0])
        attendees = [{"id": f"person-{each}"} for each in dict.fromkeys(there)]
        found["events"].append({"id": f"event-{number}", **event, "attendees": attendees})
    for at, record in enumerate(records):
        found["speeches"] += _speeches(record, at, who, which)
    return found


def _add_person(
    found: dict[str, list[Item]], number: int, persons: Sequence[Person], sources: list[Item]
) -> None:
    names = sorted({person.name for person in persons}, key=lambda name: (-len(name), name))
    country = next((person.country for person in persons if person.country), None)
    key = f"person-{number}"
    item: Item = {"id": key, "name": names[0], "sources": sources}
    if names[1:]:
        item["other_names"] = [{"name": name} for name in names[1:]]
    if persons[0].type != "person":
        found["organizations"].append({**item, "classification": persons[0].type})
        return
    ranks = sorted({person.rank for person in persons if person.rank})
    item |= {"honorific_prefix": ranks[0]} if ranks else {}
    item |= {"national_identity": country} if country else {}
    found["persons"].append(item)
    held = dict.fromkeys((each.role, each.organization) for each in persons)
    for role, organization in held:
        if role or organization:
            membership: Item = {"person_id": key, "role": role}
            membership["organization"] = {"name": organization} if organization else None
            found["memberships"].append({k: v for k, v in membership.items() if v})


def _event(records: Sequence[Record], group: Sequence[Mention], first: Meeting) -> Item:
    what = settled([report(records[at], name) for at, name in group])
    begin, _, end = (what.date or "").partition("/")
    item = {
        "name": first.kind,
        "classification": what.kind,
        "status": what.status,
        "description": f"{what.mode}, {what.date or 'no date'}",
        "start_date": begin if _PLAIN.fullmatch(begin) else None,
        "end_date": (end or begin) if _PLAIN.fullmatch(end or begin) else None,
        "location": what.place,
        "sources": _sources(records, group),
    }
    return {name: value for name, value in item.items() if value is not None}


def _speeches(
    record: Record, at: int, who: dict[Mention, int], which: dict[Mention, int]
) -> Iterator[Item]:
    for position, each in enumerate(record.statements):
        speaker, audience = (who.get((at, name or "")) for name in (each.speaker, each.addressee))
        event = which.get((at, each.meeting or ""))
        item = {
            "id": f"speech-{at}-{each.id}",
            "creator_id": None if speaker is None else f"person-{speaker}",
            "attribution_text": each.speaker_mention and each.speaker_mention.text,
            "audience_id": None if audience is None else f"person-{audience}",
            "text": " ".join(span.text for span in each.content_spans),
            "type": each.quote_type,
            "position": position,
            "event_id": None if event is None else f"event-{event}",
            "sources": [_source(record)],
        }
        yield {name: value for name, value in item.items() if value is not None}


def _sources(records: Sequence[Record], group: Sequence[Mention]) -> list[Item]:
    return [_source(records[at]) for at in dict.fromkeys(at for at, _ in group)]


def _source(record: Record) -> Item:
    article = record.article
    note = article.title or article.publisher
    return {"url": article.uri or article.id, **({"note": note} if note else {})}


def _of(things: Sequence[Thing], name: str) -> Thing:
    return next(each for each in things if each.id == name)


FORM = Form("persons, organizations, memberships, events and speeches", write)
