"""The days that a digest is about, and dates in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from summarizer.linkage import bounds, compatible

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_PART = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?")
_QUALIFIERS = re.compile(r"[?~%]|T[\d:+\-Z]*")


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; None is open."""

    first: date | None = None
    last: date | None = None

    @property
    def edtf(self) -> str:
        """The period as a date; an open end is `..`."""
        return "/".join(day.isoformat() if day else ".." for day in (self.first, self.last))

    @property
    def whole(self) -> bool:
        """Whether it is all of time."""
        return self.first is None and self.last is None

    def takes(self, edtf: str | None) -> bool:
        """Whether a date can lie in it; one that is not known lies in all of time only."""
        if self.whole:
            return True
        return edtf is not None and compatible(edtf, self.edtf)

    def __str__(self) -> str:
        if self.whole:
            return "all dates"
        first, last = (
            readable(day.isoformat()) if day else None for day in (self.first, self.last)
        )
        if first and last:
            return f"{first} to {last}"
        return f"from {first}" if first else f"until {last}"


def readable(edtf: str | None) -> str:
    """A date in words: `16 October 2024`; what is not known is said."""
    if edtf is None:
        return "date not given"
    parts = _QUALIFIERS.sub("", edtf).split("/")
    said = [_part(part) for part in parts]
    about = " (uncertain)" if edtf != _QUALIFIERS.sub("", edtf) and "T" not in edtf else ""
    return " to ".join(said) + about


def order(edtf: str | None) -> tuple[int, int, str]:
    """By first day; then what has no year, by its words; then what has no date."""
    if edtf is None:
        return 2, 0, ""
    days = bounds(edtf)
    return (0, days[0], edtf) if days else (1, 0, edtf)


def _part(part: str) -> str:
    found = _PART.fullmatch(part)
    if found is None:
        return "an open end"
    year, month, day = found.groups()
    said_year = year if year.isdigit() else "year not given" if year == "XXXX" else f"{year}"
    if month is None or month == "XX":
        return said_year
    if month in _SEASONS:
        return f"{_SEASONS[month]} {said_year}"
    name = _MONTHS[int(month) - 1]
    said_day = f"{int(day)} {name}" if day and day.isdigit() else name
    return f"{said_day} {year}" if year.isdigit() else f"{said_day}, {said_year}"
