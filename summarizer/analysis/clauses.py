"""The parts of a sentence that tells of two meetings: `met A after talks with B`.

Each part has its own day, place and people. What joins them tells whether the second one took
place before the first or is still to come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.analysis.mentions import Mention
from summarizer.article import Span, span_at
from summarizer.lexicon import Lexicon, Phrases

Link = Literal["", "before", "ahead", "possible", "also"]


@dataclass(frozen=True)
class Part:
    """A stretch of a sentence about one meeting.

    `link` joins it to the main part: that took place later than this one (`after talks with B`),
    is earlier (`ahead of talks with B`), speaks of it (`a possible meeting with B`), or is told
    beside it (`and met B`). `carried` are the people of the main part who took part in this one as
    well. `said`: the main part was said after it (`Roe will come, Lima said after talks with B`).
    """

    span: Span
    link: Link = ""
    joined_by: Span | None = None
    carried: tuple[Mention, ...] = ()
    said: bool = False


class PartFinder:
    """Cuts sentences with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        meetings = words.meetings
        self._links: tuple[tuple[Link, Phrases], ...] = (
            ("before", Phrases([*meetings.earlier, *meetings.recalled])),
            ("ahead", Phrases(meetings.later)),
            ("possible", Phrases(meetings.possible)),
            ("also", Phrases(meetings.beside)),
        )
        self._verbs = Phrases(meetings.held)
        self._with = Phrases(meetings.accompanied)
        self._cues = Phrases([*words.speech.cues, *words.speech.tags])
        self._by = Phrases(meetings.mentioned[:1])

    def parts(
        self,
        text: str,
        sentence: Span,
        mentions: Sequence[Mention],
        trigger: Callable[[Span], Span | None],
    ) -> tuple[Part, ...]:
        """The main part, and the one behind or before it if that names who met."""
        for link, phrases in self._links:
            for start, end in phrases.find(text, sentence.start, sentence.end):
                joined_by = span_at(text, start, end)
                if self._by.at(text, end + 1) is not None:
                    continue  # `followed by a dinner`
                cut = self._cut(text, sentence, joined_by)
                if cut is None:
                    continue
                main, other = cut
                first, second = trigger(main), trigger(other)
                if first is None or second is None:
                    continue
                part = self._part(text, other, second, (main, first), mentions)
                if link == "also" and not self._is_coordinated(main, first, part, second, mentions):
                    continue
                return Part(main), replace(part, link=link, joined_by=joined_by)
        return (Part(sentence),)

    @staticmethod
    def _cut(text: str, sentence: Span, joined_by: Span) -> tuple[Span, Span] | None:
        """Main part and other part; a sentence that begins with the link has it up to a comma."""
        if not text[joined_by.end : sentence.end].strip():
            return None
        if text[sentence.start : joined_by.start].strip():
            main = span_at(text, sentence.start, joined_by.start)
            return main, span_at(text, joined_by.end, sentence.end)
        comma = text.find(", ", joined_by.end, sentence.end)
        if comma <= joined_by.end:
            return None  # `And, yes, they met`
        if not (text[joined_by.end : comma].strip() and text[comma + 1 : sentence.end].strip()):
            return None
        return span_at(text, comma + 1, sentence.end), span_at(text, joined_by.end, comma)

    def _part(
        self,
        text: str,
        other: Span,
        trigger: Span,
        main: tuple[Span, Span],
        mentions: Sequence[Mention],
    ) -> Part:
        """The other part with the subject of the main one: `talks with B`, `and received B`."""
        span, first = main
        before = text[other.start : trigger.start].split()
        people = [m for m in mentions if m.kind in ("name", "description") and m.span.within(span)]
        cue = self._cues.first(text, first.end, span.end)
        if cue is not None:
            subject = [m for m in people if first.end <= m.span.start and m.name][-1:]
        else:
            subject = [m for m in people if m.span.end <= first.start]
        shared = self._with.at(text, trigger.end + 1) is not None or (
            self._verbs.whole(trigger.text) and len(before) == 0
        )
        return Part(other, carried=tuple(subject) if shared else (), said=cue is not None)

    def _is_coordinated(
        self, main: Span, first: Span, part: Part, second: Span, mentions: Sequence[Mention]
    ) -> bool:
        """Whether each of two verbs has somebody of its own behind it, and the same subject."""
        titled = [m for m in mentions if m.name and (m.role or m.rank or m.honorific or m.country)]
        one = any(m.span.within(main) and m.span.start >= first.end for m in titled)
        two = any(m.span.within(part.span) and m.span.start >= second.end for m in titled)
        return one and two and bool(part.carried) and self._verbs.whole(second.text)
