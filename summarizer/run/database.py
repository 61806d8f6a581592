"""Records in a SQLite file: one row each, in input order."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.run.entry import Entry
from summarizer.storage import told

_SCHEMA = """
CREATE TABLE records (
    position INTEGER PRIMARY KEY, uri TEXT, article_id TEXT NOT NULL, record TEXT NOT NULL
)
"""
_KIND = "database"


class Database:
    """A file of records that grows by one at a time; `count` tells how many it holds."""

    def __init__(self, connection: sqlite3.Connection, *, text: bool) -> None:
        self._connection = connection
        self._text = text
        self.count = 0

    def add(self, entry: Entry) -> None:
        """Add the record of an entry."""
        line = entry.line(text=self._text).rstrip("\n")
        self._connection.execute(
            "INSERT INTO records SELECT ?, ?, json_extract(?, '$.article.id'), ?",
            (self.count, entry.uri, line, line),
        )
        self.count += 1


@contextmanager
def open_database(path: Path, *, text: bool) -> Iterator[Database]:
    """A database that takes the place of `path` when the block ends, however it ends.

    Args:
        path: the file; with no record, whatever lies there stays.
        text: whether the records keep their articles' texts.

    Raises:
        StorageError: the file cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    with told(path, _KIND):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        connection = sqlite3.connect(part)
        try:
            # One transaction, and nobody reads before its end: no journal is needed.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(_SCHEMA)
            database = Database(connection, text=text)
            try:
                yield database
            finally:
                if database.count:
                    connection.commit()
                    connection.close()
                    os.replace(part, path)
        finally:
            connection.close()
            part.unlink(missing_ok=True)
