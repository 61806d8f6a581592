"""ninjs 2.4, the IPTC's news in JSON: each article with who, where and what it is about, a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from summarizer.controls import spelled
from summarizer.export.address import hash_address
from summarizer.export.form import Form
from summarizer.record import Meeting, Record


def write(records: Iterable[Record], path: Path) -> None:
    """JSON Lines: one news item for each record."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(spelled(json.dumps(_item(record), ensure_ascii=False)) + "\n")


def _item(record: Record) -> dict[str, Any]:
    article = record.article
    took_part = {each for meeting in record.meetings for each in meeting.participants}
    named = {
        kind: [
            {"name": person.name, "rel": "about" if person.id in took_part else "mentions"}
            for person in record.persons
            if (person.type == "person") is (kind == "people")
        ]
        for kind in ("people", "organisations")
    }
    places = dict.fromkeys(each.place.name for each in record.meetings if each.place)
    topics = dict.fromkeys(topic.text for each in record.meetings for topic in each.topics)
    item = {
        "uri": hash_address(article.id),
        "type": "text",
        "representationtype": "full" if article.text is not None else "partial",
        "language": article.language,
        "contentcreated": article.published and f"{article.published}T00:00:00Z",
        "versioncreated": record.provenance.created,
        "headlines": article.title and [{"role": "main", "value": article.title}],
        "descriptions": record.summary and [{"role": "summary", "value": record.summary.text}],
        "bodies": _bodies(article.text),
        **named,
        "places": [{"name": name, "rel": "about"} for name in places],
        "events": [
            {"name": _event_name(record, meeting), "rel": "about"} for meeting in record.meetings
        ],
        "subjects": [{"name": name, "rel": "about"} for name in topics],
        "infosources": article.publisher and [{"name": article.publisher}],
        "altids": article.uri and [{"role": "source", "value": article.uri}],
    }
    return {name: value for name, value in item.items() if value}


def _bodies(text: str | None) -> list[dict[str, Any]]:
    if text is None:
        return []
    plain = {"role": "main", "contenttype": "text/plain"}
    return [{**plain, "charcount": len(text), "wordcount": len(text.split()), "value": text}]


def _event_name(record: Record, meeting: Meeting) -> str:
    names = {person.id: person.name for person in record.persons}
    who = ", ".join(names[each] for each in meeting.participants)
    return f"{who}: {meeting.kind}" if who else meeting.kind


FORM = Form("each article as the IPTC's news in JSON, one a line", write)
