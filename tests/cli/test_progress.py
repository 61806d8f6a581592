"""What a user sees while weights are fetched: a bar on a terminal, a line a stage elsewhere."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from summarizer.cli.progress import pull_progress

CODE = """
from summarizer.cli.progress import pull_progress
with pull_progress("some-model") as report:
    for done in range(0, 101, 10):
        report("download", done * 1_000_000, 100_000_000)
    report("join", 5, 5)
print("result")
"""


def test_a_line_for_each_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with pull_progress("some-model") as report:
        report("wait", 0, 0)
        for done in range(5):
            report("download", done * 1_000_000, 4_000_000)
        report("join", 1, 1_117_320_768)
        report("check", 0, 1_117_320_768)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "waiting for another process that fetches some-model",
        "fetching some-model (4 MB)",
        "joining the parts of some-model (1,117 MB)",
        "checking some-model (1,117 MB)",
    ]


def test_nothing_to_report_nothing_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pull_progress("some-model"):
        pass
    assert capsys.readouterr() == ("", "")


def test_a_bar_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    try:
        ended = subprocess.run(
            [sys.executable, "-c", CODE],
            stdout=subprocess.PIPE,
            stderr=theirs,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
            text=True,
            check=True,
        )
        shown = os.read(ours, 100_000).decode()
    finally:
        os.close(theirs)
        os.close(ours)
    assert ended.stdout == "result\n"
    assert "fetching some-model" in shown
    assert "100.0/100.0 MB" in shown
    assert "━" in shown


def test_no_bar_library_without_a_terminal() -> None:
    code = CODE + "import sys; print('rich' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "result\nFalse\n"
