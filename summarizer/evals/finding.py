"""What became of each item and field: for reports, and for what flipped between two runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from summarizer.evals.counts import Answer
from summarizer.evals.gold import GoldStatement
from summarizer.evals.meetings import Encounter, PairedMeetings
from summarizer.evals.pairing import Pair
from summarizer.evals.statements import INDIRECT_IOU, QUOTED, QUOTED_IOU, PairedStatements

Outcome = Answer | Literal["miss", "false_positive", "excused"]


@dataclass(frozen=True)
class Finding:
    """One item or field of an article, as it came out.

    `gold_at` and `got_at` are paths in the gold file and in the record (`statements[3]`), `gold`
    and `got` what stands there. `excused` is what is optional and not right: it counts nowhere.
    """

    field: str
    outcome: Outcome
    gold_at: str | None
    got_at: str | None
    gold: str | None
    got: str | None


def statement_findings(paired: PairedStatements) -> Iterator[Finding]:
    """Each statement, its words, speaker and quote type, judged as in the joint figures."""
    pairs = {pair.gold: pair for pair in paired.pairs}
    for index, gold in enumerate(paired.gold):
        if index in pairs:
            yield from _of_pair(paired, pairs[index])
            continue
        words = f"{gold.quote_type}, {_speaker(gold)}: {_words(gold)}"
        at = f"statements[{gold.index}]"
        yield Finding("statement", _excuse("miss", gold.optional), at, None, words, None)
    for index in sorted(set(range(len(paired.got))) - {pair.got for pair in paired.pairs}):
        got, at = paired.got[index], f"statements[{paired.places[index]}]"
        words = f"{got.quote_type}, {paired.speaker_name(index)}: {got.text}"
        yield Finding("statement", "false_positive", None, at, None, words)


def meeting_findings(paired: PairedMeetings) -> Iterator[Finding]:
    """Each meeting, its fields, its participants and their countries."""
    for one in paired.encounters:
        gold_at = f"meetings[{one.gold.index}]" if one.gold else None
        got_at = f"meetings[{one.index}]" if one.got else None
        outcome: Outcome = "right"
        if one.gold is None:
            outcome = "false_positive"
        elif one.got is None:
            outcome = _excuse("miss", one.optional)
        yield Finding("meeting", outcome, gold_at, got_at, _gold_title(one), _got_title(one))
        if one.gold and one.got:
            for name, judged in one.fields().items():
                outcome = _excuse(judged.answer, one.optional)
                yield Finding(f"meeting.{name}", outcome, gold_at, got_at, judged.gold, judged.got)
            yield from _people(one)


def _of_pair(paired: PairedStatements, pair: Pair) -> Iterator[Finding]:
    gold, got = paired.gold[pair.gold], paired.got[pair.got]
    at = f"statements[{gold.index}]", f"statements[{paired.places[pair.got]}]"
    least = QUOTED_IOU if gold.quote_type in QUOTED else INDIRECT_IOU
    judged: list[tuple[str, Answer, str | None, str | None]] = [
        ("statement", _yes(paired.right(pair, least)), _words(gold), got.text),
        ("statement.words", _yes(pair.likeness >= least), _words(gold), got.text),
        (
            "statement.speaker",
            paired.speaker(pair),
            _speaker(gold),
            paired.speaker_name(pair.got),
        ),
        (
            "statement.quote_type",
            _yes(gold.quote_type == got.quote_type),
            gold.quote_type,
            got.quote_type,
        ),
    ]
    for field, answer, right, returned in judged:
        yield Finding(field, _excuse(answer, gold.optional), *at, right, returned)


def _people(one: Encounter) -> Iterator[Finding]:
    if one.gold is None:
        return
    pairs = {pair.gold: pair.got for pair in one.members}
    countries = one.countries()
    for member in one.gold.participants:
        optional = one.optional or member.optional
        at = f"meetings[{one.gold.index}].participants[{member.index}]"
        index = pairs.get(member.index)
        if index is None:
            outcome = _excuse("miss", optional)
            yield Finding("participant", outcome, at, None, member.who.name, None)
            continue
        place = f"meetings[{one.index}].participants[{index}]"
        person, country = one.people[index], countries[member.index]
        yield Finding("participant", "right", at, place, member.who.name, person.name)
        outcome = _excuse(country.answer, optional)
        yield Finding("participant.country", outcome, at, place, country.gold, country.got)
    for index in sorted(set(range(len(one.people))) - set(pairs.values())):
        outcome = _excuse("false_positive", one.optional)
        place = f"meetings[{one.index}].participants[{index}]"
        yield Finding("participant", outcome, None, place, None, one.people[index].name)


def _yes(right: bool) -> Answer:
    return "right" if right else "wrong"


def _excuse(outcome: Outcome, optional: bool) -> Outcome:
    return "excused" if optional and outcome != "right" else outcome


def _words(gold: GoldStatement) -> str:
    return " ".join(segment.text for segment in gold.segments)


def _speaker(gold: GoldStatement) -> str | None:
    return gold.speaker.name if gold.speaker else None


def _gold_title(one: Encounter) -> str | None:
    if one.gold is None:
        return None
    entry = one.gold.entry
    names = ", ".join(person.name for person in entry.participants)
    return f"{entry.status}, {entry.date}, {entry.place}: {names}"


def _got_title(one: Encounter) -> str | None:
    if one.got is None:
        return None
    when = one.got.date.edtf if one.got.date else None
    where = one.got.place.name if one.got.place else None
    return f"{one.got.status}, {when}, {where}: {', '.join(p.name for p in one.people)}"
