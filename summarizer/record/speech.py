"""Invariants of statements: their spans, and the quotation marks around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.article import Quotation, Span, paragraphs, plain, quotations, span_at
from summarizer.record.models import QuoteType, Record, Statement
from summarizer.record.violation import Violation

_DOUBLE = '"“”„‟«»‹›「」『』〝〞〟'
_SINGLE = "'`‘’‚"
# A single mark right after a letter, or right before one, is an apostrophe.
_OPENING = re.compile(rf"(?:[{_DOUBLE}]|(?<!\w)[{_SINGLE}])[\s(\[¿¡…]*$")
_CLOSING = re.compile(rf"\s*[.,!?;:…。，！？)\]]*\s*(?:[{_DOUBLE}]|[{_SINGLE}](?!\w))")
_TURN = re.compile(r"[^\n:：.!?]{1,70}(?:\.[^\n:：!?]{1,40}){0,3}[:：]\W*")


@dataclass(frozen=True)
class Quoted:
    """Words of an article with what their quotation marks make of them."""

    quote_type: QuoteType
    spans: list[Span]
    content_spans: list[Span]


def quoted(text: str, content: Sequence[Span]) -> Quoted:
    """What the quotation marks of the article make of words that a reader has marked.

    Marks at the ends belong to no statement. Of words partly in marks the quoted parts are the
    spans; a single quoted word (`the "one house" rule`, but of one word) quotes nobody.

    Args:
        text: the article.
        content: the words, in order; a mark may stand at either end of each.

    Raises:
        ValueError: there is nothing in them but marks and white space.
    """
    parts: list[Span] = []
    clauses: list[Span] = []
    outside = False
    found = _quotations(text)
    for span in content:
        inner = [part for q in found for each in q.spans if (part := _shared(text, each, span))]
        around = [q for q in found if q.start < span.end and span.start < q.end]
        if around and not _words_outside(text, span, around):
            parts += inner
            clauses += inner
            continue
        outside = True
        parts += [part for part in inner if len(part.text.split()) > 1]
        clauses.append(_bare(text, span))
    if not clauses:
        raise ValueError("there is nothing but marks in these words")
    if not outside:
        return Quoted("direct", parts, parts)
    return Quoted("mixed", parts, clauses) if parts else Quoted("indirect", clauses, clauses)


def _quotations(text: str) -> list[Quotation]:
    """The quotations that a reader of the article sees: a mark in a tag is none of them."""
    read = plain(text)
    return [
        replace(
            quotation,
            spans=tuple(read.back(span) for span in quotation.spans),
            start=read.at(quotation.start),
            end=read.at(quotation.end - 1) + 1,
        )
        for quotation in quotations(read.text, paragraphs(read.text))
    ]


def _shared(text: str, one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return span_at(text, start, end) if text[start:end].strip() else None


def _words_outside(text: str, span: Span, around: Sequence[Quotation]) -> bool:
    """Whether a letter or digit of the span stands in none of the quotations."""
    return any(
        text[at].isalnum() and not any(q.start <= at < q.end for q in around)
        for at in range(span.start, span.end)
    )


def _bare(text: str, span: Span) -> Span:
    """The span without marks that stand around all of it."""
    bare = span_at(text, span.start, span.end)
    pair = bare.text[0] + bare.text[-1]
    if len(bare.text) > 2 and pair[0] in _DOUBLE and pair[1] in _DOUBLE:
        inner = text[bare.start + 1 : bare.end - 1]
        if not any(mark in inner for mark in _DOUBLE):
            return span_at(text, bare.start + 1, bare.end - 1)
    return bare


def statement_violations(record: Record) -> Iterator[Violation]:
    """What is wrong with the spans, the text and the quotation marks of the statements."""
    text = record.article.text
    marks = None if text is None else _Marks(text)
    for index, statement in enumerate(record.statements):
        where = f"statements[{index}]"
        yield from _in_order(statement.spans, f"{where}.spans")
        yield from _in_order(statement.content_spans, f"{where}.content_spans")
        if statement.text != " ".join(span.text for span in statement.spans):
            yield Violation(f"{where}.text", "is not the text of its spans joined by one space")
        yield from _content(statement, where)
        if marks is not None:
            yield from _quoted(statement, where, marks)


def _in_order(spans: Sequence[Span], where: str) -> Iterator[Violation]:
    for index, (before, after) in enumerate(pairwise(spans)):
        if after.start < before.end:
            yield Violation(f"{where}[{index + 1}]", "begins before the span before it ends")


def _content(statement: Statement, where: str) -> Iterator[Violation]:
    field = f"{where}.content_spans"
    if statement.quote_type != "mixed":
        if statement.content_spans != statement.spans:
            yield Violation(field, f"differ from the spans of {_a(statement)} statement")
        return
    for index, span in enumerate(statement.spans):
        if not any(span.within(content) for content in statement.content_spans):
            yield Violation(f"{where}.spans[{index}]", "lies outside the content of its statement")
    if statement.content_spans == statement.spans:
        yield Violation(field, "hold no more than the quoted parts of a mixed statement")


def _quoted(statement: Statement, where: str, marks: _Marks) -> Iterator[Violation]:
    """Direct and mixed spans stand inside marks (or in a turn of a transcript), indirect do not."""
    spans = list(enumerate(statement.spans))
    if statement.quote_type == "indirect":
        for index in (index for index, span in spans if marks.around(span)):
            yield Violation(
                f"{where}.quote_type", f"is indirect, and spans[{index}] stands in quotation marks"
            )
        return
    outside = [index for index, span in spans if not marks.inside(span)]
    if outside and statement.quote_type == "direct" and marks.in_turn(statement.spans[0]):
        return
    for index in outside:
        yield Violation(
            f"{where}.spans[{index}]",
            f"of {_a(statement)} statement stands outside quotation marks",
        )


def _a(statement: Statement) -> str:
    return f"{'an' if statement.quote_type == 'indirect' else 'a'} {statement.quote_type}"


class _Marks:
    """Where the quotation marks of an article are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraphs = paragraphs(text)
        self._found = _quotations(text)

    def inside(self, span: Span) -> bool:
        """Whether the span lies in a quotation, one over several paragraphs included."""
        return self.around(span) or any(
            quotation.start <= span.start and span.end <= quotation.end for quotation in self._found
        )

    def around(self, span: Span) -> bool:
        """Whether marks stand right before and right after the span."""
        before = self._text[max(0, span.start - 8) : span.start]
        after = self._text[span.end : span.end + 8]
        return bool(_OPENING.search(before) and _CLOSING.match(after))

    def in_turn(self, span: Span) -> bool:
        """Whether the span follows `NAME:` in its paragraph, or on the line before."""
        begin = next((p.start for p in self._paragraphs if p.start <= span.start < p.end), 0)
        if _TURN.match(self._text[begin : span.start]):
            return True
        line_before = self._text[: span.start].rstrip().rpartition("\n")[2]
        return _TURN.fullmatch(line_before) is not None
