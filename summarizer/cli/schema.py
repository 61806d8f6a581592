"""`summarizer schema`."""

from __future__ import annotations

import json

import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from summarizer.record import record_schema

    typer.echo(json.dumps(record_schema(), indent=2, ensure_ascii=False))
