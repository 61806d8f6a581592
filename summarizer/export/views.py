"""The three tables that spreadsheets and data frames get, from the views of the database."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from summarizer.export.sqlite import write
from summarizer.record import Record

Value = str | int | float | None

_VIEWS = {
    "meetings": "meetings_reported",
    "participants": "who_took_part",
    "statements": "who_said_what",
}
_NUMBERS = frozenset(
    (
        *("meeting", "event", "who", "statement", "article", "reported_by"),
        *("first_character", "last_character"),
    )
)


@dataclass(frozen=True)
class Table:
    """A table by name; `rows` are read as they are taken, and once."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[Value, ...]]


@contextmanager
def tables(records: Iterable[Record]) -> Iterator[Iterator[Table]]:
    """The tables, from a database that is gone when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.db"
        write(records, path)
        with closing(sqlite3.connect(path)) as connection:
            yield (_table(connection, name, view) for name, view in _VIEWS.items())


def column_type(name: str) -> type[str] | type[int] | type[float]:
    """What the values of a column are, where they are not null."""
    return int if name in _NUMBERS else float if name == "confidence" else str


def _table(connection: sqlite3.Connection, name: str, view: str) -> Table:
    rows = connection.execute(f"SELECT * FROM {view}")
    return Table(name, tuple(column[0] for column in rows.description), rows)
