"""Persons that a model named: where the article names them, and what it says about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from summarizer.analysis import Candidate, Ordered
from summarizer.article import Span, span_at
from summarizer.extract.single_answer import PersonAnswer
from summarizer.extract.single_ground import Ground, Place, gap, shown
from summarizer.record import Person, PersonEvidence, PersonType, missing_words

_FAR = 80
_WORD = re.compile(r"\w+")


@dataclass(eq=False)
class Figure:
    """Someone the model named. `names` are the places of the name, `mentions` all of them.

    `number` tells them from others of the article, whose parts it may have taken to read about
    them; `index` is their place in the answer about the last part, null if they are not in it.
    """

    number: int
    index: int | None
    type: PersonType
    names: list[Span]
    mentions: list[Span]
    candidate: Candidate | None = None
    role: Span | None = None
    rank: Span | None = None
    country: tuple[str, Span] | None = None
    organization: Span | None = None
    aliases: list[str] = field(default_factory=list)

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figure) and other.number == self.number

    def carried(self) -> Figure:
        """The same for the next part, to which more may be added."""
        return replace(
            self,
            index=None,
            names=[*self.names],
            mentions=[*self.mentions],
            aliases=[*self.aliases],
        )

    @property
    def name(self) -> str:
        """The name as the article writes it."""
        return " ".join(self.names[0].text.split())

    def person(self, identifier: str) -> Person:
        """The same as a part of a record."""
        return Person(
            id=identifier,
            type=self.type,
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
    """Everyone the model named whom the article names as well.

    `before` are those of the parts of the article that were read before.
    """

    def __init__(
        self, ground: Ground, answers: Sequence[PersonAnswer], before: Sequence[Figure] = ()
    ) -> None:
        self._ground = ground
        self.figures = [figure.carried() for figure in before]
        described = [self._add(index, answer) for index, answer in enumerate(answers)]
        self._mentions = _in_order((f, mention) for f in self.figures for mention in f.mentions)
        self._names = _in_order((f, name) for f in self.figures for name in f.names)
        for figure, answer in zip(described, answers, strict=True):
            if figure is not None:
                self._describe(figure, answer)

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
        meant = {own for own, _ in self._mentions.touching(span.start, span.end)}
        named = {own for own, _ in self._names.touching(span.start, span.end)}
        return figure not in meant | named and bool(named)

    def _add(self, index: int, answer: PersonAnswer) -> Figure | None:
        """Whom an answer names for the first time, if the article does as well."""
        names = list(self._ground.find(answer.name))
        candidate = self._candidate(names) if answer.type == "person" else None
        figure = self._known(answer, candidate)
        carried = figure is not None and figure.index is None
        if not carried and (not names or missing_words(names[0].text, self._ground.text)):
            message = f"{shown(answer.name)} does not stand in the article"
            place = Place("persons", index, "name")
            self._ground.refuse(place, "person_not_in_article", message)
            return None
        if figure is not None and not carried:
            figure.aliases.append(_key(answer.name))
            return None
        mentioned = [] if candidate is None else candidate.mentions
        names += [m.name for m in mentioned if m.name is not None]
        mentions = _outermost([*names, *(m.span for m in mentioned)])
        if figure is None:
            figure = Figure(len(self.figures), index, answer.type, names, mentions, candidate)
            self.figures.append(figure)
        else:
            figure.index = index
            figure.aliases.append(_key(answer.name))
            figure.names = list(dict.fromkeys([*figure.names, *names]))
            figure.mentions = _outermost([*figure.mentions, *mentions])
            figure.candidate = figure.candidate or candidate
        return figure

    def _known(self, answer: PersonAnswer, candidate: Candidate | None) -> Figure | None:
        """The figure of the same name, or whom the rules take for the same person."""
        key = _key(answer.name)
        for figure in self.figures:
            same = key == _key(figure.name) or (figure.index is None and key in figure.aliases)
            if same or (candidate is not None and figure.candidate is candidate):
                return figure
        if answer.type != "person":
            return None
        # Of another part, a name may be a shorter form or a longer one.
        words = set(key.split())
        alike = [
            figure
            for figure in self.figures
            if figure.index is None
            and figure.type == "person"
            and (figure.candidate is None or candidate is None)
            and (words <= (own := set(_key(figure.name).split())) or own <= words)
        ]
        return alike[0] if len(alike) == 1 else None

    def _candidate(self, names: Sequence[Span]) -> Candidate | None:
        """The one of the rules that has the same name."""
        for figure in self._ground.reading.people:
            own = [m.name for m in figure.mentions if m.name is not None]
            if any(name.within(part) for name in names for part in own):
                return figure
        return None

    def _describe(self, figure: Figure, answer: PersonAnswer) -> None:
        """Note what an answer says of someone and no part before did."""
        figure.role = figure.role or self._about(figure, answer.role, "role")
        figure.rank = figure.rank or self._about(figure, answer.rank, "rank")
        figure.organization = figure.organization or self._about(
            figure, answer.organization, "organization"
        )
        words = None if figure.country else self._about(figure, answer.country, "country")
        if words is not None:
            figure.country = self._country(words)
            if figure.country is None:
                message = f"{shown(words.text)} names no country, or several"
                self._ground.refuse(_place(figure, "country"), "country_unknown", message)

    def _about(self, figure: Figure, words: str | None, name: str) -> Span | None:
        """The first place where words stand with a mention of this person and nobody nearer."""
        if words is None:
            return None
        place = _place(figure, name)
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
            for figure, mention in self._mentions.touching(sentence.start, sentence.end)
            if not mention.within(span)
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


def _in_order(places: Iterable[tuple[Figure, Span]]) -> Ordered[tuple[Figure, Span]]:
    return Ordered(places, lambda place: place[1])


def _place(figure: Figure, name: str) -> Place:
    assert figure.index is not None
    return Place("persons", figure.index, name)


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))


def _outermost(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, without those that lie in another one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not (kept and span.within(kept[-1])):
            kept.append(span)
    return kept
