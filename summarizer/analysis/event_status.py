"""Whether a meeting took place, is to come, was called off or is only proposed."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.analysis.event import gap, is_quoted
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases
from summarizer.record import MeetingStatus

_NEAR = 60  # characters between the word for a meeting and what makes it one to come
_VERB = 20  # characters before a past form that may make it a passive or a perfect to come
_STATUSES: tuple[MeetingStatus, ...] = ("cancelled", "proposed", "planned", "held")


class StatusFinder:
    """Finds the words that give a meeting its status, in one language."""

    def __init__(self, words: Lexicon) -> None:
        meetings = words.meetings
        self._accepted = Phrases(meetings.accepted)
        self._already = Phrases(meetings.already)
        self._came = Phrases(meetings.came)
        self._cancelled = Phrases(meetings.cancelled)
        self._future = Phrases(meetings.future)
        self._past = Phrases(meetings.past)
        self._proposed = Phrases(meetings.proposed)
        self._purpose = Phrases(meetings.purpose)
        self._takes_place = Phrases(meetings.takes_place)
        self._that = Phrases(words.speech.that[:1])

    def status(
        self, text: str, sentence: Span, trigger: Span, quoted: Sequence[Quotation]
    ) -> tuple[MeetingStatus, Span]:
        """The status of a meeting that `trigger` tells of, and the words that give it."""
        tables = (self._cancelled, self._proposed, self._future)
        if self._past.at(text, trigger.start) is not None:  # `met him and invited him to visit`
            verb = max(sentence.start, trigger.start - _VERB), trigger.start
            if not any(phrases.first(text, *verb) for phrases in tables):
                return "held", trigger
        for start, end in self._takes_place.find(text, trigger.end, sentence.end):
            span = span_at(text, start, end)
            if (
                not is_quoted(span, quoted)
                and self._cancelled.first(text, sentence.start, sentence.end) is None
            ):
                return "planned", span
        accepted = list(self._accepted.find(text, sentence.start, sentence.end))
        for status, phrases in zip(_STATUSES, tables, strict=False):
            for start, end in phrases.find(text, sentence.start, sentence.end):
                span = span_at(text, start, end)
                near = status == "cancelled" or gap(span, trigger) < _NEAR
                before = text[max(sentence.start, start - _NEAR) : start]
                if status == "planned" and span.overlaps(trigger) and self._already.within(before):
                    continue  # `the first president to visit …`
                followed = any(first <= start < last for first, last in accepted)
                came = self._purpose.whole(span.text) and self._came.within(
                    text[sentence.start : start]
                )
                told = phrases is self._future and self._is_told_there(text, trigger, span)
                if near and not (followed or came or told or is_quoted(span, quoted)):
                    return status, span
        return "held", trigger

    def _is_told_there(self, text: str, trigger: Span, future: Span) -> bool:
        """Whether it is what was said at the meeting that is to come: `told her that he will`."""
        for _, end in self._that.find(text, trigger.end, future.start):
            if text[end : future.start].strip():
                return True
        return False
