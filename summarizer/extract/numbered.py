"""Places of an article that a prompt shows with numbers, for a model to point at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.article import Span

_SHOWN = 240


@dataclass(frozen=True)
class Numbered:
    """One line of a prompt: a number, and the words of the article behind it."""

    number: int
    text: str


def numbered(spans: Iterable[Span]) -> tuple[Numbered, ...]:
    """The spans with numbers from 1; long ones shortened."""
    return tuple(
        Numbered(number, " ".join(span.text.split())[:_SHOWN])
        for number, span in enumerate(spans, 1)
    )
