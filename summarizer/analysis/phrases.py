"""Phrases that can be topics: what is listed as discussed, then runs of content words.

`They discussed a hotline, the release of crews and a weather buoy` lists three, taken whole.
Candidate phrases are cut at stop words and marks as RAKE does (Rose et al. 2010, "Automatic
keyword extraction from individual documents"), and scored by the degree of their words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import spans_in_order
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?|[^\w\s]")
_LONGEST, _SHORTEST = 6, 2
_LISTED = 10  # words of one item of a list
_DISCUSSED = 4.0
_END = re.compile(r"[;:!?(–—\n]|\s-\s|\.\W*\Z")
_PLAIN = re.compile(r"(?=.{4})[^\W\d_](?:[\w\s.’'-]|«[^«»]*»|“[^“”]*”)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT_RUN, _LONG_RUN = 4, 12  # letters


class PhraseFinder:
    """Finds topic phrases with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        people = words.people
        cues = [c for c in words.speech.cues if " " not in c]
        single = [w for w in (*words.meetings.held, *words.meetings.nouns) if " " not in w]
        stops = [*words.topics.stop, *people.common, *cues, *people.determiners, *single]
        stops += [*people.heads, *people.groups, *people.honorifics, *people.ranks]
        stops += [phrase for phrase in words.topics.discussed if " " not in phrase]
        stops += [*words.dates.months, *words.dates.weekdays, *words.dates.today]
        self._stop = Phrases(stops)
        self._inner = Phrases(words.topics.inner)
        joints = "|".join(map(re.escape, words.speech.conjunctions[:1])) or r"(?!)"
        self._parts = re.compile(rf"\s*,\s*(?:(?:{joints})\s+)?|\s+(?:{joints})\s+")
        self._aside = Phrases([*words.meetings.aside, *words.speech.that])
        leading = [*words.people.determiners, *words.topics.inner, *words.meetings.mentioned]
        self._leading = frozenset(leading)
        self._wide = words.wide
        self._discussed = Phrases(words.topics.discussed)

    def phrases(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        limit: int,
    ) -> tuple[Span, ...]:
        """The `limit` best phrases, best first, none a repetition of another."""
        names = spans_in_order(
            m.span
            for m in mentions
            if m.kind in ("name", "description")
            or (m.kind == "organization" and " " in m.span.text)
        )
        found: list[tuple[Span, bool]] = []
        listed: list[Span] = []
        for sentence in sentences:
            start = self._discussed.first(text, sentence.start, sentence.end)
            if start is not None and not self._wide:
                items = self._listed(text, start[1], sentence.end)
                listed += [span for span in items if not names.touching(span.start, span.end)]
            parts = self._between if self._wide else self._in_sentence
            for span in parts(text, sentence):
                if names.touching(span.start, span.end):
                    continue
                found.append((span, start is not None and span.start >= start[1]))
        degree = self._degrees([span.text for span, _ in found])
        scored = [
            (self._score(span.text, degree) + (_DISCUSSED if discussed else 0.0), -at, span)
            for at, (span, discussed) in enumerate(found)
        ]
        best = [span for _, _, span in sorted(scored, key=lambda item: item[:2], reverse=True)]
        chosen: list[Span] = []
        for span in [*listed[: limit // 2], *best]:
            words = set(span.text.casefold().split())
            if all(
                len(words & set(c.text.casefold().split())) * 2 < len(words) + 1 for c in chosen
            ):
                chosen.append(span)
            if len(chosen) == limit:
                break
        return tuple(chosen)

    def _listed(self, text: str, start: int, end: int) -> list[Span]:
        """The items of what stands behind a word like `discussed`, without articles before them."""
        stop = _END.search(text[start:end])
        end = start + stop.start() if stop else end
        aside = self._aside.first(text, start, end)
        end = aside[0] if aside else end
        bounds = [(start, start), *(m.span() for m in self._parts.finditer(text, start, end))]
        ends = [at for at, _ in bounds[1:]] + [end]
        spans = []
        for (_, first), last in zip(bounds, ends, strict=True):
            words = list(re.finditer(r"\S+", text[first:last]))
            while words and words[0][0].casefold() in self._leading:
                words.pop(0)
            content = [w for w in words if not self._stop.whole(w[0])]
            whole = bool(content) and words[0] in content and words[-1] in content
            if whole and len(words) <= _LISTED and _PLAIN.fullmatch(text[first:last].strip()):
                spans.append(span_at(text, first + words[0].start(), first + words[-1].end()))
        return spans

    def _in_sentence(self, text: str, sentence: Span) -> list[Span]:
        runs: list[list[re.Match[str]]] = [[]]
        for match in _TOKEN.finditer(text, sentence.start, sentence.end):
            word = match[0]
            inner = self._inner.whole(word) and bool(runs[-1])
            if not word[0].isalpha() or (self._stop.whole(word) and not inner):
                runs.append([])
            else:
                runs[-1].append(match)
        spans = []
        for run in runs:
            while run and self._inner.whole(run[-1][0]):
                run.pop()
            content = sum(not self._inner.whole(m[0]) for m in run)
            if content >= _SHORTEST and len(run) <= _LONGEST:
                spans.append(
                    span_at(text, run[0].start(), run[-1].start() + len(run[-1][0].rstrip(".")))
                )
        return spans

    def _between(self, text: str, sentence: Span) -> list[Span]:
        """The runs of letters between stop words, where no spaces part the words."""
        position = sentence.start
        found = []
        stops = [*self._stop.find(text, sentence.start, sentence.end), (sentence.end, sentence.end)]
        for start, end in stops:
            for run in _LETTERS.finditer(text, position, start):
                if _SHORT_RUN <= len(run[0]) <= _LONG_RUN:
                    found.append(span_at(text, *run.span()))
            position = end
        return found

    def _degrees(self, phrases: Sequence[str]) -> dict[str, float]:
        """The degree of each word over its frequency, as RAKE scores words."""
        frequency: Counter[str] = Counter()
        degree: Counter[str] = Counter()
        for phrase in phrases:
            words = phrase.casefold().split()
            for word in words:
                frequency[word] += 1
                degree[word] += len(words)
        return {word: degree[word] / frequency[word] + frequency[word] - 1 for word in frequency}

    def _score(self, phrase: str, degree: dict[str, float]) -> float:
        words = phrase.casefold().split()
        return sum(degree.get(word, 0.0) for word in words) / len(words)
