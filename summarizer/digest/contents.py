"""What a digest says, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summarizer.digest.period import Period
from summarizer.linkage import Report
from summarizer.record import QuoteType


@dataclass(frozen=True)
class Source:
    """An article: what it is called, where it is (`http(s)` only), and when it came out."""

    number: int
    name: str
    link: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True)
class Who:
    """Someone, across articles; `about` is office and rank as one of the articles has them."""

    number: int
    name: str
    country: str | None
    about: str | None
    group: bool


@dataclass(frozen=True)
class Told:
    """What one article says of a meeting, with its words for the date."""

    source: Source
    report: Report
    date_text: str | None


@dataclass(frozen=True)
class Event:
    """A meeting, however many articles tell of it; `differing` names what they disagree on."""

    number: int
    people: tuple[Who, ...]
    report: Report
    differing: tuple[str, ...]
    told: tuple[Told, ...]
    topics: tuple[str, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Saying:
    """One statement: its words, and where they stand."""

    words: str
    quote_type: QuoteType
    source: Source
    link: str | None
    start: int
    end: int
    event: int | None
    confidence: float | None


@dataclass(frozen=True)
class Voice:
    """What someone said, by topic; `who` is None where the articles do not tell."""

    who: Who | None
    topics: tuple[tuple[str | None, tuple[Saying, ...]], ...]

    @property
    def count(self) -> int:
        """How many statements."""
        return sum(len(sayings) for _, sayings in self.topics)


@dataclass(frozen=True)
class Pair:
    """Two who met, and at which events."""

    one: Who
    other: Who
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Digest:
    """A period. `undated` counts meetings that are left out because nothing tells their date."""

    period: Period
    events: tuple[Event, ...]
    pairs: tuple[Pair, ...]
    voices: tuple[Voice, ...]
    sources: tuple[Source, ...]
    undated: int

    @cached_property
    def people(self) -> tuple[Who, ...]:
        """Everyone who took part, groups left out."""
        there = dict.fromkeys(who for event in self.events for who in event.people)
        return tuple(who for who in there if not who.group)

    @property
    def statements(self) -> int:
        """How many statements."""
        return sum(voice.count for voice in self.voices)
