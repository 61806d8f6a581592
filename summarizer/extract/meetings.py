"""Which meetings the record has: the events that the rules found, with those who took part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, create_model

from summarizer.analysis import Candidate, Event, Mention, Reading
from summarizer.extract.asking import Asker
from summarizer.extract.cast import Cast

_ISSUER = re.compile(r"\b(?:readout|statement)\s+(?:from|by)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_TOKENS_EACH, _SHOWN = 8, 240
_POSSESSIVE = re.compile(r"['’]s?\b")


@dataclass(frozen=True)
class Listing:
    """One line of the question whether sentences report meetings."""

    number: str
    text: str


@dataclass(frozen=True)
class Gathering:
    """An event that counts as a meeting, and who took part."""

    event: Event
    participants: tuple[Candidate, ...]


def gatherings(
    reading: Reading, cast: Cast, asker: Asker, shared: Mapping[str, object]
) -> list[Gathering]:
    """The meetings of an article: what the rules are sure of, and what the model says is one."""
    found = _sided(reading, cast)
    doubtful = [n for n, g in enumerate(found) if n > 0 or len(g.participants) < 2]
    if not doubtful or not asker.asks("meetings"):
        return found
    kind = Literal["yes", "no"]
    fields: dict[str, Any] = {f"m{n + 1}": (kind, ...) for n in doubtful}
    answer_type: type[BaseModel] = create_model("Meetings", **fields)
    lines = [Listing(f"m{n + 1}", found[n].event.sentence.text[:_SHOWN]) for n in doubtful]
    answer = asker.ask(
        "meetings",
        {**shared, "meetings": lines},
        answer_type,
        max_tokens=_TOKENS_EACH * len(doubtful) + 10,
    )
    return [
        gathering
        for n, gathering in enumerate(found)
        if n not in doubtful or getattr(answer.value, f"m{n + 1}") == "yes"
    ]


def _sided(reading: Reading, cast: Cast) -> list[Gathering]:
    """The events with at least two sides, or a group that meets."""
    found: list[Gathering] = []
    for event in reading.events:
        people = _participants(reading, cast, event)
        groups = () if len(people) >= 2 else _groups(reading, cast, event)
        if len(people) + len(groups) >= 2 or any(g.type == "group" for g in groups):
            found.append(Gathering(event, (*people, *groups)))
    return found


def _participants(reading: Reading, cast: Cast, event: Event) -> tuple[Candidate, ...]:
    """Persons named where the article reports the meeting, or says who else was there."""
    places = [event.sentence]
    places += [s for s in event.support if reading.words_of_taking_part.within(s.text)]
    found: list[Candidate] = []
    for sentence in places:
        for figure in cast.named:
            if figure not in found and any(
                m.span.within(sentence) and _takes_part(reading.text, m, event)
                for m in figure.mentions
            ):
                found.append(figure)
    return tuple(found)


def _takes_part(text: str, mention: Mention, event: Event) -> bool:
    """Whether a mention stands for the person, not for something of theirs."""
    if _ISSUER.search(text[: mention.span.start][-60:]):
        return False
    after = text[mention.span.end :]
    possessed = _POSSESSIVE.match(after)
    return not possessed or after[possessed.end() :].lstrip().startswith(event.trigger.text)


def _groups(reading: Reading, cast: Cast, event: Event) -> tuple[Candidate, ...]:
    """Delegations, leaders and organizations of the sentence that reports the meeting."""
    inside = [m for m in event.people if not any(m.span.within(p.span) for p in _named(cast))]
    plural = [m for m in inside if m.kind == "description" and m.plural]
    sides = [m for m in inside if m.kind == "organization" and m.span != event.place]
    described = [m for m in inside if m.kind == "description" and not m.plural and m.country]
    chosen = plural or described or sides
    return tuple(dict.fromkeys(_figure(cast, m) for m in chosen[:4]))


def _figure(cast: Cast, mention: Mention) -> Candidate:
    return cast.owner(mention) or cast.add(mention)


def _named(cast: Cast) -> Sequence[Mention]:
    return [m for figure in cast.named for m in figure.mentions]


