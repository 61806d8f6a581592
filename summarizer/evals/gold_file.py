"""A fixture's gold file as people write it (`NN-slug.gold.json`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from summarizer.record import MeetingMode, MeetingStatus, QuoteType

Split = Literal["dev", "holdout"]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


class _Part(BaseModel):
    """A part of a gold file; a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ParticipantEntry(_Part):
    """Someone who takes part in a meeting."""

    name: Text
    accept: list[Text] = []
    """Other right forms of the name."""
    role: Text | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 3166-1 alpha-3."""
    organization: Text | None = None
    optional: bool = False


class MeetingEntry(_Part):
    """A meeting that the article reports or announces."""

    status: MeetingStatus
    date: Text | None
    """EDTF, or null if the article gives none."""
    date_text: Text | None
    mode: MeetingMode
    place: Text | None
    place_accept: list[Text] = []
    """Other right places."""
    participants: list[ParticipantEntry]
    topics: list[Text]
    outcomes: list[Text]
    optional: bool = False


class StatementEntry(_Part):
    """A statement that the article quotes or reports."""

    quote_type: QuoteType
    speaker: Text | None
    """Null if the article does not let one tell."""
    speaker_accept: list[Text] = []
    """Other right forms of the speaker's name."""
    speaker_mention: Text | None
    cue: Text | None
    segments: list[Text] = Field(min_length=1)
    """Exact parts of the article, in order, without quotation marks."""
    content: Text | None = None
    """The whole reported content of a mixed statement."""
    optional: bool = False


class GoldFile(_Part):
    """What a careful reader finds in one article."""

    id: Text
    source: Text
    license: Text
    published: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
    synthetic: bool = False
    split: Split | None = None
    style: Text | None = None
    tags: list[Text] = []
    notes: list[Text] = []
    meetings: list[MeetingEntry]
    statements: list[StatementEntry]
