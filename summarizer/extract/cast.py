"""Everyone who may take part or speak in one article, each with a letter for the prompts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis import Candidate, Mention, Ordered, Reading
from summarizer.article import Span
from summarizer.record import missing_words

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Listed:
    """One line of the list of people that a prompt shows."""

    letter: str
    name: str
    description: str


@dataclass(frozen=True)
class Placed:
    """A mention, whose it is, and which number that person has among those with a name."""

    mention: Mention
    figure: Candidate
    number: int


class Cast:
    """The candidates of a reading, and those that come up while sources are resolved.

    People with a name come first, in the order of the article.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.figures: list[Candidate] = []
        self._number_at: dict[int, int] = {}  # who is mentioned, by the characters that do it
        self._by_words: dict[str, Candidate] = {}
        self._by_name: dict[str, Candidate] = {}
        self._by_title: dict[str, Candidate] = {}
        self._named: list[Candidate] | None = None
        self._placed: Ordered[Placed] | None = None
        for figure in reading.people:
            self._enter(figure)

    @property
    def named(self) -> list[Candidate]:
        """Persons with a name."""
        if self._named is None:
            self._named = [f for f in self.figures if f.type == "person" and f.named]
        return self._named

    @property
    def placed(self) -> Ordered[Placed]:
        """Every mention of a person with a name."""
        if self._placed is None:
            self._placed = Ordered(
                [Placed(m, f, number) for number, f in enumerate(self.named) for m in f.mentions],
                lambda placed: placed.mention.span,
            )
        return self._placed

    def listed(self) -> tuple[Listed, ...]:
        """The people with a name as a prompt lists them, at most 26."""
        return listed(self.letters())

    def letters(self) -> dict[str, Candidate]:
        """Letters to people, as `listed` gives them."""
        return lettered(self.named)

    def owner(self, mention: Mention) -> Candidate | None:
        """Who a mention belongs to, if the rules joined it to someone."""
        characters = range(mention.span.start, mention.span.end)
        numbers = [self._number_at[at] for at in characters if at in self._number_at]
        return self.figures[min(numbers)] if numbers else None

    def add(self, mention: Mention) -> Candidate:
        """Someone new, or the one of the same words: an organization, a group, one unnamed."""
        known = self._by_name.get(_folded(mention.name)) if mention.name else None
        figure = known or self._by_words.get(_key(mention.span))
        if figure is not None and (known or not figure.named):
            self._mention(figure, mention)
            return figure
        kind: Literal["person", "organization", "group"] = "group" if mention.plural else "person"
        figure = Candidate("organization" if mention.kind == "organization" else kind, [mention])
        self._enter(figure)
        return figure

    def joint(self, members: Sequence[Candidate], mention: Mention) -> Candidate:
        """Several who speak as one: a group that is called `A and B`."""
        name = self._joined([member.name for member in members])
        if (figure := self._by_title.get(name)) is not None:
            self._mention(figure, mention)
            return figure
        figure = Candidate("group", [mention], title=name)
        self._enter(figure)
        return figure

    def _enter(self, figure: Candidate) -> None:
        """Take someone into the cast."""
        self.figures.append(figure)
        self._look_again(figure)
        if figure.title:
            self._by_title.setdefault(figure.title, figure)
        if figure.type == "person":
            for name in (m.name for m in figure.mentions if m.name):
                self._by_name.setdefault(_folded(name), figure)
        key = _key(figure.mentions[0].span)
        if not figure.named and ((known := self._by_words.get(key)) is None or known.named):
            self._by_words[key] = figure
        for mention in figure.mentions:
            self._note(len(self.figures) - 1, mention)

    def _mention(self, figure: Candidate, mention: Mention) -> None:
        """Give someone of the cast one more mention."""
        if mention not in figure.mentions:
            figure.mentions.append(mention)
            self._look_again(figure)
            self._note(self.figures.index(figure), mention)

    def _look_again(self, figure: Candidate) -> None:
        """Forget who has a name if that has changed."""
        if figure.type == "person" and figure.named:
            self._named = self._placed = None

    def _note(self, number: int, mention: Mention) -> None:
        for at in range(mention.span.start, mention.span.end):
            self._number_at[at] = min(number, self._number_at.get(at, number))

    def _joined(self, names: Sequence[str]) -> str:
        """Joined by the language's own `and`, by commas where the article has no such word."""
        and_ = self._reading.words.summary.get("and")
        if and_ is None or missing_words(and_, self._reading.text):
            return ", ".join(names)
        return joined_names(names, and_)


def lettered(people: Sequence[Candidate]) -> dict[str, Candidate]:
    """A letter for each, as far as there are letters."""
    return dict(zip(LETTERS, people, strict=False))


def listed(letters: Mapping[str, Candidate]) -> tuple[Listed, ...]:
    """People as a prompt lists them."""
    return tuple(Listed(letter, f.name, _description(f)) for letter, f in letters.items())


def joined_names(names: Sequence[str], word: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _folded(name: Span) -> str:
    return " ".join(name.text.casefold().split())


def _key(span: Span) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", span.text.casefold())


def _description(figure: Candidate) -> str:
    country = figure.country[1].text if figure.country else ""
    role = figure.first("role")
    parts = [country if role is None or country not in role.text else "", role.text if role else ""]
    return " ".join(part for part in parts if part)
