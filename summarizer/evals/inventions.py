"""What a record must never hold: quotations, years, places and countries that were made up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summarizer.evals.dates import knows_year
from summarizer.evals.gold import Fixture
from summarizer.evals.meetings import PairedMeetings
from summarizer.evals.normalise import fold
from summarizer.record import MeetingStatus, Record, date_problem


@dataclass(frozen=True)
class Invented:
    """How many of the `returned` values were made up."""

    events: int = 0
    returned: int = 0

    def __add__(self, other: Invented) -> Invented:
        return Invented(self.events + other.events, self.returned + other.returned)


def fabricated_quotations(record: Record, text: str) -> Invented:
    """Direct and mixed statements of which some words do not stand where they are said to."""
    quoted = [s for s in record.statements if s.quote_type != "indirect"]
    false = (any(text[x.start : x.end] != x.text for x in s.spans) for s in quoted)
    return Invented(sum(false), len(quoted))


def invented_years(paired: PairedMeetings, fixture: Fixture) -> Invented:
    """Years that stand neither in the article nor in its date of publication.

    A year that the gold's own date leaves open is made up as well.
    """
    events = returned = 0
    for one in paired.encounters:
        if one.got is None or one.got.date is None or not knows_year(one.got.date.edtf):
            continue
        gold = one.gold.entry.date if one.gold else None
        day = one.got.date.edtf
        problem = _date_problem(day, one.got.status, fixture.text, fixture.published)
        returned += 1
        events += problem is not None or (gold is not None and not knows_year(gold))
    return Invented(events, returned)


def invented_places(paired: PairedMeetings, fixture: Fixture) -> Invented:
    """Places of meetings that have none in the gold, and places that the article does not name."""
    text = fold(fixture.text)
    events = returned = 0
    for one in paired.encounters:
        if one.got is None or one.got.place is None:
            continue
        returned += 1
        nowhere = one.gold is not None and not one.gold.places
        events += nowhere or fold(one.got.place.name) not in text
    return Invented(events, returned)


def invented_countries(paired: PairedMeetings, fixture: Fixture) -> Invented:
    """Countries of participants who have none in the gold.

    Of people whom the gold does not know: countries whose words are not in the article.
    """
    text = fold(fixture.text)
    events = returned = 0
    for one in paired.encounters:
        members = one.gold.participants if one.gold else ()
        golds = {pair.got: members[pair.gold].who for pair in one.members}
        for index, person in enumerate(one.people):
            if person.country is None:
                continue
            returned += 1
            if index in golds:
                events += golds[index].country is None
            else:
                said = person.country_text
                events += said is None or fold(said) not in text
    return Invented(events, returned)


@lru_cache(maxsize=8192)
def _date_problem(edtf: str, status: MeetingStatus, text: str, published: str | None) -> str | None:
    """Parsing EDTF takes longer than all the rest of an article's scores."""
    return date_problem(edtf, status=status, article_text=text, published=published)
