"""Records as commands take them: files that this program wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.record import Record

Records = Annotated[
    list[Path],
    typer.Argument(metavar="RECORDS...", help="`.json`, `.jsonl` or `.db` files of records."),
]


def all_records(paths: Iterable[Path]) -> Iterator[Record]:
    """The records of the files, one at a time.

    Raises:
        InputError: a file cannot be read or holds no record.
        RecordError: a record is not valid; file, place and field are named.
    """
    from summarizer.run import read_records

    for path in paths:
        yield from read_records(path)
