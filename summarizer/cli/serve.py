"""`summarizer serve`: a local model that other commands find loaded."""

from __future__ import annotations

import sys
import time
from typing import Annotated, NoReturn

import typer

from summarizer.cli import completing, messages
from summarizer.errors import ModelUnavailable

_LOOK_EVERY = 15.0

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def serve(
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="A local model or a `.gguf` file.",
            autocompletion=completing.models,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 is any free one.")
    ] = 0,
) -> None:
    """Keep the local model loaded behind an OpenAI-compatible address, until Ctrl-C.

    Other commands of the same user find it by themselves. The address wants a key, which is new
    each time; the file that is named holds it.
    """
    from summarizer.model import (
        EmbeddedServer,
        announce,
        find_model,
        load_catalogue,
        weights_path,
    )
    from summarizer.settings import load_settings

    entry = find_model(load_settings(model=model).model or load_catalogue().default)
    path = weights_path(entry)
    try:
        with (
            EmbeddedServer(path, entry.name, port=port) as address,
            announce(address) as note,
        ):
            messages.note(f"serving {entry.name}; the key is in {note}; Ctrl-C stops it")
            typer.echo(address.base_url)
            sys.stdout.flush()
            _wait(entry.name)
    except KeyboardInterrupt:
        messages.note("stopped")


def _wait(name: str) -> NoReturn:
    """Wait for Ctrl-C, and look from time to time whether the server still answers."""
    from summarizer.model import find_warm

    while True:
        time.sleep(_LOOK_EVERY)
        if find_warm(name) is None and find_warm(name) is None:
            raise ModelUnavailable(f"the server of `{name}` ended by itself")
