"""The groups that the words of an article say met: delegations, leaders, bodies, countries."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis import Candidate, Event, Mention, Reading
from summarizer.article import span_at
from summarizer.extract.cast import Cast
from summarizer.lexicon import Phrases

_CLOSE = 40  # characters
_WORD = 40  # characters in which the word before a mention lies
_WITH = re.compile(r"(?:\s+[\w’'-]+){0,5}?\s*\bwith\s+")
_MODIFIERS = re.compile(r"\bwith\s+((?:[a-z-]+\s+){1,3})$")
_ADJECTIVE = re.compile(r"(?:an|ese|ish|i|ian)$")


class Groups:
    """Finds who met without a name."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._reading = reading
        self._cast = cast
        self._aside = Phrases(reading.words.meetings.aside)
        self._between = Phrases(reading.words.meetings.between)
        self._indefinite = Phrases(reading.words.people.indefinite)
        self._sides = Phrases(reading.words.people.sides)
        self._nouns = Phrases(reading.words.meetings.nouns)
        self._company = frozenset(reading.words.meetings.toward_whom[:1])
        self._visits = Phrases(reading.words.kinds.get("visit", ()))
        self._as = Phrases(reading.words.meetings.being)

    def of(self, event: Event) -> tuple[Candidate, ...]:
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
        if any(not acts(figure, event) for figure in people):
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

    def are_two_sides(self, event: Event) -> bool:
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
        word = self._word_before(mention)
        return bool(word) and self._as.whole(word[0])

    def _is_met(self, mention: Mention, event: Event) -> bool:
        """Whether a body begins the sentence, or stands behind `with`."""
        word = event.sentence.text[: mention.span.start - event.sentence.start].split()[-1:]
        return not word or word[0].casefold() in self._company

    def is_one_side(self, figure: Candidate, event: Event) -> bool:
        """Whether the sentence names a country as one of two: `between Ukraine and …`."""
        mine = [m for m in figure.mentions if m.span.within(event.sentence) and m.country]
        before = (self._word_before(m) for m in mine)
        return any(word and self._between.whole(word[0]) for word in before)

    def _is_where(self, mention: Mention, event: Event) -> bool:
        """Whether it names the place, or a preposition of place stands before it."""
        if event.place is not None and mention.span.overlaps(event.place):
            return True
        between = self._reading.text[event.trigger.end : mention.span.start]
        if self._visits.within(event.trigger.text) and between and not between.strip():
            return True
        before = self._word_before(mention)
        return bool(before) and before[0].casefold() in self._reading.words.places.before

    def _word_before(self, mention: Mention) -> list[str]:
        at = mention.span.start
        return self._reading.text[max(at - _WORD, 0) : at].split()[-1:]


def acts(figure: Candidate, event: Event) -> bool:
    """Whether the sentence names someone before its word for the meeting."""
    start, end = event.sentence.start, event.trigger.start
    return any(start <= m.span.start and m.span.end <= end for m in figure.mentions)
