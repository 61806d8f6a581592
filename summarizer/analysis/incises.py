"""Attributions inside the quotation marks: `«Да, — сказал он. — Мы готовы»`, `« Oui, dit-il. »`.

Russian sets them off with dashes, French with commas. Once they are parted from the quoted words
the same rules serve as for attributions outside the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases

_DASH = re.compile(r"(?<=[,.!?…])\s*[—–-]\s+(?=\w)|\s[—–](?=\w)")
_DASH_ENDS = re.compile(r"[,.!?…]\s*[—–-]\s+|[—–][,.]?(?=\s)")
_COMMA = re.compile(r"(?:(?<=[,?!…])|(?<=[?!]»))\s+(?=\w)")
_COMMA_ENDS = re.compile(r"(?:[,;:]|(?<!\b[A-ZÀ-Þ])(?<!\bDr)\.)\s+")
_WORDS_TO_CUE = 4
_INCISE = 200  # characters: no longer attribution stands inside a quotation
_TRAIL = " \t\u00a0\u202f"


class Incises:
    """Parts quotations at the attributions inside them, as one language sets these off."""

    def __init__(self, words: Lexicon) -> None:
        people = words.people
        self._how = words.speech.incises
        self._cues = Phrases([*words.speech.cues, *words.speech.tags])
        pronouns = people.pronouns
        subjects = [*pronouns.male, *pronouns.female, *pronouns.plural, *people.determiners]
        subjects += [*people.honorifics, *people.heads, *people.groups, *people.ranks]
        self._subjects = Phrases(subjects)

    def apart(self, text: str, quoted: Sequence[Quotation]) -> tuple[Quotation, ...]:
        """The quotations without the attributions inside them; those that hold none as they are."""
        if self._how == "none":
            return tuple(quoted)
        return tuple(part for quotation in quoted for part in self._parts(text, quotation))

    def _parts(self, text: str, quotation: Quotation) -> Iterator[Quotation]:
        parts = [part for span in quotation.spans for part in self._around(text, span)]
        if parts == list(quotation.spans):
            yield quotation
            return
        for part in parts:
            start = quotation.start if part.start == quotation.spans[0].start else part.start
            end = quotation.end if part.end == quotation.spans[-1].end else part.end
            yield Quotation((part,), start, end, quotation.single, quotation.closed)

    def _around(self, text: str, span: Span) -> Iterator[Span]:
        """The parts of one quoted span around its attributions."""
        start = span.start
        for opening, end in self._found(text, span):
            if opening > start:
                yield _trimmed(text, start, opening)
            start = end
        if start < span.end:
            yield _trimmed(text, start, span.end) if start > span.start else span

    def _found(self, text: str, span: Span) -> Iterator[tuple[int, int]]:
        """Where each attribution begins and where the quoted words go on."""
        opens, ends = (_DASH, _DASH_ENDS) if self._how == "dash" else (_COMMA, _COMMA_ENDS)
        position = span.start
        while (opening := opens.search(text, position, span.end)) is not None:
            position = opening.end()
            if opening.start() == span.start or not self._reports(text, opening.end(), span.end):
                continue
            closing = ends.search(text, opening.end(), min(span.end, opening.end() + _INCISE))
            end = closing.end() if closing else span.end
            yield opening.start(), end
            position = end

    def _reports(self, text: str, at: int, stop: int) -> bool:
        """Whether a cue with its subject begins at `at` (`сказал он`, with dashes `он сказал`)."""
        if self._how == "dash":
            words = list(re.finditer(r"\w[\w-]*", text[at:stop]))[:_WORDS_TO_CUE]
            limit = min(stop, at + words[-1].end()) if words else at
            return self._cues.first(text, at, limit) is not None
        end = self._cues.at(text, at)
        if end is None or end > stop:
            return False
        if re.search(r"-(?:t-)?\w+(?:\s|$)", text[at:end]):
            return True  # a-t-il dit
        after = re.compile(r"\s+").match(text, end)
        if after is None or after.end() >= stop:
            return False
        return text[after.end()].isupper() or self._subjects.at(text, after.end()) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in _TRAIL:
        end -= 1
    while start < end and text[start] in _TRAIL:
        start += 1
    return span_at(text, start, end)
