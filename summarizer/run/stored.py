"""Records that were written: a file of JSON or JSON Lines, or a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from summarizer.errors import InputError, RecordError
from summarizer.record import Record, load_record, load_records
from summarizer.storage import told

_MAGIC = b"SQLite format 3\x00"


def stored_records(path: Path) -> Iterator[Record]:
    """The records of a `.json`, `.jsonl` or `.db` file, one at a time, each verified.

    Raises:
        InputError: the file cannot be read, or holds no record.
        RecordError: naming the place in the file, and the first field that is wrong.
        StorageError: the database is damaged.
    """
    try:
        with path.open("rb") as file:
            is_database = file.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    yield from _rows(path) if is_database else load_records(path)


def _rows(path: Path) -> Iterator[Record]:
    with (
        told(path, "database"),
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'records'")
        if tables.fetchone() is None:
            raise InputError("is a database without records", where=str(path))
        found = connection.execute("SELECT position, record FROM records ORDER BY position")
        for position, content in found:
            try:
                yield load_record(content)
            except RecordError as error:
                where = f"{path}: record {position}" + (f": {error.where}" if error.where else "")
                raise RecordError(error.message, where=where) from None
