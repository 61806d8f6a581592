"""SQLite files of this program: opened with their version checked, and failures told in words.

Values are JSON, so that what is kept can be read and audited with any SQLite program. Write-ahead
logging lets others read meanwhile; every commit is on disk before it returns.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.errors import StorageError

_PATIENCE = 60.0  # seconds to wait for another process that writes
_PAUSE = 0.01  # seconds between two tries
_PAGE_CACHE_KIB = 8_192


class Damaged(Exception):
    """A row holds what this program never writes; `told` says so."""


def open_storage(path: Path, *, kind: str, version: int, schema: str) -> sqlite3.Connection:
    """A connection to the file, which is made if it is not there. Any thread may use it.

    Args:
        path: the file; its folder is made as well.
        kind: what the file is, for messages: `ledger`, `cache`.
        version: of the schema; 1 or more.
        schema: the statements that make an empty file's tables.

    Raises:
        StorageError: the file cannot be opened, is something else, or is of a newer version.
    """
    with told(path, kind):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
        try:
            _prepare(connection, path, kind, version, schema)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def told(path: Path, kind: str) -> Iterator[None]:
    """Turn what goes wrong with the file into an error that says so.

    Raises:
        StorageError: something went wrong.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _storage_error(path, kind, error) from None
    except (Damaged, UnicodeDecodeError):  # the latter in SQLite's own words about a damaged schema
        raise _damaged(path, kind) from None
    except OSError as error:
        raise StorageError(
            f"the {kind} cannot be written: {error.strerror or error}", where=str(path)
        ) from None


def _prepare(
    connection: sqlite3.Connection, path: Path, kind: str, version: int, schema: str
) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > version:
        raise StorageError(
            f"the {kind} was made by a newer version of this program",
            where=str(path),
            hint="Update the program, or name another file.",
        )
    _log_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
    if found == 0:
        tables = "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        # Another process may be making the same file at this moment: one of them does.
        connection.execute("BEGIN IMMEDIATE")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found == 0:
            if connection.execute(tables).fetchone() != (0,):
                raise StorageError(f"is a database, but no {kind}", where=str(path))
            for statement in filter(str.strip, schema.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, for which SQLite itself does not wait: others may be at it."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _storage_error(path: Path, kind: str, error: sqlite3.Error) -> StorageError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL") or name.startswith("SQLITE_IOERR"):
        message, hint = f"the {kind} cannot be written: the disk is full or fails", "Make room."
    elif name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN")):
        message, hint = (
            f"the {kind} cannot be written here",
            "Choose a folder that you may write to.",
        )
    elif name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        message, hint = f"the {kind} is in use by another process", "Wait until that one ends."
    elif name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return _damaged(path, kind)
    else:
        message, hint = f"the {kind} fails: {error}", None
    return StorageError(message, where=str(path), hint=hint)


def _damaged(path: Path, kind: str) -> StorageError:
    return StorageError(
        f"is no {kind}, or a damaged one",
        where=str(path),
        hint="Move the file away and run again.",
    )
