"""Random valid records, and any single corruption of one, which must be caught."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from summarizer.article import article_id
from summarizer.errors import RecordError
from summarizer.record import Record, load_record, verify

LETTERS = "abcdefghijklmnopqrstuvwxyzäéßøабвгдеיִ漢字😀"
WORDS = st.lists(st.text(LETTERS, min_size=3, max_size=8), min_size=2, max_size=6).map(" ".join)
NAMES = st.tuples(*[st.text("bcdfgaeiou", min_size=3, max_size=7).map(str.title)] * 2).map(" ".join)
MARKS = st.sampled_from(["“”", '""', "«»", "„“", "「」"])
YEAR = 2024


class Writer:
    """An article that is written piece by piece, and the spans of the pieces."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, piece: str, after: str = " ") -> dict[str, Any]:
        start = len(self.text)
        self.text += piece + after
        return {"start": start, "end": start + len(piece), "text": piece}


@st.composite
def stored_records(draw: st.DrawFn) -> dict[str, Any]:
    """The JSON of a valid record of an article of random words."""
    article = Writer()
    date = article.add(f"On 3 March {YEAR}")
    verb = article.add("they met in")
    place = article.add(draw(WORDS), ".\n")
    persons, statements = [], []
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
    for number, name in enumerate(names, start=1):
        role = article.add(f"minister of {draw(WORDS)}", " ")
        mention = article.add(name)
        cue = article.add("said", ": ")
        marks = draw(MARKS)
        article.add(marks[0], "")
        spans = [article.add(draw(WORDS), f"{marks[1]}.\n")]
        persons.append(
            {
                "id": f"p{number}",
                "name": name,
                "role": role["text"],
                "evidence": {"role": [role]},
                "mentions": [mention],
            }
        )
        statements.append(
            {
                "id": f"s{number}",
                "meeting": "m1",
                "quote_type": "direct",
                "speaker": f"p{number}",
                "speaker_mention": mention,
                "cue": cue,
                "spans": spans,
                "content_spans": spans,
                "text": spans[0]["text"],
            }
        )
    sentence = f"{names[0]} spoke on {YEAR}."
    return {
        "schema_version": "1",
        "article": {"id": article_id(article.text), "text": article.text},
        "persons": persons,
        "meetings": [
            {
                "id": "m1",
                "status": "held",
                "date": {"edtf": f"{YEAR}-03-03", "text": date["text"], "span": date},
                "place": {"name": place["text"], "span": place},
                "participants": [person["id"] for person in persons],
                "evidence": {"status": [verb]},
            }
        ],
        "statements": statements,
        "summary": {"text": sentence, "sentences": [{"text": sentence, "support": [verb]}]},
        "provenance": {
            "prompt": {"name": "n", "version": "1", "sha256": "0"},
            "model": "m",
            "endpoint": "local",
            "parameters": {},
            "summarizer_version": "0",
            "created": "2024-03-04T10:00:00Z",
            "seconds": 0.0,
            "usage": {},
        },
    }


def spans_in(part: Any) -> Iterator[dict[str, Any]]:
    """Every span of a stored record; the same one may stand in two places."""
    if isinstance(part, dict):
        if set(part) == {"start", "end", "text"}:
            yield part
        for value in part.values():
            yield from spans_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from spans_in(value)


def refused(stored: dict[str, Any]) -> bool:
    with pytest.raises(RecordError):
        load_record(json.dumps(stored))
    return True


def copied(stored: dict[str, Any]) -> Any:
    """The same JSON in which no span is shared by two fields."""
    return json.loads(json.dumps(stored))


def changed_at(text: str, at: int) -> str:
    """The text with one character of it changed."""
    return text[:at] + ("q" if text[at] != "q" else "w") + text[at + 1 :]


@given(stored_records())
def test_a_record_made_of_random_words_is_valid(stored: dict[str, Any]) -> None:
    record = verify(Record.model_validate(stored))
    assert load_record(json.dumps(stored)) == record


@given(stored_records(), st.data(), st.integers(-40, 40).filter(bool))
def test_a_shifted_span_is_caught(stored: dict[str, Any], data: st.DataObject, by: int) -> None:
    stored = copied(stored)
    span = data.draw(st.sampled_from(list(spans_in(stored))))
    start, end = span["start"] + by, span["end"] + by
    assume(stored["article"]["text"][max(0, start) : max(0, end)] != span["text"])
    span |= {"start": start, "end": end}
    assert refused(stored)


@given(stored_records(), st.data())
def test_a_span_of_another_length_is_caught(stored: dict[str, Any], data: st.DataObject) -> None:
    stored = copied(stored)
    span = data.draw(st.sampled_from(list(spans_in(stored))))
    span[data.draw(st.sampled_from(["start", "end"]))] += data.draw(st.sampled_from([-1, 1]))
    assert refused(stored)


@given(stored_records(), st.data())
def test_a_changed_character_of_a_span_is_caught(
    stored: dict[str, Any], data: st.DataObject
) -> None:
    stored = copied(stored)
    span = data.draw(st.sampled_from(list(spans_in(stored))))
    at = data.draw(st.integers(0, len(span["text"]) - 1))
    span["text"] = changed_at(span["text"], at)
    assert refused(stored)


@given(stored_records(), st.data())
def test_a_changed_character_of_the_article_is_caught(
    stored: dict[str, Any], data: st.DataObject
) -> None:
    article = stored["article"]
    at = data.draw(st.integers(0, len(article["text"]) - 1))
    article["text"] = changed_at(article["text"], at)
    assert refused(stored)
    article["id"] = article_id(article["text"])
    places = [span for span in spans_in(stored) if span["start"] <= at < span["end"]]
    assert not places or refused(stored)


@given(stored_records(), st.data())
def test_a_changed_character_of_a_copied_text_is_caught(
    stored: dict[str, Any], data: st.DataObject
) -> None:
    stored = copied(stored)
    person = data.draw(st.sampled_from(stored["persons"]))
    statement = data.draw(st.sampled_from(stored["statements"]))
    meeting = stored["meetings"][0]
    part, field = data.draw(
        st.sampled_from(
            [
                (person, "role"),
                (statement, "text"),
                (meeting["date"], "text"),
                (meeting["place"], "name"),
                (stored["summary"], "text"),
            ]
        )
    )
    at = data.draw(st.integers(0, len(part[field]) - 1))
    part[field] = changed_at(part[field], at)
    assume(field != "name" or part["name"] not in part["span"]["text"])
    assert refused(stored)


@given(stored_records(), st.data())
def test_a_dropped_person_meeting_or_doubled_statement_is_caught(
    stored: dict[str, Any], data: st.DataObject
) -> None:
    what = data.draw(st.sampled_from(["persons", "meetings", "statements"]))
    items = stored[what]
    index = data.draw(st.integers(0, len(items) - 1))
    if what == "statements":
        items.append(items[index])
    else:
        del items[index]
    assert refused(stored)


@given(stored_records(), st.integers(1000, 9999).filter(lambda year: year != YEAR))
def test_a_changed_year_is_caught(stored: dict[str, Any], year: int) -> None:
    dated = copied(stored)
    dated["meetings"][0]["date"]["edtf"] = f"{year}-03-03"
    assert refused(dated)
    told = copied(stored)
    sentence = told["summary"]["sentences"][0]
    told["summary"]["text"] = sentence["text"] = sentence["text"].replace(str(YEAR), str(year))
    assert refused(told)


@given(stored_records(), NAMES)
def test_a_name_put_into_the_summary_is_caught(stored: dict[str, Any], name: str) -> None:
    assume(name.split()[0].casefold() not in stored["article"]["text"].casefold())
    sentence = stored["summary"]["sentences"][0]
    stored["summary"]["text"] = sentence["text"] = f"They met {name} in {YEAR}."
    assert refused(stored)
