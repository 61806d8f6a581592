"""Dates as intervals of days: how far two overlap, and whether they are the same."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_QUALIFIERS = re.compile(r"[?~%]")
_YEAR = re.compile(r"[\dX]{4}")


@lru_cache(maxsize=4096)
def days(edtf: str) -> tuple[int, int] | str:
    """First and last day of an EDTF date (proleptic ordinals), qualifiers left out.

    A date with `X` digits or an open end has no such days: its own pattern stands for it.
    """
    plain = _QUALIFIERS.sub("", edtf)
    ends = plain.split("/")
    if "X" in plain or any(end in ("", "..") for end in ends):
        return plain
    return _bounds(ends[0])[0], _bounds(ends[-1])[1]


def overlap(gold: str | None, got: str | None) -> float:
    """Days in both over days in either; patterns count 1 if they are the same; null counts 0."""
    if gold is None or got is None:
        return 0.0
    a, b = days(gold), days(got)
    if isinstance(a, str) or isinstance(b, str):
        return float(a == b)
    shared = min(a[1], b[1]) - max(a[0], b[0]) + 1
    if shared <= 0:
        return 0.0
    return shared / (max(a[1], b[1]) - min(a[0], b[0]) + 1)


def same(gold: str, got: str) -> bool:
    """Whether both mean the same days, or show the same pattern."""
    return days(gold) == days(got)


def knows_year(edtf: str) -> bool:
    """Whether any year in the date has all of its digits."""
    return any("X" not in year for year in _YEAR.findall(edtf.replace("-", " ")) if len(year) == 4)


def _bounds(part: str) -> tuple[int, int]:
    from edtf import parse_edtf

    parsed = parse_edtf(part)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    return (
        date(first.tm_year, first.tm_mon, first.tm_mday).toordinal(),
        date(last.tm_year, last.tm_mon, last.tm_mday).toordinal(),
    )
