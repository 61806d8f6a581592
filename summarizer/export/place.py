"""Where an export goes: a file or a folder that is whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.errors import UsageError

_PART = ".part"


@contextmanager
def place(out: Path) -> Iterator[Path]:
    """A path for a new file that takes the place of `out` if the block ends well.

    Raises:
        UsageError: it cannot be written.
    """
    if out.is_dir():
        raise UsageError("is a folder, not a file to write", where=str(out))
    with _told(out), _beside(out) as folder:
        yield folder / out.name
        os.replace(folder / out.name, out)


@contextmanager
def folder_place(out: Path) -> Iterator[Path]:
    """An empty folder whose files go to the folder `out` if the block ends well.

    What lies in `out` must be an earlier export of the same files.

    Raises:
        UsageError: it cannot be written, or holds other files.
    """
    if out.exists() and not out.is_dir():
        raise UsageError("is a file, not a folder to write", where=str(out))
    with _told(out), _beside(out) as folder:
        yield folder
        names = {path.name for path in folder.iterdir()}
        others = sorted({path.name for path in out.iterdir()} - names) if out.is_dir() else []
        if others:
            raise UsageError(
                f"holds `{others[0]}`, which is not of this export",
                where=str(out),
                hint="Name a new folder.",
            )
        out.mkdir(exist_ok=True)
        for name in sorted(names):
            os.replace(folder / name, out / name)


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=_PART, dir=out.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = str(out)
        raise UsageError(f"cannot be written: {error.strerror or error}", where=where) from None
