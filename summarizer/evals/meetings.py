"""Meetings: paired by who, when and where; then each field of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from summarizer.evals.counts import Answer, Counts, Tally
from summarizer.evals.dates import overlap
from summarizer.evals.fields import judge_date, judge_exact, judge_mode, judge_place
from summarizer.evals.gold import GoldMeeting
from summarizer.evals.names import Everyone
from summarizer.evals.pairing import Pair, assign
from summarizer.evals.participants import count_participants, pair_participants
from summarizer.evals.places import same_place
from summarizer.evals.topics import count_topics
from summarizer.record import Meeting, Person

FLOOR = 0.3
"""Likeness under which two meetings are not the same one."""
PARTICIPANTS_WEIGHT, DATE_WEIGHT, PLACE_WEIGHT = 0.5, 0.3, 0.2
FIELDS = ("status", "date", "mode", "place")


@dataclass(frozen=True)
class Judged:
    """One field: how it came out, and what stands in the gold and in the record."""

    answer: Answer
    gold: str | None
    got: str | None


@dataclass(frozen=True)
class Encounter:
    """A meeting of the gold with the record's that it was paired with; either may be missing.

    `people` are the record's participants, `members` their pairs with those of the gold. `index`
    is the meeting's place in the record.
    """

    gold: GoldMeeting | None
    got: Meeting | None
    index: int | None = None
    people: tuple[Person, ...] = ()
    members: tuple[Pair, ...] = field(default=())

    @property
    def optional(self) -> bool:
        """Whether the gold's meeting is: nothing of it can be missed or made up."""
        return self.gold is not None and self.gold.optional

    def counts(self) -> dict[str, Counts]:
        """Participants, topics and outcomes found, made up and missed."""
        gold, got = self.gold, self.got
        counts = {
            "participants": count_participants(
                gold.participants if gold else (), len(self.people), self.members
            ),
            "topics": count_topics(
                gold.entry.topics if gold else [], [t.text for t in got.topics] if got else []
            ),
            "outcomes": count_topics(
                gold.entry.outcomes if gold else [], [o.text for o in got.outcomes] if got else []
            ),
        }
        return {n: Counts(tp=c.tp) for n, c in counts.items()} if self.optional else counts

    def fields(self) -> dict[str, Judged]:
        """Status, date, mode and place of the gold's meeting; none if it has none."""
        if self.gold is None:
            return {}
        gold, got = self.gold.entry, self.got
        values = {
            "status": (gold.status, got.status if got else None),
            "date": (gold.date, got.date.edtf if got and got.date else None),
            "mode": (gold.mode, got.mode if got else None),
            "place": (gold.place, got.place.name if got and got.place else None),
        }
        if got is None:
            return {name: Judged("unpaired", right, None) for name, (right, _) in values.items()}
        accept = tuple(gold.place_accept)
        answers = {
            "status": judge_exact(*values["status"]),
            "date": judge_date(*values["date"]),
            "mode": judge_mode(gold.mode, got.mode),
            "place": judge_place(gold.place, accept, values["place"][1]),
        }
        return {name: Judged(answers[name], *both) for name, both in values.items()}

    def countries(self) -> dict[int, Judged]:
        """For each participant of the gold, by index, how the country came out."""
        if self.gold is None:
            return {}
        people = {pair.gold: self.people[pair.got] for pair in self.members}
        judged = {}
        for member in self.gold.participants:
            right, person = member.who.country, people.get(member.index)
            if person is None:
                judged[member.index] = Judged("unpaired", right, None)
            else:
                answer = judge_exact(right, person.country)
                judged[member.index] = Judged(answer, right, person.country)
        return judged


@dataclass(frozen=True)
class PairedMeetings:
    """An article's meetings: each of the gold with its own, then those of the record left over."""

    encounters: tuple[Encounter, ...]

    def presence(self) -> Answer:
        """Whether the article reports a meeting at all; one that is optional may be left out."""
        golds = [one.gold for one in self.encounters if one.gold]
        returned = any(one.got for one in self.encounters)
        if any(not gold.optional for gold in golds):
            return "right" if returned else "omission"
        return "right" if golds or not returned else "hallucination"

    def counts(self) -> dict[str, Counts]:
        """Meetings, participants, topics and outcomes found, made up and missed.

        What belongs to a meeting that is not paired is all made up or all missed.
        """
        totals = dict.fromkeys(("meetings", "participants", "topics", "outcomes"), Counts())
        for one in self.encounters:
            paired = one.gold is not None and one.got is not None
            missed = one.got is None and not one.optional
            totals["meetings"] += Counts(tp=paired, fp=one.gold is None, fn=missed)
            for name, found in one.counts().items():
                totals[name] += found
        return totals

    def tallies(self) -> dict[str, Tally]:
        """Fields of the required meetings, and countries of their required participants."""
        answers: dict[str, list[Answer]] = {name: [] for name in (*FIELDS, "country")}
        for one in self.encounters:
            if one.gold is None or one.optional:
                continue
            for name, judged in one.fields().items():
                answers[name].append(judged.answer)
            required = [m.index for m in one.gold.participants if not m.optional]
            countries = one.countries()
            answers["country"] += [countries[index].answer for index in required]
        presence = Tally.of([self.presence()])
        return {"presence": presence, **{n: Tally.of(given) for n, given in answers.items()}}


def pair_meetings(
    gold: Sequence[GoldMeeting],
    got: Sequence[Meeting],
    persons: Mapping[str, Person],
    everyone: Everyone,
) -> PairedMeetings:
    """Pairs the meetings of a record with those of the gold."""
    people = [tuple(persons[who] for who in meeting.participants) for meeting in got]
    members = [
        [tuple(pair_participants(g.participants, who, everyone)) for who in people] for g in gold
    ]
    likenesses = [
        [
            likeness(g, r, count_participants(g.participants, len(who), pairs))
            for r, who, pairs in zip(got, people, row, strict=True)
        ]
        for g, row in zip(gold, members, strict=True)
    ]
    pairs = assign(np.array(likenesses).reshape(len(gold), len(got)), FLOOR)
    paired = {pair.gold: pair.got for pair in pairs}
    encounters = []
    for index, meeting in enumerate(gold):
        at = paired.get(index)
        if at is None:
            encounters.append(Encounter(meeting, None))
        else:
            encounters.append(Encounter(meeting, got[at], at, people[at], members[index][at]))
    for at in sorted(set(range(len(got))) - set(paired.values())):
        encounters.append(Encounter(None, got[at], at, people[at]))
    return PairedMeetings(tuple(encounters))


def likeness(gold: GoldMeeting, got: Meeting, participants: Counts) -> float:
    """0.5 participants F1 + 0.3 date overlap + 0.2 same place; null against null earns nothing."""
    when = overlap(gold.entry.date, got.date.edtf if got.date else None)
    where = got.place is not None and same_place(got.place.name, gold.places)
    return (
        PARTICIPANTS_WEIGHT * (participants.f1 or 0.0)
        + DATE_WEIGHT * when
        + PLACE_WEIGHT * float(where)
    )
