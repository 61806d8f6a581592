"""A web page in one file: each record beside its article, opened from an index of all."""

from __future__ import annotations

from summarizer.record import Record
from summarizer.views.page import END, START, block
from summarizer.views.view import Look, View


def one(record: Record, look: Look) -> str:
    """The record as data of the page."""
    return block(record, text=look.text)


VIEW = View(one, start=START, end=END)
