"""Answers that were paid for once, by the exact request; safe for threads and processes at once.

What is kept is one chat completion as the server gave it, wrong ones included: a request that was
answered in full is not sent again, whatever happened to the program afterwards.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from summarizer.storage import open_storage, told

DEFAULT_LIMIT = 2_000_000_000  # bytes
_KIND = "cache"
_VERSION = 1
_SCHEMA = """
CREATE TABLE answers (
    request TEXT PRIMARY KEY,
    completion BLOB NOT NULL,
    used TEXT NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX answers_by_use ON answers (used)
"""
_LOOK_EVERY = 200  # answers between two looks at the size
_SHARE_TO_DROP = 5  # one in so many, least recently used first


@dataclass(frozen=True)
class CacheInfo:
    """What a cache holds: the number of answers, its size in bytes, and the day of the oldest."""

    path: Path
    answers: int
    size: int
    oldest: str | None


class Answers(Protocol):
    """Where answers are kept, wherever that is."""

    def get(self, request: str) -> dict[str, Any] | None:
        """See `AnswerCache.get`."""

    def put(self, request: str, completion: Mapping[str, Any]) -> None:
        """See `AnswerCache.put`."""

    def fail(self, requests: Collection[str]) -> None:
        """See `AnswerCache.fail`."""

    def close(self) -> None:
        """See `AnswerCache.close`."""


class AnswerCache:
    """Completions by request.

    Args:
        path: the SQLite file; it is made if it is not there.
        limit: its greatest size in bytes; the least recently used answers go first.
        skip_failed: give no answer that an exchange ended in failure with, so that it is asked
            anew.

    Raises:
        StorageError: the file cannot be used.
    """

    def __init__(
        self, path: Path, *, limit: int = DEFAULT_LIMIT, skip_failed: bool = False
    ) -> None:
        self.path = path
        self._limit = limit
        self._most_failed = 0 if skip_failed else 1
        self._connection = open_storage(path, kind=_KIND, version=_VERSION, schema=_SCHEMA)
        self._lock = threading.Lock()
        self._waiting: list[_Put] = []
        self._waiting_lock = threading.Lock()
        self._since_look = 0

    def get(self, request: str) -> dict[str, Any] | None:
        """The completion that a request got, if it is kept; one that is damaged is not."""
        with self._lock, told(self.path, _KIND):
            row = self._connection.execute(
                "SELECT completion, used FROM answers WHERE request = ? AND failed <= ?",
                (request, self._most_failed),
            ).fetchone()
            if row is None:
                return None
            if row[1] != _today():
                self._connection.execute(
                    "UPDATE answers SET used = ? WHERE request = ?", (_today(), request)
                )
                self._connection.commit()
        try:
            completion = json.loads(zlib.decompress(row[0]))
        except (zlib.error, TypeError, ValueError, RecursionError):
            return None
        return completion if isinstance(completion, dict) else None

    def put(self, request: str, completion: Mapping[str, Any]) -> None:
        """Keep a completion; it is on disk when this returns.

        Threads that come at the same time share one commit.
        """
        mine = _Put(request, _packed(completion))
        with self._waiting_lock:
            self._waiting.append(mine)
        with self._lock, told(self.path, _KIND):
            if mine.done:
                return
            with self._waiting_lock:
                batch, self._waiting = self._waiting, []
            self._write(batch)

    def put_all(self, completions: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep many completions by their requests; they are on disk when this returns."""
        batch = [_Put(request, _packed(one)) for request, one in completions.items()]
        with self._lock, told(self.path, _KIND):
            self._write(batch)

    def fail(self, requests: Collection[str]) -> None:
        """Mark the answers of an exchange that came to nothing."""
        with self._lock, told(self.path, _KIND):
            self._connection.executemany(
                "UPDATE answers SET failed = 1 WHERE request = ?", [(one,) for one in requests]
            )
            self._connection.commit()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _write(self, batch: list[_Put]) -> None:
        today = _today()
        try:
            self._connection.executemany(
                "INSERT OR REPLACE INTO answers (request, completion, used) VALUES (?, ?, ?)",
                [(put.request, put.completion, today) for put in batch],
            )
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            with self._waiting_lock:
                self._waiting = batch + self._waiting
            raise
        for put in batch:
            put.done = True
        self._since_look += len(batch)
        if self._since_look >= _LOOK_EVERY:
            self._since_look = 0
            self._shrink()

    def _shrink(self) -> None:
        """Drop the least recently used answers until the rest is within the limit."""
        while _size(self._connection) > self._limit:
            (count,) = self._connection.execute("SELECT count(*) FROM answers").fetchone()
            if not count:
                return
            self._connection.execute(
                "DELETE FROM answers WHERE request IN "
                "(SELECT request FROM answers ORDER BY used LIMIT ?)",
                (max(1, count // _SHARE_TO_DROP),),
            )
            self._connection.commit()


@dataclass
class _Put:
    request: str
    completion: bytes
    done: bool = False


def _packed(completion: Mapping[str, Any]) -> bytes:
    text = json.dumps(completion, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def cache_path() -> Path:
    """The cache of the user, which all runs share."""
    from platformdirs import user_cache_path

    return user_cache_path("summarizer", appauthor=False) / "answers.db"


def cache_info(path: Path) -> CacheInfo:
    """What the cache at a path holds; nothing if there is none.

    Raises:
        StorageError: the file cannot be used.
    """
    if not path.exists():
        return CacheInfo(path, 0, 0, None)
    connection = open_storage(path, kind=_KIND, version=_VERSION, schema=_SCHEMA)
    with told(path, _KIND):
        try:
            count, oldest = connection.execute("SELECT count(*), min(used) FROM answers").fetchone()
            return CacheInfo(path, count, _size(connection), oldest)
        finally:
            connection.close()


def clear_cache(path: Path) -> None:
    """Remove the cache; a process that has it open goes on with what it has.

    Raises:
        StorageError: it cannot be removed.
    """
    with told(path, _KIND):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def request_key(endpoint: str, arguments: Mapping[str, Any]) -> str:
    """The SHA-256, in hexadecimal, of everything that decides an answer.

    Args:
        endpoint: the address, or for the embedded model its engine and weights.
        arguments: what is sent, the model's name included.
    """
    content = json.dumps([endpoint, arguments], ensure_ascii=False, separators=(",", ":"))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _size(connection: sqlite3.Connection) -> int:
    """The bytes in use; pages of dropped answers are used again."""
    values = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    ]
    return int((values[0] - values[1]) * values[2])


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
