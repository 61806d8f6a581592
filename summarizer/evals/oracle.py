"""The record that a perfect reader would give: it scores 1 in everything the scorer measures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.article import Article, Span
from summarizer.evals.gold import Fixture, GoldMeeting, GoldStatement
from summarizer.evals.names import GoldName
from summarizer.record import (
    Meeting,
    MeetingDate,
    Person,
    Place,
    PromptIdentity,
    Provenance,
    Record,
    RecordUsage,
    Statement,
    Supported,
)


def oracle(fixture: Fixture) -> Record:
    """The gold of a fixture as a record, optional items included."""
    somewhere = _first_word(fixture.text)
    people = {who: f"p{number}" for number, who in enumerate(_people(fixture), start=1)}
    return Record(
        article=Article(
            id=fixture.article_id,
            uri=f"{fixture.id}.txt",
            published=fixture.published,
            text=fixture.text,
        ),
        persons=[
            Person(id=key, name=name, country=country, mentions=[somewhere])
            for (name, country), key in people.items()
        ],
        meetings=[_meeting(meeting, people, fixture.text) for meeting in fixture.meetings],
        statements=[_statement(said, people) for said in fixture.statements],
        provenance=Provenance(
            prompt=PromptIdentity(name="oracle", version="1", sha256="0" * 64),
            model="oracle",
            endpoint="local",
            parameters={},
            summarizer_version="0",
            created="2000-01-01T00:00:00+00:00",
            seconds=0.0,
            usage=RecordUsage(),
        ),
    )


def _people(fixture: Fixture) -> Iterable[tuple[str, str | None]]:
    return dict.fromkeys(_key(who) for who in fixture.everyone.names)


def _key(who: GoldName) -> tuple[str, str | None]:
    return who.name, who.country


def _meeting(gold: GoldMeeting, people: dict[tuple[str, str | None], str], text: str) -> Meeting:
    entry, somewhere = gold.entry, _first_word(text)
    date = None
    if entry.date is not None:
        span = _find(text, entry.date_text) if entry.date_text else somewhere
        date = MeetingDate(edtf=entry.date, text=span.text, span=span)
    place = None
    if entry.place is not None:
        span = _find(text, entry.place)
        place = Place(name=span.text, span=span)
    return Meeting(
        id=f"m{gold.index + 1}",
        status=entry.status,
        mode=entry.mode,
        date=date,
        place=place,
        participants=[people[_key(member.who)] for member in gold.participants],
        topics=[Supported(text=topic, support=[somewhere]) for topic in entry.topics],
        outcomes=[Supported(text=outcome, support=[somewhere]) for outcome in entry.outcomes],
    )


def _statement(gold: GoldStatement, people: dict[tuple[str, str | None], str]) -> Statement:
    return Statement(
        id=f"s{gold.index + 1}",
        quote_type=gold.quote_type,
        speaker=people[_key(gold.speaker)] if gold.speaker else None,
        speaker_mention=gold.speaker_mention,
        cue=gold.cue,
        spans=list(gold.segments),
        content_spans=list(gold.content),
        text=" ".join(segment.text for segment in gold.segments),
    )


def _find(text: str, words: str) -> Span:
    found = re.search(re.escape(words), text, re.IGNORECASE)
    if found is None:
        return _first_word(text)
    return Span(start=found.start(), end=found.end(), text=found.group())


def _first_word(text: str) -> Span:
    found = re.search(r"\w+", text)
    if found is None:
        raise ValueError("the article has no words")
    return Span(start=found.start(), end=found.end(), text=found.group())
