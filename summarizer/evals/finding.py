"""What became of one item or field: for reports, for what flipped between two runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal[
    "right",
    "wrong",
    "hallucination",
    "omission",
    "unpaired",
    "miss",
    "false_positive",
    "excused",
]


@dataclass(frozen=True)
class Finding:
    """One item or field of an article, as it came out.

    `gold_at` and `got_at` are paths in the gold file and the record (`statements[3]`); `gold` and
    `got` what stands there. `excused` is an optional item found only in part, or not at all.
    """

    field: str
    outcome: Outcome
    gold_at: str | None
    got_at: str | None
    gold: str | None
    got: str | None
