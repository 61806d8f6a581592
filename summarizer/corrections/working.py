"""A record while it is being corrected: parts by id, spans verified, checks kept in step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from summarizer.article import Span, marked
from summarizer.record import Check, Record, Statement
from summarizer.record import quoted as by_marks

_Part = TypeVar("_Part", bound=BaseModel)
_OF_STATEMENT = re.compile(r"statements\[(\d+)\](.*)", re.DOTALL)


class Stale(ValueError):
    """A correction was made of another state of the record."""


class Working:
    """A copy of a record with its text, to be changed step by step."""

    def __init__(self, record: Record) -> None:
        self.record = record.model_copy(deep=True)
        self._text = record.article.body

    def find(self, parts: Sequence[_Part], key: str, kind: str) -> tuple[int, _Part]:
        """The part with this id and where it stands."""
        for index, part in enumerate(parts):
            if getattr(part, "id", None) == key:
                return index, part
        raise Stale(f"the record has no {kind} `{key}`")

    def unused(self, parts: Sequence[BaseModel], key: str) -> None:
        """Refuse an id that is there already."""
        if any(getattr(part, "id", None) == key for part in parts):
            raise Stale(f"the record already has `{key}`")

    def person(self, key: str | None) -> str | None:
        """The id, if it is a person's."""
        if key is not None:
            self.find(self.record.persons, key, "person")
        return key

    def expect(self, there: object, old: object) -> None:
        """Refuse a correction of something else than what stands there."""
        if there != old:
            raise Stale(f"it was {_words(old)} when it was corrected, and is {_words(there)} now")

    def put(self, parts: list[_Part], index: int, update: dict[str, Any]) -> None:
        """Replace fields of a part."""
        parts[index] = parts[index].model_copy(update=update)

    def located(self, span: Span) -> Span:
        """The article's own characters at a span; a page shows a sign for those that hide.

        Raises:
            ValueError: other words stand there.
        """
        there = self._text[span.start : span.end]
        if marked(there) != span.text:
            raise ValueError(f"`{_short(span.text)}` is not what stands at {span.start}:{span.end}")
        return Span(start=span.start, end=span.end, text=there)

    def located_or_none(self, span: Span | None) -> Span | None:
        """The same, for a span that need not be there."""
        return None if span is None else self.located(span)

    def shown(self, spans: Sequence[Span]) -> list[Span]:
        """Spans with their words as a page shows them."""
        return [span.model_copy(update={"text": marked(span.text)}) for span in spans]

    def shown_span(self, span: Span | None) -> Span | None:
        """One span the same way."""
        return None if span is None else self.shown([span])[0]

    def words(self, content: Sequence[Span]) -> dict[str, Any]:
        """Type, spans and text of a statement whose words a reader has marked."""
        found = by_marks(self._text, [self.located(span) for span in content])
        return {
            "quote_type": found.quote_type,
            "spans": found.spans,
            "content_spans": found.content_spans,
            "text": " ".join(span.text for span in found.spans),
        }

    def insert_statement(self, statement: Statement) -> int:
        """Put a statement where it stands in the article; where that is in the list."""
        statements = self.record.statements
        start = statement.content_spans[0].start
        index = sum(each.content_spans[0].start <= start for each in statements)
        statements.insert(index, statement)
        self._renumber(lambda number: number + (number >= index))
        return index

    def remove_statement(self, index: int) -> None:
        """Take a statement out, and the checks of it."""
        del self.record.statements[index]
        self.settle(f"statements[{index}]")
        self._renumber(lambda number: number - (number > index))

    def settle(self, path: str) -> list[str]:
        """Take out the checks of a field that a reader has now decided on; their codes."""
        of_it = re.compile(re.escape(path) + r"(?![\w])")
        settled = [check for check in self.record.checks if of_it.match(check.where)]
        self.record.checks = [check for check in self.record.checks if check not in settled]
        return [check.code for check in settled]

    def _renumber(self, moved: Any) -> None:
        self.record.checks = [_renumbered(check, moved) for check in self.record.checks]


def _renumbered(check: Check, moved: Any) -> Check:
    found = _OF_STATEMENT.fullmatch(check.where)
    if found is None:
        return check
    return check.model_copy(update={"where": f"statements[{moved(int(found[1]))}]{found[2]}"})


def _words(value: object) -> str:
    match value:
        case None | []:
            return "empty"
        case [*items]:
            return ", ".join(map(_words, items))
        case Span(text=text):
            return f"`{_short(text)}`"
        case BaseModel():
            return f"`{getattr(value, 'edtf', value)}`"
    return f"`{_short(str(value))}`"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"
