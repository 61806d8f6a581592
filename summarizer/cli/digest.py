"""`summarizer digest`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import messages
from summarizer.cli.records import Records, all_records
from summarizer.errors import UsageError

_PAGE = (".html", ".htm")
_MARKDOWN = (".md", ".markdown")

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def digest(
    records: Records,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day, YYYY-MM-DD.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="The last day, YYYY-MM-DD.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A `.html` or `.md` file. [default: Markdown, printed]"),
    ] = None,
    debug: Annotated[
        bool,
        typer.Option("--debug", callback=messages.set_debug, help="Print tracebacks of errors."),
    ] = False,
) -> None:
    """A period as one page: a timeline of meetings, who met whom, and who said what by topic.

    Meetings that several articles tell of stand there once, with every source, and with what the
    articles disagree on. The page works offline.
    """
    from summarizer.digest import Period, html_page, markdown_page
    from summarizer.digest import digest as make
    from summarizer.export import place

    suffix = out.suffix.lower() if out else ".md"
    if suffix not in (*_PAGE, *_MARKDOWN):
        raise UsageError(
            f"`{suffix or out}` is no form of a digest",
            where=f"--out {out}",
            hint="The suffix is `.html` or `.md`.",
        )
    period = Period(_day("--from", first), _day("--to", last))
    if period.first and period.last and period.last < period.first:
        raise UsageError("ends before it begins", where=f"--from {first} --to {last}")
    made = make(all_records(records), period)
    text = (html_page if suffix in _PAGE else markdown_page)(made)
    if out is None:
        sys.stdout.write(text)
        return
    with place(out) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    count = len(made.events)
    messages.note(f"{count} {'meeting' if count == 1 else 'meetings'} in {out}")


def _day(option: str, given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        where, hint = f"{option} {given}", "A day is written YYYY-MM-DD."
        raise UsageError("is no day", where=where, hint=hint) from None
