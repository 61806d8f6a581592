"""Which sentences are about one meeting, and what a later one adds to it."""

from __future__ import annotations

from dataclasses import replace

from summarizer.analysis.event import Event, is_concrete
from summarizer.analysis.mentions import Mention
from summarizer.lexicon import Lexicon, Phrases

LEAD = 4
"""Sentences at the beginning in which an article says what it is about."""


class EventJoiner:
    """Joins the events of an article with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        self._definite = Phrases(words.meetings.definite)
        self._nouns = Phrases(words.meetings.nouns)
        self._besides = Phrases(words.meetings.besides)
        self._indefinite = Phrases(words.people.indefinite)
        self._taking_part = Phrases(words.meetings.taking_part)

    def add(self, text: str, found: list[Event], event: Event, number: int) -> None:
        """Joins an event to one already found that it only goes on about."""
        if number < LEAD and len(found) == 1 and _is_told_by(found[0], event):
            found[0] = _joined(event, found[0], in_lead=True)
            return
        for at, other in enumerate(found):
            if self._same(text, other, event) and not (
                number >= LEAD and self._is_one_more(text, other, event)
            ):
                found[at] = _joined(other, event, in_lead=number < LEAD)
                return
        if number >= LEAD and not (event.people or is_concrete(event) or event.further):
            return
        found.append(event)

    def _is_one_more(self, text: str, other: Event, event: Event) -> bool:
        """Whether an article that has told of a meeting goes on to another."""
        joins = self._taking_part.within(event.sentence.text)
        return self._is_another(text, event) or (not joins and _is_with_others(other, event))

    def _is_another(self, text: str, event: Event) -> bool:
        """Whether an article goes on to one more, with a day of its own: `On Friday, a meeting`."""
        word = text[event.sentence.start : event.trigger.start].split()[-1:]
        new = bool(word) and self._indefinite.whole(word[0]) and not event.by_verb
        return new and event.status == "held" and event.edtf is not None

    def _same(self, text: str, other: Event, event: Event) -> bool:
        lead = text[event.sentence.start : event.trigger.start]
        if event.by_verb:  # `the meeting was held`, but not `the Premier met`
            noun = max((start for start, _ in self._nouns.find(lead)), default=0)
            lead = lead[:noun]
        definite = self._definite.within(lead[-25:]) or self._definite.whole(event.trigger.text)
        other_day = bool(event.edtf and other.edtf and event.edtf != other.edtf)
        if (is_concrete(event) and other_day) or _is_by_other_means(other, event, definite):
            return False
        if event.further or self._is_besides(text, other, event):
            return False
        if definite and not (event.status != "held" and other.status == "held"):
            return True
        if other_day:
            return False
        if event.status != other.status and event.edtf and event.edtf != other.edtf:
            return False
        if other.status == "held" and is_concrete(event):
            return False
        return definite or not event.people or event.status == other.status


    def _is_besides(self, text: str, other: Event, event: Event) -> bool:
        """Whether someone who met a person `also met` others."""
        if not (event.by_verb and other.status == event.status == "held"):
            return False
        lead = text[event.sentence.start : event.trigger.start].rstrip()
        near = any(
            not lead[:start].strip() or not lead[end:].strip()
            for start, end in self._besides.find(lead)
        )
        told = " ".join(span.text for span in (other.sentence, *other.support))
        behind = [m for m in event.people if m.span.start > event.trigger.start]
        return near and any(_is_fresh(m, told) for m in behind)


def _is_fresh(mention: Mention, told: str) -> bool:
    """Whether it is someone with a title, or a group, who was not told of before."""
    if mention.kind == "name" and mention.name:
        titled = mention.role or mention.rank or mention.country
        return bool(titled) and mention.name.text.split()[-1] not in told
    return mention.kind == "description" and mention.plural and mention.span.text not in told


def _is_by_other_means(other: Event, event: Event, definite: bool) -> bool:
    """Whether officials who met also spoke, say by telephone, with somebody else.

    `The call` may be a conference by video that was told before.
    """
    if definite and {event.mode, other.mode} == {"phone", "video"}:
        return False
    if event.mode == other.mode or {event.mode, other.mode} & {"unknown", "hybrid"}:
        return False
    told = " ".join(span.text for span in (other.sentence, *other.support))
    names = [m for m in event.people if m.kind == "name" and m.name]
    fresh = [m for m in names if m.name and m.name.text.split()[-1] not in told]
    return len(names) > len(fresh) and any(m.role or m.rank or m.country for m in fresh)


def _is_told_by(headline: Event, event: Event) -> bool:
    """Whether a headline only names a meeting (`talks in London`) of which the lead then tells."""
    named = headline.sentence.text[-1].isalnum() and not headline.by_verb
    named = named and headline.status == "held" and len(headline.support) == 1
    return named and (event.status != "held" or event.by_verb)


def _is_with_others(other: Event, event: Event) -> bool:
    """Whether someone of a meeting of two then met a third: `In the evening she received …`."""
    if not (event.by_verb and other.status == event.status == "held"):
        return False
    titled = [m for m in other.told if m.name and (m.role or m.rank or m.country)]
    met = {m.name.text.split()[-1] for m in titled if m.name}
    sentences = " ".join(span.text for span in (other.sentence, *other.support))
    behind = [m for m in event.people if m.name and m.span.start > event.trigger.start]
    fresh = [m for m in behind if m.name and m.name.text.split()[-1] not in sentences]
    return len(met) >= 2 and any(m.role or m.rank or m.country for m in fresh)


def _joined(event: Event, later: Event, *, in_lead: bool) -> Event:
    """The first event with what it leaves open taken from a later sentence about it.

    Day and place are taken from the lead only: further down other days and places are named.
    """
    same_day = in_lead and event.date is None and later.date is not None
    return replace(
        event,
        mode=later.mode if event.mode == "unknown" else event.mode,
        mode_span=event.mode_span or later.mode_span,
        kind=later.kind if event.kind == "other" else event.kind,
        kind_span=event.kind_span or later.kind_span,
        date=later.date if same_day else event.date,
        edtf=later.edtf if same_day else event.edtf,
        place=event.place or (later.place if in_lead else None),
        support=(*event.support, later.sentence),
        told=(*event.told, *later.told),
    )
