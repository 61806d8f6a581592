"""What is counted: items found, missed and made up, and fields right and wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.evals.pairing import Pair

Answer = Literal["right", "wrong", "hallucination", "omission", "unpaired"]


@dataclass(frozen=True)
class Counts:
    """True positives, false positives and misses of one kind of item."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def empty(self) -> bool:
        """Whether there was nothing to find and nothing was returned."""
        return self.tp + self.fp + self.fn == 0

    @property
    def precision(self) -> float | None:
        """Of what was returned, the right part; None if nothing was returned."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Of what was to find, the part found; None if there was nothing to find."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, as 2 tp / (2 tp + fp + fn); None if empty."""
        return None if self.empty else 2 * self.tp / (2 * self.tp + self.fp + self.fn)


def count(
    optional: Sequence[bool],
    returned: int,
    pairs: Iterable[Pair],
    right: Callable[[Pair], bool] = lambda pair: True,
) -> Counts:
    """The counts of one list that was paired with its gold.

    A pair that is not right is a miss and a false positive. An optional gold item is right if
    found and no miss if not; what is paired with one is never a false positive.

    Args:
        optional: for each gold item, whether it is.
        returned: how many items the record has.
        pairs: which belong together.
        right: whether a pair counts.
    """
    listed = list(pairs)
    found = [p for p in listed if right(p)]
    excused = sum(optional[p.gold] for p in listed) - sum(optional[p.gold] for p in found)
    required = len(optional) - sum(optional)
    return Counts(
        tp=len(found),
        fp=returned - len(found) - excused,
        fn=required - sum(not optional[p.gold] for p in found),
    )


@dataclass(frozen=True)
class Tally:
    """How one field came out over the required gold items.

    `hallucination` is a value where the gold has none, `omission` none where it has one,
    `unpaired` a gold item that nothing in the record was paired with.
    """

    right: int = 0
    wrong: int = 0
    hallucination: int = 0
    omission: int = 0
    unpaired: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.wrong + other.wrong,
            self.hallucination + other.hallucination,
            self.omission + other.omission,
            self.unpaired + other.unpaired,
        )

    @property
    def total(self) -> int:
        """All gold items, the unpaired included."""
        return self.right + self.wrong + self.hallucination + self.omission + self.unpaired

    @property
    def accuracy(self) -> float | None:
        """The right part of all; None without any."""
        return self.right / self.total if self.total else None

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Tally:
        """The tally of some answers."""
        listed = list(answers)
        return cls(*(listed.count(answer) for answer in ANSWERS))


ANSWERS: tuple[Answer, ...] = ("right", "wrong", "hallucination", "omission", "unpaired")
