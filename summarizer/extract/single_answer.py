"""What a model returns that is asked for everything at once: names, choices and copied words.

Every list and every string is bounded, since a model that repeats itself would never stop.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from summarizer.record import MeetingKind, MeetingMode, MeetingStatus, PersonType

Name = Annotated[str, Field(min_length=1, max_length=100)]
Phrase = Annotated[str, Field(min_length=1, max_length=160)]
Passage = Annotated[str, Field(min_length=1, max_length=600)]
Quoted = Annotated[str, Field(min_length=1, max_length=1500)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PersonAnswer(_Part):
    """Someone who took part or is quoted. `country` are the words that give it."""

    name: Name
    type: PersonType
    role: Phrase | None
    rank: Phrase | None
    country: Phrase | None
    organization: Phrase | None


class MeetingAnswer(_Part):
    """A meeting; `…_words` are the article's words that make it so, `date` and `place` its own."""

    status: MeetingStatus
    status_words: Phrase
    kind: MeetingKind
    kind_words: Phrase | None
    mode: MeetingMode
    mode_words: Phrase | None
    date: Phrase | None
    place: Phrase | None
    participants: Annotated[list[Name], Field(max_length=12)]
    topics: Annotated[list[Phrase], Field(max_length=4)]
    outcomes: Annotated[list[Passage], Field(max_length=3)]


class StatementAnswer(_Part):
    """Attributed speech. `clause` is what is reported in other than quoted words."""

    speaker: Name | None
    speaker_mention: Phrase | None
    cue: Phrase | None
    quotations: Annotated[list[Quoted], Field(max_length=4)]
    clause: Passage | None


class SentenceAnswer(_Part):
    """A sentence of the summary, with the words of the article that bear it out."""

    text: Annotated[str, Field(min_length=1, max_length=300)]
    support: Passage


STATEMENTS = 30


class RecordAnswer(_Part):
    """Everything about one article."""

    persons: Annotated[list[PersonAnswer], Field(max_length=16)]
    meetings: Annotated[list[MeetingAnswer], Field(max_length=4)]
    statements: Annotated[list[StatementAnswer], Field(max_length=STATEMENTS)]
    summary: Annotated[list[SentenceAnswer], Field(max_length=3)]
