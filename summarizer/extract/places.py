"""From the text that was read back to the article: every place in the parts of a record."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from summarizer.article import Plain, Span
from summarizer.extract.assemble import Parts
from summarizer.record import Check, Person, Statement

T = TypeVar("T")


def in_article(parts: Parts, read: Plain) -> Parts:
    """The parts with the places of the article, and a check for every passage left out of it."""
    if read.text == read.article:
        return parts
    return replace(
        parts,
        persons=[_person(_moved(person, read)) for person in parts.persons],
        meetings=[_moved(meeting, read) for meeting in parts.meetings],
        statements=[_statement(_moved(statement, read)) for statement in parts.statements],
        summary=_moved(parts.summary, read),
        checks=[*_moved(parts.checks, read), *(_left_out(span) for span in read.left_out)],
    )


def _moved(part: T, read: Plain) -> T:
    """A part of a record with every span in it led back to the article."""
    if isinstance(part, Span):
        return read.back(part)  # type: ignore[return-value]
    if isinstance(part, list):
        return [_moved(item, read) for item in part]  # type: ignore[return-value]
    if not isinstance(part, BaseModel):
        return part
    fields = {name: _moved(getattr(part, name), read) for name in type(part).model_fields}
    span = getattr(part, "span", None)
    if isinstance(span, Span):
        # Words that were the span's own are those of the article again.
        fields |= {n: fields["span"].text for n in ("text", "name") if fields.get(n) == span.text}
    return part.model_copy(update=fields)


def _person(person: Person) -> Person:
    evidence = person.evidence
    fields = (("role", evidence.role), ("rank", evidence.rank), ("country_text", evidence.country))
    return person.model_copy(update={name: spans[0].text for name, spans in fields if spans})


def _statement(statement: Statement) -> Statement:
    return statement.model_copy(update={"text": " ".join(s.text for s in statement.spans)})


def _left_out(span: Span) -> Check:
    return Check(
        code="passage_left_out",
        severity="warning",
        where="article.text",
        message="is not part of the report: hidden from its readers, or written for a program",
        span=span,
    )
