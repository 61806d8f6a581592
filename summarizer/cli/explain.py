"""`summarizer explain`: why a field of a stored record has its value."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import completing, messages

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def explain(
    record: Annotated[
        Path, typer.Argument(metavar="RECORD", help="A `.json` or `.jsonl` file with records.")
    ],
    fields: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD",
            autocompletion=completing.fields,
            help="As in checks: `meetings[0].date`, ...",
        ),
    ],
    number: Annotated[
        int, typer.Option("--number", metavar="N", min=1, help="Which record of several.")
    ] = 1,
    debug: Annotated[
        bool,
        typer.Option("--debug", callback=messages.set_debug, help="Print tracebacks of errors."),
    ] = False,
) -> None:
    """Print why fields have their values: the places in their sentences, the rule, the checks.

    What a model chose among is known only while a record is made: `summarize --explain FIELD`.
    """
    from itertools import islice

    from summarizer.cli.looks import look
    from summarizer.errors import UsageError
    from summarizer.record import load_records
    from summarizer.views import explain as explanation

    found = next(islice(load_records(record), number - 1, None), None)
    if found is None:
        raise UsageError(f"holds fewer than {number} records", where=f"--number {number}")
    typer.echo("\n".join(explanation(found, field, look()) for field in fields), nl=False)
