"""A strong model that writes whole records, and the report that it reads."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from summarizer.article import Article, article_id
from summarizer.errors import InvalidAnswer
from summarizer.extract import summarize_article
from summarizer.model import Answer, Parameters, Request, Usage
from summarizer.prompt import Message, load_prompt
from summarizer.record import Record

T = TypeVar("T", bound=BaseModel)

REPORT = (
    "TALLINN, 4 May. On Tuesday, 4 May, Chilean Defense Minister Ana Rojas held talks via video "
    "link with the Norwegian minister of defence, Admiral Ola Berg.\n"
    "The ministers discussed joint rescue drills and agreed to train 120 pilots. “We will not sail "
    "alone — the ice doesn’t wait,” Rojas said. “We need 5,000 tonnes of fuel. Norway has it.”\n"
    "Berg said that Norway would send two ships. He added that the plan “fully meets our needs” "
    "and is ready.\n"
    "“Thank you,” Berg said. Rojas smiled. “Thank you,” Rojas said.\n"
    "On 9 June the two will meet in Oslo. Eva Moe was not there."
)

ANSWER: dict[str, Any] = {
    "persons": [
        {
            "name": "Ana Rojas",
            "type": "person",
            "role": "Defense Minister",
            "rank": None,
            "country": "Chilean",
            "organization": None,
        },
        {
            "name": "Ola Berg",
            "type": "person",
            "role": "minister of defence",
            "rank": "Admiral",
            "country": "Norwegian",
            "organization": None,
        },
    ],
    "meetings": [
        {
            "status": "held",
            "status_words": "held talks",
            "kind": "talks",
            "kind_words": "talks",
            "mode": "video",
            "mode_words": "via video link",
            "date": "Tuesday, 4 May",
            "place": None,
            "participants": ["Ana Rojas", "Ola Berg"],
            "topics": ["joint rescue drills"],
            "outcomes": ["agreed to train 120 pilots"],
        },
        {
            "status": "planned",
            "status_words": "will meet",
            "kind": "talks",
            "kind_words": "meet",
            "mode": "unknown",
            "mode_words": None,
            "date": "9 June",
            "place": "Oslo",
            "participants": ["Ana Rojas", "Ola Berg"],
            "topics": [],
            "outcomes": [],
        },
    ],
    "statements": [
        {
            "speaker": "Ana Rojas",
            "speaker_mention": "Rojas",
            "cue": "said",
            "quotations": [
                "We will not sail alone - the ice doesn't wait,",
                "We need 5,000 tonnes of fuel. Norway has it.",
            ],
            "clause": None,
        },
        {
            "speaker": "Ola Berg",
            "speaker_mention": "Berg",
            "cue": "said",
            "quotations": [],
            "clause": "Norway would send two ships",
        },
        {
            "speaker": "Ola Berg",
            "speaker_mention": "He",
            "cue": "added",
            "quotations": ["fully meets our needs"],
            "clause": 'the plan "fully meets our needs" and is ready',
        },
    ],
    "summary": [
        {
            "text": "Ana Rojas and Ola Berg spoke by video link on 4 May.",
            "support": "On Tuesday, 4 May, Chilean Defense Minister Ana Rojas held talks",
        },
        {
            "text": "They agreed to train 120 pilots.",
            "support": "agreed to train 120 pilots",
        },
    ],
}


class Hosted:
    """A model that gives its answers in turn and may be asked again, as an endpoint is."""

    name, label = "hosted", "example.org"
    context: int | None = None

    def __init__(self, *answers: object, max_reasks: int = 0) -> None:
        self.answers = [json.dumps(answer) for answer in answers]
        self.max_reasks = max_reasks
        self.asked: list[tuple[Message, ...]] = []
        self.complaints: list[str] = []
        self.max_tokens = 0

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        self.asked.append(tuple(messages))
        self.max_tokens = max_tokens
        fitting: tuple[T, str] | None = None
        attempts = 0
        while attempts <= self.max_reasks:
            attempts += 1
            raw = self.answers.pop(0)
            try:
                fitting = answer_type.model_validate_json(raw), raw
                if check is not None:
                    check(fitting[0])
            except ValueError as error:
                self.complaints.append(str(error))
            else:
                break
        if fitting is None:
            raise InvalidAnswer("no answer fitted the schema")
        request = Request(
            tuple(messages), answer_type.__name__, {}, Parameters(max_tokens=max_tokens)
        )
        return Answer(*fitting, Usage(1, attempts, 900 * attempts, 0, 300 * attempts), request)


@pytest.fixture
def report() -> str:
    """The report that `answer` is right about."""
    return REPORT


@pytest.fixture
def answer() -> dict[str, Any]:
    """A right answer about the report, to be changed at will."""
    return copy.deepcopy(ANSWER)


@pytest.fixture(scope="session")
def hosted() -> type[Hosted]:
    """`hosted(*answers, max_reasks=0)`: a model that gives these answers in turn."""
    return Hosted


@pytest.fixture(scope="session")
def record_of() -> Callable[..., Record]:
    """`record_of(*answers, text=, published=)`: the record that `single` makes of them."""

    def make(
        *answers: object, text: str = REPORT, published: str | None = None, language: str = "en"
    ) -> Record:
        article = Article(id=article_id(text), text=text, language=language, published=published)
        model = Hosted(*answers, max_reasks=len(answers) - 1)
        return summarize_article(article, model=model, prompt=load_prompt("single"))

    return make
