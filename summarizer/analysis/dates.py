"""Days that an article names, as EDTF: a year that nobody gives stays `XXXX`.

EDTF is the Library of Congress' Extended Date/Time Format (ISO 8601-2): level 1, and level 2's
`XXXX-01-31` for a day without a year. A relative day is resolved against the article's own date
line or its publication date, never against the clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from summarizer.article import Span, span_at
from summarizer.lexicon import Lexicon

Tense = Literal["past", "future"]
_DAY = r"(?P<{0}>[12]?\d|3[01]|0[1-9])(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20|١٩|٢٠)\d\d)"
_TO = r"\s*(?:-|–|—|to|and|bis|au|al|y|et|по|и|до|至|إلى)\s*"
_HEAD_LINES = 5
_LINE_WORDS = 10  # of a line that holds a date and no sentence
_LEAD_WORDS = 6  # before the date in `CITY, Country, June 18, 2024 (Agency) – …`
_BEHIND = re.compile(r"\s*(?:$|[.,:;|·(\[–—，、：（-])", re.MULTILINE)
_COMMA = re.compile(r"\s*[,،，(]\s*")
_DELAY = timedelta(days=31)  # between the date line of a report and its publication


@dataclass(frozen=True)
class Day:
    """One day or month, its parts None where the article does not give them."""

    year: int | None
    month: int
    day: int | None

    def edtf(self) -> str:
        """As `2024-01-31` or `2024-01`, or `XXXX-01-31` without a year."""
        year = f"{self.year:04d}" if self.year else "XXXX"
        day = f"-{self.day:02d}" if self.day else ""
        return f"{year}-{self.month:02d}{day}"


@dataclass(frozen=True)
class DateMention:
    """A date expression: absolute days (`first`, `last`), or what is to be resolved.

    That is a weekday, an offset, the day of a month that is not named (`day`), or a month so
    many after this one (`months`).
    """

    span: Span
    first: Day | None = None
    last: Day | None = None
    weekday: int | None = None
    offset: int | None = None
    which: Literal["", "next", "last"] = ""
    until: int | None = None
    day: int | None = None
    months: int | None = None

    @property
    def is_month(self) -> bool:
        """Whether it names a month and no day of it."""
        return self.months is not None or (self.first is not None and self.first.day is None)


class DateFinder:
    """Finds and resolves date expressions with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        dates = words.dates
        self._wide = words.wide
        self._months = {name: i % 12 + 1 for i, name in enumerate(dates.months)}
        self._full = frozenset(dates.months)
        self._months |= {
            name: (i % 12 if i < 12 else 8) + 1 for i, name in enumerate(dates.months_short)
        }
        self._weekdays = {name: i % 7 for i, name in enumerate(dates.weekdays)}
        self._offsets = {word: 0 for word in dates.today}
        self._offsets |= {word: -1 for word in dates.yesterday}
        self._offsets |= {word: 1 for word in dates.tomorrow}
        self._month_offsets = {word: 1 for word in dates.next_month}
        self._month_offsets |= {word: 0 for word in dates.this_month}
        self._within = dates.within
        self._next, self._last = frozenset(dates.next), frozenset(dates.last)
        self._patterns = self._compile(dates.next + dates.last + dates.this)

    def _compile(self, which: Sequence[str]) -> list[re.Pattern[str]]:
        month = rf"(?P<month>{_any(self._months)})\.?"
        weekday = rf"(?P<weekday>{_any(self._weekdays)})"
        later = rf"(?P<later>{_any(self._weekdays)})"
        day, last = _DAY.format("day"), _DAY.format("last")
        of = r"\s+(?:of\s+|de\s+|du\s+|del\s+|من\s+)?"
        year = rf"(?:,?\s+(?:de\s+|of\s+|del\s+)?{_YEAR})?(?:\s*(?:года|г\.))?"
        cross = rf"(?P<month2>{_any(self._months)})\.?"
        sources = [
            rf"{_YEAR}-(?P<month_number>\d\d)-(?P<day>\d\d)",
            rf"(?:{_YEAR}\s*年\s*)?(?P<month_number>1[0-2]|[1-9])\s*月\s*{_DAY.format('day')}\s*日"
            rf"(?:{_TO}{_DAY.format('last')}\s*日)?",
            rf"{day}{of}{month}{_TO}{last}{of}{cross}{year}",
            rf"{month}\s+{day}{_TO}{cross}\s+{last}{year}",
            rf"{day}(?:{_TO}{last})?{of}{month}{year}",
            rf"{month}\s+(?:the\s+)?{day}(?:{_TO}{last})?(?!\d|:){year}",
            rf"(?P<offset>{_any(self._offsets)})",
            rf"(?<![月\d]){_DAY.format('alone')}日(?!本|元)",
            rf"(?:(?P<which>{_any(which)})\s+)?{weekday}(?:{_TO}{later})?"
            rf"(?:\s+(?P<behind>{_any(which)}))?",
            rf"(?P<months>{_any(self._month_offsets)})",
            rf"(?<=\s)(?P<month>{_any(sorted(self._full))})(?!\s+\d?\d(?!\d)){year}",
        ]
        return [re.compile(self._bounded(source), re.IGNORECASE) for source in sources]

    def _bounded(self, source: str) -> str:
        wide = self._wide or "日" in source
        return source if wide else rf"(?<![\w]){source}(?!\w)"

    def find(self, text: str, start: int, end: int) -> tuple[DateMention, ...]:
        """Every date expression in `text[start:end]`, in order, none overlapping."""
        found: list[DateMention] = []
        for pattern in self._patterns:
            for match in pattern.finditer(text, start, end):
                named = (match.groupdict().get("month") or "").lower()
                if pattern is self._patterns[-1] and not self._is_within(text, match.start()):
                    continue
                stop = match[0].lower().endswith(named + ".") and named in self._full
                span = span_at(text, match.start(), match.end() - stop)
                if not any(span.overlaps(other.span) for other in found):
                    mention = self._mention(span, match.groupdict())
                    if mention is not None:
                        found.append(mention)
        return tuple(_explained(text, sorted(found, key=lambda mention: mention.span.start)))

    def _is_within(self, text: str, start: int) -> bool:
        """Whether a preposition of time stands before a month: `in May`, not `may`, `until May`."""
        before = " ".join(text[max(0, start - 20) : start].lower().split())
        return any(f" {before}".endswith(f" {word}") for word in self._within)

    def _mention(self, span: Span, parts: dict[str, str | None]) -> DateMention | None:
        if word := parts.get("offset"):
            return DateMention(span, offset=self._offsets[_plain(word)])
        if word := parts.get("months"):
            return DateMention(span, months=self._month_offsets[_plain(word)])
        if alone := parts.get("alone"):
            return DateMention(span, day=int(alone)) if int(alone) else None
        if word := parts.get("weekday"):
            which = (parts.get("which") or parts.get("behind") or "").lower()
            later = parts.get("later")
            return DateMention(
                span,
                weekday=self._weekdays[word.lower()],
                until=self._weekdays[later.lower()] if later else None,
                which="next" if which in self._next else "last" if which in self._last else "",
            )
        named = parts.get("month")
        month = self._months[named.lower()] if named else int(parts["month_number"] or 0)
        given = parts.get("year")
        year = int(given) if given else None
        first = Day(year, month, int(parts["day"] or 0) if "day" in parts else None)
        until = parts.get("last")
        second = parts.get("month2")
        last_month = self._months[second.lower()] if second else month
        last = Day(year, last_month, int(until)) if until else None
        if not all(_exists(day) for day in (first, last) if day):
            return None
        return DateMention(span, first=first, last=last)

    def anchor(self, text: str, published: date | None) -> date | None:
        """The day from which others are told: that of the date line, else that of publication.

        A date line far from a known day of publication is the day of something else.
        """
        line = self._date_line(text, published)
        if line and published and abs(line - published) > _DELAY:
            return published
        return line or published

    def _date_line(self, text: str, published: date | None) -> date | None:
        """The full date in the first lines that is on a line of its own, or begins the report.

        So is one that explains a weekday already past: `on Friday (3 May 2024)`.
        """
        head = "\n".join(text.split("\n")[: _HEAD_LINES * 2])[:600]
        for mention in self.find(head, 0, len(head)):
            day = mention.first
            if not (day and day.year and day.day and mention.last is None):
                continue
            told = date(day.year, day.month, day.day)
            past = published is not None and told <= published
            if _is_date_line(text, mention.span) or (past and _is_explained(text, mention.span)):
                return told
        return None

    def edtf(self, mention: DateMention, anchor: date | None, tense: Tense) -> str | None:
        """The EDTF form of a mention; None where it cannot be told without an anchor.

        Args:
            mention: what `find` gave.
            anchor: the article's date line or publication date.
            tense: whether the day lies before or after the anchor, if no year is given.
        """
        if mention.first is not None:
            if mention.is_month and anchor is None and mention.first.year is None:
                return None
            first = _with_year(mention.first, anchor, tense)
            if mention.last is None:
                return first.edtf()
            last = Day(first.year, mention.last.month, mention.last.day)
            if first.year and (last.month, last.day) < (first.month, first.day):
                last = Day(first.year + 1, last.month, last.day)
            if not _exists(last):
                return None
            return f"{first.edtf()}/{last.edtf()}"
        if anchor is None:
            return None
        try:
            return self._beside(mention, anchor, tense)
        except OverflowError:  # before the first year of the calendar, or after its last
            return None

    def _beside(self, mention: DateMention, anchor: date, tense: Tense) -> str | None:
        if mention.months is not None:
            month = anchor.year * 12 + anchor.month - 1 + mention.months
            return Day(month // 12, month % 12 + 1, None).edtf()
        if mention.offset is not None:
            return (anchor + timedelta(days=mention.offset)).isoformat()
        if mention.day is not None:
            return _nearest(mention.day, anchor, tense)
        return self._weekday(mention, anchor, tense)

    def _weekday(self, mention: DateMention, anchor: date, tense: Tense) -> str | None:
        if mention.weekday is None:
            return None
        if tense == "future" or mention.which == "next":
            ahead = (mention.weekday - anchor.weekday()) % 7
            first = anchor + timedelta(days=ahead or (7 if mention.which == "next" else 0))
        else:
            behind = (anchor.weekday() - mention.weekday) % 7
            first = anchor - timedelta(days=behind or (7 if mention.which == "last" else 0))
        if mention.until is None:
            return first.isoformat()
        last = first + timedelta(days=(mention.until - mention.weekday) % 7)
        if tense == "past" and last > anchor:
            first, last = first - timedelta(days=7), last - timedelta(days=7)
        return f"{first.isoformat()}/{last.isoformat()}"


def _explained(text: str, found: Sequence[DateMention]) -> list[DateMention]:
    """The mentions, with `yesterday, November 4` as one that has its day from the second part."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and last.first is None and mention.first is not None:
            gap = text[last.span.end : mention.span.start]
            if _COMMA.fullmatch(gap):
                whole = span_at(text, last.span.start, mention.span.end)
                joined[-1] = replace(mention, span=whole)
                continue
        joined.append(mention)
    return joined


def _is_date_line(text: str, span: Span) -> bool:
    """Whether a date is told for itself: a sentence names the day of what it reports."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)].strip()
    if len(line.split()) <= _LINE_WORDS and line[-1] not in ".!?。…":
        return True
    before = text[start : span.start].split()
    lower = sum(word[0].islower() for word in before)
    return len(before) <= _LEAD_WORDS and lower <= 1 and _BEHIND.match(text, span.end) is not None


def _is_explained(text: str, span: Span) -> bool:
    """Whether a mention is a weekday with its date in brackets."""
    return "(" in span.text and text[span.end : span.end + 1] == ")"


def _nearest(day: int, anchor: date, tense: Tense) -> str:
    """The day of that number at or before the anchor, or at or after it."""
    step = timedelta(days=-1 if tense == "past" else 1)
    while anchor.day != day:
        anchor += step
    return anchor.isoformat()


def _with_year(day: Day, anchor: date | None, tense: Tense) -> Day:
    """The day in the year that puts it nearest to the anchor on the side that `tense` says."""
    if day.year or anchor is None:
        return day
    if day.day is None:
        return Day(_year_of_month(day.month, anchor, tense), day.month, None)
    near = range(max(MINYEAR, anchor.year - 1), min(MAXYEAR, anchor.year + 1) + 1)
    dates = [date(y, day.month, day.day) for y in near if _exists(Day(y, day.month, day.day))]
    if not dates:
        return day
    slack = timedelta(days=1)
    if tense == "past":
        fitting = [d for d in dates if d - anchor <= slack] or dates
        return Day(fitting[-1].year, day.month, day.day)
    fitting = [d for d in dates if anchor - d <= slack] or dates
    return Day(fitting[0].year, day.month, day.day)


def _year_of_month(month: int, anchor: date, tense: Tense) -> int:
    """The year of a month that is not later, or not earlier, than that of the anchor."""
    if tense == "past":
        return anchor.year - (month > anchor.month)
    return anchor.year + (month < anchor.month)


def _exists(day: Day) -> bool:
    try:
        date(day.year or 2000, day.month, day.day or 1)
    except ValueError:
        return False
    return True


def _any(words: Sequence[str] | dict[str, int]) -> str:
    ordered = sorted(words, key=lambda word: -len(word))
    plain = (re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in ordered)
    return "|".join(plain) or "(?!)"


def _plain(word: str) -> str:
    """A word as the lexicon writes it."""
    return " ".join(word.lower().replace("’", "'").split())
