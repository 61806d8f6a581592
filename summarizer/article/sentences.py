"""Sentences of a text, with exact offsets."""

from __future__ import annotations

import re

from summarizer.article.paragraphs import paragraphs
from summarizer.article.sentence_rules import goes_on, more_ends, past_closing
from summarizer.article.span import Span, span_at

_SPACE = re.compile(r"\s")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences in order; together they hold every character but white space between them.

    None crosses a paragraph. A closing quotation mark belongs to the sentence before it, and a
    sentence that ends inside a quotation ends, unless it goes on after the mark.
    """
    found: list[Span] = []
    for paragraph in paragraphs(text):
        starts = [paragraph.start + at for at in _starts(paragraph.text)]
        ends = [*starts[1:], paragraph.end]
        found += [span_at(text, start, end) for start, end in zip(starts, ends, strict=True)]
    return tuple(found)


def _starts(paragraph: str) -> list[int]:
    """Where the sentences of one paragraph start; the first is 0."""
    from nupunkt import sent_spans

    flat = _SPACE.sub(" ", paragraph)  # same length; a line end inside a paragraph means nothing
    bounds = {start for start, _ in sent_spans(flat)} | set(more_ends(flat)) | {0}
    cuts = sorted(cut for cut in {past_closing(flat, at) for at in bounds} if cut < len(flat))
    starts = [0]
    for before, cut, after in zip(cuts, cuts[1:], [*cuts[2:], len(flat)], strict=False):
        left, right = flat[before:cut], flat[cut:after]
        if left.strip() and right.strip() and not goes_on(left, right):
            starts.append(cut)
    return starts
