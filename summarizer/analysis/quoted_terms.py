"""Quotation marks around what nobody said: titles, documents, names and single words."""

from __future__ import annotations

import re

from summarizer.analysis.attribution import Frame
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.wording import STATEMENT_WORDS, length
from summarizer.article import Quotation


class QuotedTerms:
    """Tells terms and titles in quotation marks from speech."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules

    def is_title(self, text: str, quotation: Quotation, frame: Frame) -> bool:
        """Whether it is a name: `the film "Today"`, `told the BBC's "Today" that`."""
        before = text[max(0, quotation.start - 30) : quotation.start].rstrip()
        titles = [self._rules.titles]
        titles += [self._rules.documents] if quotation.text[:1].isupper() else []
        last = sorted(end for rule in titles for _, end in rule.find(before))
        if last and last[-1] == len(before) and length(quotation) < 9:
            return not self._calls(text, quotation, frame)
        if self._rules.determined.search(before) and _is_named(quotation):
            return not self._calls(text, quotation, frame)
        behind = frame.cue.start >= quotation.end
        if behind and self._rules.that.at(text, frame.cue.end + 1) is not None:
            return length(quotation) < STATEMENT_WORDS + 1 and before[-1:].isalnum()
        told = self._rules.that.at(text, quotation.end + 1)
        return told is not None and length(quotation) < STATEMENT_WORDS and quotation.text.istitle()

    def is_wording(self, text: str, quotation: Quotation) -> bool:
        """A short fragment that names something (`the "one house" rule`) rather than quotes."""
        word = re.compile(r"\s(\w+)").match(text, quotation.end)
        named = word is not None and word[1].islower() and len(word[1]) > 3
        if word and self._rules.not_content.whole(word[1]):
            return False
        lead = text[max(0, quotation.start - 20) : quotation.start]
        determined = self._rules.determined.search(lead) is not None
        return named and length(quotation) < 3 and determined

    def _calls(self, text: str, quotation: Quotation, frame: Frame) -> bool:
        """Whether someone calls something so: `she called "…"`, not `a film called "…"`."""
        if frame.source is None or frame.cue.start >= quotation.end:
            return False
        if text[frame.cue.end : quotation.start].strip():
            return False
        lead = text[max(0, frame.cue.start - 60) : frame.cue.start]
        gap = text[frame.source.span.end : frame.cue.start].strip()
        return (
            not gap
            or self._rules.adverbs.whole(gap)
            or self._rules.what_said.search(lead) is not None
        )


def _is_named(quotation: Quotation) -> bool:
    """Whether a few words are written as a name is: `“Border Treaty”`."""
    words = quotation.text.split()
    long = [word for word in words if len(word) > 3]
    return 2 <= len(words) < 9 and all(word[0].isupper() for word in (words[0], *long))
