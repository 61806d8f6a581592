"""What one article becomes: the fields of a record.

Vocabulary: source, cue and content for attributed speech (PARC 3.0, PolNeAR); EDTF for dates;
ISO 3166-1 alpha-3 for countries; Popolo for people; PLOVER for what counts as a meeting.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.article import Article, Span

SCHEMA_VERSION = "1"

PersonType = Literal["person", "organization", "group"]
MeetingStatus = Literal["held", "planned", "cancelled", "proposed"]
MeetingKind = Literal["talks", "visit", "summit", "call", "conference", "negotiation", "other"]
MeetingMode = Literal["in_person", "video", "phone", "correspondence", "hybrid", "unknown"]
QuoteType = Literal["direct", "mixed", "indirect"]
Severity = Literal["info", "warning", "error"]


class _Part(BaseModel):
    """A part of a record; unknown fields of later versions are kept."""

    model_config = ConfigDict(extra="allow", use_attribute_docstrings=True)


class PersonEvidence(_Part):
    """The words that give a person's role, rank and country."""

    role: list[Span] = []
    rank: list[Span] = []
    country: list[Span] = []


class Person(_Part):
    """Someone who took part or is quoted, once each."""

    id: str
    type: PersonType = "person"
    """`group` is a delegation, a side, or joint speakers."""
    name: str
    """As the article has it; of someone unnamed, the article's words for them."""
    role: str | None = None
    """Office or function, in the article's words."""
    rank: str | None = None
    """Military or diplomatic rank, in the article's words."""
    organization: str | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """ISO 3166-1 alpha-3, set only from the article's own words about this person."""
    country_text: str | None = None
    """The words that give the country."""
    evidence: PersonEvidence = PersonEvidence()
    mentions: list[Span] = Field(min_length=1)
    """Where the article names this person, descriptions included."""


class MeetingDate(_Part):
    """When a meeting took or takes place, with the article's words for it."""

    edtf: str
    """EDTF level 1; digits of a year that nothing gives are `X`."""
    text: str
    span: Span


class Place(_Part):
    """Where a meeting took or takes place, in the article's words."""

    name: str
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """ISO 3166-1 alpha-3."""
    span: Span


class Supported(_Part):
    """A short text with the places in the article that bear it out."""

    text: str
    support: list[Span] = Field(min_length=1)


class MeetingEvidence(_Part):
    """The words that make a meeting held or planned, a call or a summit, by video or in person."""

    status: list[Span] = []
    kind: list[Span] = []
    mode: list[Span] = []


class Meeting(_Part):
    """One meeting that the article reports or announces."""

    id: str
    status: MeetingStatus
    kind: MeetingKind = "other"
    mode: MeetingMode = "unknown"
    date: MeetingDate | None = None
    """Null if the article gives none."""
    place: Place | None = None
    """Null if the article gives none."""
    participants: list[str] = []
    """Ids of persons."""
    evidence: MeetingEvidence = MeetingEvidence()
    topics: list[Supported] = []
    outcomes: list[Supported] = []


class Statement(_Part):
    """Attributed speech: its source (`speaker`, `speaker_mention`), cue and content (`spans`)."""

    id: str
    meeting: str | None = None
    """Id of the meeting it was made at; null if it was made elsewhere."""
    quote_type: QuoteType
    """Computed from the quotation marks of the article."""
    speaker: str | None = None
    """Id of a person; null if the article does not let one tell."""
    confidence: float | None = None
    """How sure the speaker is, 0 to 1: the model's probability, or how often its rule was right."""
    decided_by: str | None = None
    """What told the speaker: `model`, or the kind of source that a rule resolved."""
    speaker_mention: Span | None = None
    """The words that name the speaker here."""
    cue: Span | None = None
    """The reporting word: "said", "stressed"."""
    addressee: str | None = None
    """Id of a person."""
    spans: list[Span] = Field(min_length=1)
    """The words themselves, without quotation marks; several when they are interrupted."""
    content_spans: list[Span] = Field(min_length=1)
    """The whole reported clause of a mixed statement; else the same as `spans`."""
    text: str
    """The text of `spans`, joined by one space."""
    gist: str | None = None
    topics: list[str] = []


class Summary(_Part):
    """A summary, whole and sentence by sentence."""

    text: str
    """The sentences, joined by one space."""
    sentences: list[Supported] = Field(min_length=1)


class Check(_Part):
    """Something that a reader should look at."""

    code: str
    severity: Severity
    where: str
    """The field's path in the record: `statements[3].speaker`."""
    message: str
    span: Span | None = None


class PromptIdentity(_Part):
    """Which prompt was used."""

    name: str
    version: str
    sha256: str
    """Of the exact messages, schemas and parameters that were sent."""


class RecordUsage(_Part):
    """What one article took."""

    calls: int = 0
    attempts: int = 0
    """Calls with their re-asks."""
    from_cache: int = 0
    """Attempts that were answered from the cache, and cost nothing."""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


class Provenance(_Part):
    """What made the record."""

    prompt: PromptIdentity
    model: str
    endpoint: str
    """`local` for the embedded model, else the address."""
    parameters: dict[str, float | int | str | bool | None]
    summarizer_version: str
    created: str
    """ISO 8601, in UTC."""
    seconds: float
    """Wall time of the article, loading the model left out."""
    usage: RecordUsage


class Record(_Part):
    """One article in, one record out: `summarizer.record.check_record` says what always holds."""

    schema_version: str = SCHEMA_VERSION
    article: Article
    persons: list[Person] = []
    meetings: list[Meeting] = []
    statements: list[Statement] = []
    summary: Summary | None = None
    """Null if the prompt does not ask for one."""
    checks: list[Check] = []
    provenance: Provenance
