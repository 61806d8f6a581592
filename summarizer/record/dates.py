"""EDTF dates of a record: well formed, on the calendar, and with no invented year.

Level 1 (with `..` and empty ends of intervals, `?`, `~`, `%`, seasons) and `X` for unknown
digits of the year, months and days, the year first (`XXXX-01-31`).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from summarizer.record.models import MeetingStatus

_PART = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)"
    r"(?:-(?P<month>0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?P<day>0[1-9]|[12]\d|3[01]|XX))?)?"
    r"(?P<time>T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?)?[?~%]?"
)
_LEAP_YEAR = "2000"
_DAY = timedelta(days=1)
_BACK = {"held": 364, "planned": 7, "proposed": 7, "cancelled": 364}
_AHEAD = {"held": 1, "planned": 364, "proposed": 364, "cancelled": 364}


def date_problem(
    edtf: str, *, status: MeetingStatus, article_text: str | None, published: str | None
) -> str | None:
    """What is wrong with the date of a meeting, or None.

    The known digits of a year must stand in the article as a number, or follow from the day of
    publication: a day less than a year before it for a meeting that was held, after it for one
    that is planned or proposed (a week's grace), either for a cancelled one; of a month or year
    alone, the year of publication or its neighbours. Any other year must be `X` digits.

    Args:
        edtf: the date.
        status: of the meeting.
        article_text: the article; None leaves out what needs it.
        published: its ISO date of publication.
    """
    parts = edtf.split("/")
    matches = [_PART.fullmatch(part) for part in parts]
    known = [match for match in matches if match]
    if not _well_formed(edtf, parts, known):
        return f"`{edtf}` is not an EDTF date of level 1"
    if not all(_on_calendar(match) for match in known):
        return f"`{edtf}` is not a day of the calendar"
    if len(known) == 2 and "X" not in edtf and parts[0] > parts[1]:
        return f"`{edtf}` ends before it begins"
    if article_text is None:
        return None
    for match in known:
        if not _year_given(match, status, article_text, published):
            return f"the year of `{edtf}` stands neither in the article nor in its publication date"
    return None


def _well_formed(edtf: str, parts: list[str], known: list[re.Match[str]]) -> bool:
    ends = [part for part in parts if part in ("", "..")]
    if len(parts) > 2 or not known or len(known) + len(ends) != len(parts):
        return False
    if len(parts) == 2 and any(match["time"] for match in known):
        return False
    return all(_parses(match[0]) for match in known)


@lru_cache(maxsize=4096)
def _parses(part: str) -> bool:
    """Whether the EDTF library reads it, which takes ten milliseconds."""
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parse_edtf(part)
    except EDTFParseException:
        return False
    return True


def _on_calendar(match: re.Match[str]) -> bool:
    day, month, year = match["day"], match["month"], match["year"]
    if day in (None, "XX"):
        return True
    if month == "XX":
        return True
    if int(month) > 12:
        return False
    try:
        date.fromisoformat(f"{_LEAP_YEAR if 'X' in year else year}-{month}-{day}")
    except ValueError:
        return False
    return True


def _year_given(
    match: re.Match[str], status: MeetingStatus, article_text: str, published: str | None
) -> bool:
    year = match["year"]
    if year == "XXXX" or _stands_in(year, article_text):
        return True
    if published is None:
        return False
    day = date.fromisoformat(published)
    if match["month"] and match["day"] and "X" not in match[0]:
        meant = date.fromisoformat(f"{year}-{match['month']}-{match['day']}")
        return -_BACK[status] * _DAY <= meant - day <= _AHEAD[status] * _DAY
    return any(_fits(year, str(near)) for near in (day.year - 1, day.year, day.year + 1))


def _fits(pattern: str, year: str) -> bool:
    return re.fullmatch(pattern.replace("X", r"\d"), year) is not None


def _stands_in(year: str, text: str) -> bool:
    runs = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    return any(_fits(year, "".join(str(unicodedata.decimal(c)) for c in run)) for run in runs)
