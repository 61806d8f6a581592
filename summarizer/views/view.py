"""What every form of output is: one record as it stands alone, and how several are joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from summarizer.record import Record

Form = Literal["text", "json", "jsonl", "md", "html"]


@dataclass(frozen=True)
class Look:
    """How a view is drawn.

    `text` keeps the article's text where the form shows it; `width` (in columns) and `colour` are
    for terminals.
    """

    text: bool = True
    width: int = 100
    colour: bool = False


@dataclass(frozen=True)
class View:
    """One form of output. A document is `start`, the records with `between` among them, `end`.

    `many` draws a record that is one of several, where that differs from one that stands alone.
    """

    one: Callable[[Record, Look], str]
    start: str = ""
    between: str = ""
    end: str = ""
    many: Callable[[Record, Look], str] | None = None

    def part(self, record: Record, look: Look, *, alone: bool) -> str:
        """One record inside a document."""
        draw = self.one if alone or self.many is None else self.many
        return draw(record, look)
