"""Meetings that a model reports, each value with the words of the article that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from summarizer.analysis import DateFinder
from summarizer.article import Span
from summarizer.extract.single_answer import MeetingAnswer
from summarizer.extract.single_ground import Ground, Place, shown
from summarizer.extract.single_people import Figure, People
from summarizer.lexicon import Phrases
from summarizer.record import (
    Meeting,
    MeetingDate,
    MeetingEvidence,
    Supported,
    date_problem,
    unsupported_terms,
)
from summarizer.record import Place as MeetingPlace


@dataclass(frozen=True)
class Met:
    """A meeting whose words stand in the article: number `index` of the answer on a part."""

    part: int
    index: int
    answer: MeetingAnswer
    status: Span
    kind: Span | None
    mode: Span | None
    date: MeetingDate | None
    place: Span | None
    participants: tuple[Figure, ...]
    topics: tuple[Span, ...]
    outcomes: tuple[Span, ...]

    def meeting(self, identifier: str, ids: dict[Figure, str]) -> Meeting:
        """The same as a part of a record; what has no words is `other`, `unknown` or null."""
        return Meeting(
            id=identifier,
            status=self.answer.status,
            kind=self.answer.kind if self.kind else "other",
            mode=self.answer.mode if self.mode else "unknown",
            date=self.date,
            place=MeetingPlace(name=self.place.text, span=self.place) if self.place else None,
            participants=[ids[figure] for figure in self.participants],
            evidence=MeetingEvidence(
                status=[self.status],
                kind=[self.kind] if self.kind else [],
                mode=[self.mode] if self.mode else [],
            ),
            topics=[Supported(text=span.text, support=[span]) for span in self.topics],
            outcomes=[Supported(text=span.text, support=[span]) for span in self.outcomes],
        )


class Meetings:
    """Grounds the meetings of one answer; those that hold are in `met`, in order."""

    def __init__(self, ground: Ground, people: People, answers: Sequence[MeetingAnswer]) -> None:
        self._ground, self._people = ground, people
        words = ground.reading.words
        self._dates = DateFinder(words)
        meetings = words.meetings
        self._not_held = Phrases([*meetings.future, *meetings.cancelled, *meetings.proposed])
        self.met: list[Met] = []
        for index, answer in enumerate(answers):
            self._add(index, answer)

    def _add(self, index: int, answer: MeetingAnswer) -> None:
        place = Place("meetings", index, "status")
        status = self._ground.locate(answer.status_words, place, near=self._anchor(answer))
        if status is None:
            return
        if answer.status == "held" and self._is_announced(status):
            message = f"{shown(status.text)} does not say that it was held"
            self._ground.refuse(place, "meeting_not_held", message)
            return
        if any(other.status.overlaps(status) for other in self.met):
            self._ground.refuse(place, "meeting_repeated", f"{shown(status.text)} is given twice")
            return
        kind = self._near(answer.kind_words, status, index, "kind", answer.kind == "other")
        mode = self._near(answer.mode_words, status, index, "mode", answer.mode == "unknown")
        self.met.append(
            Met(
                self._ground.number,
                index,
                answer,
                status,
                kind,
                mode,
                self._date(answer, status, index),
                self._near(answer.place, status, index, "place", answer.place is None),
                self._participants(answer, index),
                self._phrases(answer.topics, status, index, "topics"),
                self._phrases(answer.outcomes, status, index, "outcomes"),
            )
        )

    def _anchor(self, answer: MeetingAnswer) -> Span | None:
        """Words of the meeting that stand in one place only."""
        for words in (answer.mode_words, answer.date, answer.kind_words, answer.place):
            found = self._ground.find(words) if words else ()
            if len(found) == 1:
                return found[0]
        together = [self._people.named(name) for name in answer.participants]
        spans = [{s for m in f.mentions if (s := self._sentence(m))} for f in together if f]
        common = set[Span].intersection(*spans) if spans else set()
        return min(common, key=lambda span: span.start, default=None)

    def _sentence(self, span: Span) -> Span:
        return self._ground.sentences_of(span)

    def _is_announced(self, status: Span) -> bool:
        """Whether the words that are to show that a meeting was held announce or deny one."""
        events = self._ground.reading.events
        own = [e for e in events if e.trigger.overlaps(status) or e.status_span.overlaps(status)]
        return self._not_held.within(status.text) or any(e.status != "held" for e in own)

    def _near(
        self, words: str | None, status: Span, index: int, field: str, unsaid: bool
    ) -> Span | None:
        """Words about a meeting near those that report it; a quotation is another matter."""
        place = Place("meetings", index, field)
        if unsaid:
            return None
        if words is None:
            self._ground.refuse(place, "words_missing", "no words of the article are given for it")
            return None
        ground = self._ground

        def fits(span: Span) -> bool:
            return ground.quoted(span) in (None, ground.quoted(status))

        return ground.locate(words, place, near=status, fits=fits)

    def _date(self, answer: MeetingAnswer, status: Span, index: int) -> MeetingDate | None:
        """The day that the words give, in EDTF; the year only if something gives it."""
        words = self._near(answer.date, status, index, "date", answer.date is None)
        if words is None:
            return None
        text, article = self._ground.text, self._ground.reading.article
        found = self._dates.find(text, words.start, words.end)
        full = [mention for mention in found if mention.first is not None] or list(found)
        published = date.fromisoformat(article.published) if article.published else None
        anchor = self._dates.anchor(text, published)
        tense: Literal["past", "future"] = "past" if answer.status == "held" else "future"
        edtf = self._dates.edtf(full[0], anchor, tense) if len(full) == 1 else None
        place = Place("meetings", index, "date")
        if edtf is None:
            message = f"{shown(words.text)} gives no day that can be told"
            self._ground.refuse(place, "date_unresolved", message)
            return None
        problem = date_problem(
            edtf, status=answer.status, article_text=text, published=article.published
        )
        if problem is not None:
            self._ground.refuse(place, "date_unresolved", problem)
            return None
        span = full[0].span
        return MeetingDate(edtf=edtf, text=span.text, span=span)

    def _participants(self, answer: MeetingAnswer, index: int) -> tuple[Figure, ...]:
        figures: list[Figure] = []
        for name in answer.participants:
            figure = self._people.named(name)
            if figure is None:
                message = f"{shown(name)} is not among the persons of the article"
                place = Place("meetings", index, "participants")
                self._ground.refuse(place, "person_unlisted", message)
            else:
                figures.append(figure)
        return tuple(dict.fromkeys(figures))

    def _phrases(
        self, phrases: Sequence[str], status: Span, index: int, field: str
    ) -> tuple[Span, ...]:
        language = self._ground.reading.article.language
        found: list[Span] = []
        for words in phrases:
            place = Place("meetings", index, field)
            span = self._ground.locate(words, place, near=status)
            if span is None or span in found:
                continue
            if unsupported_terms(span.text, self._ground.text, language=language):
                self._ground.refuse(place, "words_cut", f"{shown(words)} ends inside a term")
                continue
            found.append(span)
        return tuple(found)
