"""The reported content before and behind a quotation that is a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.analysis.attribution import Frame
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.wording import WORDS
from summarizer.article import Quotation, Span, span_at


class QuotedContent:
    """Finds the words outside of the marks that belong to a mixed statement."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules

    def after(
        self, text: str, sentences: Sequence[Span], quotation: Quotation, frame: Frame
    ) -> Span | None:
        """The reported clause from the cue to its end, or None if it is all quoted."""
        start = frame.cue.end
        if frame.source and frame.follows:
            start = max(start, frame.source.span.end)
        lead = text[start : quotation.start]
        if lead.rstrip().endswith(":"):
            return None
        that = [end for _, end in self._rules.that.find(lead)]
        described = self._rules.drops_subject and that and not WORDS.search(lead, that[-1])
        if that and not (described and self._rules.weak.whole(frame.cue.text)):
            start += that[0]
        end = self._clause_end(text, sentences, quotation.end)
        rest = text[quotation.end : max(end, quotation.end)]
        goes_on = (rest[:1] == " " or self._rules.wide) and len(WORDS.findall(rest)) >= 2
        while self._rules.wide and text[start] == ",":
            start += 1
        if not WORDS.search(text, start, quotation.start) and not goes_on:
            return None
        lead = text[start : quotation.start]
        if (lead.rstrip().endswith(",") or (self._rules.wide and not lead)) and not that:
            return None
        return span_at(text, start, max(end, quotation.end))

    def before(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        quotation: Quotation,
    ) -> Span | None:
        """The clause in front of a quotation that ends it (`The plan was "good," X said`)."""
        start = max((s.start for s in sentences if s.start <= quotation.start), default=0)
        start = max([start, *(q.end for q in quoted if q.end <= quotation.start)])
        lead = text[start : quotation.start]
        if len(WORDS.findall(lead)) < 2 or lead.rstrip()[-1:] in ",.:—–":
            return None
        return span_at(text, start, quotation.end)

    def _clause_end(self, text: str, sentences: Sequence[Span], at: int) -> int:
        """Where the reported clause ends: at the next cue's comma or the sentence's full stop."""
        sentence = next((s for s in sentences if s.start <= at - 1 < s.end), None)
        end = sentence.end if sentence else at
        for start, _ in self._rules.cues.find(text, at, end):
            joined = [m.start() for m in self._rules.and_.finditer(text, at, start)]
            comma = max(text.rfind(",", at, start), *joined[-1:], -1)
            if comma >= at:
                end = comma
                break
        while end > at and text[end - 1] in ".,;: \n":
            end -= 1
        return end
