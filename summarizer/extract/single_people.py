"""Persons that a model named: where the article names them, and what it says about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.analysis import Candidate
from summarizer.article import Span, span_at
from summarizer.extract.single_answer import PersonAnswer
from summarizer.extract.single_ground import Ground, Place, gap, shown
from summarizer.record import Person, PersonEvidence, missing_words

_FAR = 80
_WORD = re.compile(r"\w+")


@dataclass(eq=False)
class Figure:
    """Someone the model named. `names` are the places of the name, `mentions` all of them."""

    index: int
    answer: PersonAnswer
    names: list[Span]
    mentions: list[Span]
    candidate: Candidate | None = None
    role: Span | None = None
    rank: Span | None = None
    country: tuple[str, Span] | None = None
    organization: Span | None = None
    aliases: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name as the article writes it."""
        return " ".join(self.names[0].text.split())

    def person(self, identifier: str) -> Person:
        """The same as a part of a record."""
        return Person(
            id=identifier,
            type=self.answer.type,
            name=self.name,
            role=self.role.text if self.role else None,
            rank=self.rank.text if self.rank else None,
            organization=self.organization.text if self.organization else None,
            country=self.country[0] if self.country else None,
            country_text=self.country[1].text if self.country else None,
            evidence=PersonEvidence(
                role=[self.role] if self.role else [],
                rank=[self.rank] if self.rank else [],
                country=[self.country[1]] if self.country else [],
            ),
            mentions=self.mentions,
        )


class People:
    """Everyone the model named whom the article names as well."""

    def __init__(self, ground: Ground, answers: Sequence[PersonAnswer]) -> None:
        self._ground = ground
        self.figures: list[Figure] = []
        for index, answer in enumerate(answers):
            self._add(index, answer)
        for figure in self.figures:
            self._describe(figure)

    def named(self, name: str) -> Figure | None:
        """Whom a name means: by the whole name, else by words that only one name has."""
        key = _key(name)
        for figure in self.figures:
            if key in (_key(figure.name), *figure.aliases):
                return figure
        words = set(key.split())
        fitting = [f for f in self.figures if words and words <= set(_key(f.name).split())]
        return fitting[0] if len(fitting) == 1 else None

    def others_named(self, span: Span, figure: Figure) -> bool:
        """Whether words name someone else and not this one."""
        own = any(name.overlaps(span) for name in (*figure.names, *figure.mentions))
        return not own and any(name.overlaps(span) for f in self.figures for name in f.names)

    def _add(self, index: int, answer: PersonAnswer) -> None:
        place = Place("persons", index, "name")
        names = list(self._ground.find(answer.name))
        if not names or missing_words(names[0].text, self._ground.text):
            message = f"{shown(answer.name)} does not stand in the article"
            self._ground.refuse(place, "person_not_in_article", message)
            return
        candidate = self._candidate(names) if answer.type == "person" else None
        for figure in self.figures:
            same = _key(figure.name) == _key(answer.name)
            if same or (candidate is not None and figure.candidate is candidate):
                figure.aliases.append(_key(answer.name))
                return
        mentioned = [] if candidate is None else candidate.mentions
        names += [m.name for m in mentioned if m.name is not None]
        mentions = _outermost([*names, *(m.span for m in mentioned)])
        self.figures.append(Figure(index, answer, names, mentions, candidate))

    def _candidate(self, names: Sequence[Span]) -> Candidate | None:
        """The one of the rules that has the same name."""
        for figure in self._ground.reading.people:
            own = [m.name for m in figure.mentions if m.name is not None]
            if any(name.within(part) for name in names for part in own):
                return figure
        return None

    def _describe(self, figure: Figure) -> None:
        answer = figure.answer
        figure.role = self._about(figure, answer.role, "role")
        figure.rank = self._about(figure, answer.rank, "rank")
        figure.organization = self._about(figure, answer.organization, "organization")
        words = self._about(figure, answer.country, "country")
        if words is not None:
            figure.country = self._country(words)
            if figure.country is None:
                message = f"{shown(words.text)} names no country, or several"
                place = Place("persons", figure.index, "country")
                self._ground.refuse(place, "country_unknown", message)

    def _about(self, figure: Figure, words: str | None, name: str) -> Span | None:
        """The first place where words stand with a mention of this person and nobody nearer."""
        if words is None:
            return None
        place = Place("persons", figure.index, name)
        found = self._ground.find(words)
        for span in found:
            if self._ground.quoted(span) is None and figure in self._owners(span):
                return span
        if not found:
            message = f"{shown(words)} does not stand in the article"
            self._ground.refuse(place, "words_not_in_article", message)
        else:
            message = f"the article does not say {shown(words)} of {shown(figure.name)}"
            self._ground.refuse(place, "not_about_person", message)
        return None

    def _owners(self, span: Span) -> list[Figure]:
        """Whose mention is nearest to words in their sentence, no verb of speech between.

        Several, if the words stand inside mentions of several.
        """
        sentence = self._ground.sentences_of(span)
        near = [
            (gap(mention, span), figure, mention)
            for figure in self.figures
            for mention in figure.mentions
            if mention.overlaps(sentence) and not mention.within(span)
        ]
        least = min((distance for distance, _, _ in near), default=_FAR)
        nearest = [(figure, m) for distance, figure, m in near if distance == least < _FAR]
        if least > 0 and len(nearest) > 1:
            return []
        return [figure for figure, m in nearest if not self._ground.verb_between(m, span)]

    def _country(self, span: Span) -> tuple[str, Span] | None:
        """The country that words name; the part of them that does, if only one part does."""
        lexicon, text = self._ground.reading.words, self._ground.text
        if (code := lexicon.country(span.text)) is not None:
            return code, span
        codes: dict[str, Span] = {}
        for start, end in lexicon.country_phrases.find(text, span.start, span.end):
            if (code := lexicon.country(text[start:end])) is not None:
                codes.setdefault(code, span_at(text, start, end))
        return next(iter(codes.items())) if len(codes) == 1 else None


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))


def _outermost(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, without those that lie in another one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not (kept and span.within(kept[-1])):
            kept.append(span)
    return kept
