"""An article cut wherever a span begins or ends, so that overlapping spans can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from summarizer.record import Record, spans_of

_TAIL = re.compile(r"(?:\.span|\.support\[\d+\]|\[\d+\])$")


@dataclass(frozen=True)
class Place:
    """Where a field has its words: `start:end` in code points."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A run of the article that the same fields cover, from `start` on, in code points."""

    start: int
    text: str
    fields: tuple[str, ...] = ()


def places(record: Record) -> list[Place]:
    """The place of every span, by the field it belongs to.

    A field is the path of a record's part without the numbers of its spans:
    `statements[3].content_spans`, `meetings[0].date`, `persons[1].mentions`.
    """
    return [Place(_TAIL.sub("", path), span.start, span.end) for path, span in spans_of(record)]


def cut(text: str, found: Iterable[Place]) -> list[Piece]:
    """The whole text as pieces, each with the fields whose places cover it, in the given order."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    fields: list[str] = []
    for number, place in enumerate(found):
        fields.append(place.field)
        begins.setdefault(place.start, []).append(number)
        ends.setdefault(place.end, []).append(number)
    pieces = []
    open_: set[int] = set()
    for start, end in pairwise(sorted({0, len(text), *begins, *ends})):
        open_.difference_update(ends.get(start, ()))
        open_.update(begins.get(start, ()))
        over = dict.fromkeys(fields[number] for number in sorted(open_))
        pieces.append(Piece(start, text[start:end], tuple(over)))
    return pieces
