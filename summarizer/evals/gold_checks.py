"""What a gold file says that cannot be so, before its statements are located."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from summarizer.evals.gold_file import GoldFile, MeetingEntry
from summarizer.evals.normalise import fold
from summarizer.record import date_problem


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a fixture: the file, the field's path in it, and what it is."""

    file: str
    field: str | None
    message: str

    @property
    def where(self) -> str:
        """File and field."""
        return f"{self.file}: {self.field}" if self.field else self.file


def field_problems(text: str, gold: GoldFile) -> Iterator[tuple[str, str]]:
    """Field and message of everything wrong with dates, codes, places and contents."""
    if gold.published is not None and not _is_day(gold.published):
        yield "published", f"`{gold.published}` is not a day of the calendar"
    for index, meeting in enumerate(gold.meetings):
        for field, message in _meeting(text, meeting):
            yield f"meetings[{index}].{field}", message
    for index, statement in enumerate(gold.statements):
        where = f"statements[{index}].content"
        if statement.quote_type == "mixed" and statement.content is None:
            yield where, "is missing: a mixed statement needs its whole content"
        elif statement.quote_type != "mixed" and statement.content is not None:
            yield where, f"belongs to mixed statements, and this one is {statement.quote_type}"


def _meeting(text: str, meeting: MeetingEntry) -> Iterator[tuple[str, str]]:
    if meeting.date is not None:
        problem = date_problem(
            meeting.date, status=meeting.status, article_text=None, published=None
        )
        if problem:
            yield "date", problem
    if meeting.date_text is not None and meeting.date_text not in text:
        yield "date_text", f"`{meeting.date_text}` is not in the text"
    if meeting.place is not None and fold(meeting.place) not in fold(text):
        yield "place", f"`{meeting.place}` is not in the text"
    names = [participant.name for participant in meeting.participants]
    for index, participant in enumerate(meeting.participants):
        where = f"participants[{index}]"
        if participant.country is not None and not _is_country(participant.country):
            yield f"{where}.country", f"`{participant.country}` is not an ISO 3166-1 alpha-3 code"
        if participant.name in names[:index]:
            yield f"{where}.name", f"`{participant.name}` takes part twice"


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _is_country(code: str) -> bool:
    import pycountry

    return pycountry.countries.get(alpha_3=code) is not None
