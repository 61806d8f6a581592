"""Meetings: paired by who, when and where; then each field of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from summarizer.evals.counts import Answer, Counts, Tally, count
from summarizer.evals.dates import overlap
from summarizer.evals.fields import judge_date, judge_exact, judge_mode, judge_place
from summarizer.evals.finding import Finding, Outcome
from summarizer.evals.gold import GoldMeeting
from summarizer.evals.pairing import Pair, assign
from summarizer.evals.participants import count_participants, pair_participants
from summarizer.evals.places import same_place
from summarizer.evals.topics import count_topics
from summarizer.record import Meeting, Person

FLOOR = 0.3
"""Likeness under which two meetings are not the same one."""
PARTICIPANTS_WEIGHT, DATE_WEIGHT, PLACE_WEIGHT = 0.5, 0.3, 0.2
FIELDS = ("status", "date", "mode", "place")


class _Field(NamedTuple):
    answer: Answer
    gold: str | None
    got: str | None


@dataclass(frozen=True)
class PairedMeetings:
    """An article's meetings, and who takes part in each of the record's."""

    gold: tuple[GoldMeeting, ...]
    got: tuple[Meeting, ...]
    people: tuple[tuple[Person, ...], ...]
    """For each of `got`, its participants."""
    pairs: tuple[Pair, ...]

    def presence(self) -> Answer:
        """Whether the article reports a meeting at all; only optional ones may be reported or not.
        """
        if any(not meeting.optional for meeting in self.gold):
            return "right" if self.got else "omission"
        return "right" if self.gold or not self.got else "hallucination"

    def counts(self) -> dict[str, Counts]:
        """Meetings, participants, topics and outcomes found, made up and missed.

        What belongs to a meeting that is not paired is all made up or all missed; what belongs to
        an optional one is right if found, and nothing if not.
        """
        totals = {
            "meetings": count([m.optional for m in self.gold], len(self.got), self.pairs),
            "participants": Counts(),
            "topics": Counts(),
            "outcomes": Counts(),
        }
        for gold, got, people in self._side_by_side():
            for name, found in _parts(gold, got, people).items():
                totals[name] += found
        return totals

    def tallies(self) -> dict[str, Tally]:
        """Fields of the required meetings, and countries of their required participants."""
        answers: dict[str, list[Answer]] = {name: [] for name in (*FIELDS, "country")}
        for gold, got, people in self._side_by_side():
            if gold is None or gold.optional:
                continue
            for name in FIELDS:
                answers[name].append(_field(name, gold, got).answer if got else "unpaired")
            answers["country"] += [a.answer for _, a in _countries(gold, people, required=True)]
        return {
            "presence": Tally.of([self.presence()]),
            **{name: Tally.of(given) for name, given in answers.items()},
        }

    def findings(self) -> Iterator[Finding]:
        """What became of each meeting, its fields and its participants."""
        for gold, got, people in self._side_by_side():
            gold_at = f"meetings[{gold.index}]" if gold else None
            got_at = f"meetings[{self.got.index(got)}]" if got else None
            yield Finding(
                "meeting", _outcome(gold, got), gold_at, got_at, _title(gold), _names(got, people)
            )
            if gold is None or got is None:
                continue
            for name in FIELDS:
                field = _field(name, gold, got)
                outcome: Outcome = field.answer
                if gold.optional and outcome != "right":
                    outcome = "excused"
                yield Finding(f"meeting.{name}", outcome, gold_at, got_at, field.gold, field.got)
            yield from _people_findings(gold, people, f"{gold_at}", f"{got_at}")

    def _side_by_side(
        self,
    ) -> Iterator[tuple[GoldMeeting | None, Meeting | None, tuple[Person, ...]]]:
        """Each gold meeting with its own, then those of the record that are left."""
        paired = {pair.gold: pair.got for pair in self.pairs}
        for index, meeting in enumerate(self.gold):
            other = paired.get(index)
            if other is None:
                yield meeting, None, ()
            else:
                yield meeting, self.got[other], self.people[other]
        for index in sorted(set(range(len(self.got))) - set(paired.values())):
            yield None, self.got[index], self.people[index]


def pair_meetings(
    gold: Sequence[GoldMeeting], got: Sequence[Meeting], persons: Mapping[str, Person]
) -> PairedMeetings:
    """Pairs the meetings of a record with those of the gold."""
    people = tuple(tuple(persons[who] for who in meeting.participants) for meeting in got)
    matrix = np.array(
        [[likeness(g, r, who) for r, who in zip(got, people, strict=True)] for g in gold]
    )
    pairs = assign(matrix.reshape(len(gold), len(got)), FLOOR)
    return PairedMeetings(tuple(gold), tuple(got), people, tuple(pairs))


def likeness(gold: GoldMeeting, got: Meeting, people: Sequence[Person]) -> float:
    """0.5 participants F1 + 0.3 date overlap + 0.2 same place; null against null earns nothing."""
    found = count_participants(
        gold.participants, people, pair_participants(gold.participants, people)
    )
    when = overlap(gold.entry.date, got.date.edtf if got.date else None)
    where = got.place is not None and same_place(got.place.name, gold.places)
    return (
        PARTICIPANTS_WEIGHT * (found.f1 or 0.0) + DATE_WEIGHT * when + PLACE_WEIGHT * float(where)
    )


def _parts(
    gold: GoldMeeting | None, got: Meeting | None, people: Sequence[Person]
) -> dict[str, Counts]:
    optional = gold is not None and gold.optional
    members = gold.participants if gold else ()
    found = count_participants(members, people, pair_participants(members, people))
    topics = gold.entry.topics if gold else []
    outcomes = gold.entry.outcomes if gold else []
    return {
        "participants": Counts(tp=found.tp) if optional else found,
        "topics": count_topics(topics, [t.text for t in got.topics] if got else [], optional=optional),
        "outcomes": count_topics(
            outcomes, [o.text for o in got.outcomes] if got else [], optional=optional
        ),
    }


def _field(name: str, gold: GoldMeeting, got: Meeting) -> _Field:
    entry = gold.entry
    if name == "status":
        return _Field(judge_exact(entry.status, got.status), entry.status, got.status)
    if name == "mode":
        return _Field(judge_mode(entry.mode, got.mode), entry.mode, got.mode)
    if name == "date":
        when = got.date.edtf if got.date else None
        return _Field(judge_date(entry.date, when), entry.date, when)
    where = got.place.name if got.place else None
    return _Field(judge_place(entry.place, tuple(entry.place_accept), where), entry.place, where)


def _countries(
    gold: GoldMeeting, people: Sequence[Person], *, required: bool
) -> Iterator[tuple[int, _Field]]:
    """For each participant of the gold, by index, how the country came out."""
    paired = {p.gold: people[p.got] for p in pair_participants(gold.participants, people)}
    for member in gold.participants:
        if required and member.optional:
            continue
        person = paired.get(member.index)
        if person is None:
            yield member.index, _Field("unpaired", member.who.country, None)
        else:
            answer = judge_exact(member.who.country, person.country)
            yield member.index, _Field(answer, member.who.country, person.country)


def _people_findings(
    gold: GoldMeeting, people: Sequence[Person], gold_at: str, got_at: str
) -> Iterator[Finding]:
    pairs = {p.gold: p.got for p in pair_participants(gold.participants, people)}
    countries = dict(_countries(gold, people, required=False))
    for member in gold.participants:
        excused = gold.optional or member.optional
        at = f"{gold_at}.participants[{member.index}]"
        if member.index not in pairs:
            outcome: Outcome = "excused" if excused else "miss"
            yield Finding("participant", outcome, at, None, member.who.name, None)
            continue
        place = f"{got_at}.participants[{pairs[member.index]}]"
        person = people[pairs[member.index]]
        yield Finding("participant", "right", at, place, member.who.name, person.name)
        answer = countries[member.index].answer
        outcome = "excused" if excused and answer != "right" else answer
        yield Finding("country", outcome, at, place, member.who.country, person.country)
    for index in sorted(set(range(len(people))) - set(pairs.values())):
        outcome = "excused" if gold.optional else "false_positive"
        place = f"{got_at}.participants[{index}]"
        yield Finding("participant", outcome, None, place, None, people[index].name)


def _outcome(gold: GoldMeeting | None, got: Meeting | None) -> Outcome:
    if gold is None:
        return "false_positive"
    if got is not None:
        return "right"
    return "excused" if gold.optional else "miss"


def _title(gold: GoldMeeting | None) -> str | None:
    if gold is None:
        return None
    names = ", ".join(person.who.name for person in gold.participants)
    return f"{gold.entry.status}, {gold.entry.date}, {gold.entry.place}: {names}"


def _names(got: Meeting | None, people: Sequence[Person]) -> str | None:
    if got is None:
        return None
    names = ", ".join(person.name for person in people)
    when = got.date.edtf if got.date else None
    return f"{got.status}, {when}, {got.place.name if got.place else None}: {names}"
