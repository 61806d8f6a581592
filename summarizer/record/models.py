"""What one article becomes: the fields of a record, as the contract fixes them.

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
MeetingKind = Literal[
    "talks", "visit", "summit", "call", "conference", "negotiation", "other"
]
MeetingMode = Literal["in_person", "video", "phone", "correspondence", "hybrid", "unknown"]
QuoteType = Literal["direct", "mixed", "indirect"]
Severity = Literal["info", "warning", "error"]


class _Part(BaseModel):
    """A part of a record; unknown fields of later versions are kept."""

    model_config = ConfigDict(extra="allow")


class PersonEvidence(_Part):
    """The words that give a person's role, rank and country."""

    role: list[Span] = []
    rank: list[Span] = []
    country: list[Span] = []


class Person(_Part):
    """Someone who took part or is quoted, once each; role, rank and organization are the article's words."""

    id: str
    type: PersonType = "person"
    name: str
    role: str | None = None
    rank: str | None = None
    organization: str | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    country_text: str | None = None
    evidence: PersonEvidence = PersonEvidence()
    mentions: list[Span] = Field(min_length=1)


class MeetingDate(_Part):
    """When a meeting took or takes place: EDTF, and the article's words for it."""

    edtf: str
    text: str
    span: Span


class Place(_Part):
    """Where a meeting took or takes place, in the article's words."""

    name: str
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
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
    """One meeting that the article reports or announces; participants are ids of persons."""

    id: str
    status: MeetingStatus
    kind: MeetingKind = "other"
    mode: MeetingMode = "unknown"
    date: MeetingDate | None = None
    place: Place | None = None
    participants: list[str] = []
    evidence: MeetingEvidence = MeetingEvidence()
    topics: list[Supported] = []
    outcomes: list[Supported] = []


class Statement(_Part):
    """Attributed speech: source (`speaker`, `speaker_mention`), cue, and content (`spans`).

    `spans` leave the quotation marks out; `content_spans` are the whole reported clause of a
    mixed statement, else the same as `spans`; `text` is the spans' text joined by one space.
    """

    id: str
    meeting: str | None = None
    quote_type: QuoteType
    speaker: str | None = None
    speaker_mention: Span | None = None
    cue: Span | None = None
    addressee: str | None = None
    spans: list[Span] = Field(min_length=1)
    content_spans: list[Span] = Field(min_length=1)
    text: str
    gist: str | None = None
    topics: list[str] = []


class Summary(_Part):
    """A summary, whole and sentence by sentence."""

    text: str
    sentences: list[Supported]


class Check(_Part):
    """Something a reader should look at: `where` is the field's path in the record."""

    code: str
    severity: Severity
    where: str
    message: str
    span: Span | None = None


class PromptIdentity(_Part):
    """Which prompt; `sha256` is of the exact messages, schemas and parameters that were sent."""

    name: str
    version: str
    sha256: str


class RecordUsage(_Part):
    """Calls, attempts (re-asks included) and tokens of one article; money in US dollars or null."""

    calls: int = 0
    attempts: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


class Provenance(_Part):
    """What made the record; `seconds` is the wall time of the article, loading the model left out."""

    prompt: PromptIdentity
    model: str
    endpoint: str
    parameters: dict[str, float | int | str | bool | None]
    summarizer_version: str
    created: str
    seconds: float
    usage: RecordUsage


class Record(_Part):
    """One article, verified: see `summarizer.record.check` for what always holds."""

    schema_version: str = SCHEMA_VERSION
    article: Article
    persons: list[Person] = []
    meetings: list[Meeting] = []
    statements: list[Statement] = []
    summary: Summary | None = None
    checks: list[Check] = []
    provenance: Provenance
