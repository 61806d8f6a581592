"""What every form of an export is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from summarizer.record import Record


@dataclass(frozen=True)
class Form:
    """One form: `write` puts records into a new file, or with `folder` into an empty folder.

    `about` says in one line what it is for.
    """

    about: str
    write: Callable[[Iterable[Record], Path], None]
    folder: bool = False
