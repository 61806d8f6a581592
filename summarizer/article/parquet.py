"""Parquet: one article a row, in the columns that a line of `.jsonl` has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from summarizer.article.article import Article
from summarizer.article.jsonl import article_of
from summarizer.errors import InputError

_COLUMNS = ("text", "id", "title", "publisher", "published", "uri")
_ROWS = 256  # in memory at once


def read_parquet(
    stream: BinaryIO, *, uri: str, published: str | None = None
) -> Iterator[Article | InputError]:
    """The articles of `stream`, some rows in memory at a time; a bad row gives its error instead.

    Raises:
        InputError: it is no Parquet, or pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(
            "Parquet needs pyarrow, which is not installed",
            where=uri,
            hint="Install it with `python -m pip install 'summarizer[ray]'`.",
        ) from None
    number = 0
    try:
        file = ParquetFile(stream)
        columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
        for batch in file.iter_batches(_ROWS, columns=columns):
            for row in batch.to_pylist():
                number += 1
                where = f"{uri}:{number}"
                # As a line of JSON, so that a row is judged by the same rules.
                line = json.dumps(row, default=str).encode()
                try:
                    yield article_of(line, uri=uri, number=number, where=where, published=published)
                except InputError as error:
                    yield error
    except (ArrowException, OSError) as error:
        said = " ".join(str(error).split())[:120]
        raise InputError(f"is not Parquet that can be read: {said}", where=uri) from None
