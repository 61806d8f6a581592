"""Things of a text in its order; those at a place are found by halving.

Looking through all of them for each of them would take an article of twice the length four times.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


class Stretch(Protocol):
    """Whatever lies somewhere in a text: a span, a quotation."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends; this place is not its own."""


T = TypeVar("T")
S = TypeVar("S", bound=Stretch)


class Ordered(Generic[T]):
    """Things in the order in which they begin; `place` gives where each lies."""

    def __init__(self, items: Iterable[T], place: Callable[[T], Stretch]) -> None:
        self.items: Sequence[T] = sorted(items, key=lambda item: place(item).start)
        self._place = place
        self._starts = [place(item).start for item in self.items]
        # Of one that lies inside another the end would not be in order.
        self._ends = list(accumulate((place(item).end for item in self.items), max))

    def touching(self, start: int, end: int) -> list[T]:
        """Those that share a character with `start:end`, in order."""
        first = bisect_right(self._ends, start)
        some = self.items[first : bisect_left(self._starts, end)]
        return [item for item in some if self._place(item).end > start]

    def within(self, start: int, end: int) -> list[T]:
        """Those that lie in `start:end`, in order."""
        some = self.items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [item for item in some if self._place(item).end <= end]

    def holds(self, at: int) -> bool:
        """Whether the character at `at` is in one of them."""
        return bool(self.touching(at, at + 1))

    def before(self, at: int) -> T | None:
        """The last that begins at `at` or before."""
        number = bisect_right(self._starts, at)
        return self.items[number - 1] if number else None

    def last(self, at: int, count: int) -> Sequence[T]:
        """The last few that begin at `at` or before, in order."""
        number = bisect_right(self._starts, at)
        return self.items[max(0, number - count) : number]

    def ended(self, at: int) -> T | None:
        """The last that ends at `at` or before."""
        number = bisect_right(self._ends, at)
        return self.items[number - 1] if number else None

    def between(self, start: int, end: int) -> Sequence[T]:
        """Those that begin in `start:end`, in order."""
        return self.items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def spans_in_order(spans: Iterable[S]) -> Ordered[S]:
    """The same for things that are stretches themselves."""
    return Ordered(spans, lambda span: span)
