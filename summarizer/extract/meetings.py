"""Which meetings the record has, and who took part in each.

The rules are sure of those whom the sentence that reports a meeting names. Where it names fewer
than two, the model says of each likely person whether they took part; where a sentence may report
a further meeting, the model says whether it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import create_model

from summarizer.analysis import Candidate, Event, Reading
from summarizer.extract.cast import Cast
from summarizer.extract.participants import Participants
from summarizer.extract.questions import Inquiry, Letters, Question, Questions
from summarizer.extract.subjects import Subjects

_TOKENS_EACH, _SHOWN = 8, 240


@dataclass(frozen=True)
class Listing:
    """One line of the question whether sentences report meetings."""

    number: str
    text: str


@dataclass(frozen=True)
class Gathering:
    """An event that counts as a meeting, and who took part."""

    event: Event
    participants: tuple[Candidate, ...]


def gatherings(reading: Reading, cast: Cast, questions: Questions) -> list[Gathering]:
    """The meetings of an article, the one that it is about first."""
    gatherer = _Gatherer(reading, cast, questions)
    for event in reading.events:
        gatherer.take(event)
    return _confirmed(gatherer.found, questions)


class _Gatherer:
    """Goes through the events of an article, and keeps those that are meetings of somebody."""

    def __init__(self, reading: Reading, cast: Cast, questions: Questions) -> None:
        self.found: list[Gathering] = []
        self._reading = reading
        self._cast = cast
        self._questions = questions
        self._finder = Participants(reading, cast)
        self._subjects = Subjects(reading, cast)

    def take(self, event: Event) -> None:
        """Keep an event if the words, or the model, tell who took part."""
        people = self._finder.named(event)
        known = self.found[0].participants if self.found else ()
        if event.aside:
            if told := self._finder.beside(event, people, known):
                self.found.append(Gathering(event, told))
            return
        people = (*self._subjects.of(event, people), *people)
        if len(people) == 1:
            people = (*self._finder.host(event, known), *people)
        named = len(people)
        again = not people and bool(known) and self._finder.is_about_the_same(event)
        if again:
            people = tuple(person for person in known if person.named)
        people = (*people, *self._members(event, people))
        first = event is self._reading.events[0]
        if event.status == "held" and len(people) < 2:
            if _is_mere_visit(event):
                return
            people = (*people, *(self._asked(event, people) if first else ()))
        all_told = named >= 2 or (again and len(known) == 2)
        groups = () if all_told else self._groups(event, people, told=len(people) > named)
        groups = self._finder.groups.behind_with(event, people) or groups
        if self._is_several(event, people, groups) or (first and people):
            each = self._subjects.parted(event, people)
            self.found += [Gathering(event, (*some, *groups)) for some in each]

    def _members(self, event: Event, people: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Those of a group, or of the countries told, where fewer than two are named."""
        if len(people) > 1:
            return ()
        others = tuple(p for p in self._finder.members(event) if p not in people)
        sided = len(others) < 2 and self._finder.groups.are_two_sides(event)
        return () if sided else others

    def _asked(self, event: Event, people: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Those of whom the model says that they took part, where no two sides are told."""
        if not people and len(self._finder.groups.of(event)) > 1:
            return ()
        likely = self._finder.likely(people)
        return _who_took_part(event, likely, self._cast, self._questions) if likely else ()

    def _groups(
        self, event: Event, people: Sequence[Candidate], *, told: bool
    ) -> tuple[Candidate, ...]:
        """Who took part without a name; of those `told` by others `the leaders` is one."""
        if self._finder.is_everyone(event, people):
            return ()
        found = self._finder.groups.of(event)
        return tuple(g for g in found if g.type == "group") if told else found

    def _is_several(
        self, event: Event, people: Sequence[Candidate], groups: Sequence[Candidate]
    ) -> bool:
        if len(people) + len(groups) >= 2 or any(group.type == "group" for group in groups):
            return True
        return any(self._finder.groups.is_one_side(group, event) for group in groups)


def _who_took_part(
    event: Event, likely: Sequence[Candidate], cast: Cast, questions: Questions
) -> tuple[Candidate, ...]:
    """Those of the likely persons who the model says took part."""
    listed = [figure for figure in cast.letters().values() if figure in likely]
    if not listed or not questions.asks("participants"):
        return ()

    def question(people: Sequence[Candidate], letters: Letters) -> Question:
        asked = [letter for letter, figure in letters.items() if figure in people]
        fields: dict[str, Any] = {letter: (Literal["yes", "no"], ...) for letter in asked}
        return Question(
            {"meeting": event.sentence.text[:_SHOWN], "letters": asked},
            create_model("Participants", **fields),
            max_tokens=_TOKENS_EACH * len(asked) + 10,
        )

    inquiry = Inquiry[Candidate](
        "participants",
        question,
        about=lambda figure: [event.sentence, figure.mentions[0].span],
        whom=lambda figure: [figure],
    )
    return tuple(
        some.letters[letter]
        for some in questions.each(inquiry, listed)
        for letter, answer in some.answer.value.model_dump().items()
        if answer == "yes"
    )


def _confirmed(found: Sequence[Gathering], questions: Questions) -> list[Gathering]:
    """What the rules are sure of, and of the rest what the model says is a meeting."""
    doubtful = [n for n, g in enumerate(found) if n > 0 or not _is_certain(g)]
    if not doubtful or not questions.asks("meetings"):
        return list(found)

    def question(numbers: Sequence[int], letters: Letters) -> Question:
        fields: dict[str, Any] = {_key(n): (Literal["yes", "no"], ...) for n in numbers}
        lines = [Listing(_key(n), found[n].event.sentence.text[:_SHOWN]) for n in numbers]
        return Question(
            {"meetings": lines},
            create_model("Meetings", **fields),
            max_tokens=_TOKENS_EACH * len(numbers) + 10,
        )

    inquiry = Inquiry[int]("meetings", question, about=lambda n: [found[n].event.sentence])
    answers = {
        key: answer
        for some in questions.each(inquiry, doubtful)
        for key, answer in some.answer.value.model_dump().items()
    }
    return [g for n, g in enumerate(found) if answers.get(_key(n), "yes") == "yes"]


def _key(number: int) -> str:
    return f"m{number + 1}"


def _is_mere_visit(event: Event) -> bool:
    """Whether nothing but a visit is told, which by itself is to a place."""
    visited = event.kind_span if event.kind == "visit" else None
    return visited is not None and event.trigger.overlaps(visited)


def _is_certain(gathering: Gathering) -> bool:
    """Whether the words name a person and whom they met."""
    return len(gathering.participants) > 1 and any(p.named for p in gathering.participants)
