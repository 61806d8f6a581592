"""The forms of an export by name; each is imported when it is first used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Literal

from summarizer.export.form import Form
from summarizer.export.place import folder_place, place
from summarizer.record import Record

ExportName = Literal["csv", "sqlite", "parquet", "jsonld", "popolo", "brat", "md", "ninjs"]

_MODULES: dict[ExportName, str] = {
    "csv": "summarizer.export.csv",
    "sqlite": "summarizer.export.sqlite",
    "parquet": "summarizer.export.parquet",
    "jsonld": "summarizer.export.jsonld",
    "popolo": "summarizer.export.popolo",
    "brat": "summarizer.export.brat",
    "md": "summarizer.export.markdown",
    "ninjs": "summarizer.export.ninjs",
}


class _Exports(Mapping[ExportName, Form]):
    """Names to forms; a form's module holds it as `FORM`."""

    def __getitem__(self, name: ExportName) -> Form:
        form = import_module(_MODULES[name]).FORM
        assert isinstance(form, Form)
        return form

    def __iter__(self) -> Iterator[ExportName]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


EXPORTS: Mapping[ExportName, Form] = _Exports()


def export(records: Iterable[Record], name: ExportName, out: Path) -> int:
    """Write records in a form; returns how many.

    What is written takes the place of what lies at `out` once it is whole, or not at all.

    Args:
        records: in order; each is looked at once.
        name: one of `EXPORTS`.
        out: a file, or a folder for a form of several files.

    Raises:
        UsageError: `out` cannot be written, or the form needs something that is not installed.
        InputError: the form needs the articles' texts, and one was left out.
    """
    form = EXPORTS[name]
    counted = _Counted(records)
    with (folder_place if form.folder else place)(out) as part:
        form.write(counted, part)
    return counted.count


class _Counted(Iterable[Record]):
    """Records that are counted as they are taken."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record
