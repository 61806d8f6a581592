"""The program run as people run it: in a process, in a folder and a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer.cli import messages
from summarizer.model import models_folder

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def models_dir() -> Path:
    """Where the weights of the person who runs the tests are."""
    return models_folder().resolve()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Variables of a person who has set nothing: an empty home, no weights."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SUMMARIZER_", "OPENAI_"))}
    home = tmp_path / "home"
    home.mkdir()
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH")) if part)
    own = {"HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    return kept | own | {"PYTHONPATH": path, "COLUMNS": "80"}


@pytest.fixture
def run_program(tmp_path: Path, environment: dict[str, str]) -> Run:
    """`run_program(*args, stdin=b"", **variables)`: the program's exit code and output."""
    folder = tmp_path / "work"
    folder.mkdir()

    def run(*args: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "summarizer", *args],
            cwd=folder,
            env=environment | variables,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The folder that `run_program` runs in."""
    return tmp_path / "work"


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Iterator[None]:
    """The same variables for a test that calls `main` itself; what `main` sets is set back."""
    import signal

    for name in [name for name in os.environ if name.startswith(("SUMMARIZER_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "COLUMNS"):
        monkeypatch.setenv(name, environment[name])
    monkeypatch.setattr(messages, "_debug", False)
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)
