"""The ledger's tables, and reading what they say."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from summarizer.errors import StorageError, error_of
from summarizer.model import Usage
from summarizer.run.entry import Entry, RunInfo
from summarizer.run.work import UNFINISHED, Identity, State
from summarizer.storage import Damaged, open_storage, told

SUFFIX = ".ledger"
KIND = "ledger"
_VERSION = 2
_SCHEMA = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, ending TEXT,
    prompt TEXT NOT NULL, prompt_sha256 TEXT NOT NULL, model TEXT NOT NULL, endpoint TEXT NOT NULL
);
CREATE TABLE works (
    key TEXT PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs (id), state TEXT NOT NULL,
    code TEXT, message TEXT, place TEXT, hint TEXT, record TEXT,
    seconds REAL NOT NULL, finished TEXT NOT NULL
);
CREATE TABLE spent (
    key TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs (id),
    calls INTEGER NOT NULL, attempts INTEGER NOT NULL, from_cache INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL, cost_usd REAL,
    PRIMARY KEY (key, run)
) WITHOUT ROWID;
CREATE TABLE inputs (
    position INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT, article_id TEXT,
    uri TEXT, title TEXT, publisher TEXT, source_id TEXT,
    message TEXT, place TEXT, hint TEXT, page TEXT
);
CREATE INDEX inputs_by_key ON inputs (key);
CREATE VIEW states AS
    SELECT inputs.position, inputs.name,
        CASE WHEN inputs.key IS NULL THEN 'unreadable' ELSE works.state END AS state
    FROM inputs LEFT JOIN works ON works.key = inputs.key
"""


class LedgerReader(AbstractContextManager["LedgerReader"]):
    """A ledger to look into, also while a run works on it.

    Raises:
        StorageError: there is none, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise StorageError("there is no such ledger", where=str(path))
        self.path = path
        self._connection = open_ledger(path)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    def is_answered(self, key: str) -> bool:
        """Whether the same command would leave this task as it is."""
        with told(self.path, KIND):
            row = self._connection.execute(
                "SELECT state FROM works WHERE key = ?", (key,)
            ).fetchone()
        return row is not None and row[0] not in UNFINISHED

    def runs(self) -> list[RunInfo]:
        """All runs, the latest first."""
        with told(self.path, KIND):
            return list(runs_of(self._connection))

    def states(self) -> Counter[State | None]:
        """How many inputs of the latest run are in which state; null is not done yet."""
        with told(self.path, KIND):
            rows = self._connection.execute("SELECT state, count(*) FROM states GROUP BY state")
            return Counter(dict(rows.fetchall()))

    def entries(self) -> Iterator[Entry]:
        """The inputs of the latest run in order."""
        with told(self.path, KIND):
            for row in self._connection.execute(f"{ENTRIES} ORDER BY position"):
                yield entry_of(row)

    def spent(self, run: int | None = None) -> tuple[Usage, float | None]:
        """What one run, or all of them, cost."""
        with told(self.path, KIND):
            return spent_by(self._connection, run)


ENTRIES = """
SELECT position, name, uri, title, publisher, source_id, page, inputs.key,
    inputs.message, inputs.place, inputs.hint,
    works.code, works.message, works.place, works.hint, works.record
FROM inputs LEFT JOIN works ON works.key = inputs.key
"""


def open_ledger(path: Path) -> sqlite3.Connection:
    """A connection to a ledger, which is made if it is not there."""
    connection = open_storage(path, kind=KIND, version=_VERSION, schema=_SCHEMA)
    try:
        with told(path, KIND):
            _update(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _update(connection: sqlite3.Connection) -> None:
    """Add what a ledger of the first version does not have: the pages that were kept."""
    version = "PRAGMA user_version"
    if connection.execute(version).fetchone() == (1,):
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute(version).fetchone() == (1,):
            connection.execute("ALTER TABLE inputs ADD COLUMN page TEXT")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.commit()


def entry_of(row: tuple[object, ...] | None) -> Entry:
    """The entry in a row of `ENTRIES`.

    Raises:
        Damaged: there is no row, or a value in it is none that is ever written.
    """
    position, name, uri, title, publisher, source_id, page, key, *rest = _texts(row)
    wrong, outcome, record = rest[:3], rest[3:7], rest[7]
    result: object
    error = ("unreadable", *wrong) if key is None else outcome
    if key is not None and record is not None:
        result = record
    elif error[0] is not None and error[1] is None:
        raise Damaged
    else:
        result = error_of(*error) if error[0] else None
    return Entry(position, name, uri, title, publisher, source_id, page, result)  # type: ignore[arg-type]


def _texts(row: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """A row whose values, but for the number at its beginning, are texts or null."""
    if row is None or not all(value is None or isinstance(value, str) for value in row[1:]):
        raise Damaged
    return row


def runs_of(connection: sqlite3.Connection) -> Iterator[RunInfo]:
    """All runs, the latest first."""
    rows = connection.execute(
        "SELECT id, started, ended, ending, prompt, prompt_sha256, model, endpoint "
        "FROM runs ORDER BY id DESC"
    )
    for row in rows:
        number, started, ended, ending, *identity = _texts(row)
        yield RunInfo(number, started, ended, ending, Identity(*identity))


def spent_by(connection: sqlite3.Connection, run: int | None) -> tuple[Usage, float | None]:
    """What one run, or all of them, cost; null dollars if no price is known."""
    names = [name for name in asdict(Usage())]
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in names)
    where, values = ("", ()) if run is None else ("WHERE run = ?", (run,))
    *counts, cost = connection.execute(
        f"SELECT {sums}, sum(cost_usd) FROM spent {where}", values
    ).fetchone()
    return Usage(**dict(zip(names, counts, strict=True))), cost
