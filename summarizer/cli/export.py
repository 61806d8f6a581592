"""`summarizer export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from summarizer.cli import messages
from summarizer.cli.records import Records, all_records
from summarizer.errors import UsageError

Form = Literal["csv", "sqlite", "parquet", "jsonld", "popolo", "brat", "md", "ninjs"]

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def export(
    records: Records,
    to: Annotated[Form, typer.Option("--to", help="The form.")],
    out: Annotated[
        Path,
        typer.Option(metavar="PATH", help="The file; for csv, parquet and brat a folder."),
    ],
    debug: Annotated[
        bool,
        typer.Option("--debug", callback=messages.set_debug, help="Print tracebacks of errors."),
    ] = False,
) -> None:
    """Write records in the forms of other programs.

    csv, parquet: tables of meetings, participants and statements. sqlite: a database with
    full-text search, for Datasette and any SQL. jsonld: schema.org. popolo: persons, events,
    speeches. brat: standoff annotations. md: a readable document. ninjs: the articles, for news
    systems.
    """
    from summarizer.export import export as write

    if any(out.exists() and path.exists() and out.samefile(path) for path in records):
        raise UsageError("is one of the inputs", where=f"--out {out}", hint="Name another file.")
    count = write(all_records(records), to, out)
    messages.note(f"{count} {'record' if count == 1 else 'records'} in {out}")
