"""Grouping by a relation that is not transitive, without depending on any order.

Two things are put together if they fit one another and everything else that fits the one fits the
other as well (true twins of a graph). So each group is one in which all fit all, whatever might
belong to two groups stays apart, and grouping the groups again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TypeVar

Thing = TypeVar("Thing")


def twins(things: Sequence[Thing], fit: Callable[[Thing, Thing], bool]) -> list[tuple[Thing, ...]]:
    """The groups of twins, in the order of their first members.

    Args:
        things: few enough to look at every pair.
        fit: a symmetric relation.
    """
    near = [{index} for index in range(len(things))]
    for a, b in combinations(range(len(things)), 2):
        if fit(things[a], things[b]):
            near[a].add(b)
            near[b].add(a)
    groups: dict[frozenset[int], list[Thing]] = defaultdict(list)
    for index, thing in enumerate(things):
        groups[frozenset(near[index])].append(thing)
    return [tuple(group) for group in groups.values()]
