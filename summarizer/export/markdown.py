"""Markdown: the view of each record, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from summarizer.export.form import Form
from summarizer.record import Record
from summarizer.views import VIEWS, Look


def write(records: Iterable[Record], path: Path) -> None:
    """One document."""
    view = VIEWS["md"]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, record in enumerate(records):
            file.write(view.between if number else view.start)
            file.write(view.part(record, Look(), alone=False))
        file.write(view.end)


FORM = Form("one readable document", write)
