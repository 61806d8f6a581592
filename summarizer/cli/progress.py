"""Showing on standard error how far a download has got."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.model import Progress, Stage

_DOING: dict[Stage, str] = {
    "wait": "waiting for another process that fetches",
    "download": "fetching",
    "join": "joining the parts of",
    "check": "checking",
}


@contextmanager
def pull_progress(name: str) -> Iterator[Progress]:
    """What `pull` reports to: a bar on a terminal, elsewhere one line for each stage.

    Args:
        name: the model that is fetched.
    """
    if sys.stderr.isatty():
        with _bar(name) as report:
            yield report
    else:
        yield _lines(name)


def _lines(name: str) -> Progress:
    seen: set[Stage] = set()

    def report(stage: Stage, done: int, total: int) -> None:
        if stage not in seen:
            seen.add(stage)
            size = f" ({total / 1e6:,.0f} MB)" if total else ""
            print(f"{_DOING[stage]} {name}{size}", file=sys.stderr, flush=True)

    return report


@contextmanager
def _bar(name: str) -> Iterator[Progress]:
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.DownloadColumn(),
        rich.TransferSpeedColumn(),
        rich.TimeRemainingColumn(),
    )
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as display:
        tasks: dict[Stage, rich.TaskID] = {}

        def report(stage: Stage, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = display.add_task(f"{_DOING[stage]} {name}", total=total or None)
            display.update(tasks[stage], completed=done, total=total or None)

        yield report
