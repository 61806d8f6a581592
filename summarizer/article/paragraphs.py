"""Paragraphs of a text, by its line ends."""

from __future__ import annotations

import re
from itertools import pairwise

from summarizer.article.span import Span, span_at

_ONE_LINE_END = re.compile(r"[\n\u2029]+")
_BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+|\u2029+")
_SENTENCE_END = re.compile(r"""[.!?:…。！？؟۔।]["'”’“»«)\]」』）]*\s*$""")
_LONGEST_WRAP = 100
_SHORTEST_WRAP = 40
_LONGEST_WORD = 20


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, white space around them left out.

    One line end is enough to part two, unless the text was wrapped to a width: then a blank
    line is needed.
    """
    gap = _BLANK_LINE if hard_wrapped(text) else _ONE_LINE_END
    starts = [0, *(found.end() for found in gap.finditer(text))]
    ends = [*(found.start() for found in gap.finditer(text)), len(text)]
    return tuple(
        span_at(text, start, end)
        for start, end in zip(starts, ends, strict=True)
        if text[start:end].strip()
    )


def hard_wrapped(text: str) -> bool:
    """Whether the lines were broken to fit a width of at most 100 characters.

    A line broken to a width could not have taken the next line's first word, and mostly ends
    amid a sentence.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    inner = [(line, after) for line, after in pairwise(lines) if line and after]
    if len(inner) < 2:
        return False
    width = max(len(line) for line in lines)
    if not _SHORTEST_WRAP <= width <= _LONGEST_WRAP:
        return False
    full = sum(len(line) + 1 + _first_word(after) > 0.9 * width for line, after in inner)
    amid = sum(_SENTENCE_END.search(line) is None for line, _ in inner)
    return full >= 0.8 * len(inner) and amid >= 0.5 * len(inner)


def _first_word(line: str) -> int:
    words = line.split(maxsplit=1)
    return min(len(words[0]), _LONGEST_WORD) if words else 0
