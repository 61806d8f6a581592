"""`summarizer runs`: the ledgers of runs, and trying again what failed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import completing, messages
from summarizer.errors import InputError, SummarizerError, UsageError

if TYPE_CHECKING:
    from summarizer.run import LedgerReader, State

_FAILED: tuple[State, ...] = (
    "invalid",
    "refused",
    "truncated",
    "transport",
    "budget",
    "unreadable",
)
Out = Annotated[
    Path, typer.Argument(metavar="OUT", help="The output of the run, or its `.ledger`.")
]

app = typer.Typer(
    help="Look into the ledgers of runs, and try again what failed.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@app.command("list")
def list_runs(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to look.")] = Path("."),
) -> None:
    """List the ledgers of a folder: when, with what, and how many inputs are in which state."""
    from summarizer.run import SUFFIX, LedgerReader

    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise InputError("holds no ledger", where=str(folder), hint="`summarize --out` makes one.")
    for path in paths:
        with LedgerReader(path) as ledger:
            runs = ledger.runs()
            last = f"{runs[0].started}  {_ending(runs[0].ending)}" if runs else "no run"
            messages.say(f"{path.name.removesuffix(SUFFIX)}  {last}  {_counts(ledger)}")


@app.command()
def show(
    out: Out,
    state: Annotated[
        list[str] | None, typer.Option(help="Only inputs in this state; may be repeated.")
    ] = None,
) -> None:
    """Show the runs of one ledger, what they cost, and every input without a record."""
    from summarizer.run import LedgerReader, state_of

    wanted = _states(state)
    with LedgerReader(_ledger_of(out)) as ledger:
        for run in reversed(ledger.runs()):
            usage, cost = ledger.spent(run.id)
            money = "" if cost is None else f", {cost:.4f} USD"
            messages.say(
                f"run {run.id}  {run.started} to {run.ended or '?'}  {_ending(run.ending)}  "
                f"{run.identity.prompt}, {run.identity.model}  "
                f"{usage.calls} calls, {usage.tokens:,} tokens{money}"
            )
        messages.say(_counts(ledger))
        for entry in ledger.entries():
            if isinstance(entry.result, SummarizerError):
                found = state_of(entry.result)
                if found in wanted:
                    line = f"{found:<10}  {entry.name}: {entry.result.message}"
                    messages.say(line)


@app.command()
def retry(
    out: Out,
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="The inputs, as for `summarize`.")
    ],
    state: Annotated[
        list[str] | None,
        typer.Option(help="Which states to try again; may be repeated. [default: all]"),
    ] = None,
    prompt: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", autocompletion=completing.prompts)
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", autocompletion=completing.models)
    ] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL")] = None,
) -> None:
    """Ask anew for inputs that gave no record, those included whose answer was no use.

    `summarize` alone tries again only what was never answered.
    """
    from summarizer.cli.summarize import run_inputs
    from summarizer.settings import load_settings

    target = out.with_name(out.name.removesuffix(_suffix()))
    settings = load_settings(prompt=prompt, model=model, base_url=base_url, out=target)
    again = _states(state)
    raise typer.Exit(run_inputs(inputs, settings, again=again))


def _states(given: list[str] | None) -> frozenset[State]:
    """The states that are named, or all in which there is no record."""
    for name in given or ():
        if name not in _FAILED:
            known = ", ".join(f"`{state}`" for state in _FAILED)
            raise UsageError(
                f"`{name}` is no state without a record", where="--state", hint=f"Known: {known}."
            )
    return frozenset(state for state in _FAILED if not given or state in given)


def _suffix() -> str:
    from summarizer.run import SUFFIX

    return SUFFIX


def _ledger_of(out: Path) -> Path:
    return out if out.name.endswith(_suffix()) else out.with_name(out.name + _suffix())


def _ending(ending: str | None) -> str:
    return ending or "cut off, or still going on"


def _counts(ledger: LedgerReader) -> str:
    states = ledger.states()
    return ", ".join(f"{count} {state or 'not done'}" for state, count in states.items())
