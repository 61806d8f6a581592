"""A fixture: an article and what a careful reader finds in it, every part located."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from summarizer.article import Span, article_id
from summarizer.evals.gold_file import GoldFile, MeetingEntry, Split
from summarizer.evals.names import Everyone, GoldName
from summarizer.record import QuoteType


@dataclass(frozen=True)
class GoldStatement:
    """A statement of the gold; `index` is its place in the file.

    `content` is the whole reported clause of a mixed statement, else the same as `segments`.
    `speaker` is None if the article does not let one tell.
    """

    index: int
    quote_type: QuoteType
    speaker: GoldName | None
    speaker_mention: Span | None
    cue: Span | None
    segments: tuple[Span, ...]
    content: tuple[Span, ...]
    optional: bool = False


@dataclass(frozen=True)
class GoldParticipant:
    """Someone who takes part in a meeting of the gold."""

    index: int
    who: GoldName
    optional: bool = False


@dataclass(frozen=True)
class GoldMeeting:
    """A meeting of the gold; `places` are all of its right places, the best first."""

    index: int
    entry: MeetingEntry
    participants: tuple[GoldParticipant, ...]

    @property
    def optional(self) -> bool:
        """Whether it is right if found and no miss if not."""
        return self.entry.optional

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The place and the others that are accepted; empty if the article gives none."""
        own = (self.entry.place,) if self.entry.place is not None else ()
        return (*own, *self.entry.place_accept)


@dataclass(frozen=True)
class Fixture:
    """An article with its gold."""

    id: str
    text: str
    gold: GoldFile
    meetings: tuple[GoldMeeting, ...]
    statements: tuple[GoldStatement, ...]

    @property
    def split(self) -> Split | None:
        """`dev`, `holdout`, or None in a set without splits."""
        return self.gold.split

    @property
    def published(self) -> str | None:
        """When the article was published (ISO date), if known."""
        return self.gold.published

    @cached_property
    def everyone(self) -> Everyone:
        """All participants and speakers of the gold."""
        people = [person.who for meeting in self.meetings for person in meeting.participants]
        people += [one.speaker for one in self.statements if one.speaker is not None]
        return Everyone(tuple(dict.fromkeys(people)))

    @cached_property
    def article_id(self) -> str:
        """The id of a record's article that was read from the same text."""
        return article_id(self.text)

    @cached_property
    def sha256(self) -> str:
        """Of the text and the gold."""
        content = json.dumps([self.text, self.gold.model_dump(mode="json")], ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8")).hexdigest()
