"""The program's commands; each module is imported only when its command is run."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from summarizer import __version__
from summarizer.cli import messages


class _Entry(NamedTuple):
    """The module that holds a command as `app`, and its line in the list of commands."""

    module: str
    help: str


COMMANDS = {
    "summarize": _Entry("summarize", "Turn articles into verified records."),
    "review": _Entry("review", "Look at records beside their articles, and correct them."),
    "export": _Entry("export", "Write records in the forms of other programs."),
    "digest": _Entry(
        "digest",
        "A period as one page: a timeline of meetings, who met whom, and who said what by topic.",
    ),
    "explain": _Entry(
        "explain",
        "Print why fields have their values: the places in their sentences, the rule, the checks.",
    ),
    "runs": _Entry("runs", "Look into the ledgers of runs, and try again what failed."),
    "batch": _Entry("batch", "The batches of a run: submit, status, collect and cancel."),
    "eval": _Entry("eval", "Score prompts and models against fixtures, compare them, and gate."),
    "prompts": _Entry(
        "prompts", "The swappable prompts: list, show, check, copy and compare them."
    ),
    "models": _Entry("models", "List, fetch, find and remove local models."),
    "cache": _Entry("cache", "How much the answer cache holds; empty it."),
    "serve": _Entry("serve", "Keep the local model loaded behind an OpenAI-compatible address."),
    "doctor": _Entry("doctor", "Check that everything is in place, and say the next step."),
    "schema": _Entry("schema", "Print the JSON Schema of a record."),
}


class _Commands(MutableMapping[str, Any]):
    """The commands by name; looking one up imports it."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            module = import_module(f"summarizer.cli.{COMMANDS[name].module}")
            self._loaded[name] = typer.main.get_command(module.app)
            self._loaded[name].name = name
        return self._loaded[name]

    def __setitem__(self, name: str, loaded: Any) -> None:
        self._loaded[name] = loaded

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _LazyGroup(TyperGroup):
    """A group that lists its commands without importing them."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = _Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"summarizer {__version__}")
        raise typer.Exit


app = typer.Typer(cls=_LazyGroup, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _summarizer(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", callback=messages.set_debug, help="Print tracebacks of errors."),
    ] = False,
) -> None:
    """Turn reports of official meetings into verified records: who met, who said what, where the
    text says so.
    """


def run(args: Sequence[str] | None) -> None:
    """Parse `args` (those of the process if None) and run the command they name."""
    typer.main.get_command(app).main(args=args, prog_name="summarizer")
