"""Questions about an article: all of it is shown where that fits, else what a question is about.

A question that is too long is asked in several, each about some of its things, with the passages
around these. Every passage is so shown about once for each kind of question, however long the
article is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from summarizer.analysis import Candidate, Reading
from summarizer.article import Span
from summarizer.errors import ContextExceeded
from summarizer.extract.asking import Asker
from summarizer.extract.cast import LETTERS, Cast, lettered, listed
from summarizer.extract.condense import condensed
from summarizer.extract.excerpts import Excerpts
from summarizer.model import Answer

Item = TypeVar("Item")
Letters = Mapping[str, Candidate]


@dataclass(frozen=True)
class Question:
    """One question, the article and the people left out, which every question shows."""

    variables: Mapping[str, object]
    answer_type: type[BaseModel]
    max_tokens: int


@dataclass(frozen=True)
class Asked(Generic[Item]):
    """What some of the things were answered, and whom the letters stand for."""

    items: Sequence[Item]
    letters: Letters
    answer: Answer[BaseModel]


@dataclass(frozen=True)
class Inquiry(Generic[Item]):
    """How to ask about things of one kind.

    Args:
        ask: the prompt's name for it.
        question: the question about some of them, with people as the letters name them; null if
            there is nothing to ask.
        about: the places that one of them is about.
        whom: the people who have to be listed for it.
    """

    ask: str
    question: Callable[[Sequence[Item], Letters], Question | None]
    about: Callable[[Item], Sequence[Span]]
    whom: Callable[[Item], Sequence[Candidate]] = lambda item: ()


class Questions:
    """Asks the questions about one article."""

    def __init__(self, reading: Reading, cast: Cast, asker: Asker) -> None:
        self._cast = cast
        self._asker = asker
        self._excerpts = Excerpts(reading)
        self._whole: dict[str, object] = {"article": condensed(reading), "people": cast.listed()}

    def asks(self, ask: str) -> bool:
        """Whether the prompt has this question."""
        return self._asker.asks(ask)

    def one(self, ask: str, question: Question, about: Sequence[Span] = ()) -> Answer[BaseModel]:
        """One answer to a question that cannot be parted."""
        inquiry = Inquiry[Question](ask, lambda items, _: items[0], lambda _: about)
        return self.each(inquiry, [question])[0].answer

    def each(self, inquiry: Inquiry[Item], items: Sequence[Item]) -> list[Asked[Item]]:
        """The answers about all the things, in their order.

        Raises:
            AnswerError: one of them could not be had.
        """
        letters = self._cast.letters()
        question = inquiry.question(items, letters)
        if question is None:
            return []
        try:
            return [Asked(items, letters, self._put(inquiry.ask, question, self._whole))]
        except ContextExceeded:
            return list(self._narrowed(inquiry, items))

    def _narrowed(self, inquiry: Inquiry[Item], items: Sequence[Item]) -> Iterator[Asked[Item]]:
        """The same with excerpts in the place of the article."""
        passages = self._excerpts.around([span for item in items for span in inquiry.about(item)])
        needed = dict.fromkeys(figure for item in items for figure in inquiry.whom(item))
        letters = self._letters(list(needed), passages)
        question = inquiry.question(items, letters)
        if question is None:
            return
        shared: dict[str, object] = {"article": "", "people": listed(letters)}
        room = self._asker.room(
            inquiry.ask, {**shared, **question.variables}, max_tokens=question.max_tokens
        )
        excerpt = self._excerpts.shown(passages, room)
        enough = excerpt.whole and len(needed) <= len(LETTERS)
        if enough or len(items) == 1:
            shared["article"] = excerpt.text
            answer = self._attempt(inquiry.ask, question, shared, last=not excerpt.text)
            if answer is not None:
                yield Asked(items, letters, answer)
                return
        # Of a question about one thing the next attempt shows less, since less is known to fit.
        half = (len(items) + 1) // 2
        for some in (items[:half], items[half:]):
            if some:
                yield from self._narrowed(inquiry, some)

    def _attempt(
        self, ask: str, question: Question, shared: Mapping[str, object], *, last: bool
    ) -> Answer[BaseModel] | None:
        """An answer; null if the question turns out too long, unless it was the last attempt."""
        try:
            return self._put(ask, question, shared, anyway=True)
        except ContextExceeded:
            if last:
                raise
            return None

    def _letters(self, needed: Sequence[Candidate], passages: Sequence[int]) -> Letters:
        """The people to list: those who are needed, and those whom the passages name."""
        people = list(needed)
        for number in passages:
            passage = self._excerpts.passages[number]
            people += [p.figure for p in self._cast.placed.touching(passage.start, passage.end)]
        chosen = set(list(dict.fromkeys(people))[: len(LETTERS)])
        return lettered([figure for figure in self._cast.figures if figure in chosen])

    def _put(
        self, ask: str, question: Question, shared: Mapping[str, object], *, anyway: bool = False
    ) -> Answer[BaseModel]:
        return self._asker.ask(
            ask,
            {**shared, **question.variables},
            question.answer_type,
            max_tokens=question.max_tokens,
            anyway=anyway,
        )
