"""One broken invariant of a record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """What is wrong, and at which path of the record (`statements[3].spans[0]`)."""

    where: str
    message: str
