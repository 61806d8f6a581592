from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.errors import UsageError
from summarizer.record import Record, dump_record, load_record
from summarizer.run import Entry, Layout, Output, open_database, open_output

LAYOUT = Layout(lambda entry: f"<{entry.uri}>", start="[", between=",", end="]")


@pytest.fixture
def entry(record: Record) -> Entry:
    article = record.article
    return Entry(0, "oslo.txt", article.uri, None, None, None, None, dump_record(record))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_records_are_drawn_into_one_document(entry: Entry, tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "out.x"
    with open_output(path, LAYOUT) as output:
        output.add(entry)
        output.add(entry)
        assert output.count == 2
        assert not path.exists()
    assert path.read_text() == "[<oslo.txt>,<oslo.txt>]"
    assert files(path.parent) == ["out.x"]


def test_a_stream_gets_each_record_at_once(entry: Entry) -> None:
    written: list[str] = []
    output = Output(written.append, LAYOUT)
    output.finish()
    assert written == []
    output.add(entry)
    assert written == ["[<oslo.txt>"]
    output.finish()
    assert written[-1] == "]"


def test_without_a_record_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.x"
    path.write_text("old")
    with open_output(path, LAYOUT):
        pass
    assert path.read_text() == "old"
    assert files(tmp_path) == ["out.x"]


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_what_is_done_is_kept_however_it_ends(
    entry: Entry, tmp_path: Path, end: type[BaseException]
) -> None:
    path = tmp_path / "out.x"
    path.write_text("old")
    with pytest.raises(end), open_output(path, LAYOUT) as output:
        output.add(entry)
        raise end
    assert path.read_text() == "[<oslo.txt>]"
    assert files(tmp_path) == ["out.x"]


def test_a_view_that_fails_leaves_whole_records(entry: Entry, tmp_path: Path) -> None:
    def draw(drawn: Entry) -> str:
        if drawn.uri is None:
            raise ValueError("cannot be drawn")
        return "x"

    bad = replace(entry, uri=None)
    path = tmp_path / "out.x"
    with pytest.raises(ValueError, match="drawn"), open_output(path, Layout(draw)) as output:
        output.add(entry)
        output.add(bad)
    assert path.read_text() == "x"


def test_letters_and_line_ends_are_written_as_they_are(entry: Entry, tmp_path: Path) -> None:
    path = tmp_path / "out.x"
    with open_output(path, Layout(lambda _: "“ж漢😀”\r\n\n")) as output:
        output.add(entry)
    assert path.read_bytes() == "“ж漢😀”\r\n\n".encode()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"), open_output(tmp_path, LAYOUT):
        pass


def test_a_file_in_the_way_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(UsageError, match="cannot be written"),
        open_output(tmp_path / "file" / "out.x", LAYOUT),
    ):
        pass


@pytest.mark.skipif(not hasattr(os, "umask") or sys.platform == "win32", reason="POSIX modes")
def test_the_file_has_the_modes_of_other_new_files(entry: Entry, tmp_path: Path) -> None:
    with open_output(tmp_path / "out.x", LAYOUT) as output:
        output.add(entry)
    (tmp_path / "other").touch()
    assert (tmp_path / "out.x").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.skipif(sys.platform != "linux", reason="needs a bound on the size of files")
def test_a_full_disk_leaves_the_records_that_fitted(entry: Entry, tmp_path: Path) -> None:
    import resource
    import signal

    path = tmp_path / "out.x"
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2500, hard))
    try:
        with (
            pytest.raises(UsageError, match="cannot be written"),
            open_output(path, Layout(lambda _: "x" * 1000)) as output,
        ):
            for _ in range(4):
                output.add(entry)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_text() == "x" * 2000
    assert output.count == 2
    assert files(tmp_path) == ["out.x"]


def test_what_a_killed_process_has_left_is_removed(entry: Entry, tmp_path: Path) -> None:
    (tmp_path / ".out.x.abc.part").write_text("half of it")
    (tmp_path / ".other.x.abc.part").write_text("of another output")
    with open_output(tmp_path / "out.x", LAYOUT) as output:
        output.add(entry)
    assert files(tmp_path) == [".other.x.abc.part", "out.x"]


@pytest.mark.parametrize("text", [True, False])
def test_a_database_has_a_row_for_each_record(
    text: bool, entry: Entry, record: Record, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "out.db"
    with open_database(path, text=text) as database:
        database.add(entry)
        database.add(replace(entry, uri="copy.txt"))
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT * FROM records ORDER BY position").fetchall()
    assert [row[:3] for row in rows] == [
        (0, "oslo.txt", record.article.id),
        (1, "copy.txt", record.article.id),
    ]
    assert rows[0][3] == dump_record(record, text=text)
    assert load_record(rows[1][3]).article.uri == "copy.txt"
    assert files(path.parent) == ["out.db"]


def test_a_database_takes_the_place_of_the_old_one_only_with_a_record(
    entry: Entry, tmp_path: Path
) -> None:
    path = tmp_path / "out.db"
    path.write_text("old")
    with open_database(path, text=True):
        pass
    assert path.read_text() == "old"
    with pytest.raises(KeyboardInterrupt), open_database(path, text=True) as database:
        database.add(entry)
        raise KeyboardInterrupt
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (1,)
    assert files(tmp_path) == ["out.db"]
