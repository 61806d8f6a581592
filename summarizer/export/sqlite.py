"""SQLite: the database that a run writes as well, which Datasette opens as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from summarizer.export.form import Form
from summarizer.record import Record
from summarizer.run import open_database


def write(records: Iterable[Record], path: Path) -> None:
    """All records, and tables of what is in them."""
    with open_database(path, text=True) as database:
        for record in records:
            database.add_record(record)


FORM = Form("one database: tables with foreign keys, full-text search, views", write)
