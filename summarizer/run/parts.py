"""Records in part files of a folder, here or wherever fsspec reaches.

The parts are in input order, each of so many records, so that the same run makes the same parts. A
part appears whole. `_SUCCESS` is there once all of them are, as other programs expect it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from summarizer.errors import UsageError
from summarizer.run.entry import Entry

ROWS = 10_000  # of a part
_MARK = "_SUCCESS"


class Parts:
    """Part files that grow by one record at a time; `count` tells how many they hold.

    Args:
        address: a folder, or an address that fsspec knows.
        kind: one of `WRITERS`.
        text: whether the records keep their articles' texts.

    Raises:
        UsageError: they cannot be written; so do the methods.
    """

    def __init__(self, address: str, kind: str, *, text: bool) -> None:
        self.count = 0
        self._address, self._text = address, text
        self._suffix, self._write = WRITERS[kind]
        with _told(address):
            from fsspec.core import url_to_fs

            files, folder = url_to_fs(address)
        self._files: Any = files
        self._folder = str(folder).rstrip("/")
        self._rows: list[tuple[Entry, str]] = []
        self._written: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Take in the record of an entry; it is written with the others of its part."""
        self._rows.append((entry, entry.line(text=self._text)))
        self.count += 1
        if len(self._rows) == ROWS:
            self._flush()

    def begin(self) -> None:
        """From now on the folder is not complete."""
        with _told(self._address):
            self._files.makedirs(self._folder, exist_ok=True)
            if self._files.exists(f"{self._folder}/{_MARK}"):
                self._files.rm_file(f"{self._folder}/{_MARK}")

    def finish(self) -> None:
        """Write what is left, remove the parts of an earlier run, and say that all is there."""
        if self._rows:
            self._flush()
        if not self.count:
            return
        with _told(self._address):
            for path in self._files.glob(f"{self._folder}/part-*"):
                if path.rpartition("/")[2] not in self._written:
                    self._files.rm_file(path)
            self._files.pipe_file(f"{self._folder}/{_MARK}", b"")

    def _flush(self) -> None:
        name = f"part-{len(self._written):05}{self._suffix}"
        with tempfile.TemporaryDirectory(prefix="summarizer-") as folder, _told(self._address):
            whole = Path(folder) / name
            with whole.open("wb") as file:
                self._write(self._rows, file)
            # Beside its place first: a store that is a file system shows a file as it grows.
            self._files.put_file(str(whole), f"{self._folder}/.{name}")
            self._files.mv(f"{self._folder}/.{name}", f"{self._folder}/{name}")
        self._written.add(name)
        self._rows = []


@contextmanager
def open_parts(address: str, kind: str, *, text: bool) -> Iterator[Parts]:
    """Part files at an address, finished when the block ends; a failure leaves out `_SUCCESS`.

    Raises:
        UsageError: they cannot be written.
    """
    parts = Parts(address, kind, text=text)
    parts.begin()
    yield parts
    parts.finish()


def _jsonl(rows: list[tuple[Entry, str]], file: IO[bytes]) -> None:
    for _, line in rows:
        file.write(line.rstrip("\n").encode() + b"\n")


def _parquet(rows: list[tuple[Entry, str]], file: IO[bytes]) -> None:
    """A column for each thing that tells which article it is, and the record as JSON."""
    from pyarrow import int64, schema, string, table
    from pyarrow.parquet import write_table

    named = ("uri", "title", "publisher", "source_id")
    kinds = [("position", int64()), *((name, string()) for name in (*named, "record"))]
    columns: dict[str, list[Any]] = {"position": [entry.position for entry, _ in rows]}
    columns |= {name: [getattr(entry, name) for entry, _ in rows] for name in named}
    columns["record"] = [line.rstrip("\n") for _, line in rows]
    write_table(table(columns, schema=schema(kinds)), file)


WRITERS: Mapping[str, tuple[str, Callable[[list[tuple[Entry, str]], IO[bytes]], None]]] = {
    "jsonl": (".jsonl", _jsonl),
    "parquet": (".parquet", _parquet),
}


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise UsageError(
            f"part files need what is not installed: {' '.join(str(error).split())}",
            where=f"--parts {address}",
            hint="Install it with `python -m pip install 'summarizer[ray]'`.",
        ) from None
    except ValueError as error:
        if "not known" not in str(error):
            raise
        raise UsageError("is no address that fsspec knows", where=f"--parts {address}") from None
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror or error}", where=f"--parts {address}"
        ) from None
