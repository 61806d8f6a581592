"""The book of batches, in the ledger: which requests are on their way, and what became of them.

A batch is entered before its file is stored, the file before the batch is begun, and what came of
it together with what it cost, so that whoever opens the ledger next knows where to go on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

RequestState = Literal["waiting", "again", "answered", "failed"]
BatchStage = Literal["planned", "stored", "working", "done"]

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, run INTEGER NOT NULL, "
    "name TEXT NOT NULL, stage TEXT NOT NULL, file TEXT, batch TEXT, status TEXT)",
    "CREATE TABLE IF NOT EXISTS batch_requests (request TEXT PRIMARY KEY, task TEXT NOT NULL, "
    "batch INTEGER NOT NULL REFERENCES batches (number), state TEXT NOT NULL, "
    "tries INTEGER NOT NULL, tokens INTEGER NOT NULL, cost_usd REAL NOT NULL, "
    "status INTEGER, said TEXT) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS batch_requests_by_batch ON batch_requests (batch, state)",
)
MOST_TRIES = 3  # of one request


@dataclass(frozen=True)
class Wanted:
    """A request that has to be asked, for a task, and the most that it takes."""

    request: str
    task: str
    tokens: int
    cost_usd: float


@dataclass(frozen=True)
class BatchRow:
    """A batch as the book has it; `file` and `batch` are the provider's ids, once known."""

    number: int
    name: str
    stage: BatchStage
    file: str | None
    batch: str | None
    status: str | None
    requests: int


class BatchBook:
    """The tables of one ledger. Nothing is on disk before the ledger is committed.

    Args:
        connection: the ledger's.
        run: the run that goes on now; what failed for good in an earlier one is tried anew.
    """

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._connection = connection
        self._run = run
        for statement in _SCHEMA:
            connection.execute(statement)

    def batches(self, *, open_only: bool = True) -> list[BatchRow]:
        """The batches in the order they were planned in."""
        where = "WHERE stage != 'done'" if open_only else ""
        rows = self._connection.execute(
            "SELECT number, name, stage, file, batches.batch, status, (SELECT count(*) FROM "
            "batch_requests WHERE batch_requests.batch = number) "
            f"FROM batches {where} ORDER BY number"
        )
        return [BatchRow(*row) for row in rows]

    def plan(self, name: str, requests: Iterable[Wanted]) -> int:
        """Enter a batch that is about to be sent; gives its number."""
        added = self._connection.execute(
            "INSERT INTO batches (run, name, stage) VALUES (?, ?, 'planned')", (self._run, name)
        )
        number = added.lastrowid or 0
        self._connection.executemany(
            "INSERT INTO batch_requests (request, task, batch, state, tries, tokens, cost_usd) "
            "VALUES (?, ?, ?, 'waiting', 1, ?, ?) ON CONFLICT (request) DO UPDATE SET "
            "task = excluded.task, batch = excluded.batch, state = 'waiting', "
            "tries = CASE state WHEN 'failed' THEN 1 ELSE tries + 1 END",
            [(one.request, one.task, number, one.tokens, one.cost_usd) for one in requests],
        )
        return number

    def step(
        self,
        number: int,
        stage: BatchStage,
        *,
        file: str | None = None,
        batch: str | None = None,
        status: str | None = None,
    ) -> None:
        """Enter how far a batch has got; what is not given stays as it is."""
        self._connection.execute(
            "UPDATE batches SET stage = ?, file = coalesce(?, file), "
            "batch = coalesce(?, batch), status = coalesce(?, status) WHERE number = ?",
            (stage, file, batch, status, number),
        )

    def drop(self, number: int) -> None:
        """Forget a batch that was never sent."""
        self.release(number, counted=False)
        self._connection.execute("DELETE FROM batches WHERE number = ?", (number,))

    def answered(self, request: str) -> str | None:
        """Enter that an answer has come; gives its task if it was not entered before."""
        row = self._connection.execute(
            "UPDATE batch_requests SET state = 'answered' WHERE request = ? "
            "AND state = 'waiting' RETURNING task",
            (request,),
        ).fetchone()
        return row[0] if row else None

    def failed(self, request: str, status: int | None, said: Mapping[str, Any], last: bool) -> None:
        """Enter an error; unless it is the `last` word, the request is asked again a few times."""
        self._connection.execute(
            "UPDATE batch_requests SET status = ?, said = ?, "
            "state = CASE WHEN ? OR tries >= ? THEN 'failed' ELSE 'again' END "
            "WHERE request = ? AND state = 'waiting'",
            (status, json.dumps(said), last, MOST_TRIES, request),
        )

    def release(self, number: int, *, counted: bool, said: str = "") -> None:
        """Have what is still waiting in a batch asked again; `counted` if that was a try."""
        self._connection.execute(
            "UPDATE batch_requests SET said = ?, tries = tries - ?, "
            "state = CASE WHEN ? AND tries >= ? THEN 'failed' ELSE 'again' END "
            "WHERE batch = ? AND state = 'waiting'",
            (json.dumps({"message": said}), not counted, counted, MOST_TRIES, number),
        )

    def state(self, request: str) -> RequestState | None:
        """Where a request stands; None if it was never wanted."""
        row = self._connection.execute(
            "SELECT state FROM batch_requests WHERE request = ?", (request,)
        ).fetchone()
        return row[0] if row else None

    def error(self, request: str) -> tuple[int | None, dict[str, Any]] | None:
        """The error that a request got for good in this run."""
        row = self._connection.execute(
            "SELECT batch_requests.status, said FROM batch_requests "
            "JOIN batches ON number = batch_requests.batch "
            "WHERE request = ? AND state = 'failed' AND run = ?",
            (request, self._run),
        ).fetchone()
        return (row[0], json.loads(row[1] or "{}")) if row else None

    def reserved(self) -> tuple[int, float]:
        """The most tokens and US dollars that what is on its way takes."""
        row = self._connection.execute(
            "SELECT coalesce(sum(tokens), 0), coalesce(sum(cost_usd), 0.0) FROM batch_requests "
            "WHERE state = 'waiting'"
        ).fetchone()
        return int(row[0]), float(row[1])
