"""What a bad input is, and the folders and servers that some need."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from filelock import FileLock

Content = str | bytes | int
Group = Literal["articles", "JSON Lines", "web addresses", "options", "files", "prompts", "models"]


@dataclass(frozen=True)
class Case:
    """One bad input.

    Args:
        about: what is bad, for people.
        command: the words behind `summarizer`, as they are shown; `BROKEN` stands for the address
            of a server that gives `answer`. Where no model is named, one that works is asked.
        code: the exit code.
        says: the errors on standard error, to the letter.
        files: what lies in the folder: a text, bytes, or a length in bytes.
        records: how many records come out.
        prepare: does something else to the folder; what it gives is closed afterwards.
        stdin: standard input.
        variables: of the environment.
        answer: what the broken server sends.
        skip_root: whether nothing is forbidden to the superuser.
    """

    about: str
    command: str
    code: int
    says: str
    files: Mapping[str, Content] = field(default_factory=dict)
    records: int = 0
    prepare: Callable[[Path], Callable[[], object] | None] | None = None
    stdin: bytes = b""
    variables: Mapping[str, str] = field(default_factory=dict)
    answer: bytes = b""
    skip_root: bool = False


def http(status: int, body: str = "", kind: str = "application/json") -> bytes:
    """A response that is not asked for again."""
    return (
        f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n"
        f"x-should-retry: false\r\nconnection: close\r\n\r\n{body}"
    ).encode()


def completion(choice: str) -> bytes:
    """A chat completion with this choice, in JSON."""
    return http(200, f'{{"object": "chat.completion", "choices": [{choice}]}}')


def linked_to_itself(folder: Path) -> None:
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "news").mkdir()
    (folder / "news" / "again").symlink_to("..", target_is_directory=True)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")


def unreadable(folder: Path) -> None:
    (folder / "a.txt").chmod(0)


def read_only(folder: Path) -> Callable[[], object]:
    place = folder / "place"
    place.mkdir()
    place.chmod(0o555)
    return lambda: place.chmod(0o755)


def newer_ledger(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "out.jsonl.ledger")) as connection:
        connection.execute("PRAGMA user_version = 99")


def other_database(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "out.jsonl.ledger")) as connection:
        connection.execute("CREATE TABLE songs (name)")


def ledger_in_use(folder: Path) -> Callable[[], object]:
    lock = FileLock(folder / "out.jsonl.ledger.lock")
    lock.acquire()
    return lock.release


def damaged_cache(folder: Path) -> None:
    place = folder.parent / "home" / "cache" / "summarizer"
    place.mkdir(parents=True)
    (place / "answers.db").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
