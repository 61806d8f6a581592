"""Every bad input of `bad_inputs.py` through the front door: its exit code, its words, no more."""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from summarizer.cli import main
from summarizer.record import load_records

from ..fuzz.answering import Answering
from .bad_case import Case
from .bad_inputs import CASES
from .conftest import Server

_SAID = ("error: ", "Error: ", "  ")  # and what stands below it


@pytest.fixture
def broken() -> Iterator[Answering]:
    server = Answering()
    yield server
    server.close()


@pytest.fixture
def work(tmp_path: Path, in_process: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _named() -> list[object]:
    return [
        pytest.param(case, id=f"{group}: {case.about}")
        for group, cases in CASES.items()
        for case in cases
    ]


@pytest.mark.parametrize("case", _named())
def test_a_bad_input(
    case: Case,
    work: Path,
    server: Server,
    broken: Answering,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if case.skip_root and os.geteuid() == 0:
        pytest.skip("nothing is forbidden to the superuser")
    _write(case, work)
    broken.answer = case.answer
    for name, value in case.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(case.stdin)))
    with ExitStack() as stack:
        if case.prepare and (undo := case.prepare(work)):
            stack.callback(undo)
        with pytest.raises(SystemExit) as end:
            main(_words(case, server.url, broken.address))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert _errors(captured.err, work, broken.address) == case.says
    assert (end.value.code or 0) == case.code
    written = work / "out.jsonl"
    found = list(load_records(written)) if case.records else []
    assert len(found) == case.records
    assert written.is_file() == bool(case.records)


def _write(case: Case, work: Path) -> None:
    for name, content in case.files.items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, int):
            with path.open("wb") as file:
                file.write(b"Word " * (content // 5 + 1))
                file.truncate(content)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _words(case: Case, url: str, broken: str) -> list[str]:
    """The command line; an output, and a model that answers, where none is named."""
    words = [word.replace("BROKEN", broken) for word in shlex.split(case.command)]
    if words[0] == "summarize":
        words += [] if "--out" in words else ["--out", "out.jsonl"]
        words += [] if {"--model", "--base-url"} & {*words} else ["--base-url", url, "--model", "m"]
    return words


def _errors(printed: str, work: Path, broken: str) -> str:
    """The errors that were printed, with addresses and folders as the table has them."""
    told = printed.replace(broken.removeprefix("http://"), "127.0.0.1:8080")
    told = told.replace(f"{work.parent}/home/cache", "~/.cache").replace(f"{work}/", "")
    lines = [line for line in told.split("\n") if line.startswith(_SAID)]
    return "\n".join(line.removeprefix("error: ").removeprefix("Error: ") for line in lines)
