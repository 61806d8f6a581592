"""Who the words of an article say was at a meeting, by name or as one of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.analysis import Candidate, Event, Mention, Reading, is_concrete
from summarizer.article import span_at
from summarizer.extract.cast import Cast
from summarizer.extract.groups import Groups
from summarizer.lexicon import Phrases

_LEAD = 4  # sentences
_CLOSE = 40  # characters
_LEAD_IN = 90  # characters
_BETWEEN = 2  # words
_BEFORE = 60  # characters
_ISSUER = re.compile(r"\b(?:readout|statement)\s+(?:from|by)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")


class Participants:
    """Finds who was at a meeting, its groups among them."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._reading = reading
        self._cast = cast
        self._taking_part = Phrases(reading.words.meetings.taking_part)
        self._outsiders = Phrases(reading.words.people.outsiders)
        self._mentioned = frozenset(reading.words.meetings.mentioned)
        self._verbs = Phrases(reading.words.meetings.held)
        self._nouns = Phrases(reading.words.meetings.nouns)
        self._present = Phrases(reading.words.meetings.present)
        self._counterparts = Phrases(reading.words.people.counterparts)
        self._absent = Phrases(reading.words.meetings.absent)
        self._apart = Phrases(reading.words.meetings.apart)
        self.groups = Groups(reading, cast)

    def named(self, event: Event) -> tuple[Candidate, ...]:
        """Persons named where the article reports the meeting, or says who else was there."""
        lead = self._reading.sentences[:_LEAD]
        places = [event.sentence]
        if any(event.sentence.within(s) for s in lead) and not event.aside:
            places += [s for s in event.support if any(s.within(t) for t in lead)]
            others = [s for e in self._reading.events if e is not event for s in e.support]
            places += [s for s in lead if s not in others and self._taking_part.within(s.text)]
        places += [s for s in event.support if self._taking_part.within(s.text)]
        if event is self._reading.events[0]:
            places += [s for s in self._reading.sentences if self._present.within(s.text)]
        found: list[Candidate] = []
        for sentence in places:
            about = sentence is event.sentence or self._taking_part.within(sentence.text)
            for figure in self._cast.named:
                present = any(
                    m.span.within(sentence)
                    and self._stands_for_person(m, event)
                    and (about or not self._is_spoken_of(m))
                    for m in figure.mentions
                )
                if present and figure not in found and not self._is_outsider(figure):
                    found.append(figure)
        return tuple(found)

    def beside(
        self, event: Event, people: Sequence[Candidate], first: Sequence[Candidate]
    ) -> tuple[Candidate, ...]:
        """Who took part in a meeting that a sentence about another one names; none if not told."""
        carried = (self._cast.owner(m) for m in event.carried)
        told = [*people, *(p for p in carried if p is not None and p.named)]
        if not told and first and self.is_about_the_same(event):
            told = [p for p in first if p.named]
        if len(told) < 2:
            told += [group for group in self.groups.of(event) if group.type == "group"]
        told = list(dict.fromkeys(told))
        return tuple(told) if len(told) >= 2 else ()

    def is_everyone(self, event: Event, people: Sequence[Candidate]) -> bool:
        """Whether each of the countries that a sentence names has somebody who took part."""
        codes = self._countries(event.sentence.start, event.sentence.end)
        return len(codes) > 1 and codes <= {p.country[0] for p in people if p.country}

    def host(self, event: Event, known: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Who of those known received someone, told by the country: `the Chilean received …`."""
        codes = self._countries(event.sentence.start, event.trigger.start)
        hosts = [figure for figure in known if figure.country and figure.country[0] in codes]
        there = any(m.span.within(event.sentence) for figure in hosts for m in figure.mentions)
        return tuple(hosts) if event.by_verb and len(hosts) == 1 and not there else ()

    def likely(self, sure: Sequence[Candidate]) -> list[Candidate]:
        """Others with a title or a country who may have been there."""
        return [
            figure
            for figure in self._cast.named
            if figure not in sure
            and (figure.titled or figure.country)
            and not self._is_outsider(figure)
            and any(not self._possesses(m) for m in figure.mentions)
        ]

    def is_about_the_same(self, event: Event) -> bool:
        """Whether a meeting that is to come, or did not come, is of those who met before.

        It is where it names no person, and no group but `the leaders`, `the two sides`.
        """
        groups = [m for m in event.people if m.kind == "description" and m.plural]
        determiners = self._reading.words.people.determiners
        words = [m.span.text.split()[0].casefold() for m in groups]
        known = not determiners or all(word in determiners for word in words)
        they = frozenset(self._reading.words.people.pronouns.plural)
        alone = any(m.kind == "pronoun" and m.span.text.casefold() in they for m in event.people)
        placed = event.status != "held" and event.place is not None and alone
        if self.groups.are_two_sides(event):
            return False
        return (
            (is_concrete(event) or placed or event.further)
            and known
            and not any(m.country for m in groups)
        )

    def members(self, event: Event) -> list[Candidate]:
        """Of `the defence ministers`, each who speaks; of `the ministers of Egypt and Iraq`, those
        of the two; of `Egypt and Iraq`, each official of theirs.
        """
        groups = [m for m in event.people if m.kind == "description" and m.plural and m.head]
        words = [group.head.split()[-1].casefold() for group in groups]
        codes = self._countries(event.sentence.start, event.sentence.end)
        named = any(
            mention.span.within(event.sentence)
            for figure in self._cast.named
            if figure.titled
            for mention in figure.mentions
        )
        states = len(codes) > 1 and not named
        found: list[Candidate] = []
        for figure in self._cast.named:
            if not figure.country or self._is_outsider(figure):
                continue
            theirs, speaks = figure.country[0] in codes, self._speaks(figure)
            one = bool(words) and (_is_one_of(figure, words) or self._is_counterpart(figure))
            if (one and (theirs or speaks)) or (states and theirs and figure.titled):
                found.append(figure)
        return found

    def _is_counterpart(self, figure: Candidate) -> bool:
        """Whether a title says only that somebody else has the same: `his Lithuanian colleague`."""
        return bool(figure.heads) and all(self._counterparts.within(h) for h in figure.heads)

    def _countries(self, start: int, end: int) -> set[str | None]:
        """The codes of the countries that a stretch of the text names."""
        text, words = self._reading.text, self._reading.words
        found = words.country_phrases.find(text, start, end)
        return {words.country(text[first:last]) for first, last in found}

    def _speaks(self, figure: Candidate) -> bool:
        sources = (a.source for a in self._reading.attributions if a.source)
        return any(s.span.overlaps(m.span) for s in sources for m in figure.mentions)

    def _is_spoken_of(self, mention: Mention) -> bool:
        """Whether the word before it makes it the theme of a sentence: `as outlined by …`.

        Not so close behind a word for the meeting: `received a call from …`, `was received by …`.
        """
        before = self._reading.text[max(mention.span.start - _CLOSE, 0) : mention.span.start]
        word = before.split()[-1:]
        if not (word and word[0].casefold() in self._mentioned):
            return False
        ends = [end for words in (self._nouns, self._verbs) for _, end in words.find(before)]
        apart = before[max(ends, default=0) :].rpartition(word[0])[0]
        return not ends or len(apart.split()) > _BETWEEN or not apart.replace(" ", "a").isalpha()

    def _is_outsider(self, figure: Candidate) -> bool:
        """Whether every title is one of those who speak about meetings and hold none."""
        return bool(figure.heads) and all(self._outsiders.within(head) for head in figure.heads)

    def _stands_for_person(self, mention: Mention, event: Event) -> bool:
        """Whether a mention stands for the person, not for something of theirs."""
        text = self._reading.text
        lead = text[max(mention.span.start - _BEFORE, 0) : mention.span.start]
        if _ISSUER.search(lead) or self._is_elsewhere(mention, event):
            return False
        away = any(not lead[end:].strip() for _, end in self._absent.find(lead))
        if away and event.mode != "correspondence":
            return False
        if not self._possesses(mention):
            return True
        after = text[mention.span.end : event.trigger.end]
        return len(after.split()) <= 3 and event.trigger.text in after

    def _is_elsewhere(self, mention: Mention, event: Event) -> bool:
        """Whether another meeting is told with them: `on the results of the talks with Lima`."""
        text = self._reading.text
        start = max(mention.span.start - _LEAD_IN, 0)
        for _, end in self._apart.find(text, start, mention.span.start):
            clause = text[end : mention.span.start]
            nouns = [
                (end + first, end + last)
                for first, last in self._nouns.find(clause[:_CLOSE])
                if not event.trigger.overlaps(span_at(text, end + first, end + last))
            ]
            if nouns and not re.search(r"[.,;\n]", clause):
                return True
        return False

    def _possesses(self, mention: Mention) -> bool:
        return _POSSESSIVE.match(self._reading.text[mention.span.end :]) is not None


def _is_one_of(figure: Candidate, groups: Sequence[str]) -> bool:
    """Whether a title of the person is the singular of a group's: `minister`, `ministers`.

    So is someone of whom only the country is told.
    """
    titles = [head.split()[-1].casefold() for head in figure.heads]
    return not titles or any(group.startswith(title) for group in groups for title in titles)
