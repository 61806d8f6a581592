"""Attributed speech: which words report it (cue), who is named as its source, what is its content.

The parts are those of PARC 3.0 and PolNeAR: source, cue, content. Rules over the cues of a lexicon
and the mentions of an article find them; who a source is, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.analysis.mentions import Mention
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases, is_wide

_STATEMENT_WORDS = 4
_CLAUSE_WORDS = 3
_GAP_WORDS = 35
_ASIDE = re.compile(r",[^,.;:]*,|\([^()]*\)")
_ASIDE_AT_END = re.compile(r",[^,.;:]*$")
_PAIR = r"[\u2e80-\u9fff]{1,2}"  # a word of a script without spaces has about two letters
_WORDS = re.compile(rf"{_PAIR}|(?:(?![\u2e80-\u9fff])\w)+(?:[-'’]\w+)*")
_PAIRS = re.compile(_PAIR)
_MARKS = str.maketrans("，。：；？！،؛؟۔", ",.:;?!,;?.")
_DATELINE = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’'., ]{1,40}?(?:\([^)]*\)\s*)?[–—-]{1,2}\s")
_TURN = re.compile(r"([^\W\d_][^:“”\"«».]{2,70}):\s+(?=\S)")
_TRIM = ' \t\u00a0,;:–—-”"»’“'


@dataclass(frozen=True)
class Frame:
    """A cue with its source in one sentence. `follows`: the source stands after the cue.

    `inverted`: so it does, though no reported words stand before the cue.
    """

    cue: Span
    source: Mention | None
    sentence: int
    follows: bool = False
    according: bool = False
    inverted: bool = False


@dataclass(frozen=True)
class Attribution:
    """One statement as the words of the article give it.

    `spans` are the quoted parts (or the reported clause of an indirect statement), `content` the
    whole reported clause. `carried` tells that the source is that of the statement before it.
    """

    quote_type: Literal["direct", "mixed", "indirect"]
    spans: tuple[Span, ...]
    content: tuple[Span, ...]
    cue: Span | None
    source: Mention | None
    carried: bool = False


class SpeechFinder:
    """Finds attributed speech with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        speech = words.speech
        behind = speech.according_behind
        self._cues = Phrases([*speech.cues, *speech.according, *speech.tags, *behind])
        self._according = Phrases([*speech.according, *behind])
        self._weak = Phrases(speech.weak)
        self._mental = Phrases(speech.mental)
        self._that = Phrases(speech.that)
        self._adverbs = Phrases(speech.adverbs)
        passive = _either(speech.passive)
        self._passive = re.compile(rf"(?<!\w)(?:{passive})\s+(?:\w+ly\s+)?$", re.IGNORECASE)
        self._not_content = Phrases(speech.not_content)
        self._objects = Phrases(words.people.objects)
        determiners = _either(words.people.determiners)
        self._someone = re.compile(
            rf"(?<!\w)(?:{determiners})\s+(?:[\w'’-]+\s+){{1,3}}$", re.IGNORECASE
        )
        self._noun = re.compile(rf"\s+((?:{determiners})\s+(\w+))", re.IGNORECASE)
        self._titles = Phrases(speech.titles_before)
        self._tags = Phrases(speech.tags)
        self._behind = Phrases(speech.according_behind)
        self._order = speech.order
        self._wide = words.wide
        self._drops_subject = speech.drops_subject
        self._addressed = re.compile(rf"(?:{_either(speech.addressed)})$")
        space = r"\s*" if words.wide else r"\s+"
        self._in_place = re.compile(
            rf"(?<!\w)(?:{_either(words.places.before)})\s+$", re.IGNORECASE
        )
        self._as = re.compile(
            rf"(?:^|(?<=[,–—-]))\s*(?:{_either(speech.as_words)})\s+$", re.IGNORECASE
        )
        nested = [word for word in words.people.connectors if word not in speech.conjunctions]
        self._nested = Phrases(nested)
        and_ = speech.conjunctions[:1]
        ahead = (
            rf"(?:,\s*(?:(?:{_either(speech.conjunctions)}){space})?"
            rf"|{space}(?:{_either(and_)}){space}|;\s*)"
        )
        self._conjunction = re.compile(
            rf"{ahead}(?:\w+ly\s+)?(?:(?:{_either(speech.also)}){space})?$"
        )
        self._new_clause = re.compile(rf"(?:,\s*(?:{_either(speech.conjunctions)}){space}|;\s*)$")
        self._and = re.compile(rf"{space[:2]}(?:{_either(and_)}){space[:2]}")

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
        for number, sentence in enumerate(sentences):
            inside = [m for m in mentions if m.span.within(sentence)]
            earlier: Frame | None = None
            for start, end in self._cues.find(text, sentence.start, sentence.end):
                if any(q.start <= start < q.end for q in quoted):
                    continue
                if any(m.span.start <= start < m.span.end for m in inside):
                    continue
                if self._passive.search(text, max(0, start - 30), start):
                    continue
                if self._wide and end - start == 1 and not _stands_apart(text, start, end, inside):
                    continue
                cue = span_at(text, _with_and(text, start), end)
                if self._tags.whole(cue.text) and not (
                    self._preceded_by_content(text, sentence, cue, quoted)
                    and self._subject_after(text, sentence, cue, inside, quoted)
                ):
                    continue
                frame = self._frame(text, sentence, number, cue, inside, quoted, earlier)
                if frame is not None:
                    if frame.source is None and self._drops_subject and not frame.according:
                        frame = replace(frame, source=speaking)
                    speaking = frame.source or speaking
                    found.append(frame)
                    earlier = frame if frame.source else earlier
        return tuple(found)

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
        if self._according.whole(cue.text):
            source = self._of_according(text, cue, inside)
            return Frame(cue, source, number, follows=True, according=True)
        own = (m for m in inside if m.span.within(cue) and text[m.span.start - 1] == "-")
        if (inverted := next(own, None)) is not None:  # a-t-il dit
            return Frame(cue, inverted, number, follows=True)
        before = self._subject_before(text, sentence, cue, inside, quoted)
        after_ = self._subject_after(text, sentence, cue, inside, quoted)
        house = self._house(text, cue, inside) if self._order != "svo" else None
        aside = before or after_ or house
        if aside and self._as.search(text[sentence.start : min(aside.span.start, cue.start)]):
            return Frame(cue, aside, number, follows=True, according=True)
        if before is not None:
            return Frame(cue, before, number)
        if after_ is not None and self._preceded_by_content(text, sentence, cue, quoted):
            short = self._order == "free" and self._introduced(text, sentence, cue)
            return Frame(cue, after_, number, follows=True, inverted=short)
        if after_ is not None and self._order != "svo":
            return Frame(cue, after_, number, follows=True, inverted=True)
        if earlier is not None:
            return Frame(cue, earlier.source, number)
        if (someone := self._someone_before(text, sentence, cue)) is not None:
            return Frame(cue, someone, number)
        if self._order != "svo":
            content = self._preceded_by_content(text, sentence, cue, quoted)
            if content and (someone := self._someone_after(text, cue)) is not None:
                return Frame(cue, someone, number, follows=True)
            if house is not None:
                return Frame(cue, house, number, follows=house.span.start > cue.start)
        return Frame(cue, self._main_subject(text, sentence, cue, inside, quoted), number)

    def _of_according(self, text: str, cue: Span, inside: Sequence[Mention]) -> Mention | None:
        """The mention directly behind `according to`, an object pronoun included.

        A pronoun may stand inside the cue (`по его словам`), a source before it (`zufolge`).
        """
        if (own := self._objects.first(text, cue.start, cue.end)) is not None:
            span = span_at(text, *own)
            return Mention(span, "pronoun", head=span.text.lower())
        if self._behind.whole(cue.text):
            before = [m for m in inside if not text[m.span.end : cue.start].strip()]
            return next((m for m in before if m.span.end <= cue.start), None)
        word = re.compile(r"\s+(\w+)").match(text, cue.end)
        if word and self._objects.whole(word[1]):
            return Mention(span_at(text, *word.span(1)), "pronoun", head=word[1].lower())
        after = [_behind(text, m, cue.end) for m in inside if m.span.end > cue.end]
        return after[0] if after and after[0].span.start - cue.end < 20 else None

    def _someone_before(self, text: str, sentence: Span, cue: Span) -> Mention | None:
        """`the sailor replied`: a subject that no word of the lexicon describes."""
        match = self._someone.search(text[sentence.start : cue.start])
        if match is None or self._cues.within(match[0]):
            return None
        if self._not_content.whole(match[0].split()[-1]):
            return None
        start = sentence.start + match.start()
        return Mention(span_at(text, start, cue.start), "description", head=match[0].split()[-1])

    def _someone_after(self, text: str, cue: Span) -> Mention | None:
        """`a lancé un pêcheur`: likewise behind its cue."""
        match = self._noun.match(text, cue.end)
        if match is None:
            return None
        return Mention(span_at(text, *match.span(1)), "description", head=match[2].lower())

    def _house(self, text: str, cue: Span, inside: Sequence[Mention]) -> Mention | None:
        """`В МИД сообщили`: an institution that stands for those who speak in it."""
        for mention in inside:
            if mention.kind != "organization" or not self._is_where(text, mention):
                continue
            before, after = text[mention.span.end : cue.start], text[cue.end : mention.span.start]
            if mention.span.end <= cue.start and self._bridges(before):
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
            if self._is_where(text, mention) or self._is_addressed(text, mention):
                continue
            aside = "," in mention.span.text or text[: mention.span.start].rstrip().endswith(",")
            if self._bridges(gap) or (gap.strip() == "," and aside):
                return self._not_nested(text, mention, inside)
            if len(_WORDS.findall(gap)) > 25:
                break
        return None

    def _is_addressed(self, text: str, mention: Mention) -> bool:
        """Whether a word before the mention makes it the one spoken to: `对王毅表示`."""
        lead = text[max(0, mention.span.start - 3) : mention.span.start]
        return self._addressed.search(lead) is not None

    def _is_where(self, text: str, mention: Mention) -> bool:
        """Whether a bare name only tells where: `in London`."""
        bare = mention.kind in ("name", "organization") and not mention.role and not mention.rank
        lead = text[max(0, mention.span.start - 20) : mention.span.start]
        return bare and self._in_place.search(lead) is not None

    def _not_nested(self, text: str, mention: Mention, inside: Sequence[Mention]) -> Mention:
        """`the spokesman for the ministry said`: the one described, not what describes him."""
        previous = [m for m in inside if m.span.end <= mention.span.start]
        if previous and previous[-1].kind in ("name", "description"):
            between = text[previous[-1].span.end : mention.span.start]
            if self._nested.whole(between.strip()):
                return previous[-1]
        return mention

    def _bridges(self, gap: str) -> bool:
        if self._cues.within(gap):
            return False
        bare = _ASIDE.sub(" ", gap)
        if bare == gap and gap.lstrip().startswith(","):
            return False
        words = bare
        for start, end in reversed(list(self._adverbs.find(bare))):
            words = words[:start] + " " + words[end:]
        left = words.strip(_TRIM)
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
            plain = gap.islower() and gap[0].isalpha() and not self._that.within(gap)
            described = bool(mention.role) and plain and len(gap.split()) <= 2
            return mention if not gap or described or self._adverbs.whole(gap) else None
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

    def _introduced(self, text: str, sentence: Span, cue: Span) -> bool:
        """Whether the few words before a cue lead to it: `من جانبه، قال`."""
        before = text[sentence.start : cue.start].rstrip()
        return before.endswith(",") and 0 < len(_WORDS.findall(before)) < _CLAUSE_WORDS

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

    # -- quotations ---------------------------------------------------------------------------

    def attributions(
        self,
        text: str,
        paragraphs: Sequence[Span],
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
    ) -> tuple[Attribution, ...]:
        """Every statement of the article in order: direct and mixed ones, then those in between."""
        plain = text.translate(_MARKS)
        if plain != text:
            lines = [_moved(plain, s) for s in sentences]
            parts = [_moved(plain, p) for p in paragraphs]
            marked = [replace(q, spans=tuple(_moved(plain, s) for s in q.spans)) for q in quoted]
            same = self.attributions(plain, parts, lines, marked, mentions)
            return tuple(_restored(text, a) for a in same)
        frames = self.frames(text, sentences, quoted, mentions)
        outer = [q for q in quoted if not any(_inside_name(q, m) for m in mentions)]
        found = self._quoted(text, paragraphs, sentences, outer, mentions, frames)
        turns = _turns(text, paragraphs, outer, mentions)
        found = [a for a in found if not any(_overlap(a, t) for t in turns)] + turns
        taken = [s for a in found for s in a.content]
        found += self._indirect(text, sentences, outer, frames, taken)
        return tuple(sorted(found, key=lambda a: a.content[0].start))

    def _quoted(
        self,
        text: str,
        paragraphs: Sequence[Span],
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        frames: Sequence[Frame],
    ) -> list[Attribution]:
        found: list[Attribution] = []
        previous: Quotation | None = None
        for quotation in quoted:
            paragraph = next(p for p in paragraphs if p.start <= quotation.start < p.end)
            made = self._of_quotation(text, paragraph, sentences, quoted, quotation, frames)
            last = found[-1] if found else None
            if (
                made is None
                and last
                and previous
                and self._goes_on(text, paragraph, previous, quotation, last, frames)
            ):
                found[-1] = _extended(last, quotation)
                previous = quotation
                continue
            if made is None:
                made = self._standing_alone(text, paragraph, sentences, mentions, quotation, last)
            elif last and previous and _same_clause(text, made, last, previous, quotation):
                found[-1] = _extended(last, quotation)
                previous = quotation
                continue
            if made is not None:
                found.append(made)
                previous = quotation
        return found

    def _of_quotation(
        self,
        text: str,
        paragraph: Span,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        quotation: Quotation,
        frames: Sequence[Frame],
    ) -> Attribution | None:
        """The statement that a quotation is part of, if a cue in its own sentence reports it."""
        after = self._reported_after(text, paragraph, quoted, quotation, frames)
        before = self._reported_before(text, sentences, quoted, quotation, frames)
        if before and after:
            gap = text[before.cue.end : quotation.start]
            ends = quotation.text[-1:] in ",—–-"
            before = None if ends and len(_WORDS.findall(gap)) > 1 else before
        frame = before or after
        if frame is None or self._mental.whole(frame.cue.text) or self._is_title(text, quotation):
            return None
        if before is not None:
            content = self._content_after(text, sentences, quotation, before)
        else:
            content = self._content_before(text, sentences, quoted, quotation)
        words = len(_WORDS.findall(quotation.text))
        mixed = content is not None and len(quotation.spans) == 1
        if mixed and words < _STATEMENT_WORDS and self._is_wording(text, quotation, frame):
            return None
        kind: Literal["direct", "mixed"] = "mixed" if mixed else "direct"
        reported = (content,) if mixed and content else quotation.spans
        return Attribution(kind, quotation.spans, reported, frame.cue, frame.source)

    def _is_title(self, text: str, quotation: Quotation) -> bool:
        before = text[max(0, quotation.start - 30) : quotation.start].rstrip()
        last = [end for _, end in self._titles.find(before)]
        return bool(last) and last[-1] == len(before) and _length(quotation) < 9

    def _is_wording(self, text: str, quotation: Quotation, frame: Frame) -> bool:
        """A short fragment that names something (`the "one house" rule`) rather than quotes."""
        word = re.compile(r"\s(\w+)").match(text, quotation.end)
        attributive = word is not None and word[1].islower() and len(word[1]) > 3
        return attributive or (
            _length(quotation) < 2 and not self._weak.whole(frame.cue.text)
        )

    def _reported_after(
        self,
        text: str,
        paragraph: Span,
        quoted: Sequence[Quotation],
        quotation: Quotation,
        frames: Sequence[Frame],
    ) -> Frame | None:
        """`"…," X said` and `"…," said X`: a cue right behind the quotation."""
        stop = min((q.start for q in quoted if q.start >= quotation.end), default=len(text))
        for frame in frames:
            first = frame.cue.start
            if frame.source is not None:
                first = min(first, frame.source.span.start)
            if not quotation.end <= frame.cue.start < stop or frame.cue.end > paragraph.end + 1:
                continue
            lead = text[quotation.end : max(first, quotation.end)].strip(_TRIM)
            if frame.source is None or first < quotation.end:
                return None
            if lead and not (self._adverbs.whole(lead) or (lead.islower() and lead.count(" ") < 2)):
                return None
            if quotation.text[-1] in ".!?…" and not text[first].islower():
                last = max(frame.cue.end, frame.source.span.end)
                rest = re.split(r"[.!?]", text[last : last + 200])[0]
                if len(_WORDS.findall(rest)) > 3 or rest.rstrip().endswith(":"):
                    return None
            fits = quotation.text[-1] in ",?!…—–-." or text[quotation.end :].lstrip()[:1] in ",–—-"
            return frame if fits else None
        return None

    def _reported_before(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        quotation: Quotation,
        frames: Sequence[Frame],
    ) -> Frame | None:
        """`X said: "…"` and `X said that the plan "…"`: the last cue before it in its sentence."""
        start = max((s.start for s in sentences if s.start <= quotation.start), default=0)
        candidates = [f for f in frames if start <= f.cue.start and f.cue.end <= quotation.start]
        if not candidates:
            return None
        frame = candidates[-1]
        between = text[frame.cue.end : quotation.start]
        if re.search(r"[.!?…][”\"»’]?\s*$", between):
            return None
        joined = between.rstrip().endswith((":", ",")) or (
            frame.inverted and self._that.within(between)
        )
        if frame.follows and not frame.according and not joined:
            return None
        return frame

    def _content_after(
        self, text: str, sentences: Sequence[Span], quotation: Quotation, frame: Frame
    ) -> Span | None:
        """The reported clause from the cue to its end, or None if it is all quoted."""
        start = frame.cue.end
        if frame.source and frame.follows:
            start = max(start, frame.source.span.end)
        lead = text[start : quotation.start]
        if lead.rstrip().endswith(":"):
            return None
        that = [end for _, end in self._that.find(lead)]
        if that:
            start += that[0]
        end = self._clause_end(text, sentences, quotation.end)
        rest = text[quotation.end : max(end, quotation.end)]
        goes_on = (rest[:1] == " " or self._wide) and len(_WORDS.findall(rest)) >= 2
        while self._wide and text[start] == ",":
            start += 1
        if not _WORDS.search(text, start, quotation.start) and not goes_on:
            return None
        lead = text[start : quotation.start]
        if (lead.rstrip().endswith(",") or (self._wide and not lead)) and not that:
            return None
        return span_at(text, start, max(end, quotation.end))

    def _content_before(
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
        if len(_WORDS.findall(lead)) < 2 or lead.rstrip()[-1:] in ",.:—–":
            return None
        return span_at(text, start, quotation.end)

    def _clause_end(self, text: str, sentences: Sequence[Span], at: int) -> int:
        """Where the reported clause ends: at the next cue's comma or the sentence's full stop."""
        sentence = next((s for s in sentences if s.start <= at - 1 < s.end), None)
        end = sentence.end if sentence else at
        for start, _ in self._cues.find(text, at, end):
            joined = [m.start() for m in self._and.finditer(text, at, start)]
            comma = max(text.rfind(",", at, start), *joined[-1:], -1)
            if comma >= at:
                end = comma
                break
        while end > at and text[end - 1] in ".,;: \n":
            end -= 1
        return end

    def _goes_on(
        self,
        text: str,
        paragraph: Span,
        previous: Quotation,
        quotation: Quotation,
        last: Attribution,
        frames: Sequence[Frame],
    ) -> bool:
        """Whether only the last statement's own attribution stands between the two quotations."""
        if previous.start < paragraph.start:
            return False
        between = [f for f in frames if previous.end <= f.cue.start < quotation.start]
        own = {f.sentence for f in frames if f.cue == last.cue}
        if any(f.sentence not in own for f in between):
            return False
        gap = text[previous.end : quotation.start]
        parted = text[quotation.start].isalnum()  # by an attribution inside the marks
        return len(_WORDS.findall(gap)) <= _GAP_WORDS and (parted or _length(quotation) >= 3)

    def _standing_alone(
        self,
        text: str,
        paragraph: Span,
        sentences: Sequence[Span],
        mentions: Sequence[Mention],
        quotation: Quotation,
        last: Attribution | None,
    ) -> Attribution | None:
        """A quotation that no cue reports: introduced by a colon, or a sentence of its own.

        Its source is the subject of the words that lead to it in the paragraph, else that of the
        statement before it.
        """
        lead = text[paragraph.start : quotation.start].rstrip()
        words = _length(quotation)
        colon = lead.endswith(":")
        own = not lead or lead[-1] in '.!?…”"»’' or len(quotation.spans) > 1
        complete = quotation.text[-1:] in ".!?…,。！？" and words >= _STATEMENT_WORDS
        if not (colon and words >= 2) and not (own and complete):
            return None
        nearest = max((s for s in sentences if s.start < quotation.start), key=lambda s: s.start)
        if nearest.start >= quotation.start - 1 or not colon:
            earlier = [
                s for s in sentences if paragraph.start <= s.start and s.end < quotation.start
            ]
            nearest = earlier[-1] if earlier else paragraph
        subject = next(
            (m for m in mentions if m.span.within(nearest) and m.span.end <= quotation.start), None
        )
        source = subject or (last.source if last else None)
        return Attribution("direct", quotation.spans, quotation.spans, None, source, carried=True)

    # -- reported clauses ---------------------------------------------------------------------

    def _indirect(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        frames: Sequence[Frame],
        taken: Sequence[Span],
    ) -> list[Attribution]:
        found: list[Attribution] = []
        for number, frame in enumerate(frames):
            if frame.source is None or self._mental.whole(frame.cue.text):
                continue
            sentence = sentences[frame.sentence]
            following = [f for f in frames[number + 1 :] if f.sentence == frame.sentence]
            clause = self._clause(text, sentence, frame, following, quoted)
            if clause is None or any(clause.overlaps(other) for other in taken):
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
        if source and (frame.follows or source.span.end <= frame.cue.start):
            first = min(source.span.start, frame.cue.start)
            last = max(source.span.end, frame.cue.end)
            before = text[sentence.start : first].rstrip()
            if text[last : sentence.end].lstrip().startswith(":"):
                return None
            rest = text[last : sentence.end].split(";")[0].strip(' .,”"')
            goes_on = bool(following) and text[last : following[0].cue.start].strip() == ","
            if before.endswith(",") and (goes_on or len(_WORDS.findall(rest)) <= 6):
                ahead = span_at(text, sentence.start, sentence.start + len(before) - 1)
                return ahead if _clause_like(ahead.text) and not _quoted_at(quoted, ahead) else None
        if frame.follows and not frame.inverted:
            return None
        return self._clause_after(text, sentence, frame, following)

    def _joint(self, text: str, frame: Frame, other: Frame) -> int | None:
        """Where the clause of `frame` ends because another cue of its sentence begins anew."""
        gap = text[frame.cue.end : other.cue.start]
        if (match := self._conjunction.search(gap)) is not None:
            return frame.cue.end + match.start()
        if other.source and frame.cue.end <= other.source.span.start < other.cue.start:
            gap = text[frame.cue.end : other.source.span.start]
            if (match := self._new_clause.search(gap)) is not None:
                return frame.cue.end + match.start()
        return None

    def _clause_of_according(self, text: str, sentence: Span, frame: Frame) -> Span | None:
        source = frame.source
        if source is None:
            return None
        first = min(source.span.start, frame.cue.start)
        last = max(source.span.end, frame.cue.end)
        comma = text.find(",", last, sentence.end)
        opening = self._as.search(text[sentence.start : first])
        first = sentence.start + opening.start() if opening else first
        before = text[sentence.start : first].strip(_TRIM)
        if before and _clause_like(before):
            return _trimmed(text, sentence.start, first)
        if self._order == "v2":
            comma = last - 1
        if comma < 0:
            return None
        clause = _trimmed(text, comma + 1, sentence.end)
        if clause and self._drops_subject and (that := self._that.at(text, clause.start)):
            clause = _trimmed(text, that, sentence.end)
        return clause if clause and _clause_like(clause.text) else None

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
        that = self._that.first(text, start, min(end, start + 90))
        if that and len(_WORDS.findall(text[start : that[0]])) <= 9:
            start = that[1]
        elif (
            self._weak.whole(frame.cue.text)
            or not _begins_clause(text[start:end])
            or self._not_content.at(text, start + (not text[start].isalnum()))
        ):
            return None
        clause = _trimmed(text, start, end)
        return clause if clause and _clause_like(clause.text) else None


def _either(words: Sequence[str]) -> str:
    """Any of the words as a regular expression; one that nothing matches for none."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) or r"(?!)"


def _length(quotation: Quotation) -> int:
    """How many words a quotation has."""
    return len(_PAIRS.sub(r"\g<0> ", quotation.text).split())


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


def _moved(text: str, span: Span) -> Span:
    return span_at(text, span.start, span.end)


def _restored(text: str, found: Attribution) -> Attribution:
    """An attribution with the words as the article has them."""
    source = found.source
    return replace(
        found,
        spans=tuple(_moved(text, s) for s in found.spans),
        content=tuple(_moved(text, s) for s in found.content),
        cue=_moved(text, found.cue) if found.cue else None,
        source=replace(source, span=_moved(text, source.span)) if source else None,
    )


def _behind(text: str, mention: Mention, at: int) -> Mention:
    """A mention without what stands before `at`: of `del embajador` only `embajador`."""
    start = max(mention.span.start, at)
    return replace(mention, span=span_at(text, start, mention.span.end))


def _after_quotations(quoted: Sequence[Quotation], sentence: Span, cue: Span) -> int:
    """Where the words of the report begin again after the last long quotation before a cue."""
    ends = [q.end for q in quoted if q.end <= cue.start and _length(q) >= _STATEMENT_WORDS]
    return max([sentence.start, *ends])


def _overlap(one: Attribution, other: Attribution) -> bool:
    return any(a.overlaps(b) for a in one.content for b in other.content)


def _turns(
    text: str,
    paragraphs: Sequence[Span],
    quoted: Sequence[Quotation],
    mentions: Sequence[Mention],
) -> list[Attribution]:
    """The turns of a transcript: `NAME: text`, and the paragraphs after it without a name.

    One paragraph alone of this form is no transcript; neither is one that goes on in marks.
    """
    heads: list[tuple[int, Span, int]] = []
    for number, paragraph in enumerate(paragraphs):
        match = _TURN.match(text[paragraph.start : paragraph.end])
        if match is None or any(
            q.start <= paragraph.start + match.end() + 1 < q.end for q in quoted
        ):
            continue
        named = span_at(text, paragraph.start, paragraph.start + match.end(1))
        if named.text.isupper() or any(m.span.overlaps(named) for m in mentions):
            heads.append((number, named, paragraph.start + match.end()))
    if len(heads) < 2:
        return []
    turns: list[Attribution] = []
    for at, (number, named, start) in enumerate(heads):
        stop = heads[at + 1][0] if at + 1 < len(heads) else number + 1
        spans = [span_at(text, start, paragraphs[number].end)]
        spans += [p for p in paragraphs[number + 1 : stop] if not _is_report(p, quoted)]
        mention = next((m for m in mentions if m.span.overlaps(named)), None)
        source = mention or Mention(named, "name", name=named)
        turns.append(Attribution("direct", tuple(spans), tuple(spans), None, source))
    return turns


def _is_report(paragraph: Span, quoted: Sequence[Quotation]) -> bool:
    return any(paragraph.start <= q.start < paragraph.end for q in quoted)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while end > start and text[end - 1] in " \n.,;:":
        end -= 1
    while start < end and text[start] in " \n,:":
        start += 1
    return span_at(text, start, end) if start < end else None


def _begins_clause(rest: str) -> bool:
    return rest[:1] in (" ", "\u00a0") or rest.startswith(", ") or is_wide(rest.lstrip(",")[:1])


def _clause_like(clause: str) -> bool:
    return len(_WORDS.findall(clause)) >= _CLAUSE_WORDS


def _quoted_at(quoted: Sequence[Quotation], span: Span) -> bool:
    return any(q.start < span.end and span.start < q.end for q in quoted)


def _inside_name(quotation: Quotation, mention: Mention) -> bool:
    return mention.name is not None and (
        mention.span.start < quotation.start and quotation.end < mention.span.end
    )


def _extended(last: Attribution, quotation: Quotation) -> Attribution:
    """The last statement with one more quoted part."""
    spans = last.spans + quotation.spans
    if last.quote_type == "direct":
        return replace(last, spans=spans, content=spans)
    covered = any(c.start <= quotation.start and quotation.end <= c.end for c in last.content)
    return replace(
        last, spans=spans, content=last.content if covered else last.content + quotation.spans
    )


def _same_clause(
    text: str, made: Attribution, last: Attribution, previous: Quotation, quotation: Quotation
) -> bool:
    """Whether two quotations are parts of one reported clause or of one interrupted quotation."""
    if made.cue is None or made.cue != last.cue:
        return False
    return "." not in text[previous.end : quotation.start] or last.quote_type == "direct"
