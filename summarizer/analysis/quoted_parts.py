"""Quotations that belong together, and those that are signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis.attribution import Attribution
from summarizer.analysis.mentions import Mention
from summarizer.article import Quotation, span_at

_SIGNED = re.compile(r"\s*(?:[―—–]|--?)\s*(?=\w)")


def signed(text: str, mentions: Sequence[Mention], quotation: Quotation) -> Attribution | None:
    """A quotation with the name of who said it behind a dash: `“…” — Ana Lima`."""
    dash = _SIGNED.match(text, quotation.end)
    if dash is None:
        return None
    named = next((m for m in mentions if m.span.start == dash.end() and m.name), None)
    if named is None or text[named.span.end : named.span.end + 80].split("\n")[0].strip(" .\u00a0"):
        return None
    return Attribution("direct", quotation.spans, quotation.spans, None, named)


def extended(text: str, last: Attribution, quotation: Quotation) -> Attribution:
    """The last statement with one more quoted part."""
    spans = last.spans + quotation.spans
    if last.quote_type == "direct":
        return replace(last, spans=spans, content=spans)
    clause = last.content[-1]
    if quotation.start >= clause.end:
        return replace(last, spans=spans, content=last.content + quotation.spans)
    # It is a part of the clause, which ends with it at the earliest: a comma inside the marks.
    whole = span_at(text, clause.start, max(clause.end, quotation.end))
    return replace(last, spans=spans, content=(*last.content[:-1], whole))


def same_clause(
    text: str, made: Attribution, last: Attribution, previous: Quotation, quotation: Quotation
) -> bool:
    """Whether two quotations are parts of one reported clause or of one interrupted quotation."""
    if made.cue is None or made.cue != last.cue:
        return False
    return "." not in text[previous.end : quotation.start] or last.quote_type == "direct"
