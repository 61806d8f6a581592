"""Cues and their sources: which words report speech, and who is named as the one who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis.attribution import Frame
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.subjects import SubjectFinder, with_and
from summarizer.analysis.wording import WORDS
from summarizer.article import Quotation, Span, span_at

_CLAUSE_WORDS = 3
_NEAR = 8  # characters: a quotation this far from a sentence may be what its cue reports


class FrameFinder:
    """Finds every cue of an article with the mention that is its subject."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules
        self._subjects = SubjectFinder(rules)

    def frames(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
    ) -> tuple[Frame, ...]:
        """Every cue outside quotations, with the mention that is its subject."""
        found: list[Frame] = []
        speaking: Mention | None = None
        named = Ordered(mentions, lambda mention: mention.span)
        marked = spans_in_order(quoted)
        for number, sentence in enumerate(sentences):
            inside = named.within(sentence.start, sentence.end)
            quoted = marked.touching(sentence.start - _NEAR, sentence.end + _NEAR)
            earlier: Frame | None = None
            for start, end in self._rules.cues.find(text, sentence.start, sentence.end):
                if any(q.start <= start < q.end for q in quoted):
                    continue
                if any(m.span.start <= start < m.span.end for m in inside):
                    continue
                if text[max(0, start - 1) : start] == "-":
                    continue  # so-called
                if self._rules.passive.search(text, max(0, start - 30), start) and not (
                    self._rules.progressive.whole(text[start:end])
                ):
                    continue
                if self._rules.negated.search(text, max(sentence.start, start - 20), start):
                    continue
                if (
                    self._rules.wide
                    and end - start == 1
                    and not _stands_apart(text, start, end, inside)
                ):
                    continue
                cue = span_at(text, with_and(text, start), end)
                if self._rules.tags.whole(cue.text) and not (
                    self._preceded_by_content(text, sentence, cue, quoted)
                    and self._subjects.after(text, sentence, cue, inside, quoted)
                ):
                    continue
                frame = self._frame(text, sentence, number, cue, inside, quoted, earlier)
                if self._rules.closing.whole(cue.text) and not self._closes(text, sentence, frame):
                    continue
                if frame is not None and frame.cited and found and found[-1].sentence == number:
                    citing = text[found[-1].cue.end : frame.cue.start]
                    if frame.source and citing.strip().startswith(frame.source.span.text):
                        found[-1] = replace(found[-1], source=frame.source)
                if frame is not None:
                    if frame.source is None and self._rules.drops_subject and not frame.according:
                        frame = replace(frame, source=speaking)
                    speaking = frame.source or speaking
                    found.append(frame)
                    earlier = frame if frame.source else earlier
            found += self._nouns(text, sentence, number, inside, quoted)
        return tuple(sorted(found, key=lambda frame: frame.cue.start))

    def _closes(self, text: str, sentence: Span, frame: Frame | None) -> bool:
        """Whether a word that is a noun elsewhere reports: `…, the agency reports.`"""
        if frame is None or frame.source is None:
            return False
        first, last = sorted((frame.source.span, frame.cue), key=lambda span: span.start)
        if text[first.end : last.start].strip():
            return False
        rest = text[last.end : sentence.end].strip(" .")
        if frame.follows:
            return not rest
        return not rest or self._rules.that.at(rest, 0) is not None

    def _nouns(
        self,
        text: str,
        sentence: Span,
        number: int,
        inside: Sequence[Mention],
        quoted: Sequence[Quotation],
    ) -> list[Frame]:
        """`Lima's claim that …`, `her claim that …`: a noun reports, whose it is speaks."""
        found = []
        for match in self._rules.nouns.finditer(text, sentence.start, sentence.end):
            if any(q.start <= match.start() < q.end for q in quoted):
                continue
            cue = span_at(text, *match.span("noun"))
            if match["whose"]:
                whose = span_at(text, *match.span("whose"))
                source: Mention | None = Mention(whose, "pronoun", head=whose.text.lower())
            else:
                owners = (m for m in inside if match.start() - 2 <= m.span.end <= match.end("of"))
                source = next(owners, None)
            if source is not None:
                found.append(Frame(cue, source, number))
        return found

    def _frame(
        self,
        text: str,
        sentence: Span,
        number: int,
        cue: Span,
        inside: Sequence[Mention],
        quoted: Sequence[Quotation],
        earlier: Frame | None,
    ) -> Frame | None:
        if self._rules.according.whole(cue.text):
            source = self._subjects.of_according(text, cue, inside)
            return Frame(cue, source, number, follows=True, according=True)
        own = (m for m in inside if m.span.within(cue) and text[m.span.start - 1] == "-")
        if (inverted := next(own, None)) is not None:  # a-t-il dit
            return Frame(cue, inverted, number, follows=True)
        if (cited := self._subjects.cited(text, sentence, cue, inside)) is not None:
            return Frame(cue, cited, number, cited=True)
        if self._rules.infinitive.whole(cue.text):
            return Frame(cue, self._subjects.main(text, sentence, cue, inside, quoted), number)
        before = self._subjects.before(text, sentence, cue, inside, quoted)
        after_ = self._subjects.after(text, sentence, cue, inside, quoted)
        house = self._subjects.house(text, cue, inside) if self._rules.order != "svo" else None
        aside = before or after_ or house
        if aside and self._rules.as_.search(
            text[sentence.start : min(aside.span.start, cue.start)]
        ):
            return Frame(cue, aside, number, follows=True, according=True)
        if before is not None:
            if before.kind == "pronoun" and self._subjects.is_after_what(text, before):
                # `Lima condemned what she called “…”`: the sentence says who she is
                main = earlier.source if earlier else None
                main = main or self._subjects.main(text, sentence, before.span, inside, quoted)
                before = main or before
            return Frame(cue, before, number)
        if after_ is not None and self._begins_content(text, cue, after_, quoted):
            after_ = None
        if after_ is not None and self._preceded_by_content(text, sentence, cue, quoted):
            short = self._rules.order == "free" and self._introduced(text, sentence, cue)
            return Frame(cue, after_, number, follows=True, inverted=short)
        first = not text[sentence.start : cue.start].strip()
        if after_ is not None and (self._rules.order != "svo" or first):  # `Said Lima: “…”`
            return Frame(cue, after_, number, follows=True, inverted=True)
        if earlier is not None and not self._ends_relative(text, earlier, cue):
            return Frame(cue, earlier.source, number)
        if (someone := self._subjects.someone_before(text, sentence, cue, inside)) is not None:
            return Frame(cue, someone, number)
        if self._rules.order != "svo":
            content = self._preceded_by_content(text, sentence, cue, quoted)
            if content and (someone := self._subjects.someone_after(text, cue)) is not None:
                return Frame(cue, someone, number, follows=True)
            if house is not None:
                return Frame(cue, house, number, follows=house.span.start > cue.start)
        return Frame(cue, self._subjects.main(text, sentence, cue, inside, quoted), number)

    def _ends_relative(self, text: str, earlier: Frame, cue: Span) -> bool:
        """Whether a relative clause ends before a cue: `… a man who said so, adding that`."""
        source = earlier.source
        if source is None or not self._rules.relative.whole(source.head):
            return False
        return text[source.span.end : cue.start].rstrip().endswith(",")

    def _preceded_by_content(
        self, text: str, sentence: Span, cue: Span, quoted: Sequence[Quotation]
    ) -> bool:
        before = text[sentence.start : cue.start].rstrip()
        if not before:
            return bool(quoted) and any(q.end <= cue.start < q.end + 3 for q in quoted)
        return before[-1] in ",”\"»“’'—–-" or any(
            q.end == sentence.start + len(before) for q in quoted
        )

    def _begins_content(
        self, text: str, cue: Span, mention: Mention, quoted: Sequence[Quotation]
    ) -> bool:
        """Whether a mention behind an English cue is what the cue's content begins with.

        `…, saying Lima had left`, `Lima, 54, said she had left`; but `“…,” said she.`
        """
        if self._rules.order != "svo":
            return False
        if self._rules.progressive.whole(cue.text):
            return True
        goes_on = (
            re.match(r"\s+[\w“‘\"']", text[mention.span.end : mention.span.end + 3]) is not None
        )
        beside = any(q.end <= cue.start < q.end + 3 for q in quoted)
        return mention.kind == "pronoun" and goes_on and not beside

    def _introduced(self, text: str, sentence: Span, cue: Span) -> bool:
        """Whether the few words before a cue lead to it: `من جانبه، قال`."""
        before = text[sentence.start : cue.start].rstrip()
        return before.endswith(",") and 0 < len(WORDS.findall(before)) < _CLAUSE_WORDS


def _stands_apart(text: str, start: int, end: int, inside: Sequence[Mention]) -> bool:
    """Whether a cue of one letter is a word: beside its source, or before a mark."""
    beside = any(start in (m.span.end, m.span.start - 1) for m in inside)
    return beside or text[end : end + 1] in (",", ":", "“", "「")
