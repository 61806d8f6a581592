"""The record that one article becomes: its fields, invariants, schema, and JSON."""

from summarizer.record.dates import date_problem
from summarizer.record.invariants import check_record, verify
from summarizer.record.io import dump_record, load_record, load_records, relabelled
from summarizer.record.models import (
    SCHEMA_VERSION,
    Check,
    Meeting,
    MeetingDate,
    MeetingEvidence,
    MeetingKind,
    MeetingMode,
    MeetingStatus,
    Person,
    PersonEvidence,
    PersonType,
    Place,
    PromptIdentity,
    Provenance,
    QuoteType,
    Record,
    RecordUsage,
    Severity,
    Statement,
    Summary,
    Supported,
)
from summarizer.record.paths import FieldAt, check_path, field_at
from summarizer.record.schema import record_schema
from summarizer.record.speech import Quoted, quoted
from summarizer.record.terms import missing_words, unsupported_terms
from summarizer.record.violation import Violation
from summarizer.record.walk import spans_of

__all__ = [
    "SCHEMA_VERSION",
    "Check",
    "FieldAt",
    "Meeting",
    "MeetingDate",
    "MeetingEvidence",
    "MeetingKind",
    "MeetingMode",
    "MeetingStatus",
    "Person",
    "PersonEvidence",
    "PersonType",
    "Place",
    "PromptIdentity",
    "Provenance",
    "QuoteType",
    "Quoted",
    "Record",
    "RecordUsage",
    "Severity",
    "Statement",
    "Summary",
    "Supported",
    "Violation",
    "check_path",
    "check_record",
    "date_problem",
    "dump_record",
    "field_at",
    "load_record",
    "load_records",
    "missing_words",
    "quoted",
    "record_schema",
    "relabelled",
    "spans_of",
    "unsupported_terms",
    "verify",
]
