"""Several who speak as one: `Ana Lima and Bo Ode said`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis.mentions import Mention
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.article import Span, span_at

_LAST_WORD = re.compile(r"[\w'’-]+$")
_LIST = re.compile(r"\s*,\s+")
_ENDS = re.compile(r"\s*(?:[.,;:–—]|$)")
_BREAKS = '.,;:!?–—-”"’»)\n'


class Together:
    """Finds those who speak together with a source, with the words of one language."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules

    def before(
        self, text: str, sentence: Span, source: Mention, inside: Sequence[Mention]
    ) -> Mention:
        """The source with those in front of it, if they all begin a clause."""
        members = [source]
        for mention in reversed([m for m in inside if m.span.end <= source.span.start]):
            gap = text[mention.span.end : members[0].span.start]
            if not self._is_joint(gap, first=len(members) == 1) or not _may_speak(mention):
                break
            members.insert(0, mention)
        members = self._countries(text, sentence, members)
        if len(members) < 2 or not self._begins(text, sentence, members[0].span.start):
            return source
        lead = text[sentence.start : members[0].span.start].rstrip()
        if members[0].kind == "organization" and self._rules.both.search(lead):
            members[0] = replace(members[0], kind="name", name=members[0].span)
        return _all(text, members)

    def _countries(self, text: str, sentence: Span, members: list[Mention]) -> list[Mention]:
        """`Peru, Chile and Norway`: countries in a row are no mentions of their own."""
        if not members[-1].country or members[-1].kind != "organization":
            return members
        named = list(self._rules.countries.find(text, sentence.start, members[0].span.start))
        for start, end in reversed(named):
            gap = text[end : members[0].span.start]
            if not text[start].isupper() or not self._is_joint(gap, first=len(members) == 1):
                break
            span = span_at(text, start, end)
            code = self._rules.country(span.text)
            country = (code, span) if code else None
            head = span.text.lower()
            members = [Mention(span, "organization", head=head, country=country), *members]
        return members

    def after(
        self, text: str, sentence: Span, source: Mention, inside: Sequence[Mention]
    ) -> Mention:
        """The source with the one behind it, if the clause ends there: `…, said A and B.`"""
        following = next((m for m in inside if m.span.start >= source.span.end), None)
        if following is None or not _may_speak(following) or not _may_speak(source):
            return source
        if not self._rules.and_.fullmatch(text[source.span.end : following.span.start]):
            return source
        rest = text[following.span.end : sentence.end]
        if _ENDS.match(rest) or self._rules.not_content.at(rest.lstrip(), 0) is not None:
            return _all(text, [source, following])
        return source

    def _is_joint(self, gap: str, *, first: bool) -> bool:
        bare = gap.replace(",", " ", 1) if gap.startswith(",") else gap
        joint = self._rules.and_.fullmatch(bare) is not None
        return joint if first else joint or _LIST.fullmatch(gap) is not None

    def _begins(self, text: str, sentence: Span, at: int) -> bool:
        """Whether nothing, a mark or a word that opens a clause stands before."""
        lead = text[sentence.start : at].rstrip()
        if not lead or lead[-1] in _BREAKS:
            return True
        last = _LAST_WORD.search(lead)
        return last is not None and self._rules.opens_clause.whole(last[0])


def _may_speak(mention: Mention) -> bool:
    return mention.kind != "pronoun" and not mention.members


def _all(text: str, members: Sequence[Mention]) -> Mention:
    whole = span_at(text, members[0].span.start, members[-1].span.end)
    return Mention(whole, "description", plural=True, members=tuple(members))
