from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from summarizer.errors import StorageError
from summarizer.storage import open_storage, told

SCHEMA = "CREATE TABLE things (name TEXT PRIMARY KEY); CREATE INDEX names ON things (name)"


def open_things(path: Path, version: int = 1) -> sqlite3.Connection:
    return open_storage(path, kind="ledger", version=version, schema=SCHEMA)


def test_a_file_is_made_with_its_folder_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "things.db"
    with closing(open_things(path)) as first:
        first.execute("INSERT INTO things VALUES ('a')")
        first.commit()
    with closing(open_things(path)) as again:
        assert again.execute("SELECT name FROM things").fetchall() == [("a",)]
        assert again.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert again.execute("PRAGMA synchronous").fetchone() == (2,)


def test_threads_that_make_the_same_file_agree(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def make() -> None:
        try:
            open_things(tmp_path / "things.db").close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    open_things(path, version=2).close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="made by a newer version") as raised:
        open_things(path)
    assert raised.value.where == str(path)
    assert path.read_bytes() == before


def test_another_database_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE foreign_table (x)")
    with pytest.raises(StorageError, match="is a database, but no ledger"):
        open_things(path)


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "damaged.db"
    path.write_bytes(b"this is no database at all, but long enough to look at" * 50)
    yield path


def test_what_is_no_database_is_said_to_be_none(damaged: Path) -> None:
    with pytest.raises(StorageError, match="is no ledger, or a damaged one"):
        open_things(damaged)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be written: "):
        open_things(tmp_path / "file" / "things.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="cannot be written here"):
            open_things(tmp_path / "things.db")
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    with closing(open_things(path)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageError, match="the disk is full"), told(path, "ledger"):
            connection.executemany(
                "INSERT INTO things VALUES (?)", [(f"{n}" * 500,) for n in range(100)]
            )


def test_another_process_that_writes(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    with closing(open_things(path)) as one, closing(open_things(path)) as other:
        one.execute("BEGIN IMMEDIATE")
        other.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(StorageError, match="in use by another process"), told(path, "ledger"):
            other.execute("BEGIN IMMEDIATE")


_OPENERS = """
import sys, time
from pathlib import Path
from summarizer.storage import open_storage
for number, line in enumerate(sys.stdin):
    while time.time() < float(line):
        pass
    path = Path(sys.argv[1]) / f"{number}.db"
    open_storage(path, kind="cache", version=1, schema="CREATE TABLE things (name)").close()
    print(number, flush=True)
"""


def test_processes_that_make_the_same_file_at_the_same_moment_wait_for_each_other(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", _OPENERS, str(tmp_path)]
    pipe = subprocess.PIPE
    with ExitStack() as stack:
        openers = [
            stack.enter_context(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True))
            for _ in range(4)
        ]
        for number in range(40):
            moment = time.time() + (1.0 if number == 0 else 0.03)
            for opener in openers:
                assert opener.stdin
                opener.stdin.write(f"{moment}\n")
                opener.stdin.flush()
            assert [opener.stdout and opener.stdout.readline() for opener in openers] == [
                f"{number}\n"
            ] * 4
        for opener in openers:
            assert opener.stdin
            opener.stdin.close()
    assert [opener.returncode for opener in openers] == [0] * 4
