"""The ledger of a run: for every input exactly one state, on disk before it is counted.

One SQLite file beside the output. It outlives the program: the same command again reads it, and
pays only for what is missing. Values are plain text and JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal

from filelock import FileLock, Timeout

from summarizer.article import Article
from summarizer.errors import InputError, StorageError
from summarizer.model import Usage
from summarizer.run.batch_book import BatchBook
from summarizer.run.entry import Entry, RunInfo
from summarizer.run.ledger_read import ENTRIES, KIND, entry_of, open_ledger, runs_of, spent_by
from summarizer.run.work import Done, Identity, Spent, State
from summarizer.storage import told

# `waiting` is for answers that come later; the same command then goes on with the same run.
Ending = Literal["finished", "interrupted", "budget", "failed", "waiting"]


class Ledger(AbstractContextManager["Ledger"]):
    """A ledger that is open for one run; entering takes it for this process alone.

    Nothing is on disk before `commit`.

    Args:
        path: the file; it is made if it is not there.

    Raises:
        StorageError: the file cannot be used, or another process works on it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path.with_name(path.name + ".lock"))

    def __enter__(self) -> Ledger:
        with told(self.path, KIND):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise StorageError(
                    "another process is working on this ledger",
                    where=str(self.path),
                    hint="Wait until it ends, or name another `--out`.",
                ) from None
        try:
            self._connection = open_ledger(self.path)
        except BaseException:
            self._release()
            raise
        self._run = 0
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            with told(self.path, KIND):
                self._connection.close()
        finally:
            self._release()

    def _release(self) -> None:
        # Removed while it is held: a process that waits for it makes a new one.
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    @property
    def batches(self) -> BatchBook:
        """The batches of the provider that this ledger has sent."""
        with told(self.path, KIND):
            return BatchBook(self._connection, self._run)

    def clear(self) -> None:
        """Forget everything, to begin anew."""
        with told(self.path, KIND):
            for table in ("inputs", "spent", "works", "runs"):
                self._connection.execute(f"DELETE FROM {table}")
            self._connection.commit()

    def last_run(self) -> RunInfo | None:
        """The latest run, if there was one."""
        with told(self.path, KIND):
            return next(runs_of(self._connection), None)

    def begin(self, identity: Identity) -> tuple[int, float]:
        """Begin a run, or go on with one of the same identity that was cut off.

        Returns:
            The tokens and the US dollars that were spent in it so far.
        """
        last = self.last_run()
        with told(self.path, KIND):
            goes_on = last and (last.ended is None or last.ending == "waiting")
            if last and goes_on and last.identity == identity:
                self._run = last.id
                self._connection.execute(
                    "UPDATE runs SET ended = NULL, ending = NULL WHERE id = ?", (last.id,)
                )
            else:
                added = self._connection.execute(
                    "INSERT INTO runs (started, prompt, prompt_sha256, model, endpoint) "
                    "VALUES (:started, :prompt, :prompt_sha256, :model, :endpoint)",
                    {"started": _now(), **asdict(identity)},
                )
                self._run = added.lastrowid or 0
                self._connection.commit()
                return 0, 0.0  # to add up a million rows takes seconds
            self._connection.commit()
        usage, cost = self.spent()
        return usage.tokens, cost or 0.0

    def end(self, ending: Ending, inputs: int | None) -> None:
        """End the run; `inputs` is how many there were in all, if the list was read to its end."""
        with told(self.path, KIND):
            self._connection.execute(
                "UPDATE runs SET ended = ?, ending = ? WHERE id = ?", (_now(), ending, self._run)
            )
            if inputs is not None:
                self._connection.execute("DELETE FROM inputs WHERE position >= ?", (inputs,))
            self._connection.commit()

    def state(self, key: str) -> State | None:
        """The state of a task, if it was ever done."""
        with told(self.path, KIND):
            row = self._connection.execute(
                "SELECT state FROM works WHERE key = ?", (key,)
            ).fetchone()
        return row[0] if row else None

    def place(self, position: int, source: Article | InputError, key: str | None) -> bool:
        """Enter what is read at a position of the inputs.

        Returns:
            Whether the same input was another article before.
        """
        row: tuple[str | None, ...]
        if isinstance(source, InputError):
            name, article = source.where or "input", None
            row = (*[None] * 6, source.message, source.where, source.hint, None)
        else:
            name, article = source.uri or "standard input", source.id
            row = (key, article, source.uri, source.title, source.publisher, source.source_id)
            page = source.page.model_dump_json() if source.page else None
            row += (None, None, None, page)
        with told(self.path, KIND):
            before = self._connection.execute(
                "SELECT name, article_id FROM inputs WHERE position = ?", (position,)
            ).fetchone()
            self._connection.execute(
                f"INSERT OR REPLACE INTO inputs VALUES ({', '.join('?' * 12)})",
                (position, name, *row),
            )
        return bool(before and before[1] and before[0] == name and before[1] != article)

    def spend(self, spent: Spent) -> None:
        """Add what an answer cost to its task; an unknown cost stays unknown."""
        usage = asdict(spent.usage)
        names = ", ".join(usage)
        sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in (*usage, "cost_usd"))
        with told(self.path, KIND):
            self._connection.execute(
                f"INSERT INTO spent (key, run, {names}, cost_usd) "
                f"VALUES ({', '.join('?' * (len(usage) + 3))}) "
                f"ON CONFLICT (key, run) DO UPDATE SET {sums}",
                (spent.key, self._run, *usage.values(), spent.cost_usd),
            )

    def finish(self, done: Done) -> None:
        """Enter what became of a task."""
        outcome: tuple[str | None, ...]
        if isinstance(done.result, str):
            outcome = (None, None, None, None, done.result)
        else:
            error = done.result
            outcome = (error.code, error.message, error.where, error.hint, None)
        with told(self.path, KIND):
            self._connection.execute(
                f"INSERT OR REPLACE INTO works VALUES ({', '.join('?' * 10)})",
                (done.key, self._run, done.state, *outcome, done.seconds, _now()),
            )

    def commit(self) -> None:
        """Put on disk whatever was entered."""
        with told(self.path, KIND):
            self._connection.commit()

    def entry(self, position: int) -> Entry:
        """The input at a position."""
        with told(self.path, KIND):
            row = self._connection.execute(f"{ENTRIES} WHERE position = ?", (position,)).fetchone()
            return entry_of(row)

    def leftovers(self, position: int) -> Iterator[Entry]:
        """Inputs from a position on that have a record of this identity from an earlier run."""
        with told(self.path, KIND):
            rows = self._connection.execute(
                f"{ENTRIES} JOIN runs ON runs.id = works.run "
                "JOIN runs AS this ON this.id = ? AND this.model = runs.model "
                "AND this.prompt_sha256 = runs.prompt_sha256 AND this.endpoint = runs.endpoint "
                "WHERE position >= ? AND works.record IS NOT NULL ORDER BY position",
                (self._run, position),
            )
            for row in rows:
                yield entry_of(row)

    def spent(self) -> tuple[Usage, float | None]:
        """What this run has cost; null dollars if no price is known."""
        with told(self.path, KIND):
            return spent_by(self._connection, self._run)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
