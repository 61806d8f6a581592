"""What a record must never hold: quotations, years, places and countries that were made up."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.evals.dates import knows_year
from summarizer.evals.gold import Fixture
from summarizer.evals.meetings import PairedMeetings
from summarizer.evals.normalise import fold
from summarizer.evals.participants import pair_participants
from summarizer.record import Record, date_problem


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

    A year that a date of the gold leaves open is made up as well.
    """
    golds = {pair.got: paired.gold[pair.gold].entry.date for pair in paired.pairs}
    events = returned = 0
    for index, meeting in enumerate(paired.got):
        if meeting.date is None or not knows_year(meeting.date.edtf):
            continue
        returned += 1
        gold = golds.get(index)
        problem = date_problem(
            meeting.date.edtf,
            status=meeting.status,
            article_text=fixture.text,
            published=fixture.published,
        )
        events += problem is not None or (gold is not None and not knows_year(gold))
    return Invented(events, returned)


def invented_places(paired: PairedMeetings, fixture: Fixture) -> Invented:
    """Places of meetings that have none in the gold, or that the article does not name."""
    golds = {pair.got: paired.gold[pair.gold].places for pair in paired.pairs}
    text = fold(fixture.text)
    events = returned = 0
    for index, meeting in enumerate(paired.got):
        if meeting.place is None:
            continue
        returned += 1
        events += golds.get(index) == () or fold(meeting.place.name) not in text
    return Invented(events, returned)


def invented_countries(paired: PairedMeetings, fixture: Fixture) -> Invented:
    """Countries of participants who have none in the gold, or whose words are not in the article.
    """
    golds = {pair.got: paired.gold[pair.gold].participants for pair in paired.pairs}
    text = fold(fixture.text)
    events = returned = 0
    for index, people in enumerate(paired.people):
        members = golds.get(index, ())
        pairs = {p.got: members[p.gold] for p in pair_participants(members, people)}
        for number, person in enumerate(people):
            if person.country is None:
                continue
            returned += 1
            member = pairs.get(number)
            unsaid = person.country_text is None or fold(person.country_text) not in text
            events += unsaid or (member is not None and member.who.country is None)
    return Invented(events, returned)
