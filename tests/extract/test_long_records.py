"""A whole record from an article that is too long for the model: it is read in parts."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.article import Article, article_id
from summarizer.errors import ContextExceeded, TruncatedAnswer
from summarizer.extract import summarize_article
from summarizer.model import Answer, Parameters, Request, Usage
from summarizer.prompt import Message, load_prompt
from summarizer.record import Record, check_record

T = TypeVar("T", bound=BaseModel)
Item = dict[str, Any]

LEAD = (
    "TALLINN, 4 May. On Tuesday, 4 May, Chilean Defense Minister Ana Rojas held talks via video "
    "link with the Norwegian minister of defence, Admiral Ola Berg."
)
TOWNS = [
    "Alvik",
    "Bremsund",
    "Corvela",
    "Dunholm",
    "Estrada",
    "Fjordby",
    "Galtvik",
    "Hamnes",
    "Istedal",
    "Jorund",
    "Kalvik",
    "Lomsdal",
    "Morvik",
    "Nesbyen",
    "Olaby",
    "Petrika",
    "Quillota",
    "Rodvik",
    "Salinas",
    "Tromvik",
]


def block(number: int) -> str:
    """Two statements, one of which goes on in the next paragraph, and one reported in part."""
    town = TOWNS[number]
    return (
        f"“The pier of {town} takes {number + 3} ships,” Rojas said. “It was built in a year.”\n"
        f"Berg said that the crews of {town} would train {number + 40} pilots.\n"
        f"“We know {town} well.\n\n“Nobody should doubt that {number + 200} families live there,” "
        f"Rojas added.\n"
        f"He noted that the road to {town} “fully meets the needs of {number + 70} drivers” today."
    )


def said(number: int) -> list[Item]:
    town = TOWNS[number]
    rojas = {"speaker": "Ana Rojas", "speaker_mention": "Rojas", "clause": None}
    berg = {"speaker": "Ola Berg", "cue": "said", "quotations": []}
    mixed = f"fully meets the needs of {number + 70} drivers"
    return [
        {
            **rojas,
            "cue": "said",
            "quotations": [
                f"The pier of {town} takes {number + 3} ships,",
                "It was built in a year.",
            ],
        },
        {
            **berg,
            "speaker_mention": "Berg",
            "clause": f"the crews of {town} would train {number + 40} pilots",
        },
        {
            **rojas,
            "cue": "added",
            "quotations": [
                f"We know {town} well.",
                f"Nobody should doubt that {number + 200} families live there,",
            ],
        },
        {
            **berg,
            "speaker_mention": "He",
            "cue": "noted",
            "quotations": [mixed],
            "clause": f'the road to {town} "{mixed}" today',
        },
    ]


def long_article(blocks: int) -> str:
    return "\n".join([LEAD, *map(block, range(blocks))])


def person(name: str, seen: str) -> Item | None:
    """As a reader would give someone whom the shown text names, by the name that it has."""
    surname = name.split()[-1]
    if surname not in seen:
        return None
    role = {"Ana Rojas": "Defense Minister", "Ola Berg": "minister of defence"}[name]
    return {
        "name": name,
        "type": "person",
        "role": role if role in seen else None,
        "rank": None,
        "country": None,
        "organization": None,
    }


MEETING: Item = {
    "status": "held",
    "status_words": "held talks",
    "kind": "talks",
    "kind_words": "talks",
    "mode": "video",
    "mode_words": "via video link",
    "date": "Tuesday, 4 May",
    "place": None,
    "participants": ["Ana Rojas", "Ola Berg"],
    "topics": [],
    "outcomes": [],
}


class Reader:
    """A model that tells all it is shown, and no more; `room` are the tokens it can take.

    Args:
        room: its context.
        tells: whether it says so beforehand.
        cuts: it cuts an answer that finds no room, as some servers do, and refuses none.
    """

    name, label = "reader", "example.org"

    def __init__(self, room: int, *, tells: bool, cuts: bool = False, blocks: int = 20) -> None:
        self._room, self._cuts, self._blocks = room, cuts, blocks
        self.context = room if tells else None
        self.sent: list[str] = []
        self.too_long = 0

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        size = sum(len(message.content.encode()) for message in messages) // 4
        if size + (0 if self._cuts else max_tokens) > self._room:
            self.too_long += 1
            raise ContextExceeded("the request is longer than the context")
        prompt = messages[-1].content
        raw = json.dumps(self.answer(prompt), ensure_ascii=False)
        written = len(raw.encode()) // 4
        if written > min(max_tokens, self._room - size):
            cut = TruncatedAnswer("the answer was cut before its end")
            cut.usage = Usage(1, 1, size, 0, min(max_tokens, self._room - size))
            raise cut
        self.sent.append(prompt)
        value = answer_type.model_validate_json(raw)
        if check:
            check(value)
        request = Request(tuple(messages), "R", {}, Parameters(max_tokens=max_tokens))
        return Answer(value, raw, Usage(1, 1, size, 0, written), request)

    def answer(self, prompt: str) -> Item:
        shown = prompt[prompt.index("<article>\n") + 10 : prompt.rindex("\n</article>")]
        people = [person(name, shown) for name in ("Ana Rojas", "Ola Berg")]
        known = [p for p in people if p and (p["name"] in shown or f"- {p['name']}" in prompt)]
        statements = [
            item
            for number in range(self._blocks)
            for item in said(number)
            if all(words in shown for words in item["quotations"])
            and (item["clause"] or "").replace('"', "") in re.sub("[“”]", "", shown)
            and item["speaker_mention"] in shown
        ]
        summary = {"text": "Rojas and Berg spoke by video.", "support": LEAD}
        return {
            "persons": known,
            "meetings": [MEETING] if LEAD in shown else [],
            "statements": statements,
            "summary": [summary] if LEAD in shown else [],
        }


def record_of(text: str, model: Reader) -> Record:
    article = Article(id=article_id(text), text=text, language="en")
    return summarize_article(article, model=model, prompt=load_prompt("single"))


def told(record: Record) -> list[tuple[str, str | None, str]]:
    names = {p.id: p.name for p in record.persons}
    return [(s.quote_type, s.speaker and names[s.speaker], s.text) for s in record.statements]


ARTICLE = long_article(12)
WHOLE = record_of(ARTICLE, Reader(100_000, tells=False))


def test_the_article_in_one_part_has_every_statement() -> None:
    assert len(WHOLE.statements) == 48
    assert [p.name for p in WHOLE.persons] == ["Ana Rojas", "Ola Berg"]


@settings(max_examples=20)
@given(room=st.integers(1900, 9000), tells=st.booleans(), cuts=st.booleans())
def test_whatever_the_room_every_statement_is_told_once(room: int, tells: bool, cuts: bool) -> None:
    model = Reader(room, tells=tells, cuts=cuts)
    record = record_of(ARTICLE, model)
    assert len(model.sent) > 1 or room > 5000
    assert not list(check_record(record))
    assert told(record) == told(WHOLE)
    assert record.persons == WHOLE.persons
    assert record.meetings == WHOLE.meetings
    assert record.summary == WHOLE.summary
    assert not [check for check in record.checks if check.severity != "info"]
    if tells:
        assert model.too_long == 0


def test_people_and_meetings_are_carried_along() -> None:
    model = Reader(3000, tells=True)
    record_of(ARTICLE, model)
    assert len(model.sent) > 3
    assert "The parts before it told" not in model.sent[0]
    for prompt in model.sent[1:]:
        assert "- Ana Rojas, Defense Minister\n" in prompt
        assert "- held; held talks; Tuesday, 4 May; Ana Rojas, Ola Berg\n" in prompt


def test_parts_share_some_words_and_leave_none_out() -> None:
    model = Reader(3000, tells=True)
    record_of(ARTICLE, model)
    shown = [prompt.split("<article>\n")[1].split("\n</article>")[0] for prompt in model.sent]
    places = [(ARTICLE.index(part), ARTICLE.index(part) + len(part)) for part in shown]
    assert places[0][0] == 0 and places[-1][1] == len(ARTICLE)
    assert all(after[0] < before[1] for before, after in itertools.pairwise(places))


def test_an_article_that_fits_is_asked_about_as_ever() -> None:
    text = long_article(2)
    model = Reader(100_000, tells=True, blocks=2)
    record_of(text, model)
    (prompt,) = model.sent
    assert f"<article>\n{text}\n</article>" in prompt
    assert "part of a long article" not in prompt


@pytest.mark.parametrize("tells", [True, False])
def test_a_model_without_room_for_the_instructions_is_a_failure(tells: bool) -> None:
    with pytest.raises(ContextExceeded):
        record_of(ARTICLE, Reader(900, tells=tells))


def test_the_requests_grow_with_the_article() -> None:
    calls = []
    for blocks in (5, 10, 20):
        model = Reader(3000, tells=True)
        record_of(long_article(blocks), model)
        calls.append(len(model.sent))
    assert calls[1] <= 2 * calls[0] + 1 and calls[2] <= 2 * calls[1] + 1
