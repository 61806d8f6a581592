"""One JSON object, indented; several records are JSON Lines."""

from __future__ import annotations

from summarizer.record import Record, dump_record
from summarizer.views.view import Look, View


def one(record: Record, look: Look) -> str:
    """The record over several lines."""
    return dump_record(record, text=look.text, indent=2) + "\n"


def line(record: Record, look: Look) -> str:
    """The record on one line."""
    return dump_record(record, text=look.text) + "\n"


VIEW = View(one, many=line)
