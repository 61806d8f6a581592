"""Cues and their sources: which words report speech, and who is named as the one who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis.attribution import Frame
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.together import Together
from summarizer.analysis.wording import STATEMENT_WORDS, TRIM, WORDS, length
from summarizer.article import Quotation, Span, span_at

_CLAUSE_WORDS = 3
_NEAR = 8  # characters: a quotation this far from a sentence may be what its cue reports
_ASIDE = re.compile(r",[^,.;:]*,|\([^()]*\)")
_GOES_ON = re.compile(r"\s+[\w“‘\"']")
_DATELINE = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’'., ]{1,40}?(?:\([^)]*\)\s*)?[–—-]{1,2}\s")


class FrameFinder:
    """Finds every cue of an article with the mention that is its subject."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules
        self._together = Together(rules)

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
                cue = span_at(text, _with_and(text, start), end)
                if self._rules.tags.whole(cue.text) and not (
                    self._preceded_by_content(text, sentence, cue, quoted)
                    and self._subject_after(text, sentence, cue, inside, quoted)
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
            source = self._of_according(text, cue, inside)
            return Frame(cue, source, number, follows=True, according=True)
        own = (m for m in inside if m.span.within(cue) and text[m.span.start - 1] == "-")
        if (inverted := next(own, None)) is not None:  # a-t-il dit
            return Frame(cue, inverted, number, follows=True)
        if (cited := self._cited(text, sentence, cue, inside)) is not None:
            return Frame(cue, cited, number, cited=True)
        if self._rules.infinitive.whole(cue.text):
            return Frame(cue, self._main_subject(text, sentence, cue, inside, quoted), number)
        before = self._subject_before(text, sentence, cue, inside, quoted)
        after_ = self._subject_after(text, sentence, cue, inside, quoted)
        house = self._house(text, cue, inside) if self._rules.order != "svo" else None
        aside = before or after_ or house
        if aside and self._rules.as_.search(
            text[sentence.start : min(aside.span.start, cue.start)]
        ):
            return Frame(cue, aside, number, follows=True, according=True)
        if before is not None:
            if before.kind == "pronoun" and self._after_what(text, before):
                # `Lima condemned what she called “…”`: the sentence says who she is
                main = earlier.source if earlier else None
                main = main or self._main_subject(text, sentence, before.span, inside, quoted)
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
        if (someone := self._someone_before(text, sentence, cue, inside)) is not None:
            return Frame(cue, someone, number)
        if self._rules.order != "svo":
            content = self._preceded_by_content(text, sentence, cue, quoted)
            if content and (someone := self._someone_after(text, cue)) is not None:
                return Frame(cue, someone, number, follows=True)
            if house is not None:
                return Frame(cue, house, number, follows=house.span.start > cue.start)
        return Frame(cue, self._main_subject(text, sentence, cue, inside, quoted), number)

    def _ends_relative(self, text: str, earlier: Frame, cue: Span) -> bool:
        """Whether a relative clause ends before a cue: `… a man who said so, adding that`."""
        source = earlier.source
        if source is None or not self._rules.relative.whole(source.head):
            return False
        return text[source.span.end : cue.start].rstrip().endswith(",")

    def _cited(
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

    def _after_what(self, text: str, mention: Mention) -> bool:
        lead = text[max(0, mention.span.start - 20) : mention.span.start]
        return self._rules.what.search(lead) is not None

    def _of_according(self, text: str, cue: Span, inside: Sequence[Mention]) -> Mention | None:
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

    def _someone_before(
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

    def _someone_after(self, text: str, cue: Span) -> Mention | None:
        """`a lancé un pêcheur`: likewise behind its cue."""
        match = self._rules.noun.match(text, cue.end)
        if match is None:
            return None
        return Mention(span_at(text, *match.span(1)), "description", head=match[2].lower())

    def _house(self, text: str, cue: Span, inside: Sequence[Mention]) -> Mention | None:
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

    def _subject_before(
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

    def _subject_after(
        self,
        text: str,
        sentence: Span,
        cue: Span,
        inside: Sequence[Mention],
        quoted: Sequence[Quotation],
    ) -> Mention | None:
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

    def _main_subject(
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


def _stands_apart(text: str, start: int, end: int, inside: Sequence[Mention]) -> bool:
    """Whether a cue of one letter is a word: beside its source, or before a mark."""
    beside = any(start in (m.span.end, m.span.start - 1) for m in inside)
    return beside or text[end : end + 1] in (",", ":", "“", "「")


def _with_and(text: str, start: int) -> int:
    """Where a cue starts with the Arabic conjunction that is written together with it."""
    joined = text[max(0, start - 1) : start]
    alone = start < 2 or not text[start - 2].isalnum()
    return start - 1 if joined in ("و", "ف") and alone else start


def _without_and(text: str, cue: Span) -> int:
    return cue.start + 1 if _with_and(text, cue.start + 1) == cue.start else cue.start


def _behind(text: str, mention: Mention, at: int) -> Mention:
    """A mention without what stands before `at`: of `del embajador` only `embajador`."""
    start = max(mention.span.start, at)
    return replace(mention, span=span_at(text, start, mention.span.end))


def _after_quotations(quoted: Sequence[Quotation], sentence: Span, cue: Span) -> int:
    """Where the words of the report begin again after the last long quotation before a cue."""
    ends = [q.end for q in quoted if q.end <= cue.start and length(q) >= STATEMENT_WORDS]
    return max([sentence.start, *ends])
