"""Statements with quotation marks: which cue reports a quotation, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis.attribution import Attribution, Frame
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.analysis.quoted_content import QuotedContent
from summarizer.analysis.quoted_parts import extended, same_clause, signed
from summarizer.analysis.quoted_terms import QuotedTerms
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.wording import STATEMENT_WORDS, TRIM, WORDS, last_sign, length
from summarizer.article import Quotation, Span, span_at

_GAP_WORDS = 35
_DESCRIPTION = 6  # words: no longer title stands between a quotation and a name
_SENTENCE_END = re.compile(r"[.!?]\s")
_FRAGMENT = 3  # words: fewer name something
_HEADING = 7  # words
_BESIDE = 2  # words that may part a relative clause's cue from what it reports
_PLAIN = re.compile(r"[\w'’.\s-]+")


@dataclass(frozen=True)
class _Near:
    """What stands around one quotation, which is all that can report it."""

    paragraph: Span
    sentences: Sequence[Span]
    quoted: Sequence[Quotation]
    mentions: Sequence[Mention]
    frames: Sequence[Frame]


class _Surroundings:
    """What stands around each quotation of an article."""

    def __init__(
        self,
        paragraphs: Sequence[Span],
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        frames: Sequence[Frame],
    ) -> None:
        self._paragraphs = spans_in_order(paragraphs)
        self._sentences = spans_in_order(sentences)
        self._quoted = quoted
        self._mentions = Ordered(mentions, lambda mention: mention.span)
        self._frames = Ordered(frames, lambda frame: frame.cue)

    def of(self, number: int) -> _Near:
        """From the last sentence before the paragraph of a quotation to the end of both."""
        quotation = self._quoted[number]
        (paragraph,) = self._paragraphs.touching(quotation.start, quotation.start + 1)
        first = self._sentences.before(paragraph.start - 1)
        start = first.start if first else paragraph.start
        end = max(quotation.end, paragraph.end) + 2
        return _Near(
            paragraph,
            self._sentences.between(start, end),
            self._quoted[max(0, number - 1) : number + 2],
            self._mentions.touching(start, end),
            self._frames.between(start, end),
        )


class QuotedFinder:
    """Finds the direct and mixed statements of an article."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules
        self._terms = QuotedTerms(rules)
        self._content = QuotedContent(rules)

    def statements(
        self,
        text: str,
        paragraphs: Sequence[Span],
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
        frames: Sequence[Frame],
    ) -> list[Attribution]:
        """The statements that quotations are part of, in order."""
        found: list[Attribution] = []
        previous: Quotation | None = None
        surroundings = _Surroundings(paragraphs, sentences, quoted, mentions, frames)
        for number, quotation in enumerate(quoted):
            near = surroundings.of(number)
            paragraph, lines, cues = near.paragraph, near.sentences, near.frames
            made = self._of_quotation(text, paragraph, lines, near.quoted, quotation, cues)
            last = found[-1] if found else None
            if (
                made is None
                and last
                and previous
                and self._goes_on(text, paragraph, previous, quotation, last, cues)
            ):
                found[-1] = extended(text, last, quotation)
                previous = quotation
                continue
            if made is None:
                made = (
                    signed(text, near.mentions, quotation)
                    or self._introduced(text, near, quotation)
                    or self._standing_alone(text, near, quotation, last)
                )
            elif last and previous and same_clause(text, made, last, previous, quotation):
                found[-1] = extended(text, last, quotation)
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
            before = None if ends and len(WORDS.findall(gap)) > 1 else before
        frame = before or after
        if frame is None and (
            closed := self._closed_by(text, sentences, quoted, quotation, frames)
        ):
            return closed
        if (
            frame is None
            or self._rules.mental.whole(frame.cue.text)
            or self._terms.is_title(text, quotation, frame)
        ):
            return None
        if before is not None:
            content = self._content.after(text, sentences, quotation, before)
        else:
            content = self._content.before(text, sentences, quoted, quotation)
        words = len(WORDS.findall(quotation.text))
        mixed = content is not None and len(quotation.spans) == 1
        if mixed and words < STATEMENT_WORDS and self._terms.is_wording(text, quotation):
            return None
        kind: Literal["direct", "mixed"] = "mixed" if mixed else "direct"
        reported = (content,) if mixed and content else quotation.spans
        return Attribution(kind, quotation.spans, reported, frame.cue, frame.source)

    def _closed_by(
        self,
        text: str,
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        quotation: Quotation,
        frames: Sequence[Frame],
    ) -> Attribution | None:
        """`“Patience” with them is over, Lima said.`: a clause with marks in it, then its cue."""
        sentence = next((s for s in sentences if s.start <= quotation.start < s.end), None)
        if sentence is None or length(quotation) < _FRAGMENT or len(quotation.spans) > 1:
            return None
        for frame in frames:
            if (
                frame.source is None
                or frame.according
                or not quotation.end <= frame.cue.start < sentence.end
            ):
                continue
            first = min(frame.cue.start, frame.source.span.start)
            last = max(frame.cue.end, frame.source.span.end)
            ahead = text[sentence.start : first].rstrip()
            rest = text[last : sentence.end].strip(' .,”"')
            plain = text[quotation.end : first].strip()
            if (
                not ahead.endswith(",")
                or rest
                or not plain[:1].isalnum()
                or "“" in plain
                or '"' in plain
            ):
                return None
            if self._terms.is_title(text, quotation, frame):
                return None
            content = span_at(text, sentence.start, sentence.start + len(ahead) - 1)
            return Attribution("mixed", quotation.spans, (content,), frame.cue, frame.source)
        return None

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
            lead = text[quotation.end : max(first, quotation.end)].strip(TRIM)
            if frame.source is None or first < quotation.end:
                return None
            if lead and not self._describes(lead, frame):
                return None
            if last_sign(quotation) in ".!?…" and not text[first].islower():
                last = max(frame.cue.end, frame.source.span.end)
                rest = re.split(r"[.!?]", text[last : last + 200])[0]
                if len(WORDS.findall(rest)) > 3 or rest.rstrip().endswith(":"):
                    return None
            fits = (
                last_sign(quotation) in ",?!…—–-." or text[quotation.end :].lstrip()[:1] in ",–—-"
            )
            return frame if fits else None
        return None

    def _describes(self, lead: str, frame: Frame) -> bool:
        """Whether words between a quotation and its source may belong to the source."""
        if self._rules.adverbs.whole(lead) or (lead.islower() and lead.count(" ") < 2):
            return True
        words = lead.split()
        if frame.follows or len(words) > _DESCRIPTION or not _PLAIN.fullmatch(lead):
            return False
        return not any(
            rules.within(lead)
            for rules in (self._rules.cues, self._rules.that, self._rules.not_content)
        )

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
        frame = self._reporting(text, candidates, quotation)
        between = text[frame.cue.end : quotation.start]
        if re.search(r"[.!?…][”\"»’]?\s*$", between):
            return None
        joined = between.rstrip().endswith((":", ",")) or (
            frame.inverted and self._rules.that.within(between)
        )
        if frame.follows and not frame.according and not joined:
            return None
        return frame

    def _reporting(self, text: str, candidates: Sequence[Frame], quotation: Quotation) -> Frame:
        """The last cue in front of a quotation that reports words of a person.

        `Lima said she hopes …`, `Lima says it shows …`: what she says.
        """
        people = [f for f in candidates if f.source and not self._rules.things.whole(f.source.head)]
        spoken = [f for f in people if not self._rules.mental.whole(f.cue.text)]
        while len(spoken) > 1 and self._tells_of(text, spoken[-1], quotation):
            spoken.pop()
        return (spoken or candidates)[-1]

    def _tells_of(self, text: str, frame: Frame, quotation: Quotation) -> bool:
        """Whether a cue in a relative clause reports something else than a quotation further on.

        `Lima told a man who complained about the noise that “…”`.
        """
        if frame.source is None or not self._rules.relative.whole(frame.source.head):
            return False
        return len(WORDS.findall(text[frame.cue.end : quotation.start])) > _BESIDE

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
        if self._leads(gap, previous, last):
            return False
        parted = text[quotation.start].isalnum()  # by an attribution inside the marks
        return len(WORDS.findall(gap)) <= _GAP_WORDS and (parted or length(quotation) >= 3)

    def _leads(self, gap: str, previous: Quotation, last: Attribution) -> bool:
        """Whether a sentence of its own leads to a quotation: `…,” Lima said. She sees “…”`."""
        own = last.cue is not None and last.cue.text in gap
        parts = _SENTENCE_END.split(gap)
        begins = len(parts) > 1 or (not own and previous.text[-1:] in ".!?")
        return begins and len(WORDS.findall(parts[-1])) > 1

    def _introduced(self, text: str, near: _Near, quotation: Quotation) -> Attribution | None:
        """A quotation in a paragraph of its own that the sentence before leads to with a colon."""
        paragraph = near.paragraph
        before = [s for s in near.sentences if s.end <= paragraph.start]
        if text[paragraph.start : quotation.start].strip() or not before:
            return None
        leading = before[-1]
        if not leading.text.rstrip().endswith(":"):
            return None
        frames = [f for f in near.frames if f.cue.within(leading) and f.source]
        if frames:
            cue, source = frames[-1].cue, frames[-1].source
        else:
            cue, source = None, next((m for m in near.mentions if m.span.within(leading)), None)
        if source is None:
            return None
        return Attribution("direct", quotation.spans, quotation.spans, cue, source)

    def _standing_alone(
        self, text: str, near: _Near, quotation: Quotation, last: Attribution | None
    ) -> Attribution | None:
        """A quotation that no cue reports: introduced by a colon, or a sentence of its own.

        Its source is the subject of the words that lead to it in the paragraph, else that of the
        statement before it.
        """
        paragraph, sentences, mentions = near.paragraph, near.sentences, near.mentions
        lead = text[paragraph.start : quotation.start].rstrip()
        words = length(quotation)
        colon = lead.endswith(":")
        own = not lead or lead[-1] in '.!?…”"»’' or len(quotation.spans) > 1
        ended = text[quotation.end : quotation.end + 1] in (".", "!", "?")
        complete = last_sign(quotation) in ".!?…,。！？" or (ended and quotation.text[0].isupper())
        complete = complete and words >= STATEMENT_WORDS
        if not (colon and words >= 2) and not (own and complete):
            return None
        if (
            words < _HEADING
            and quotation.text.istitle()
            and paragraph.text == text[quotation.start : quotation.end]
        ):
            return None
        before = (s for s in sentences if s.start < quotation.start)
        nearest = max(before, key=lambda s: s.start, default=paragraph)
        if nearest.start >= quotation.start - 1 or not colon:
            earlier = [
                s for s in sentences if paragraph.start <= s.start and s.end < quotation.start
            ]
            nearest = earlier[-1] if earlier else paragraph
        spoken = [f.source for f in near.frames if f.cue.within(nearest) and f.source]
        subject = next(
            (m for m in mentions if m.span.within(nearest) and m.span.end <= quotation.start), None
        )
        if spoken and not colon:
            subject = spoken[-1]
        source = subject or (last.source if last else None)
        return Attribution("direct", quotation.spans, quotation.spans, None, source, carried=True)
