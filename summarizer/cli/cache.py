"""`summarizer cache`: what the answer cache holds, and emptying it."""

from __future__ import annotations

import typer

from summarizer.cli import messages

app = typer.Typer(
    help="How much the answer cache holds; empty it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@app.command()
def info() -> None:
    """Print where the cache is, and how much it holds."""
    from summarizer.model import cache_info, cache_path

    found = cache_info(cache_path())
    messages.say(f"path     {found.path}")
    typer.echo(f"answers  {found.answers}")
    typer.echo(f"size     {found.size / 1e6:.1f} MB")
    if found.oldest:
        typer.echo(f"oldest   last used on {found.oldest}")


@app.command()
def clear() -> None:
    """Remove every answer. What is asked again is paid for again."""
    from summarizer.model import cache_info, cache_path, clear_cache

    path = cache_path()
    count = cache_info(path).answers
    clear_cache(path)
    typer.echo(f"{count} answers removed")
