"""One run for the command line: everything it needs, opened in order and closed in order."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from summarizer.cli import messages
from summarizer.cli.busy import busy
from summarizer.errors import BudgetStopped, SummarizerError, UsageError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.cli.engine import Opener
    from summarizer.errors import InputError
    from summarizer.model import Price
    from summarizer.prompt import Prompt
    from summarizer.run import (
        Budget,
        Conductor,
        Entry,
        Equipment,
        Heard,
        Identity,
        Ledger,
        Progress,
        State,
    )
    from summarizer.settings import ModelChoice, Settings

_HOSTED_JOBS = 8


class Sink(Protocol):
    """Where records go; `count` tells how many have gone there."""

    count: int

    def add(self, entry: Entry) -> None:
        """Take in one record."""


@dataclass(frozen=True)
class Plan:
    """What a run is to do, worked out before anything is opened."""

    settings: Settings
    prompt: Prompt
    choice: ModelChoice
    identity: Identity
    price: Price | None

    @classmethod
    def of(cls, settings: Settings) -> Plan:
        """The plan that the settings make.

        Raises:
            UsageError: a setting is wrong, or money is limited and the price is not known.
            ModelUnavailable: a hosted model without a key.
        """
        from summarizer.cli.engine import identity_of
        from summarizer.model import load_prices
        from summarizer.prompt import load_prompt
        from summarizer.run import Identity
        from summarizer.settings import choose_model

        prompt = load_prompt(settings.prompt)
        choice = choose_model(settings)
        price = load_prices(settings.prices).find(choice.model, choice.base_url)
        if settings.max_cost is not None and choice.base_url is not None and price is None:
            raise UsageError(
                f"the price of `{choice.model}` is not known, so money cannot be limited",
                where="--max-cost",
                hint="Name a file of prices in `SUMMARIZER_PRICES`, or use `--max-tokens-total`.",
            )
        identity = Identity(prompt.name, prompt.sha256, choice.model, identity_of(choice))
        return cls(settings, prompt, choice, identity, price)

    @property
    def jobs(self) -> int:
        """How many articles are worked on at the same time."""
        return self.settings.jobs or (1 if self.choice.base_url is None else _HOSTED_JOBS)


def conduct(
    plan: Plan,
    sources: Iterable[Article | InputError],
    open_sinks: Callable[[], AbstractContextManager[list[Sink]]],
    *,
    alone: bool,
    total: int | None = None,
    again: frozenset[State] = frozenset(),
    logprobs: bool = False,
    on_call: Callable[[Heard], None] | None = None,
) -> int:
    """Run the plan over the sources, and give the exit code.

    Args:
        plan: what to do.
        sources: the articles, or why one cannot be read.
        open_sinks: opens where the records go, once the ledger is this process's own.
        alone: whether there is one article only.
        total: how many there are, if that is known.
        again: states of an earlier run that are worked on again.
        logprobs: ask for the probabilities of the model's choices.
        on_call: told of every call to the model.

    Raises:
        SummarizerError: the run could not begin, or could not go on.
    """
    from summarizer.cli.engine import Engine
    from summarizer.cli.progress import run_progress
    from summarizer.run import Budget, Conductor, exit_code, open_crew

    settings = plan.settings
    with (
        _ledger(settings) as ledger,
        Engine(
            plan.choice, timeout=settings.timeout, patient=not alone, logprobs=logprobs
        ) as engine,
        open_sinks() as sinks,
        _watching(alone, total, run_progress) as watch,
    ):
        if settings.restart:
            ledger.clear()
        _say_what_is_new(ledger, plan.identity)
        budget = Budget(settings.max_tokens_total, settings.max_cost)

        def equipped() -> Equipment:
            found = _equipment(plan, engine.opener(), budget, bool(again))
            return replace(found, listen=on_call is not None)

        conductor = Conductor(
            ledger,
            plan.identity,
            lambda: open_crew(equipped(), plan.jobs),
            jobs=plan.jobs,
            budget=budget,
            again=again,
            watch=watch,
            on_fault=messages.fault,
            on_call=on_call or (lambda heard: None),
        )
        with _stopped_by_signal(conductor, alone=alone):
            failure, stopped = _go_through(conductor, sources, sinks, settings.fail_fast)
    _say_how_it_went(conductor.progress, stopped, alone=alone)
    ending = "finished" if failure and settings.fail_fast else conductor.ending
    return exit_code(ending, failure, alone=alone)


def _go_through(
    conductor: Conductor,
    sources: Iterable[Article | InputError],
    sinks: list[Sink],
    fail_fast: bool,
) -> tuple[SummarizerError | None, BudgetStopped | None]:
    """Give on the records, tell the failures; the first failure, and what the budget says."""
    failure: SummarizerError | None = None
    stopped: BudgetStopped | None = None
    with closing(conductor.run(sources)) as entries:
        for entry in entries:
            if isinstance(entry.result, BudgetStopped):
                stopped = entry.result
            elif isinstance(entry.result, SummarizerError):
                failure = failure or entry.result
                messages.error(entry.result, name=entry.name)
                if fail_fast:
                    conductor.stop()
            else:
                for sink in sinks:
                    sink.add(entry)
    return failure, stopped


def _equipment(plan: Plan, opener: Opener, budget: Budget, fresh: bool) -> Equipment:
    from summarizer.model import Pacer, cache_path
    from summarizer.run import Equipment

    settings = plan.settings
    return Equipment(
        open_model=opener,
        prompt=plan.prompt,
        price=plan.price,
        pacer=Pacer(settings.max_rpm, settings.max_tpm),
        budget=budget,
        cache=None if settings.no_cache else cache_path(),
        cache_limit=settings.cache_limit_mb * 1_000_000,
        fresh=fresh,
    )


def ledger_path(out: Path) -> Path:
    """The ledger that belongs to an output."""
    from summarizer.run import SUFFIX

    return out.with_name(out.name + SUFFIX)


@contextmanager
def _ledger(settings: Settings) -> Iterator[Ledger]:
    """The ledger beside the output; a run without a file keeps one only while it lasts."""
    from summarizer.run import Ledger

    if settings.out is not None:
        with Ledger(ledger_path(settings.out)) as ledger:
            yield ledger
        return
    with (
        tempfile.TemporaryDirectory(prefix="summarizer-") as folder,
        Ledger(Path(folder) / "run") as ledger,
    ):
        yield ledger


def _say_what_is_new(ledger: Ledger, identity: Identity) -> None:
    last = ledger.last_run()
    if last is None or last.identity == identity:
        return
    before, changed = last.identity, []
    if before.prompt_sha256 != identity.prompt_sha256:
        same = before.prompt == identity.prompt
        changed.append(f"the prompt `{identity.prompt}` {'has changed' if same else 'is another'}")
    if before.model != identity.model:
        changed.append(f"the model is `{identity.model}` instead of `{before.model}`")
    elif before.endpoint != identity.endpoint:
        changed.append("the endpoint or the weights are others")
    messages.note(f"{' and '.join(changed)} since the last run, so every article is new work")


def _say_how_it_went(progress: Progress, stopped: BudgetStopped | None, *, alone: bool) -> None:
    if progress.changed:
        messages.note(f"{progress.changed} inputs are other articles than in the last run")
    if progress.known and not alone:
        messages.note(f"{progress.known} of {progress.read} were answered before")
    if stopped:
        messages.note(f"{progress.failed['budget']} inputs skipped: {stopped}")


@contextmanager
def _watching(
    alone: bool,
    total: int | None,
    run_progress: Callable[[int | None], AbstractContextManager[Callable[[Progress], None]]],
) -> Iterator[Callable[[Progress], None]]:
    if alone:
        with busy("summarizing"):
            yield lambda progress: None
    else:
        with run_progress(total) as watch:
            yield watch


@contextmanager
def _stopped_by_signal(conductor: Conductor, *, alone: bool) -> Iterator[None]:
    """Ctrl-C once finishes what is in flight, twice stops at once; one article stops at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        conductor.stop()
        messages.note(
            f"stopping: {conductor.in_flight} in flight are finished first; "
            "press Ctrl-C again to stop at once"
        )

    before = signal.getsignal(signal.SIGINT)
    if alone:
        yield
        return
    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
