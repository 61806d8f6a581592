"""`summarizer models`: the local models and their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import completing, messages

if TYPE_CHECKING:
    from summarizer.model import ModelEntry

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="As `models list` shows it.", autocompletion=completing.models
    ),
]

app = typer.Typer(
    help="List, fetch, find and remove local models.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@app.command("list")
def list_models() -> None:
    """List the local models: name, size, whether its weights are here, licence, what it is for."""
    from summarizer.model import load_catalogue

    catalogue = load_catalogue()
    rows = [("NAME", "SIZE", "WEIGHTS", "LICENCE", "")]
    for entry in catalogue.models:
        rows.append(
            (
                entry.name,
                f"{(entry.bytes or 0) / 1e9:.1f} GB",
                _state(entry),
                entry.license or "",
                entry.about,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, (*widths, 0), strict=True)]
        messages.say("  ".join(cells).rstrip())


@app.command()
def pull(name: Name) -> None:
    """Fetch the weights of a model, unless they are here; an interrupted fetch goes on."""
    from summarizer.cli.progress import pull_progress
    from summarizer.model import find_model
    from summarizer.model import pull as pull_weights

    entry = find_model(name)
    with pull_progress(entry.name) as progress:
        path = pull_weights(entry, progress)
    messages.say(str(path))


@app.command()
def path(name: Name) -> None:
    """Print where the weights of a model are."""
    from summarizer.model import find_model, weights_path

    messages.say(str(weights_path(find_model(name))))


@app.command()
def remove(name: Name) -> None:
    """Delete the weights of a model, and what an interrupted fetch left."""
    from summarizer.model import find_model
    from summarizer.model import remove as remove_weights

    entry = find_model(name)
    freed = remove_weights(entry)
    messages.note(f"removed {entry.name}: {freed / 1e6:,.0f} MB freed")


def _state(entry: ModelEntry) -> str:
    from summarizer.errors import ModelUnavailable
    from summarizer.model import weights_path

    try:
        weights_path(entry)
    except ModelUnavailable as error:
        return "damaged" if error.where else "-"
    return "here"
