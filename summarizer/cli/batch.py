"""`summarizer batch`: the provider's batches of a run, one step at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import messages
from summarizer.errors import InputError

if TYPE_CHECKING:
    from summarizer.model import BatchProvider
    from summarizer.run import Identity, Ledger
    from summarizer.settings import Settings

Out = Annotated[Path, typer.Argument(metavar="OUT", help="The output of the run.")]

app = typer.Typer(
    help="The batches of a run: submit, status, collect and cancel. "
    "`summarize --engine openai-batch` does all of it and waits.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@app.command()
def submit(
    out: Out,
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="The inputs, as for `summarize`.")
    ],
    prompt: Annotated[str | None, typer.Option(metavar="NAME|PATH")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME|PATH")] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL")] = None,
    max_cost: Annotated[float | None, typer.Option(metavar="USD")] = None,
    max_tokens_total: Annotated[int | None, typer.Option(metavar="N")] = None,
) -> None:
    """Take in what is answered, send what the articles want next, and leave.

    An article takes a few rounds. Once nothing is wanted any more, every record is in OUT.
    """
    from summarizer.cli.summarize import run_inputs
    from summarizer.settings import load_settings

    settings = load_settings(
        prompt=prompt,
        model=model,
        base_url=base_url,
        max_cost=max_cost,
        max_tokens_total=max_tokens_total,
        out=out,
        engine="openai-batch",
    )
    raise typer.Exit(run_inputs(inputs, settings, wait=False))


@app.command()
def status(out: Out) -> None:
    """Ask the provider how far the batches of a run are."""
    with _opened(out) as (ledger, _, provider, _):
        rows = ledger.batches.batches(open_only=False)
        for row in rows:
            if row.stage == "done" or row.batch is None:
                said = row.status or row.stage
                typer.echo(f"{row.batch or row.name}  {said}, {row.requests} requests")
            else:
                state = provider.look(row.batch)
                typer.echo(
                    f"{state.id}  {state.status}, "
                    f"{state.completed} of {state.total} requests answered"
                )
        if not rows:
            typer.echo("no batch was sent")


@app.command()
def collect(out: Out) -> None:
    """Take in what the batches that are done have brought; `submit` then goes on from there."""
    from summarizer.model import AnswerCache, cache_path, load_prices
    from summarizer.run import take_in

    with _opened(out) as (ledger, identity, provider, settings):
        price = load_prices(settings.prices).find(identity.model, identity.endpoint)
        cache = AnswerCache(cache_path(), limit=settings.cache_limit_mb * 1_000_000)
        ledger.begin(identity)
        count = 0
        try:
            for spent in take_in(provider, ledger, cache, price and price.batched()):
                for one in spent:
                    ledger.spend(one)
                ledger.commit()
                count += len(spent)
        finally:
            cache.close()
            ledger.end("waiting", None)
        messages.note(f"{count} answers taken in")


@app.command()
def cancel(out: Out) -> None:
    """Have the provider stop the batches; what is answered by then can be collected."""
    with _opened(out) as (ledger, _, provider, _):
        for row in ledger.batches.batches():
            if row.batch is not None:
                state = provider.cancel(row.batch)
                ledger.batches.step(row.number, "working", status=state.status)
                ledger.commit()
                typer.echo(f"{state.id}  {state.status}")


@contextmanager
def _opened(out: Path) -> Iterator[tuple[Ledger, Identity, BatchProvider, Settings]]:
    """The ledger of a run, what it was run with, and the provider that it was sent to."""
    from summarizer.cli.running import ledger_path
    from summarizer.model import BatchProvider
    from summarizer.run import Ledger
    from summarizer.settings import load_settings

    settings = load_settings()
    path = ledger_path(out)
    if not path.exists():
        raise InputError("there is no such ledger", where=str(path))
    with Ledger(path) as ledger:
        last = ledger.last_run()
        if last is None:
            raise InputError("holds no run", where=str(path))
        address = last.identity.endpoint
        with BatchProvider(address, settings.api_key, timeout=settings.timeout) as provider:
            yield ledger, last.identity, provider, settings
