"""Who stands as the subject of a cue: before it, behind it, or further off in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis.mentions import Mention
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.together import Together
from summarizer.analysis.wording import STATEMENT_WORDS, TRIM, WORDS, length
from summarizer.article import Quotation, Span, span_at

_ASIDE = re.compile(r",[^,.;:]*,|\([^()]*\)")
_DATELINE = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’'., ]{1,40}?(?:\([^)]*\)\s*)?[–—-]{1,2}\s")


class SubjectFinder:
    """Finds the mention that is a cue's subject."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules
        self._together = Together(rules)

    def before(
        self,
        text: str,
        sentence: Span,
        cue: Span,
        inside: Sequence[Mention],
        quoted: Sequence[Quotation],
    ) -> Mention | None:
        """The nearest mention before the cue with nothing but adverbs or asides between."""
        floor = _after_quotations(quoted, sentence, cue)
        if cue.text != text[_without_and(text, cue) : cue.end]:
            return None  # `… الوزير وقال`: a clause of its own
        for mention in reversed(inside):
            if mention.span.end > cue.start or mention.span.start < floor:
                continue
            gap = text[mention.span.end : cue.start]
            if self._bridges(gap, cue):
                nested = self._head_of(text, sentence, mention, inside)
                if nested is not None:
                    return nested
            if self._is_where(text, mention) or self._is_addressed(text, mention):
                continue
            aside = "," in mention.span.text or text[: mention.span.start].rstrip().endswith(",")
            if self._bridges(gap, cue) or (gap.strip() == "," and aside):
                source = self._described(text, sentence, self._not_nested(text, mention, inside))
                free = [m for m in inside if m.span.start >= floor]
                return self._together.before(text, sentence, source, free)
            if len(WORDS.findall(gap)) > 25:
                break
        return None

    def after(
        self,
        text: str,
        sentence: Span,
        cue: Span,
        inside: Sequence[Mention],
        quoted: Sequence[Quotation],
    ) -> Mention | None:
        """The subject right behind a cue: `said Lima`."""
        for mention in inside:
            if mention.span.start < cue.end:
                continue
            gap = text[cue.end : mention.span.start].strip()
            if any(cue.end <= q.start < mention.span.start for q in quoted):
                return None
            plain = gap.islower() and gap[0].isalpha() and not self._rules.that.within(gap)
            described = bool(mention.role) and plain and len(gap.split()) <= 2
            if gap and not described and not self._rules.adverbs.whole(gap):
                return None
            return self._together.after(text, sentence, mention, inside)
        return None

    def main(
        self,
        text: str,
        sentence: Span,
        cue: Span,
        inside: Sequence[Mention],
        quoted: Sequence[Quotation],
    ) -> Mention | None:
        """The subject of a participle (`…, adding that`): the first mention of the sentence."""
        dateline = _DATELINE.match(text[sentence.start : cue.start])
        floor = sentence.start + (dateline.end() if dateline else 0)
        before = [m for m in inside if floor <= m.span.start and m.span.end <= cue.start]
        outside = [m for m in before if not any(q.start <= m.span.start < q.end for q in quoted)]
        outside = [m for m in outside if not self._is_where(text, m)]
        people = [m for m in outside if m.kind != "organization"] or outside
        return people[0] if people else None

    def someone_before(
        self, text: str, sentence: Span, cue: Span, inside: Sequence[Mention]
    ) -> Mention | None:
        """`the sailor replied`: a subject that no word of the lexicon describes.

        It may end the words of another: `an adviser to the Peruvian team said`.
        """
        match = self._rules.someone.search(text[sentence.start : cue.start])
        if match is None or self._rules.cues.within(match[0]):
            return None
        if self._rules.not_content.whole(match[0].split()[-1]):
            return None
        start = sentence.start + match.start()
        if self._rules.in_place.search(text, sentence.start, start):
            return None  # `a diplomat who was in the room said`
        for mention in inside:
            if mention.kind == "description" and mention.span.start < start < mention.span.end:
                return replace(mention, span=span_at(text, mention.span.start, cue.start - 1))
        plain = Mention(span_at(text, start, cue.start), "description", head=match[0].split()[-1])
        return self._head_of(text, sentence, plain, inside) or plain

    def someone_after(self, text: str, cue: Span) -> Mention | None:
        """`a lancé un pêcheur`: likewise behind its cue."""
        match = self._rules.noun.match(text, cue.end)
        if match is None:
            return None
        return Mention(span_at(text, *match.span(1)), "description", head=match[2].lower())

    def of_according(self, text: str, cue: Span, inside: Sequence[Mention]) -> Mention | None:
        """The mention directly behind `according to`, an object pronoun included.

        A pronoun may stand inside the cue (`по его словам`), a source before it (`zufolge`).
        """
        own = self._rules.objects.first(text, cue.start, cue.end)
        if (own := own or self._rules.whose.first(text, cue.start, cue.end)) is not None:
            span = span_at(text, *own)
            return Mention(span, "pronoun", head=span.text.lower())
        if self._rules.behind.whole(cue.text):
            before = [m for m in inside if not text[m.span.end : cue.start].strip()]
            return next((m for m in before if m.span.end <= cue.start), None)
        word = re.compile(r"\s+(\w+)").match(text, cue.end)
        if word and self._rules.objects.whole(word[1]):
            return Mention(span_at(text, *word.span(1)), "pronoun", head=word[1].lower())
        after = [_behind(text, m, cue.end) for m in inside if m.span.end > cue.end]
        if after and after[0].span.start - cue.end < 20:
            return after[0]
        document = (
            self._rules.something.match(text, cue.end) if self._rules.order == "svo" else None
        )
        if document is None:
            return None
        return Mention(span_at(text, *document.span(1)), "description", head=document[2].lower())

    def cited(
        self, text: str, sentence: Span, cue: Span, inside: Sequence[Mention]
    ) -> Mention | None:
        """`The ministry cited Lima as saying that`, `Lima was quoted by the paper as saying`."""
        joint = self._rules.cited_as.search(text, sentence.start, cue.start)
        beside = [m for m in inside if joint and m.span.end == joint.start()]
        if not beside:
            return None
        cites = self._rules.cited_by.search(text, sentence.start, beside[0].span.start)
        if cites is None:
            return beside[0]
        return next((m for m in reversed(inside) if m.span.end <= cites.start()), None)

    def is_after_what(self, text: str, mention: Mention) -> bool:
        """`what Lima called`: the words behind are hers, and no clause."""
        lead = text[max(0, mention.span.start - 20) : mention.span.start]
        return self._rules.what.search(lead) is not None

    def house(self, text: str, cue: Span, inside: Sequence[Mention]) -> Mention | None:
        """`В МИД сообщили`: an institution that stands for those who speak in it."""
        for mention in inside:
            if mention.kind != "organization" or not self._is_where(text, mention):
                continue
            before, after = text[mention.span.end : cue.start], text[cue.end : mention.span.start]
            if mention.span.end <= cue.start and self._bridges(before, cue):
                return mention
            if mention.span.start >= cue.end and len(after.split()) == 1:
                return mention
        return None

    def _is_addressed(self, text: str, mention: Mention) -> bool:
        """Whether a word before the mention makes it the one spoken to: `对王毅表示`."""
        lead = text[max(0, mention.span.start - 3) : mention.span.start]
        return self._rules.addressed.search(lead) is not None

    def _is_where(self, text: str, mention: Mention) -> bool:
        """Whether a bare name only tells where: `in London`."""
        bare = mention.kind in ("name", "organization") and not mention.role and not mention.rank
        lead = text[max(0, mention.span.start - 20) : mention.span.start]
        return bare and self._rules.in_place.search(lead) is not None

    def _not_nested(self, text: str, mention: Mention, inside: Sequence[Mention]) -> Mention:
        """`the spokesman for the ministry said`: the one described, not what describes him."""
        previous = [m for m in inside if m.span.end <= mention.span.start]
        if (relative := self._before_relative(text, mention, previous)) is not None:
            return relative
        if previous and previous[-1].kind in ("name", "description"):
            between = text[previous[-1].span.end : mention.span.start]
            if self._rules.nested.whole(between.strip()):
                return previous[-1]
        return mention

    def _head_of(
        self, text: str, sentence: Span, mention: Mention, inside: Sequence[Mention]
    ) -> Mention | None:
        """`two officials familiar with the talks`, `one of the ministers`: the whole phrase."""
        match = self._rules.head_of.search(text[sentence.start : mention.span.start])
        if match is None or self._rules.cues.within(match[0]):
            return None
        if self._rules.relative.within(match[0]):
            return None
        noun = match["noun"] or ""
        if self._rules.written.whole(noun):
            return None  # `a statement from the ministry said`
        start = sentence.start + match.start("phrase")
        whole = span_at(text, start, mention.span.end)
        own = next((m for m in inside if start <= m.span.start < mention.span.start), None)
        if own is None or own.kind != "description":
            return Mention(whole, "description", head=noun.lower())
        return replace(own, span=whole)

    def _described(self, text: str, sentence: Span, mention: Mention) -> Mention:
        """`a senior river official`: a description with all its words."""
        if mention.kind != "description" or mention.members:
            return mention
        match = self._rules.someone.search(text[sentence.start : mention.span.start])
        if match is None or self._rules.cues.within(match[0]):
            return mention
        if any(self._rules.not_content.whole(word) for word in match[0].split()):
            return mention
        start = sentence.start + match.start()
        return replace(mention, span=span_at(text, start, mention.span.end))

    def _before_relative(
        self, text: str, mention: Mention, previous: Sequence[Mention]
    ) -> Mention | None:
        """`a diplomat who was in the room said`: who the relative clause is about."""
        if mention.kind not in ("description", "organization") or not previous:
            return None
        pronoun = previous[-1]
        if not self._rules.relative.whole(pronoun.head) or len(previous) < 2:
            return None
        between = text[pronoun.span.end : mention.span.start]
        behind = text[previous[-2].span.end : pronoun.span.start]
        plain = between.strip() and "," not in between and not self._rules.cues.within(between)
        return previous[-2] if plain and not behind.strip() else None

    def _bridges(self, gap: str, cue: Span) -> bool:
        if self._rules.cues.within(gap):
            return False
        bare = _ASIDE.sub(" ", gap)
        own = bare == gap or self._rules.progressive.whole(cue.text)
        if own and bare.lstrip().startswith(","):
            return False
        words = bare
        for start, end in reversed(list(self._rules.adverbs.find(bare))):
            words = words[:start] + " " + words[end:]
        left = words.strip(TRIM)
        return not left or (len(left.split()) <= 2 and left[:1].islower() and left.endswith("ly"))


def _without_and(text: str, cue: Span) -> int:
    return cue.start + 1 if with_and(text, cue.start + 1) == cue.start else cue.start


def _behind(text: str, mention: Mention, at: int) -> Mention:
    """A mention without what stands before `at`: of `del embajador` only `embajador`."""
    start = max(mention.span.start, at)
    return replace(mention, span=span_at(text, start, mention.span.end))


def _after_quotations(quoted: Sequence[Quotation], sentence: Span, cue: Span) -> int:
    """Where the words of the report begin again after the last long quotation before a cue."""
    ends = [q.end for q in quoted if q.end <= cue.start and length(q) >= STATEMENT_WORDS]
    return max([sentence.start, *ends])


def with_and(text: str, start: int) -> int:
    """Where a cue starts with the Arabic conjunction that is written together with it."""
    joined = text[max(0, start - 1) : start]
    alone = start < 2 or not text[start - 2].isalnum()
    return start - 1 if joined in ("و", "ف") and alone else start
