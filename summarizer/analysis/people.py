"""The people of an article: mentions of one person joined, and whom a source can be.

Names are joined by their words; descriptions by country and head of the description; pronouns
by salience. What the rules cannot tell is left to the model, with the candidates in order.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from summarizer.analysis.mentions import Mention
from summarizer.article import Span
from summarizer.lexicon import Lexicon, Phrases, is_wide

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(eq=False)
class Candidate:
    """Someone an article names: every mention, and what the mentions say about them."""

    type: Literal["person", "organization", "group"]
    mentions: list[Mention] = field(default_factory=list)
    title: str | None = None
    spoken_for: tuple[str, Span] | None = None
    stem: Callable[[str], str] | None = None

    @property
    def name(self) -> str:
        """The longest name, the first of equal ones; of someone unnamed the article's words.

        Where names take endings by case, the shortest of as many words is the nominative.
        """
        if self.title:
            return self.title
        names = [m.name.text for m in self.mentions if m.name]
        if names:
            sign = -1 if self.stem else 1
            return max(names, key=lambda name: (len(_WORD.findall(name)), sign * len(name)))
        return self.mentions[0].span.text

    @property
    def named(self) -> bool:
        """Whether any mention holds a name."""
        return any(m.name for m in self.mentions)

    def first(self, part: Literal["role", "rank"]) -> Span | None:
        """The first words that give a part of the title."""
        return next((s for m in self.mentions if (s := getattr(m, part))), None)

    @property
    def country(self) -> tuple[str, Span] | None:
        """The country that a title of this person names, with the words that name it.

        For someone whose titles name none, the one that they were found to speak for.
        """
        return next((m.country for m in self.mentions if m.country), self.spoken_for)

    @property
    def heads(self) -> set[str]:
        """The heads of all descriptions of this person."""
        return {m.head for m in self.mentions if m.head and m.kind in ("name", "description")}

    @property
    def titled(self) -> bool:
        """Whether a role, rank or honorific shows that this is a person."""
        return any(m.role or m.rank or m.honorific for m in self.mentions)


def name_words(name: str, stem: Callable[[str], str] | None = None) -> list[str]:
    """The words of a name without initials and suffixes, folded; without endings by `stem`."""
    words = [(stem or str.casefold)(w) for w in _WORD.findall(name)]
    known = [w for w in words if len(w) > 1 or is_wide(w)]
    return [w for w in known if w not in ("jr", "sr", "ii", "iii", "iv")]


class _ByName:
    """Candidates in the order in which they were found, by the words of their names."""

    def __init__(self, stem: Callable[[str], str] | None) -> None:
        self.candidates: list[Candidate] = []
        self._stem = stem
        self._words: dict[Candidate, set[str]] = {}
        self._with: dict[str, set[Candidate]] = {}
        self._number: dict[Candidate, int] = {}

    def add(self, candidate: Candidate, mention: Mention) -> None:
        """Give a candidate one more mention with a name."""
        candidate.mentions.append(mention)
        if candidate not in self._words:
            self._number[candidate] = len(self.candidates)
            self.candidates.append(candidate)
            self._words[candidate] = set()
        for word in name_words(mention.name.text, self._stem) if mention.name else ():
            self._words[candidate].add(word)
            self._with.setdefault(word, set()).add(candidate)

    def words(self, candidate: Candidate) -> set[str]:
        """The words of all names of a candidate, folded."""
        return self._words[candidate]

    def with_word(self, words: Sequence[str]) -> list[Candidate]:
        """Those whom a name can mean: with its last word, or all where it may be a part of one."""
        if is_wide(words[0]):
            return self.candidates
        return sorted(self._with.get(words[-1], ()), key=self._number.__getitem__)


class _ByDescription:
    """Candidates with a name, by what their mentions say of them."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._heads: dict[Candidate, set[str]] = {c: set() for c in candidates}
        self._with: dict[str, list[tuple[int, int, Candidate]]] = {}
        self._from: dict[str, list[Candidate]] = {}
        self._number = {candidate: number for number, candidate in enumerate(candidates)}
        for candidate in candidates:
            for head in candidate.heads:
                self._note(candidate, head)
            if candidate.country:
                self._from.setdefault(candidate.country[0], []).append(candidate)

    def add(self, candidate: Candidate, mention: Mention) -> None:
        """Give a candidate one more mention, a description."""
        candidate.mentions.append(mention)
        if mention.head:
            self._note(candidate, mention.head)

    def heads(self, candidate: Candidate) -> set[str]:
        """As `Candidate.heads`."""
        return self._heads[candidate]

    def of_country(self, country: str, before: int) -> list[Candidate]:
        """Those of a country who are named before a place of the text."""
        some = self._from.get(country, [])
        return [c for c in some if c.mentions[0].span.start < before]

    def of_head(self, head: str, before: int) -> Candidate | None:
        """The only one who is named before a place of the text and has this head."""
        first = [c for start, _, c in self._with.get(head, [])[:2] if start < before]
        return first[0] if len(first) == 1 else None

    def _note(self, candidate: Candidate, head: str) -> None:
        if head not in self._heads[candidate]:
            self._heads[candidate].add(head)
            at = candidate.mentions[0].span.start
            insort(self._with.setdefault(head, []), (at, self._number[candidate], candidate))


class PeopleFinder:
    """Joins the mentions of an article into candidates."""

    def __init__(self, words: Lexicon) -> None:
        people = words.people
        self._stem = words.stem if people.endings else None
        self._female_titles = Phrases(people.female_titles)
        self._indefinite = Phrases(people.indefinite)
        self._generic = frozenset(words.stem(head) for head in people.generic)

    def candidates(
        self, mentions: Sequence[Mention], sources: Sequence[Mention]
    ) -> list[Candidate]:
        """Everyone with a name, in the order of the article; then groups and unnamed sources.

        Args:
            mentions: all mentions of the article, those in quotations left out.
            sources: the mentions that are sources of speech.
        """
        people = _ByName(self._stem)
        mentions = _without_title_case(mentions)
        by_length = sorted(
            (m for m in mentions if m.kind == "name" and m.name),
            key=lambda m: (*_length(m), m.span.start),
        )
        for mention in by_length:
            owner = self._same_name(people, mention)
            if owner is None:
                owner = Candidate("person", [], stem=self._stem)
            people.add(owner, mention)
        speaking = {m.span for m in sources}
        kept = [c for c in people.candidates if self._is_person(c, speaking)]
        for candidate in kept:
            candidate.mentions.sort(key=lambda m: m.span.start)
        kept.sort(key=lambda c: c.mentions[0].span.start)
        described = _ByDescription(kept)
        for mention in mentions:
            if mention.kind == "description" and not mention.plural:
                owner = self._described(described, mention)
                if owner is not None:
                    described.add(owner, mention)
        for candidate in kept:
            candidate.mentions.sort(key=lambda m: m.span.start)
        return kept

    def _same_name(self, people: _ByName, mention: Mention) -> Candidate | None:
        words = name_words(mention.name.text, self._stem) if mention.name else []
        if not words:
            return None
        fitting = [
            c
            for c in people.with_word(words)
            if (
                people.words(c).issuperset(words)
                or (words[-1] in people.words(c) and _initials_fit(words, c))
                or (is_wide(words[0]) and _is_surname(words, people.words(c)))
            )
            and not self._other_sex(c, mention)
        ]
        if len(fitting) > 1 and len(words) == 1:
            surnames = [c for c in fitting if name_words(c.name, self._stem)[-1] == words[0]]
            before = [
                c for c in surnames or fitting if c.mentions[0].span.start < mention.span.start
            ]
            return (before or surnames or fitting)[-1]
        return fitting[0] if fitting else None

    def _other_sex(self, candidate: Candidate, mention: Mention) -> bool:
        """`Mrs. Bush` is not `George Bush`, nor `Mr Bush` Mrs Bush."""
        title = mention.honorific
        titles = {m.honorific for m in candidate.mentions if m.honorific}
        telling = [t for t in titles if not t.startswith(("dr", "prof"))]
        if not title or not telling:
            return False
        female = self._female_titles.whole(title)
        return all(self._female_titles.whole(t) != female for t in telling)

    def _is_person(self, candidate: Candidate, speaking: set[Span]) -> bool:
        if candidate.titled or any(m.known for m in candidate.mentions):
            return True
        return any(m.span in speaking and self._is_name(m) for m in candidate.mentions) or (
            len(candidate.mentions) > 1 and any(m.span in speaking for m in candidate.mentions)
        )

    def _is_name(self, mention: Mention) -> bool:
        """A single word that a sentence begins with need not be one: `Villagers`, `Outside`."""
        return not mention.begins_sentence or len(name_words(mention.span.text)) > 1

    def _described(self, people: _ByDescription, mention: Mention) -> Candidate | None:
        """Whom a description means: by country, then by its head; None unless one fits best."""
        if self._indefinite.at(mention.span.text, 0) is not None or mention.plural:
            return None
        at = mention.span.start
        if mention.country:
            same = people.of_country(mention.country[0], at)
            exact = [c for c in same if mention.head in people.heads(c)]
            if len(exact) == 1:
                return exact[0]
            if len(same) == 1 and (mention.head in self._generic or not people.heads(same[0])):
                return same[0]
            return None
        return people.of_head(mention.head, at)


def _without_title_case(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without names that only a headline in title case has: `Lima Visit Ends`.

    A name at its end is whole; of one that begins with the surname that is what others have.
    """
    words = {w for m in mentions if m.name and not m.in_title_case for w in name_words(m.name.text)}
    return [
        m
        for m in mentions
        if not m.in_title_case
        or m.name is None
        or words.intersection(name_words(m.name.text)[-1:])
        or (m.ends_sentence and words.intersection(name_words(m.name.text)[:1]))
    ]


def _length(mention: Mention) -> tuple[int, int]:
    """By how many words a name is long, and in letters where it is written as one word."""
    name = mention.name.text if mention.name else ""
    return -len(name_words(name)), -len(name) if is_wide(name) else 0


def _is_surname(words: Sequence[str], known: set[str]) -> bool:
    """`王` of `王毅`, which is written as one word."""
    return len(words) == 1 and any(own.startswith(words[0]) for own in known)


def _initials_fit(words: Sequence[str], candidate: Candidate) -> bool:
    """Whether given names that differ may still be one person's: `J. Smith`, `Smith`."""
    own = name_words(candidate.name, candidate.stem)
    return len(words) == 1 or len(own) == 1 or (words[0][0] == own[0][0] and words[-1] == own[-1])
