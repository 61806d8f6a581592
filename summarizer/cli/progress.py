"""Showing on standard error how far a download or a run has got."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.model import Progress, Stage
    from summarizer.run import Progress as RunProgress

    Watch = Callable[[RunProgress], None]

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


_EVERY = 5.0  # seconds between two lines where there is no terminal


@contextmanager
def run_progress(total: int | None) -> Iterator[Watch]:
    """What a run reports to: a bar on a terminal, elsewhere a line every few seconds.

    Args:
        total: how many articles there are, if that is known.
    """
    if sys.stderr.isatty():
        with _run_bar(total) as watch:
            yield watch
    else:
        yield _run_lines(total)


def _run_lines(total: int | None) -> Watch:
    started = said = time.monotonic()

    def watch(progress: RunProgress) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= _EVERY:
            said = now
            of = "" if total is None else f" of {total}"
            left = _time_left(progress, total, now - started)
            print(
                f"{progress.ready}{of} done{_so_far(progress)}{left}", file=sys.stderr, flush=True
            )

    return watch


@contextmanager
def _run_bar(total: int | None) -> Iterator[Watch]:
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TextColumn("{task.description}"),
        rich.TimeRemainingColumn(),
    )
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("", total=total)

        def watch(progress: RunProgress) -> None:
            display.update(task, completed=progress.ready, description=_so_far(progress))

        yield watch


def _so_far(progress: RunProgress) -> str:
    failed = sum(progress.failed.values())
    parts = [f"{failed} failed" if failed else "", f"{progress.usage.tokens:,} tokens"]
    parts.append("" if progress.cost_usd is None else f"{progress.cost_usd:.4f} USD")
    return "".join(f", {part}" for part in parts if part)


def _time_left(progress: RunProgress, total: int | None, elapsed: float) -> str:
    """The rest at the pace of the articles that were worked on in this run."""
    worked = progress.ready - progress.known
    if total is None or worked <= 0:
        return ""
    minutes, seconds = divmod(round((total - progress.ready) * elapsed / worked), 60)
    hours, minutes = divmod(minutes, 60)
    return f", {hours}:{minutes:02}:{seconds:02} left"
