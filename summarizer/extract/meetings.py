"""Which meetings the record has, and who took part in each.

The rules are sure of those whom the sentence that reports a meeting names. Where it names fewer
than two, the model says of each likely person whether they took part; where a sentence may report
a further meeting, the model says whether it does.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import create_model

from summarizer.analysis import Candidate, Event, Mention, Reading, is_concrete
from summarizer.article import span_at
from summarizer.extract.cast import Cast
from summarizer.extract.questions import Inquiry, Letters, Question, Questions
from summarizer.extract.subjects import Subjects
from summarizer.lexicon import Phrases

_TOKENS_EACH, _SHOWN, _LEAD = 8, 240, 4
_CLOSE = 40  # characters
_LEAD_IN = 90  # characters
_BETWEEN = 2  # words
_ISSUER = re.compile(r"\b(?:readout|statement)\s+(?:from|by)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_WITH = re.compile(r"(?:\s+[\w’'-]+){0,5}?\s*\bwith\s+")
_MODIFIERS = re.compile(r"\bwith\s+((?:[a-z-]+\s+){1,3})$")
_ADJECTIVE = re.compile(r"(?:an|ese|ish|i|ian)$")
_POSSESSIVE = re.compile(r"['’]s?\b")


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
    finder, subjects = _Participants(reading, cast), Subjects(reading, cast)
    found: list[Gathering] = []
    for number, event in enumerate(reading.events):
        people = finder.named(event)
        if event.aside:
            if told := finder.beside(event, people, found):
                found.append(Gathering(event, told))
            continue
        people = (*subjects.of(event, people), *people)
        if len(people) == 1 and found:
            people = (*finder.host(event, found[0].participants), *people)
        named = len(people)
        again = not people and bool(found) and finder.is_about_the_same(event)
        if again:
            people = tuple(p for p in found[0].participants if p.named)
        if len(people) < 2:
            others = [p for p in finder.members(event) if p not in people]
            if len(others) > 1 or not finder.is_of_two_sides(event):
                people = (*people, *others)
        unsettled = event.status == "held" and len(people) < 2
        if unsettled and _is_mere_visit(event):
            continue
        sides = finder.groups(event) if unsettled and not people else ()
        if number == 0 and unsettled and len(sides) < 2 and (likely := finder.likely(people)):
            people = (*people, *_who_took_part(event, likely, cast, questions))
        all_told = (
            named >= 2
            or (again and len(found[0].participants) == 2)
            or finder.is_everyone(event, people)
        )
        groups = () if all_told else finder.groups(event)
        if len(people) > named:  # they are told by the others: `the leaders` is one of them
            groups = tuple(group for group in groups if group.type == "group")
        groups = finder.behind_with(event, people) or groups
        several = len(people) + len(groups) >= 2 or any(g.type == "group" for g in groups)
        several = several or any(finder.is_one_side(g, event) for g in groups)
        if several or (number == 0 and people):
            found += [Gathering(event, (*some, *groups)) for some in subjects.parted(event, people)]
    return _confirmed(found, questions)


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


def _is_one_of(figure: Candidate, groups: Sequence[str]) -> bool:
    """Whether a title of the person is the singular of a group's: `minister`, `ministers`.

    So is someone of whom only the country is told.
    """
    titles = [head.split()[-1].casefold() for head in figure.heads]
    return not titles or any(group.startswith(title) for group in groups for title in titles)


def _is_mere_visit(event: Event) -> bool:
    """Whether nothing but a visit is told, which by itself is to a place."""
    return (
        event.kind == "visit"
        and event.kind_span is not None
        and (event.trigger.overlaps(event.kind_span))
    )


def _is_certain(gathering: Gathering) -> bool:
    """Whether the words name a person and whom they met."""
    return len(gathering.participants) > 1 and any(p.named for p in gathering.participants)


class _Participants:
    """Who the words of an article say was at a meeting."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._reading = reading
        self._cast = cast
        self._taking_part = Phrases(reading.words.meetings.taking_part)
        self._outsiders = Phrases(reading.words.people.outsiders)
        self._aside = Phrases(reading.words.meetings.aside)
        self._mentioned = frozenset(reading.words.meetings.mentioned)
        self._between = Phrases(reading.words.meetings.between)
        self._indefinite = Phrases(reading.words.people.indefinite)
        self._sides = Phrases(reading.words.people.sides)
        self._verbs = Phrases(reading.words.meetings.held)
        self._nouns = Phrases(reading.words.meetings.nouns)
        self._present = Phrases(reading.words.meetings.present)
        self._counterparts = Phrases(reading.words.people.counterparts)
        self._company = frozenset(reading.words.meetings.toward_whom[:1])
        self._visits = Phrases(reading.words.kinds.get("visit", ()))
        self._as = Phrases(reading.words.meetings.being)
        self._absent = Phrases(reading.words.meetings.absent)
        self._apart = Phrases(reading.words.meetings.apart)

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
        self, event: Event, people: Sequence[Candidate], found: Sequence[Gathering]
    ) -> tuple[Candidate, ...]:
        """Who took part in a meeting that a sentence about another one names; none if not told."""
        carried = (self._cast.owner(m) for m in event.carried)
        told = [*people, *(p for p in carried if p is not None and p.named)]
        if not told and found and self.is_about_the_same(event):
            told = [p for p in found[0].participants if p.named]
        if len(told) < 2:
            told += [group for group in self.groups(event) if group.type == "group"]
        told = list(dict.fromkeys(told))
        return tuple(told) if len(told) >= 2 else ()

    def acts(self, figure: Candidate, event: Event) -> bool:
        """Whether the sentence names someone before its word for the meeting."""
        start, end = event.sentence.start, event.trigger.start
        return any(start <= m.span.start and m.span.end <= end for m in figure.mentions)

    def is_everyone(self, event: Event, people: Sequence[Candidate]) -> bool:
        """Whether each of the countries that a sentence names has somebody who took part."""
        told = self._countries(event.sentence.start, event.sentence.end)
        codes = {self._reading.words.country(text) for text in told}
        return len(codes) > 1 and codes <= {p.country[0] for p in people if p.country}

    def host(self, event: Event, known: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Who of those known received someone, told by the country: `the Chilean received …`."""
        before = self._countries(event.sentence.start, event.trigger.start)
        codes = {self._reading.words.country(text) for text in before}
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

    def groups(self, event: Event) -> tuple[Candidate, ...]:
        """Delegations, leaders and organizations of the sentence that reports the meeting."""
        named = [m.span for figure in self._cast.named for m in figure.mentions]
        inside = [m for m in event.people if not any(m.span.overlaps(span) for span in named)]
        inside = [self._whole(m) for m in inside]
        plural = [m for m in inside if m.kind == "description" and m.plural and self._is_told(m)]
        end = self._aside.first(self._reading.text, event.trigger.end, event.sentence.end)
        inside = [m for m in inside if end is None or m.span.start < end[0]]
        sides = [m for m in inside if m.kind == "organization" and self._is_side(m, event)]
        if two := self._two_sides(event):
            return tuple(self._cast.owner(m) or self._cast.add(m) for m in two)
        if any(span.within(event.sentence) for span in named):
            # Beside a person a country is what is spoken of, or where; a body is whose they are.
            sides = [m for m in sides if m.country is None and self._is_met(m, event)]
        described = [m for m in inside if m.kind == "description" and not m.plural and m.country]
        described = [m for m in described if not self._is_as(m)]
        apart = [side for m in plural for side in self._parted(m)]
        chosen = apart or plural or described or sides
        figures = [self._cast.owner(m) or self._cast.add(m) for m in chosen[:4]]
        return tuple(dict.fromkeys(figures))

    def behind_with(self, event: Event, people: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """The group or delegation right behind `met with`, beside persons who are named."""
        text = self._reading.text
        start = event.trigger.end - len("with") * event.trigger.text.endswith("with")
        behind = _WITH.match(text, start)
        beside = [m for m in event.people if behind and m.span.start == behind.end()]
        groups = [m for m in beside if m.kind == "description" and m.plural]
        groups += [m for m in beside if m.kind == "organization" and self._sides.within(m.head)]
        whole = [self._whole(m) for m in event.people if m.plural]
        groups += [m for m in whole if behind and m.span.start == behind.end()]
        if any(not self.acts(figure, event) for figure in people):
            return ()  # they are told by name
        met = [side for m in groups[:1] for side in self._parted(m) or [m]]
        return tuple(self._cast.owner(m) or self._cast.add(m) for m in met)

    def _whole(self, group: Mention) -> Mention:
        """A group of one word with the plain words before it: `with civil society leaders`."""
        if not (group.kind == "description" and group.plural):
            return group
        lead = self._reading.text[max(group.span.start - _CLOSE, 0) : group.span.start]
        before = _MODIFIERS.search(lead)
        if before is None or not group.span.text[0].islower():
            return group
        start = group.span.start - len(before[1])
        return replace(group, span=span_at(self._reading.text, start, group.span.end))

    def is_of_two_sides(self, event: Event) -> bool:
        """Whether the words name its sides: `Chilean-Norwegian talks`."""
        return bool(self._two_sides(event))

    def _two_sides(self, event: Event) -> list[Mention]:
        """The sides of `Chilean-Norwegian talks`, as the article names each by itself."""
        text, sides = self._reading.text, [m for m in event.people if m.kind == "organization"]
        found: list[Mention] = []
        for one, other in itertools.pairwise(sides):
            joined = text[one.span.end : other.span.start] in ("-", "–", "—")
            before = not text[other.span.end : event.trigger.start].strip()
            if joined and before and one.country and other.country:
                found = [one, other]
        return [self._by_name(side) for side in found]

    def _by_name(self, side: Mention) -> Mention:
        """The country of an adjective where the article names it: `Chile` for `Chilean`."""
        bare = (
            m
            for m in self._reading.mentions
            if m.kind == "organization" and m.country and side.country
            if m.country[0] == side.country[0] and m.country[1].text == m.span.text
            if not _ADJECTIVE.search(m.span.text)
        )
        return next(bare, side)

    def _parted(self, group: Mention) -> list[Mention]:
        """Of `delegations of Chile and Norway` each side, as the article names it by itself."""
        text, words = self._reading.text, self._reading.words
        found = []
        for start, end in words.country_phrases.find(text, group.span.start, group.span.end):
            span = span_at(text, start, end)
            if code := words.country(span.text):
                bare = Mention(span, "organization", country=(code, span), head=span.text.lower())
                own = (m for m in self._reading.mentions if self._is_side_of(code, m))
                found.append(next(own, bare))
        return found if len(found) > 1 else []

    def _is_side_of(self, code: str, mention: Mention) -> bool:
        alone = mention.kind != "name" and not mention.plural and mention.country is not None
        named = mention.country is not None and mention.country[0] == code
        return alone and named and self._sides.within(mention.head)

    def _is_told(self, mention: Mention) -> bool:
        """Whether a group is said to be which: `nations` alone, without an article, is any."""
        bare = len(mention.span.text.split()) == 1 and mention.span.text[0].islower()
        return not (bare and self._reading.words.people.determiners)

    def _is_side(self, mention: Mention, event: Event) -> bool:
        """Whether an organization is told to meet, not spoken of: no place, nor `a NATO mission`.

        `a Security Council` is, before `meeting`.
        """
        if self._is_where(mention, event):
            return False
        text = self._reading.text
        meets = self._nouns.at(text, mention.span.end + 1) is not None
        return meets or self._indefinite.at(mention.span.text, 0) is None

    def _is_as(self, mention: Mention) -> bool:
        """Whether it says what somebody told before is: `as the Chilean envoy`."""
        word = self._reading.text[: mention.span.start].split()[-1:]
        return bool(word) and self._as.whole(word[0])

    def _is_met(self, mention: Mention, event: Event) -> bool:
        """Whether a body begins the sentence, or stands behind `with`."""
        word = event.sentence.text[: mention.span.start - event.sentence.start].split()[-1:]
        return not word or word[0].casefold() in self._company

    def is_one_side(self, figure: Candidate, event: Event) -> bool:
        """Whether the sentence names a country as one of two: `between Ukraine and …`."""
        mine = [m for m in figure.mentions if m.span.within(event.sentence) and m.country]
        before = (self._reading.text[: m.span.start].split()[-1:] for m in mine)
        return any(word and self._between.whole(word[0]) for word in before)

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
        if self.is_of_two_sides(event):
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
        told = self._countries(event.sentence.start, event.sentence.end)
        codes = {self._reading.words.country(text) for text in told}
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

    def _countries(self, start: int, end: int) -> list[str]:
        text = self._reading.text
        found = self._reading.words.country_phrases.find(text, start, end)
        return [text[start:end] for start, end in found]

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

    def _is_where(self, mention: Mention, event: Event) -> bool:
        """Whether it names the place, or a preposition of place stands before it."""
        if event.place is not None and mention.span.overlaps(event.place):
            return True
        between = self._reading.text[event.trigger.end : mention.span.start]
        if self._visits.within(event.trigger.text) and between and not between.strip():
            return True
        before = self._reading.text[: mention.span.start].split()[-1:]
        return bool(before) and before[0].casefold() in self._reading.words.places.before

    def _is_outsider(self, figure: Candidate) -> bool:
        """Whether every title is one of those who speak about meetings and hold none."""
        return bool(figure.heads) and all(self._outsiders.within(head) for head in figure.heads)

    def _stands_for_person(self, mention: Mention, event: Event) -> bool:
        """Whether a mention stands for the person, not for something of theirs."""
        text = self._reading.text
        lead = text[: mention.span.start][-60:]
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
