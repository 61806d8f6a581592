"""EDTF dates as days: when a date begins and ends, and whether two can be the same.

What a date leaves open stays open: `2024-01` is any day of January, a season any day of its year,
and `XXXX-01-31` the last of January of any year. Qualifiers (`?`, `~`, `%`) change no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

Days = tuple[int, int]
"""First and last day, as proleptic ordinals."""

_PART = re.compile(r"(?P<year>[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?")
_QUALIFIERS = re.compile(r"[?~%]|T\d\d:.*?(?=/|$)")
_OPEN = ("", "..")
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_EVERY_DAY = 9  # years in which each day of the calendar comes
_ANY_YEAR = 2000  # stands for the year where nothing tells it: it has a 29 February


def bounds(edtf: str) -> Days | None:
    """First and last day; None if the year is not told."""
    return None if _unknown_years(edtf) else _days(edtf, _ANY_YEAR)


def precision(edtf: str) -> tuple[bool, int]:
    """Less is more precise: whether the year is open, then how many days the date leaves open."""
    first, last = _days(edtf, _ANY_YEAR)
    return bool(_unknown_years(edtf)), last - first


@lru_cache(maxsize=65536)
def compatible(a: str, b: str) -> bool:
    """Whether some day fits both dates. It holds of a date and itself, and both ways round."""
    years = _years(a, b)
    return any(
        x[0] <= y[1] and y[0] <= x[1]
        for x in {_days(a, year) for year in years}
        for y in {_days(b, year) for year in years}
    )


def _years(a: str, b: str) -> list[int]:
    """The years to try for what either date leaves open."""
    patterns = [*_unknown_years(a), *_unknown_years(b)]
    narrow = min(patterns, key=lambda pattern: pattern.count("X"), default="XXXX")
    known = next((days for each in (a, b) if (days := bounds(each))), None)
    if narrow.count("X") < 3:
        years = _expanded(narrow)
    elif known is not None and patterns:
        first, last = (date.fromordinal(day).year for day in known)
        years = list(range(max(first - 1, 1), min(last, first + _EVERY_DAY) + 1))
    else:
        years = [_ANY_YEAR]
    return [year for year in years if all(_fits(pattern, year) for pattern in patterns)]


def _expanded(pattern: str) -> list[int]:
    low, high = int(pattern.replace("X", "0")), int(pattern.replace("X", "9"))
    return list(range(max(low, 1), high + 1))


def _fits(pattern: str, year: int) -> bool:
    return re.fullmatch(pattern.replace("X", r"\d"), f"{year:04d}") is not None


def _unknown_years(edtf: str) -> list[str]:
    """The patterns of years that have an `X`."""
    parts = _QUALIFIERS.sub("", edtf).split("/")
    return [part[:4] for part in parts if "X" in part[:4]]


@lru_cache(maxsize=65536)
def _days(edtf: str, year: int) -> Days:
    """The days of a date, `year` put for a year that is not told."""
    parts = _QUALIFIERS.sub("", edtf).split("/")
    first = _FIRST if parts[0] in _OPEN else _part(parts[0], year)[0]
    last = _LAST if parts[-1] in _OPEN else _part(parts[-1], year)[1]
    if last < first and _unknown_years(edtf):  # from December into January
        last = _part(parts[-1], year + 1)[1]
    return first, last


def _part(part: str, year: int) -> Days:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f"`{part}` is no EDTF date of level 1")
    if "X" not in found["year"]:
        year = max(int(found["year"]), 1)
    month, day = found["month"], found["day"]
    if month is None or "X" in month or not 1 <= int(month) <= 12:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    length = monthrange(year, int(month))[1]
    if day is None or "X" in day:
        first = date(year, int(month), 1).toordinal()
        return first, first + length - 1
    only = date(year, int(month), min(int(day), length)).toordinal()
    return only, only
