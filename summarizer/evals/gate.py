"""The gate: what fails it scores 0 in everything after it, and its failure is counted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import ValidationError

from summarizer.errors import SummarizerError
from summarizer.record import Record, spans_of

MISSING = "missing"


@dataclass(frozen=True)
class Failure:
    """Why an article has no record that can be scored; `code` is its class.

    From the gate: `json`, `schema`, `span`, `reference`, `article`, `missing`; from a run: the
    `code` of the error that stood in the record's place.
    """

    code: str
    message: str = ""

    @classmethod
    def of(cls, error: SummarizerError) -> Failure:
        """The failure that an error of a run stands for."""
        return cls(error.code, error.message)


def read_answer(content: str | bytes) -> Record | Failure:
    """The record in a piece of JSON, or why there is none."""
    try:
        data = json.loads(content)
    except ValueError as error:
        return Failure("json", str(error))
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return Failure("schema", f"{'.'.join(map(str, first['loc']))}: {first['msg']}")


def gate(record: Record, article_id: str, text: str) -> Failure | None:
    """Why a record cannot be scored, or None: it is of this article, and its spans verify.

    Args:
        record: schema valid; one without its text is checked against `text` as well.
        article_id: of the article that was to be answered.
        text: the same article.
    """
    if record.article.id != article_id:
        return Failure("article", "is the record of another text")
    for where, span in spans_of(record):
        if text[span.start : span.end] != span.text:
            return Failure("span", f"{where} is not what stands at {span.start}:{span.end}")
    persons = {person.id for person in record.persons}
    for index, meeting in enumerate(record.meetings):
        if not persons.issuperset(meeting.participants):
            return Failure("reference", f"meetings[{index}].participants names nobody")
    for index, statement in enumerate(record.statements):
        if statement.speaker is not None and statement.speaker not in persons:
            return Failure("reference", f"statements[{index}].speaker names nobody")
    return None
