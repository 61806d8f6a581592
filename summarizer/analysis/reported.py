"""Reported clauses: statements without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from summarizer.analysis.attribution import Attribution, Frame
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.wording import TRIM, WORDS, clause_like
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import is_wide

_REST = 6  # words: no longer rest of a sentence stands behind its cue
_THAT_WITHIN, _WORDS_TO_THAT = 130, 14  # characters, words: `said in an interview with … that`
_JOINT = 120  # characters: no longer words join two clauses


class ReportedFinder:
    """Finds the indirect statements of an article."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules

    def statements(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        frames: Sequence[Frame],
        taken: Sequence[Span],
    ) -> list[Attribution]:
        """The reported clauses of all cues, those that overlap `taken` left out."""
        found: list[Attribution] = []
        marked, occupied = spans_in_order(quoted), spans_in_order(taken)
        for number, group in groupby(frames, key=lambda frame: frame.sentence):
            sentence = sentences[number]
            near = marked.touching(sentence.start, sentence.end)
            found += self._in_sentence(text, sentence, list(group), near, occupied)
        return found

    def _in_sentence(
        self,
        text: str,
        sentence: Span,
        frames: Sequence[Frame],
        quoted: Sequence[Quotation],
        taken: Ordered[Span],
    ) -> list[Attribution]:
        found: list[Attribution] = []
        ordered = sorted(enumerate(frames), key=lambda one: not _closes(text, sentence, one[1]))
        for number, frame in ordered:
            if frame.source is None or self._rules.mental.whole(frame.cue.text):
                continue
            following = frames[number + 1 :]
            clause = self._clause(text, sentence, frame, following, quoted)
            if (
                clause is None
                or self._tells_source(text, clause)
                or taken.touching(clause.start, clause.end)
            ):
                continue
            others = [f for f in following if f.source and f.source != frame.source]
            if frame.according and any(f.cue.within(clause) for f in others):
                continue  # `according to A, B said that C`: B says it
            if any(clause.overlaps(other.content[0]) for other in found):
                continue
            found.append(Attribution("indirect", (clause,), (clause,), frame.cue, frame.source))
        return found

    def _clause(
        self,
        text: str,
        sentence: Span,
        frame: Frame,
        following: Sequence[Frame],
        quoted: Sequence[Quotation],
    ) -> Span | None:
        """The reported clause of a cue: after it, or before it (`The plan works, X said.`)."""
        if frame.according:
            return self._clause_of_according(text, sentence, frame)
        source = frame.source
        behind = frame.follows and not frame.inverted
        if source and (behind or source.span.end <= frame.cue.start):
            first = min(source.span.start, frame.cue.start)
            last = max(source.span.end, frame.cue.end)
            before = text[sentence.start : first].rstrip()
            if text[last : sentence.end].lstrip().startswith(":"):
                return None
            rest = text[last : sentence.end].split(";")[0].strip(' .,”"')
            goes_on = bool(following) and text[last : following[0].cue.start].strip() == ","
            if before.endswith(",") and (goes_on or self._is_rest(text[last:], rest, frame)):
                ahead = span_at(text, sentence.start, sentence.start + len(before) - 1)
                return ahead if clause_like(ahead.text) and not _quoted_at(quoted, ahead) else None
        if frame.follows and not frame.inverted:
            return None
        return self._clause_after(text, sentence, frame, following)

    def _is_rest(self, behind: str, rest: str, frame: Frame) -> bool:
        """Whether few words behind a cue can tell when, where or to whom, and are no content."""
        if not rest:
            return True
        if len(WORDS.findall(rest)) > _REST:
            return False
        if frame.follows or behind.startswith((",", "\n")):
            return True
        tells = self._rules.tells.whole(frame.cue.text)
        return tells or self._rules.when_or_where.at(rest, 0) is not None

    def _tells_source(self, text: str, clause: Span) -> bool:
        """Whether a clause says no more than who reports: `This was announced by the ministry`."""
        thing = self._rules.things.at(text, clause.start)
        cue = self._rules.cues.first(text, thing, clause.end) if thing else None
        return cue is not None and bool(self._rules.passive.search(text, clause.start, cue[0]))

    def _joint(self, text: str, frame: Frame, other: Frame) -> int | None:
        """Where the clause of `frame` ends because another cue of its sentence begins anew."""
        end = other.cue.start
        start = max(frame.cue.end, end - _JOINT)
        if (match := self._rules.conjunction.search(text, start, end)) is not None:
            return match.start()
        that = self._rules.that.at(text, other.cue.end + 1)
        if that is not None and (match := self._rules.and_that.search(text, start, end)):
            return match.start()
        if other.source and frame.cue.end <= other.source.span.start < end:
            end = other.source.span.start
            start = max(frame.cue.end, end - _JOINT)
            if (match := self._rules.new_clause.search(text, start, end)) is not None:
                return match.start()
        return None

    def _clause_of_according(self, text: str, sentence: Span, frame: Frame) -> Span | None:
        source = frame.source
        if source is None:
            return None
        first = min(source.span.start, frame.cue.start)
        last = max(source.span.end, frame.cue.end)
        comma = text.find(",", last, sentence.end)
        opening = self._rules.as_.search(text[sentence.start : first])
        first = sentence.start + opening.start() if opening else first
        before = text[sentence.start : first].strip(TRIM)
        if before and clause_like(before):
            return _trimmed(text, sentence.start, first)
        if self._rules.order == "v2":
            comma = last - 1
        if comma < 0:
            return None
        clause = _trimmed(text, comma + 1, sentence.end)
        if (
            clause
            and self._rules.drops_subject
            and (that := self._rules.that.at(text, clause.start))
        ):
            clause = _trimmed(text, that, sentence.end)
        return clause if clause and clause_like(clause.text) else None

    def _clause_after(
        self, text: str, sentence: Span, frame: Frame, following: Sequence[Frame]
    ) -> Span | None:
        end = sentence.end
        for other in following:
            joint = self._joint(text, frame, other)
            if joint is not None:
                end = joint
                break
        start = frame.cue.end
        if frame.source and frame.inverted:
            start = max(start, frame.source.span.end)
        that = self._that(text, start, end, following)
        told = self._told(text, start) if self._rules.tells.whole(frame.cue.text) else None
        if that is not None:
            start = that
        elif told is not None:
            start = told
        elif (
            self._rules.weak.whole(frame.cue.text)
            or not _begins_clause(text[start:end])
            or self._rules.not_content.at(text, start + (not text[start].isalnum()))
        ):
            return None
        clause = _trimmed(text, start, end)
        return clause if clause and clause_like(clause.text) else None

    def _that(self, text: str, start: int, end: int, following: Sequence[Frame]) -> int | None:
        """Where the clause begins behind the `that` of a cue: `said in an interview that …`."""
        that = self._rules.that.first(text, start, min(end, start + _THAT_WITHIN))
        if that is None:
            return None
        between = text[start : that[0]]
        led = self._rules.not_content.at(between.lstrip(), 0) is not None
        if len(WORDS.findall(between)) > (_WORDS_TO_THAT if led else _WORDS_TO_THAT - 5):
            return None
        if any(
            f.cue.end <= that[0] and f.source and f.source.span.start >= start for f in following
        ):
            return None  # `said Weber had told her that …`
        return that[1]

    def _told(self, text: str, start: int) -> int | None:
        """Where the clause begins behind the one spoken to: `told reporters the plan works`."""
        space = len(text[start : start + 2]) - len(text[start : start + 2].lstrip())
        end = self._rules.audiences.at(text, start + space)
        if end is None:
            return None
        word = re.match(r"\s+(\w+)", text[end : end + 30])
        opens = word and (word[1][0].isupper() or self._rules.subjects.whole(word[1]))
        return end if opens else None


def _closes(text: str, sentence: Span, frame: Frame) -> bool:
    """Whether a cue with its source ends a sentence: of `A said …, B added.` B adds it all."""
    if frame.source is None:
        return False
    first = min(frame.source.span.start, frame.cue.start)
    last = max(frame.source.span.end, frame.cue.end)
    ahead = text[sentence.start : first].rstrip()
    return ahead.endswith(",") and not text[last : sentence.end].strip(' .,”"')


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while end > start and text[end - 1] in " \n.,;:":
        end -= 1
    while start < end and text[start] in " \n,:":
        start += 1
    return span_at(text, start, end) if start < end else None


def _begins_clause(rest: str) -> bool:
    return rest[:1] in (" ", "\u00a0") or rest.startswith(", ") or is_wide(rest.lstrip(",")[:1])


def _quoted_at(quoted: Sequence[Quotation], span: Span) -> bool:
    return any(q.start < span.end and span.start < q.end for q in quoted)
