"""The article as a model reads it: long quotations shortened to how they begin and end.

Who speaks and where is in the words around a quotation, so that a model need not read all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.analysis import Reading
from summarizer.article import Quotation

_FIRST, _LAST, _LONG = 8, 3, 16


def condensed(reading: Reading) -> str:
    """The text with paragraphs on one line each and long quotations shortened."""
    text = reading.text
    parts: list[str] = []
    position = 0
    for quotation, short in shortened(reading):
        parts += [text[position : quotation.start], short]
        position = quotation.end
    parts.append(text[position:])
    return re.sub(r"\s*\n\s*", "\n", "".join(parts)).strip()


def shortened(reading: Reading) -> Iterator[tuple[Quotation, str]]:
    """The long quotations with what stands for each, marks included."""
    text = reading.text
    for quotation in reading.quotations:
        words = quotation.text.split()
        if len(words) > _LONG:
            opening = text[quotation.start : quotation.spans[0].start]
            closing = text[quotation.spans[-1].end : quotation.end]
            short = " ".join(words[:_FIRST]) + " … " + " ".join(words[-_LAST:])
            yield quotation, opening + short + closing
