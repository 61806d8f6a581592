"""`--dry-run`: what a run would take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typer

from summarizer.cli import messages
from summarizer.cli.running import Plan, ledger_path
from summarizer.errors import InputError

if TYPE_CHECKING:
    from summarizer.article import Article

_ALL_RIGHT, _SOME_UNREADABLE = 0, 3


def estimate(plan: Plan, sources: Iterable[Article | InputError]) -> int:
    """Print what the plan would take for the articles that have no answer yet; the exit code."""
    from contextlib import ExitStack

    from summarizer.run import LedgerReader, estimate_run

    seen: set[str] = set()
    unreadable = 0

    def articles() -> Iterator[Article]:
        nonlocal unreadable
        for source in sources:
            if isinstance(source, InputError):
                unreadable += 1
                messages.error(source)
            else:
                yield source

    with ExitStack() as stack:
        path = ledger_path(plan.settings.out) if plan.settings.out else None
        ledger = None
        if path and path.exists() and not plan.settings.restart:
            ledger = stack.enter_context(LedgerReader(path))

        def is_known(article: Article) -> bool:
            key = plan.identity.key(article)
            known = key in seen or (ledger is not None and ledger.is_answered(key))
            seen.add(key)
            return known

        found = estimate_run(articles(), prompt=plan.prompt, price=plan.price, is_known=is_known)
    typer.echo(f"articles  {found.articles} new, {found.known} answered before or equal to another")
    typer.echo(f"calls     about {found.calls:,}")
    typer.echo(f"read      about {found.read:,} tokens")
    typer.echo(f"written   {found.written[0]:,} to {found.written[1]:,} tokens")
    if found.cost_usd:
        typer.echo(
            f"cost      {found.cost_usd[0]:.4f} to {found.cost_usd[1]:.4f} USD, if asked once"
        )
    elif plan.choice.base_url is None:
        typer.echo("cost      none: the model is local")
    else:
        typer.echo(f"cost      unknown: there is no price of `{plan.choice.model}`")
    return _SOME_UNREADABLE if unreadable else _ALL_RIGHT
