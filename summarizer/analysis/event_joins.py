"""Which sentences are about one meeting, and what a later one adds to it."""

from __future__ import annotations

from dataclasses import replace

from summarizer.analysis.event import Event, is_concrete
from summarizer.analysis.mentions import Mention
from summarizer.lexicon import Lexicon, Phrases

LEAD = 4
"""Sentences at the beginning in which an article says what it is about."""
_CLOSE = 25  # characters, with the word for the meeting


class EventJoiner:
    """Joins the events of an article with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        self._definite = Phrases(words.meetings.definite)
        self._nouns = Phrases(words.meetings.nouns)
        self._indefinite = Phrases(words.people.indefinite)
        self._past = Phrases(words.meetings.past)
        self._goes_on = Phrases(words.meetings.goes_on)
        self._taking_part = Phrases(words.meetings.taking_part)
        self._besides = Phrases(words.meetings.besides)
        self._separate = Phrases(words.meetings.separate)

    def add(self, text: str, found: list[Event], event: Event, number: int) -> None:
        """Joins an event to one already found that it only goes on about."""
        if event.aside:
            self._add_aside(found, event)
            return
        mains = [at for at, other in enumerate(found) if not other.aside]
        if number < LEAD and len(found) == len(mains) == 1 and self._is_told_by(found[0], event):
            found[0] = _joined(event, found[0], in_lead=True)
            return
        if mains and self._goes_on.at(event.sentence.text, 0) is not None:
            found[mains[-1]] = _joined(found[mains[-1]], event, in_lead=number < LEAD)
            return
        for at in mains:
            other = found[at]
            if self._same(text, other, event) and not (
                self._is_besides(text, other, event)
                or self._is_with_others(other, event)
                or (number >= LEAD and self._is_another(text, event))
            ):
                found[at] = _joined(other, event, in_lead=number < LEAD)
                return
        for at, other in enumerate(found):
            if other.aside and _is_that_aside(other, event):
                found[at] = _joined(other, event, in_lead=False)
                return
        if number >= LEAD and not (event.people or is_concrete(event) or event.further):
            return
        found.append(event)

    def _is_besides(self, text: str, other: Event, event: Event) -> bool:
        """Whether someone met others as well: `She also met …`, `Earlier he received …`."""
        lead = text[event.sentence.start : event.trigger.end]
        also = self._besides.at(lead, 0) is not None or self._besides.within(lead[-_CLOSE:])
        each = self._separate.within(event.sentence.text)
        fresh = _fresh(other, event) or _other_groups(other, event)
        return also and event.by_verb and (each or bool(fresh))

    def _is_told_by(self, headline: Event, event: Event) -> bool:
        """Whether a headline only names a meeting of which the lead then tells.

        `Talks in London` does; so does `Lima meets Roe`, of one that is still to come.
        """
        named = headline.sentence.text[-1].isalnum() and headline.status == "held"
        if not named or len(headline.support) > 1:
            return False
        if headline.by_verb:
            past = self._past.at(headline.trigger.text, 0) is not None
            return event.status == "planned" and not past
        return event.status != "held" or event.by_verb

    @staticmethod
    def _add_aside(found: list[Event], event: Event) -> None:
        """One named beside another: it may be one that is known with the same people."""
        names = [set(m.name.text.split()) for m in (*event.people, *event.carried) if m.name]
        for at, other in enumerate(found):
            told = (m.name.text for m in (*other.told, *other.carried) if m.name)
            known = {word for name in told for word in name.split()}
            same = bool(names) and all(name & known for name in names)
            same = same and other.status == event.status
            if same and not _is_other_day(event.edtf, other.edtf):
                found[at] = _joined(other, event, in_lead=other.aside)
                return
        found.append(event)

    def _is_with_others(self, other: Event, event: Event) -> bool:
        """Whether someone of a meeting of two then met a third: `In the evening she received …`.

        Or it is one of several: `held meetings with the leaders of the region`.
        """
        fresh = [m for m in _fresh(other, event) if m.role or m.rank or m.country]
        if not fresh or self._taking_part.within(event.sentence.text):
            return False
        if not other.status == event.status == "held":
            return False
        if self._separate.within(other.sentence.text) and not _is_headline(other):
            return True
        titled = [m for m in other.told if m.name and (m.role or m.rank or m.country)]
        return event.by_verb and len({m.name.text.split()[-1] for m in titled if m.name}) >= 2

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
        other_day = _is_other_day(event.edtf, other.edtf)
        if (is_concrete(event) and other_day) or _is_by_other_means(other, event, definite):
            return False
        if event.further:
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


def _is_other_day(edtf: str | None, other: str | None) -> bool:
    """Whether two dates cannot be the same: a month and a day of it can."""
    if not (edtf and other):
        return False
    return not (edtf.startswith(other) or other.startswith(edtf))


def _is_that_aside(other: Event, event: Event) -> bool:
    """Whether one that is to come was named before, and this names nobody else for it."""
    if event.status != other.status or event.status == "held" or event.edtf != other.edtf:
        return False
    known = {word for m in (*other.told, *other.carried) if m.name for word in m.name.text.split()}
    return event.edtf is not None and all(
        known.intersection(m.name.text.split())
        for m in event.people
        if m.name and (m.role or m.rank or m.honorific)
    )


def _is_by_other_means(other: Event, event: Event, definite: bool) -> bool:
    """Whether officials who met also spoke, say by telephone, with somebody else.

    `The call` may be a conference by video that was told before.
    """
    if definite and {event.mode, other.mode} == {"phone", "video"}:
        return False
    if event.mode == other.mode or {event.mode, other.mode} & {"unknown", "hybrid"}:
        return False
    told = " ".join(m.span.text for m in other.told if m.kind == "name")
    names = [m for m in event.people if m.kind == "name" and m.name]
    fresh = [m for m in names if m.name and m.name.text.split()[-1] not in told]
    return len(names) > len(fresh) and any(m.role or m.rank or m.country for m in fresh)


def _is_headline(event: Event) -> bool:
    """Whether nothing but a headline has told of it so far."""
    return event.sentence.text[-1].isalnum() and len(event.support) == 1


def _other_groups(other: Event, event: Event) -> list[Mention]:
    """The groups whom the second meeting is with: `he also met with bankers`."""
    told = " ".join(span.text for span in (other.sentence, *other.support))
    behind = [m for m in event.people if m.span.start > event.trigger.start]
    groups = [m for m in behind if m.kind == "description" and m.plural]
    return [m for m in groups if m.span.text not in told]


def _fresh(other: Event, event: Event) -> list[Mention]:
    """Those named behind the word for the meeting, and nowhere where the other one is told."""
    sentences = " ".join(span.text for span in (other.sentence, *other.support))
    behind = [m for m in event.people if m.name and m.span.start > event.trigger.start]
    return [m for m in behind if m.name and m.name.text.split()[-1] not in sentences]


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
