from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from summarizer.errors import UsageError
from summarizer.record import Record
from summarizer.run import Layout, Output, open_output

LAYOUT = Layout(lambda record: f"<{record.article.uri}>", start="[", between=",", end="]")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_records_are_drawn_into_one_document(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "out.x"
    with open_output(path, LAYOUT) as output:
        output.add(record)
        output.add(record)
        assert output.count == 2
        assert not path.exists()
    assert path.read_text() == "[<oslo.txt>,<oslo.txt>]"
    assert files(path.parent) == ["out.x"]


def test_a_stream_gets_each_record_at_once(record: Record) -> None:
    written: list[str] = []
    output = Output(written.append, LAYOUT)
    output.finish()
    assert written == []
    output.add(record)
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
    record: Record, tmp_path: Path, end: type[BaseException]
) -> None:
    path = tmp_path / "out.x"
    path.write_text("old")
    with pytest.raises(end), open_output(path, LAYOUT) as output:
        output.add(record)
        raise end
    assert path.read_text() == "[<oslo.txt>]"
    assert files(tmp_path) == ["out.x"]


def test_a_view_that_fails_leaves_whole_records(record: Record, tmp_path: Path) -> None:
    def draw(drawn: Record) -> str:
        if drawn.article.uri is None:
            raise ValueError("cannot be drawn")
        return "x"

    bad = record.model_copy(update={"article": record.article.model_copy(update={"uri": None})})
    path = tmp_path / "out.x"
    with pytest.raises(ValueError, match="drawn"), open_output(path, Layout(draw)) as output:
        output.add(record)
        output.add(bad)
    assert path.read_text() == "x"


def test_letters_and_line_ends_are_written_as_they_are(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "out.x"
    with open_output(path, Layout(lambda _: "“ж漢😀”\r\n\n")) as output:
        output.add(record)
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
def test_the_file_has_the_modes_of_other_new_files(record: Record, tmp_path: Path) -> None:
    with open_output(tmp_path / "out.x", LAYOUT) as output:
        output.add(record)
    (tmp_path / "other").touch()
    assert (tmp_path / "out.x").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.skipif(sys.platform != "linux", reason="needs a bound on the size of files")
def test_a_full_disk_leaves_the_records_that_fitted(record: Record, tmp_path: Path) -> None:
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
                output.add(record)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_text() == "x" * 2000
    assert output.count == 2
    assert files(tmp_path) == ["out.x"]
