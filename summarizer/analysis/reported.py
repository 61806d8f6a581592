"""Reported clauses: statements without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from summarizer.analysis.attribution import Attribution, Frame
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.wording import STATEMENT_WORDS, TRIM, WORDS, clause_like, length
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import is_wide

_REST = 6  # words: no longer rest of a sentence stands behind its cue
_THAT_WITHIN, _WORDS_TO_THAT = 130, 14  # characters, words: `said in an interview with … that`
_ADDRESSEE = 6  # words: no longer name of someone spoken to
_AMOUNT = re.compile(r"[$€£]?\d[\d.,]*(?:\s+[^\W\d]+){0,3}")
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
            parted = text[source.span.end : frame.cue.start] if not behind else ""
            goes_on = bool(following) and text[last : following[0].cue.start].strip() == ","
            beside = not self._rules.cues.within(parted)
            if (
                before.endswith(",")
                and beside
                and (goes_on or self._is_rest(text[last:], rest, frame))
            ):
                ahead = span_at(text, sentence.start, sentence.start + len(before) - 1)
                return ahead if clause_like(ahead.text) and not _quoted_at(quoted, ahead) else None
        if frame.follows and not frame.inverted:
            return None
        return self._clause_after(text, sentence, frame, following)

    def _is_rest(self, behind: str, rest: str, frame: Frame) -> bool:
        """Whether few words behind a cue can tell when, where or to whom, and are no content."""
        if not rest:
            return True
        if len(WORDS.findall(rest)) > _REST or self._rules.that.within(rest):
            return False
        if (
            self._rules.weak.whole(frame.cue.text)
            and self._rules.addressing.at(rest, 0) is not None
        ):
            return False  # `…, Weber appealed to both`
        if frame.follows or behind.startswith((",", "\n")):
            return True
        tells = not self._rules.tells or self._rules.tells.whole(frame.cue.text)
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
        tells = self._rules.tells and self._rules.tells.whole(frame.cue.text)
        told = self._told(text, start) if tells else None
        if that is not None:
            start = that
        elif told is not None:
            start = told
        elif (
            self._rules.weak.whole(frame.cue.text)
            or not _begins_clause(text[start:end])
            or self._rules.not_content.at(text, self._first_word(text, start)) is not None
        ):
            return None
        if self._rules.relative_lead.search(text, sentence.start, frame.cue.start):
            comma = text.find(",", start, end)  # `Weber, who said that she would come, left`
            end = comma if comma >= 0 else end
        clause = _trimmed(text, start, end)
        if clause and that is None and told is None and self._rules.about.match(clause.text):
            return None  # `warns Peru over the dam`
        if clause and that is None and _AMOUNT.fullmatch(clause.text):
            return None
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
        last = WORDS.findall(between)[-1:]
        if last and self._rules.relative_verbs.at(text, that[1] + 1) is not None:
            return None  # `commented on the conflicts that had been …`
        if last and self._rules.indirect.whole(text[that[0] : that[1]]):
            joint = self._rules.and_.fullmatch(f" {last[0]} ")
            if joint or self._rules.not_content.whole(last[0]):
                return None  # `gave no details about how …`
        if any(
            f.cue.end <= that[0] and f.source and f.source.span.start >= start for f in following
        ):
            return None  # `said Weber had told her that …`
        return that[1]

    def _first_word(self, text: str, start: int) -> int:
        """Where the words behind a cue begin; English reports nothing behind a comma."""
        if self._rules.order == "svo" and text[start : start + 1] == ",":
            start += 1
        return start + (not text[start].isalnum())

    def _told(self, text: str, start: int) -> int | None:
        """Where the clause begins behind the one spoken to: `told reporters the plan works`."""
        space = len(text[start : start + 2]) - len(text[start : start + 2].lstrip())
        end = self._rules.audiences.at(text, start + space)
        if end is not None:
            word = re.match(r"\s+(\w+)", text[end : end + 30])
            opens = word and (word[1][0].isupper() or self._rules.subjects.whole(word[1]))
            return end if opens else None
        for word in list(re.finditer(r"\s+([\w'’.-]+)", text[start : start + 80]))[1:_ADDRESSEE]:
            if not self._rules.subjects.whole(word[1]):
                continue
            addressee = text[start : start + word.start()]
            if self._rules.not_content.whole(addressee.split()[-1]) or "," in addressee:
                return None
            return start + word.start()
        return None


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
    long = [q for q in quoted if length(q) >= STATEMENT_WORDS]
    return any(q.start < span.end and span.start < q.end for q in long)
