"""What holds of the program whatever it is given: how it ends, how long it takes, what it touches.

Each `test_fuzz_*.py` has targets, which are tests of hypothesis without fixtures, so that
`benchmarks/fuzz.py` can run them as well, for longer and led by coverage.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from summarizer.errors import ProgramFault, SummarizerError

SECONDS = 30.0  # far more than any example needs, also on a busy machine
EXAMPLES = 40  # of each target, in a run of all tests
_TOUCHING = (
    "os.chmod", "os.chown", "os.exec", "os.fork", "os.link", "os.mkdir", "os.posix_spawn",
    "os.remove", "os.rename", "os.rmdir", "os.spawn", "os.symlink", "os.system",
    "os.truncate", "subprocess.Popen", "socket.connect",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Hang(BaseException):
    """An example did not end in time; nothing that catches exceptions keeps it."""


@contextmanager
def orderly(*folders: Path, network: bool = False) -> Iterator[None]:
    """Let the block end by itself or with an error of the program's own, in time.

    Args:
        folders: where it may write.
        network: whether it may connect to somewhere.
    """
    with _in_time(), _watched(folders, network) as touched, told():
        yield
    assert touched == [], touched


@contextmanager
def told() -> Iterator[None]:
    """Let a part of such a block end with an error of the program's own."""
    try:
        yield
    except SummarizerError as error:
        check(error)


def check(error: SummarizerError) -> None:
    """An error says in one or two lines what is wrong, and is no fault of the program."""
    assert not isinstance(error, ProgramFault), error
    lines = str(error).split("\n")
    assert 1 <= len(lines) <= 2 and all(line.strip() for line in lines), lines
    assert "Traceback" not in lines[0]


@contextmanager
def _in_time() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang(f"no end after {SECONDS:g} seconds")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Watch:
    """What this thread does to the machine while it is on; hooks of Python stay for good."""

    def __init__(self) -> None:
        self.thread: int | None = None
        self.folders: list[str] = []
        self.network = False
        self.touched: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.thread != threading.get_ident():
            return
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & _WRITING
            if writes and not self._allowed(path):
                self.touched.append(f"{event} {path!r}")
        elif event in _TOUCHING and not (
            self.network if event == "socket.connect" else self._allowed(arguments[0])
        ):
            self.touched.append(f"{event} {arguments!r}")

    def _allowed(self, path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return isinstance(path, int)  # a file that was opened before
        if os.path.isdir(path):
            return True  # a file without a name, as libraries make while they are loaded
        place = os.path.abspath(os.fsdecode(path))
        return "__pycache__" in place or any(
            place == folder or place.startswith(folder + os.sep) for folder in self.folders
        )


_WATCH = _Watch()
_HOOKED: list[_Watch] = []


@contextmanager
def _watched(folders: tuple[Path, ...], network: bool) -> Iterator[list[str]]:
    if not _HOOKED:
        _HOOKED.append(_WATCH)
        sys.addaudithook(_WATCH)
    _WATCH.folders = [os.path.abspath(folder) for folder in folders]
    _WATCH.network, _WATCH.touched = network, []
    _WATCH.thread = threading.get_ident()
    try:
        yield _WATCH.touched
    finally:
        _WATCH.thread = None
