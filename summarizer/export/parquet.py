"""Parquet for data frames: the three tables of the CSV export, with their types, as they are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer.errors import UsageError
from summarizer.export.form import Form
from summarizer.export.views import column_type, tables
from summarizer.record import Record

_ROWS = 10_000  # that are in memory at once


def write(records: Iterable[Record], folder: Path) -> None:
    """The three files.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa, pq = _pyarrow()
    with tables(records) as found:
        for table in found:
            kinds = {str: pa.string(), int: pa.int64(), float: pa.float64()}
            fields = [(name, kinds[column_type(name)]) for name in table.columns]
            schema = pa.schema(fields)
            with pq.ParquetWriter(folder / f"{table.name}.parquet", schema) as writer:
                while rows := list(islice(table.rows, _ROWS)):
                    columns = [
                        pa.array(values, field.type)
                        for values, field in zip(zip(*rows, strict=True), schema, strict=True)
                    ]
                    writer.write_batch(pa.record_batch(columns, schema=schema))


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            "writing Parquet needs `pyarrow`, which is not installed",
            where="--to parquet",
            hint="Install it with `python -m pip install pyarrow`.",
        ) from None
    return pyarrow, pyarrow.parquet


FORM = Form(
    "a folder of the same three tables for data frames (extra `export`)", write, folder=True
)
