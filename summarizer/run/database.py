"""Records in a SQLite file: whole, one row each in input order, and as tables that tell more."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from summarizer.errors import InputError, RecordError
from summarizer.record import Record, dump_record, load_record, load_records
from summarizer.run.entry import Entry
from summarizer.run.tables import Tables
from summarizer.storage import told

_SUFFIX = ".db"
_KIND = "database"


class Database:
    """A file of records that grows by one at a time; `count` tells how many it holds."""

    def __init__(self, connection: sqlite3.Connection, *, text: bool) -> None:
        self._connection = connection
        self._text = text
        self._tables = Tables(connection)
        self.count = 0

    def add(self, entry: Entry) -> None:
        """Add the record of an entry."""
        line = entry.line(text=self._text).rstrip("\n")
        self._add(Record.model_validate_json(line), line, entry.uri)

    def add_record(self, record: Record) -> None:
        """Add a record."""
        self._add(record, dump_record(record, text=self._text), record.article.uri)

    def finish(self) -> None:
        """Add what several records have in common."""
        self._tables.finish()

    def _add(self, record: Record, line: str, uri: str | None) -> None:
        row = (self.count, uri, record.article.id, line)
        self._connection.execute("INSERT INTO records VALUES (?, ?, ?, ?)", row)
        self._tables.add(self.count, record)
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
            schema = files("summarizer.run") / "database.sql"
            connection.executescript(schema.read_text(encoding="utf-8"))
            connection.execute("BEGIN")
            database = Database(connection, text=text)
            try:
                yield database
            finally:
                if database.count:
                    database.finish()
                    connection.commit()
                    connection.close()
                    os.replace(part, path)
        finally:
            connection.close()
            part.unlink(missing_ok=True)


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file that this program wrote, one at a time, each verified again.

    Args:
        path: `.db`, or whatever `load_records` reads.

    Raises:
        InputError: the file is not there or holds no record.
        RecordError: naming the record and the first field that is wrong.
        StorageError: it is no database of records.
    """
    if path.suffix.lower() != _SUFFIX:
        yield from load_records(path)
        return
    if not path.is_file():
        raise InputError("is not there", where=str(path))
    with (
        told(path, _KIND),
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file,
    ):
        empty = True
        for position, line in file.execute("SELECT position, record FROM records ORDER BY 1"):
            empty = False
            try:
                yield load_record(line)
            except RecordError as error:
                where = f"{path}[{position}]" + (f": {error.where}" if error.where else "")
                raise RecordError(error.message, where=where) from None
    if empty:
        raise InputError("holds no record", where=str(path))
