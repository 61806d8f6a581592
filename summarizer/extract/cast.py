"""Everyone who may take part or speak in one article, each with a letter for the prompts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis import Candidate, Mention, Reading
from summarizer.article import Span
from summarizer.record import missing_words

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Listed:
    """One line of the list of people that a prompt shows."""

    letter: str
    name: str
    description: str


class Cast:
    """The candidates of a reading, and those that come up while sources are resolved.

    People with a name come first, in the order of the article.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.figures: list[Candidate] = list(reading.people)

    @property
    def named(self) -> list[Candidate]:
        """Persons with a name."""
        return [f for f in self.figures if f.type == "person" and f.named]

    def listed(self) -> tuple[Listed, ...]:
        """The people with a name as a prompt lists them, at most 26."""
        return tuple(
            Listed(letter, figure.name, _description(figure))
            for letter, figure in zip(_LETTERS, self.named, strict=False)
        )

    def letters(self) -> dict[str, Candidate]:
        """Letters to people, as `listed` gives them."""
        return dict(zip(_LETTERS, self.named, strict=False))

    def owner(self, mention: Mention) -> Candidate | None:
        """Who a mention belongs to, if the rules joined it to someone."""
        for figure in self.figures:
            if any(mention.span.overlaps(own.span) for own in figure.mentions):
                return figure
        return None

    def add(self, mention: Mention) -> Candidate:
        """Someone new, or the one of the same words: an organization, a group, one unnamed."""
        key = _key(mention.span)
        for figure in self.figures:
            if not figure.named and _key(figure.mentions[0].span) == key:
                if mention not in figure.mentions:
                    figure.mentions.append(mention)
                return figure
        kind: Literal["person", "organization", "group"] = "group" if mention.plural else "person"
        figure = Candidate("organization" if mention.kind == "organization" else kind, [mention])
        self.figures.append(figure)
        return figure

    def joint(self, members: Sequence[Candidate], mention: Mention) -> Candidate:
        """Several who speak as one: a group that is called `A and B`."""
        name = self._joined([member.name for member in members])
        for figure in self.figures:
            if figure.title == name:
                if mention not in figure.mentions:
                    figure.mentions.append(mention)
                return figure
        figure = Candidate("group", [mention], title=name)
        self.figures.append(figure)
        return figure

    def _joined(self, names: Sequence[str]) -> str:
        """Joined by the language's own `and`, by commas where the article has no such word."""
        and_ = self._reading.words.summary.get("and")
        if and_ is None or missing_words(and_, self._reading.text):
            return ", ".join(names)
        return joined_names(names, and_)


def joined_names(names: Sequence[str], word: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _key(span: Span) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", span.text.casefold())


def _description(figure: Candidate) -> str:
    country = figure.country[1].text if figure.country else ""
    role = figure.first("role")
    parts = [country if role is None or country not in role.text else "", role.text if role else ""]
    return " ".join(part for part in parts if part)
