"""CSV for spreadsheets: `meetings.csv`, `participants.csv` and `statements.csv` in a folder.

UTF-8 with the mark that Excel wants, one line end for all systems (RFC 4180). Cells that would run
as formulas are text, and characters that steer a terminal are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.controls import quiet
from summarizer.export.form import Form
from summarizer.export.spreadsheet import read_cell, written_cell
from summarizer.export.views import Value, column_type, tables
from summarizer.record import Record

_ENCODING = "utf-8-sig"


def write(records: Iterable[Record], folder: Path) -> None:
    """The three files."""
    with tables(records) as found:
        for table in found:
            path = folder / f"{table.name}.csv"
            with path.open("w", encoding=_ENCODING, newline="") as file:
                writer = csv.writer(file)
                writer.writerow(table.columns)
                writer.writerows(map(_cell, row) for row in table.rows)


def read(path: Path) -> Iterator[dict[str, Value]]:
    """The rows of a file that `write` made; an empty cell is null."""
    with path.open(encoding=_ENCODING, newline="") as file:
        for row in csv.DictReader(file):
            yield {
                name: column_type(name)(read_cell(cell)) if cell else None
                for name, cell in row.items()
            }


def _cell(value: Value) -> Value:
    return written_cell(quiet(value)) if isinstance(value, str) else value


FORM = Form("a folder of three tables for spreadsheets", write, folder=True)
