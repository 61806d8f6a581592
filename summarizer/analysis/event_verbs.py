"""Verbs that tell of a meeting only by what stands behind them.

`Spoke` does where `with` or `to` and someone follow (`spoke again today with President Lima`),
`called` where someone follows and then how or when (`called President Lima on Friday`, and not
`called President Lima a friend`), `invited` where someone and then a place do, and `had` where a
word for a meeting does (`had a frank conversation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.analysis.mentions import Mention
from summarizer.article import Span
from summarizer.lexicon import Lexicon, Phrases

_APART = 4  # words between a light verb and its noun
_WORDS = r"(?:\s+[\w’'-]+)"
_PLACE = re.compile(r"(?:the\s+)?[^\W\d_a-z]")


class TowardFinder:
    """Finds such verbs with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        meetings, dates = words.meetings, words.dates
        self._toward, self._calling = Phrases(meetings.toward), Phrases(meetings.calling)
        self._welcoming, self._light = Phrases(meetings.welcoming), Phrases(meetings.light)
        self._nouns = Phrases(meetings.nouns)
        self._sides = Phrases(words.people.sides)
        self._determiners = frozenset(words.people.determiners)
        others = "|".join(map(re.escape, meetings.toward_whom)) or r"(?!)"
        self._whom = re.compile(rf"{_WORDS}{{0,6}}?\s+(?:{others})\s+", re.IGNORECASE)
        self._how = Phrases([*meetings.called_how, *dates.weekdays, *dates.today, *dates.yesterday])
        self._where = Phrases(meetings.welcomed_where)

    def welcomes(self, verb: str) -> bool:
        """Whether someone is asked, or asked in: they meet in person."""
        return self._welcoming.whole(verb)

    def find(
        self, text: str, sentence: Span, mentions: Sequence[Mention]
    ) -> Iterator[tuple[int, int]]:
        """Where such verbs stand in a sentence; a light verb with its noun."""
        ends = {m.span.start: m.span.end for m in mentions if self._is_someone(m)}
        around = sentence.start, sentence.end
        for start, end in self._toward.find(text, *around):
            whom = self._whom.match(text, end, sentence.end)
            if whom is not None and whom.end() in ends:
                yield start, end
        for phrases, behind in ((self._calling, self._how), (self._welcoming, self._where)):
            for start, end in phrases.find(text, *around):
                last = ends.get(end + 1)
                after = behind.at(text, last + 1) if last is not None else None
                placed = after is not None and _PLACE.match(text, after + 1) is not None
                if after is not None and (placed or phrases is self._calling):
                    yield start, end
        for start, end in self._light.find(text, *around):
            for match in re.finditer(r"\s+", text[end : min(end + 60, sentence.end)]):
                at = end + match.end()
                if (last := self._nouns.at(text, at)) is not None:
                    yield start, last
                    break
                between = text[end:at].split()
                if len(between) > _APART or not self._leads(between):
                    break

    def _leads(self, words: Sequence[str]) -> bool:
        """Whether words can stand between `had` and its noun: `a long`, but not `cancelled a`."""
        plain = all(re.fullmatch(r"[\w’'-]+", word) for word in words)
        return plain and not any(word.lower() in self._determiners for word in words[1:])

    def _is_someone(self, mention: Mention) -> bool:
        if mention.kind == "organization":
            return self._sides.within(mention.head)  # met with a Chilean delegation
        titled = mention.role or mention.rank or mention.honorific or mention.known
        return mention.kind in ("name", "description") and bool(titled)
