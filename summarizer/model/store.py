"""Where weights are kept on this machine, and whether what lies there is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from summarizer.errors import ModelUnavailable, UsageError
from summarizer.model.catalogue import HubSource, LocalSource, ModelEntry, WheelSource

Stage = Literal["wait", "download", "join", "check"]
Progress = Callable[[Stage, int, int], None]
"""Told the stage, the bytes done and the bytes in all; `wait` means another process is at it."""

BLOCK = 1 << 20


def silent(stage: Stage, done: int, total: int) -> None:
    """Progress for nobody."""


def models_folder() -> Path:
    """`SUMMARIZER_MODELS_DIR`, or `models` in the user's cache folder for this program."""
    if chosen := os.environ.get("SUMMARIZER_MODELS_DIR"):
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("summarizer", appauthor=False) / "models"


def stored_at(entry: ModelEntry) -> Path:
    """Where the entry's weights belong, whether or not they are there."""
    if isinstance(entry.source, LocalSource):
        return entry.source.path
    return models_folder() / f"{entry.name}.gguf"


def checksum_file(entry: ModelEntry) -> Path:
    """Where the checksum that the hub gave is kept beside the weights."""
    return stored_at(entry).with_suffix(".sha256")


def weights_path(entry: ModelEntry) -> Path:
    """The weights file, ready to be loaded.

    Only its size (of a user's own file, its first bytes) is looked at; `verify` reads all of it.

    Raises:
        ModelUnavailable: it is not there, or it is damaged.
    """
    path = stored_at(entry)
    if isinstance(entry.source, LocalSource):
        return _own_file(path)
    if not path.is_file():
        raise ModelUnavailable(
            f"the weights of `{entry.name}` are not on this machine", hint=_pull(entry)
        )
    if (size := path.stat().st_size) != entry.bytes:
        raise ModelUnavailable(
            f"the weights of `{entry.name}` are damaged: {size:,} bytes instead of {entry.bytes:,}",
            where=str(path),
            hint=f"{_pull(entry)} to fetch them again",
        )
    return path


def weights_identity(entry: ModelEntry) -> str:
    """What tells these weights from others, without reading all of them.

    For a file of the user's own this is its path, size and time of change.
    """
    source = entry.source
    if isinstance(source, WheelSource):
        which = source.sha256
    elif isinstance(source, HubSource):
        which = f"{source.repository}/{source.file}@{source.revision}"
    else:
        path = stored_at(entry)
        stat = path.stat() if path.exists() else None
        which = f"{path}:{stat.st_size}:{stat.st_mtime_ns}" if stat else str(path)
    return f"local:{entry.name}:{which}"


def verify(entry: ModelEntry, progress: Progress = silent) -> str:
    """The SHA-256 of the entry's weights, after comparing it with the one they must have.

    A file of the user's own has none to compare with; its SHA-256 is returned all the same.

    Raises:
        ModelUnavailable: the weights are not there, or damaged.
    """
    path = weights_path(entry)
    found = file_sha256(path, progress)
    if found != _expected_sha256(entry, found):
        raise ModelUnavailable(
            f"the weights of `{entry.name}` are damaged: wrong checksum",
            where=str(path),
            hint=f"{_pull(entry)} to fetch them again",
        )
    return found


def remove(entry: ModelEntry) -> int:
    """Delete the entry's weights and what an interrupted download left; the bytes freed.

    Raises:
        UsageError: the file is the user's own.
    """
    if isinstance(entry.source, LocalSource):
        raise UsageError(
            f"`{entry.source.path}` is not in the models folder", hint="delete the file yourself"
        )
    freed = 0
    for path in (stored_at(entry), checksum_file(entry), *partial_files(entry)):
        if path.exists():
            freed += size_of(path)
            discard(path)
    return freed


def partial_files(entry: ModelEntry) -> tuple[Path, Path]:
    """What a download of this entry writes to: the unfinished file and the folder of wheels."""
    path = stored_at(entry)
    return path.with_suffix(".part"), path.with_suffix(".wheels")


def discard(path: Path) -> None:
    """Delete a file or a whole folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def size_of(path: Path) -> int:
    """Bytes of a file or of all files in a folder; what vanishes meanwhile counts nothing."""
    if path.is_file():
        return path.stat().st_size
    total = 0
    for parent, _, names in os.walk(path):
        for name in names:
            with suppress(FileNotFoundError):
                total += os.stat(os.path.join(parent, name)).st_size
    return total


def free_bytes(folder: Path) -> int:
    """Bytes free for this user on the disk that holds the folder."""
    return shutil.disk_usage(folder).free


def check_space(entry: ModelEntry, needed: int, free: int) -> None:
    """Refuse to begin a download that cannot end well.

    Raises:
        ModelUnavailable: fewer bytes are free than needed.
    """
    if free < needed:
        raise ModelUnavailable(
            f"not enough disk space for `{entry.name}`: "
            f"{needed:,} bytes are needed, {free:,} are free",
            where=str(models_folder()),
            hint="free some space, or name another folder in `SUMMARIZER_MODELS_DIR`",
        )


def file_sha256(path: Path, progress: Progress = silent) -> str:
    """The SHA-256 of a file, read once from end to end."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            done += len(block)
            progress("check", done, total)
    return digest.hexdigest()


def _own_file(path: Path) -> Path:
    if not path.is_file():
        raise ModelUnavailable("there is no such weights file", where=str(path))
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ModelUnavailable("this is not a GGUF file", where=str(path))
    return path


def _expected_sha256(entry: ModelEntry, own: str) -> str | None:
    if isinstance(entry.source, LocalSource):
        return own
    if isinstance(entry.source, WheelSource):
        return entry.source.sha256
    record = checksum_file(entry)
    return record.read_text().strip() if record.is_file() else None


def _pull(entry: ModelEntry) -> str:
    return f"run `summarizer models pull {entry.name}`"
