"""Statements that a model copied: only what stands in the article, and typed by its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Quotation, Span, span_at
from summarizer.extract.single_answer import StatementAnswer
from summarizer.extract.single_ground import Ground, Place, shown
from summarizer.extract.single_people import Figure, People
from summarizer.lexicon import Phrases
from summarizer.record import QuoteType, Statement

_WORD = re.compile(r"\w")
_MARKS = "\"“”„‟«»‹›「」『』｢｣〝〞〟'`‘’‚"
_BEGINS = " \t\n,;:.…–—-"


@dataclass(frozen=True)
class Said:
    """A statement whose words stand in the article: number `index` of the answer on a part."""

    part: int
    index: int
    quote_type: QuoteType
    spans: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Figure | None
    mention: Span | None
    cue: Span | None

    def statement(self, identifier: str, speaker: str | None, meeting: str | None) -> Statement:
        """The same as a part of a record."""
        return Statement(
            id=identifier,
            meeting=meeting,
            quote_type=self.quote_type,
            speaker=speaker,
            speaker_mention=self.mention,
            cue=self.cue,
            spans=list(self.spans),
            content_spans=list(self.content),
            text=" ".join(span.text for span in self.spans),
        )


@dataclass(frozen=True)
class _Piece:
    """A run of reported words: all of it, and what of it stands between marks."""

    content: tuple[Span, ...]
    quoted: tuple[Span, ...]


class Statements:
    """Grounds the statements of one answer; those that hold are in `said`, in article order."""

    def __init__(self, ground: Ground, people: People, answers: Sequence[StatementAnswer]) -> None:
        self._ground, self._people = ground, people
        self._that = Phrases(ground.reading.words.speech.that)
        self._turns = [
            span
            for attribution in ground.reading.attributions
            if attribution.quote_type == "direct"
            for span in attribution.spans
            if ground.quoted(span) is None
        ]
        self.said: list[Said] = []
        for index, answer in enumerate(answers):
            self._add(index, answer)
        self.said.sort(key=lambda said: said.content[0].start)

    def _add(self, index: int, answer: StatementAnswer) -> None:
        pieces = self._pieces(index, answer)
        if not pieces:
            return
        content = _merged([span for piece in pieces for span in piece.content])
        quoted = _merged([span for piece in pieces for span in piece.quoted])
        quote_type: QuoteType = "mixed" if quoted else "indirect"
        if all(any(span.within(part) for part in quoted) for span in content):
            quote_type = "direct"
        spans = content if quote_type == "indirect" else quoted
        if any(span.overlaps(own) for said in self.said for own in said.spans for span in spans):
            place = Place("statements", index, "spans")
            self._ground.refuse(place, "statement_repeated", "its words are another statement's")
            return
        whole = span_at(self._ground.text, content[0].start, content[-1].end)
        mention = self._beside(index, "speaker_mention", answer.speaker_mention, content, whole)
        cue = self._beside(index, "cue", answer.cue, content, mention or whole)
        speaker = self._speaker(index, answer, mention)
        reported = quoted if quote_type == "direct" else content
        number = self._ground.number
        self.said.append(Said(number, index, quote_type, spans, reported, speaker, mention, cue))

    def _pieces(self, index: int, answer: StatementAnswer) -> list[_Piece]:
        """The quotations and the clause that stand in the article, in its order."""
        place = Place("statements", index, "spans")
        anchor = self._anchor(answer)
        pieces = []
        for words in answer.quotations:
            code = "quotation_not_in_article"
            span = self._ground.locate(words, place, near=anchor, code=code)
            pieces.append(self._piece(place, span, whole=True) if span else None)
        if answer.clause is not None:
            span = self._ground.locate(answer.clause, place, near=anchor)
            pieces.append(self._clause(place, span, answer) if span else None)
        if not pieces:
            self._ground.refuse(place, "words_missing", "neither quotations nor a clause is given")
        return [piece for piece in pieces if piece is not None]

    def _anchor(self, answer: StatementAnswer) -> Span | None:
        """Words of the statement that stand in one place only."""
        for words in (answer.speaker_mention, answer.cue, *answer.quotations, answer.clause):
            found = self._ground.find(words) if words else ()
            if len(found) == 1:
                return found[0]
        return None

    def _clause(self, place: Place, span: Span, answer: StatementAnswer) -> _Piece | None:
        """A reported clause without its `that`; not one that reports itself."""
        text = self._ground.text
        start, end = span.start, span.end
        if any(q.start <= start and end <= q.end for q in self._ground.reading.quotations):
            return self._piece(place, span, whole=True)
        if (that := self._that.at(text, start)) is not None and that < end:
            start = that
        while end > start and text[end - 1] in " \n.,;:":
            end -= 1
        while start < end and text[start] in " \n.,;:":
            start += 1
        if start == end:
            self._ground.refuse(place, "words_missing", "the clause has no words")
            return None
        clause = span_at(text, start, end)
        for words in (answer.cue, answer.speaker_mention):
            found = self._ground.find(words) if words else ()
            near = [s for s in found if self._ground.close(s, clause)]
            if near and all(s.overlaps(clause) for s in near):
                message = f"the clause holds {shown(near[0].text)}, which reports it"
                self._ground.refuse(place, "clause_reports_itself", message)
                return None
        return self._piece(place, clause, whole=False)

    def _piece(self, place: Place, span: Span, *, whole: bool) -> _Piece | None:
        """What of a run of words is quoted, by the marks of the article alone.

        `whole` is for words that were given as a quotation: they do not run over marks.
        """
        met = [
            q for q in self._ground.reading.quotations if q.start < span.end and span.start < q.end
        ]
        if not met:
            return self._plain(place, span)
        if len(met) == 1 and met[0].start <= span.start and span.end <= met[0].end:
            return self._inside(place, span, met[0])
        cut = any(q.spans[0].start < span.start or span.end < q.spans[-1].end for q in met)
        if whole or cut:
            message = f"{shown(span.text)} crosses quotation marks"
            self._ground.refuse(place, "quotation_cut", message)
            return None
        return _Piece((span,), tuple(part for q in met for part in q.spans))

    def _plain(self, place: Place, span: Span) -> _Piece | None:
        text = self._ground.text
        if any(span.within(turn) for turn in self._turns):
            return _Piece((span,), (span,))
        before, after = text[: span.start].rstrip(_BEGINS), text[span.end :].lstrip(_BEGINS + "!?")
        if before[-1:] and before[-1] in _MARKS and after[:1] and after[0] in _MARKS:
            message = f"it cannot be told whether {shown(span.text)} is quoted"
            self._ground.refuse(place, "quotation_cut", message)
            return None
        return _Piece((span,), ())

    def _inside(self, place: Place, span: Span, quotation: Quotation) -> _Piece | None:
        """Words inside one quotation: whole sentences of it, its marks left out."""
        text = self._ground.text
        parts: list[Span] = []
        for part in quotation.spans:
            start, end = max(part.start, span.start), min(part.end, span.end)
            if start >= end or not _WORD.search(text, start, end):
                continue
            begins = [s.start for s in self._ground.reading.sentences if s.start <= start]
            ends = [s.end for s in self._ground.reading.sentences if s.end >= end]
            first = max([part.start, *begins[-1:]])
            last = min([part.end, *ends[:1]])
            if _WORD.search(text, first, start) or _WORD.search(text, end, last):
                message = f"{shown(span.text)} is a part of what is quoted: give the whole of it"
                self._ground.refuse(place, "quotation_cut", message)
                return None
            parts.append(span_at(text, start, end))
        return _Piece(tuple(parts), tuple(parts)) if parts else None

    def _beside(
        self, index: int, field: str, words: str | None, content: Sequence[Span], near: Span
    ) -> Span | None:
        """Words that report a statement: near it, outside it and outside quotations."""
        if words is None:
            return None
        ground = self._ground

        def fits(span: Span) -> bool:
            apart = not any(span.overlaps(part) for part in content)
            return apart and ground.quoted(span) is None and ground.close(span, near)

        return ground.locate(words, Place("statements", index, field), near=near, fits=fits)

    def _speaker(self, index: int, answer: StatementAnswer, mention: Span | None) -> Figure | None:
        """The person the model names, if words of the article beside the statement bear it out."""
        if answer.speaker is None:
            return None
        place = Place("statements", index, "speaker")
        figure = self._people.named(answer.speaker)
        if figure is None:
            message = f"{shown(answer.speaker)} is not among the persons of the article"
            self._ground.refuse(place, "person_unlisted", message)
        elif mention is None:
            message = f"no words beside the statement name {shown(answer.speaker)}"
            self._ground.refuse(place, "speaker_not_borne_out", message)
        elif self._people.others_named(mention, figure):
            message = f"{shown(mention.text)} is not {shown(answer.speaker)}"
            self._ground.refuse(place, "speaker_not_borne_out", message)
        else:
            return figure
        return None


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, those that lie in or run into another one left out."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not (kept and span.overlaps(kept[-1])):
            kept.append(span)
    return tuple(kept)
