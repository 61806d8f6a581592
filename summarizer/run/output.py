"""Where records go: a stream, or a file that is whole or not there, whatever happens."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from io import FileIO
from pathlib import Path

from summarizer.errors import UsageError
from summarizer.run.entry import Entry

_PART = ".part"


@dataclass(frozen=True)
class Layout:
    """How records make a document: `start`, the drawn records with `between` among them, `end`."""

    draw: Callable[[Entry], str]
    start: str = ""
    between: str = ""
    end: str = ""


class Output:
    """A document that grows by one record at a time; `count` tells how many it holds."""

    def __init__(self, write: Callable[[str], object], layout: Layout) -> None:
        self._write = write
        self._layout = layout
        self.count = 0

    def add(self, entry: Entry) -> None:
        """Write the record of an entry at once."""
        drawn = self._layout.draw(entry)
        self._write((self._layout.between if self.count else self._layout.start) + drawn)
        self.count += 1

    def finish(self) -> None:
        """Write what ends the document, if it holds any record."""
        if self.count and self._layout.end:
            self._write(self._layout.end)


@contextmanager
def open_output(path: Path, layout: Layout) -> Iterator[Output]:
    """A document that takes the place of `path` when the block ends, however it ends.

    Until then it grows in a file beside it. With no record, whatever lies at `path` stays. No other
    process may be writing the same document; what one that was killed has left is removed.

    Raises:
        UsageError: the file cannot be written.
    """
    part, file = _begin(path)
    output = Output(lambda text: _append(file, text, path), layout)
    try:
        with file:
            try:
                yield output
            finally:
                output.finish()
                os.fsync(file.fileno())
        if output.count:
            _publish(part, path)
    except BaseException:
        if output.count:
            with suppress(UsageError):
                _publish(part, path)
        raise
    finally:
        part.unlink(missing_ok=True)


def _begin(path: Path) -> tuple[Path, FileIO]:
    if path.is_dir():
        raise UsageError("is a folder, not a file to write", where=str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{escape(path.name)}.*{_PART}"):
            left.unlink(missing_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_PART, dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    return Path(name), FileIO(handle, "w")


def _append(file: FileIO, text: str, path: Path) -> None:
    """Write the whole text or none of it."""
    begin, rest = file.tell(), memoryview(text.encode("utf-8"))
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        with suppress(OSError):
            file.truncate(begin)
            file.seek(begin)
        raise _unwritable(path, error) from None


def _publish(part: Path, path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    try:
        part.chmod(0o666 & ~mask)
        part.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot be written: {error.strerror or error}", where=str(path))
