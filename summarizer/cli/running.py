"""One run for the command line: everything it needs, opened in order and closed in order."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from summarizer.cli import messages
from summarizer.cli.busy import busy
from summarizer.errors import BudgetStopped, SummarizerError, UsageError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.cli.engine import Engine, Opener
    from summarizer.errors import InputError
    from summarizer.model import Answers, Price
    from summarizer.prompt import Prompt
    from summarizer.run import (
        Budget,
        Conductor,
        Crew,
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
LEDGER_SUFFIX = ".ledger"  # as in `summarizer.run`, which is not loaded for the help


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
        from summarizer.cli.rounds import check_batches
        from summarizer.model import load_prices
        from summarizer.prompt import load_prompt
        from summarizer.run import Identity
        from summarizer.settings import choose_model

        prompt = load_prompt(settings.prompt)
        choice = choose_model(settings)
        price = load_prices(settings.prices).find(choice.model, choice.base_url)
        if settings.engine == "openai-batch":
            check_batches(settings, choice)
            price = price and price.batched()
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
    read: Callable[[], Iterable[Article | InputError]],
    open_sinks: Callable[[], AbstractContextManager[list[Sink]]],
    *,
    alone: bool,
    total: int | None = None,
    again: frozenset[State] = frozenset(),
    logprobs: bool = False,
    on_call: Callable[[Heard], None] | None = None,
    wait: bool = True,
) -> int:
    """Run the plan over the sources, and give the exit code.

    Args:
        plan: what to do.
        read: gives the articles, or why one cannot be read; called for each round.
        open_sinks: opens where the records go, once the ledger is this process's own.
        alone: whether there is one article only.
        total: how many there are, if that is known.
        again: states of an earlier run that are worked on again.
        logprobs: ask for the probabilities of the model's choices.
        on_call: told of every call to the model.
        wait: stay until every round is done, where answers come in rounds.

    Raises:
        SummarizerError: the run could not begin, or could not go on.
    """
    from summarizer.cli.rounds import wait_for_batches
    from summarizer.run import exit_code

    settings = plan.settings
    with _ledger(settings) as ledger, _engine(plan, alone, logprobs) as engine:
        if settings.restart:
            ledger.clear()
        _say_what_is_new(ledger, plan.identity)
        rounds = _Rounds(plan, ledger, engine, alone, total, again, on_call)
        while True:
            with open_sinks() as sinks:
                conductor, failure = rounds.go_through(read(), sinks)
            if conductor.ending != "waiting" or not wait:
                break
            wait_for_batches(ledger, plan)
    ending = "finished" if failure and settings.fail_fast else conductor.ending
    return exit_code(ending, failure, alone=alone)


@dataclass(frozen=True)
class _Rounds:
    """What each round of a run has in common; most runs have one round."""

    plan: Plan
    ledger: Ledger
    engine: Engine
    alone: bool
    total: int | None
    again: frozenset[State]
    on_call: Callable[[Heard], None] | None

    def go_through(
        self, sources: Iterable[Article | InputError], sinks: list[Sink]
    ) -> tuple[Conductor, SummarizerError | None]:
        """Go through the inputs once; how it went, and the first failure."""
        from summarizer.cli.progress import run_progress
        from summarizer.run import Budget, Conductor

        plan, settings = self.plan, self.plan.settings
        budget = Budget(settings.max_tokens_total, settings.max_cost)
        with _watching(self.alone, self.total, run_progress) as watch:
            conductor = Conductor(
                self.ledger,
                plan.identity,
                lambda: self._opened(budget),
                jobs=plan.jobs,
                budget=budget,
                again=self.again,
                watch=watch,
                on_fault=messages.fault,
                on_call=self.on_call or (lambda heard: None),
            )
            with _stopped_by_signal(conductor, alone=self.alone):
                failure, stopped = _go_through(conductor, sources, sinks, settings.fail_fast)
        _say_how_it_went(conductor.progress, stopped, alone=self.alone)
        return conductor, failure

    def _opened(self, budget: Budget) -> Crew:
        from summarizer.run import ENGINES, Opening

        plan, settings = self.plan, self.plan.settings
        equipment = _equipment(plan, self.engine.opener(), budget, bool(self.again))
        opening = Opening(
            replace(equipment, listen=self.on_call is not None),
            plan.jobs,
            self.ledger,
            own_model=plan.choice.base_url is None,
            ray_address=settings.ray_address,
            batch_size=settings.batch_size,
        )
        return ENGINES[settings.engine](opening)


def _engine(plan: Plan, alone: bool, logprobs: bool) -> Engine:
    from summarizer.cli.engine import Engine

    settings = plan.settings
    return Engine(
        plan.choice,
        timeout=settings.timeout,
        patient=not alone,
        logprobs=logprobs,
        engine=settings.engine,
    )


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
    from summarizer.model import Pacer
    from summarizer.run import Equipment

    settings = plan.settings
    return Equipment(
        open_model=opener,
        prompt=plan.prompt,
        price=plan.price,
        pacer=Pacer(settings.max_rpm, settings.max_tpm),
        budget=budget,
        open_cache=None if settings.no_cache else _cache(settings, fresh),
    )


def _cache(settings: Settings, fresh: bool) -> Callable[[], Answers]:
    """What opens the user's cache; `fresh` leaves out what an article failed with."""
    from summarizer.model import AnswerCache, cache_path

    limit = settings.cache_limit_mb * 1_000_000
    return partial(AnswerCache, cache_path(), limit=limit, skip_failed=fresh)


def ledger_path(out: Path) -> Path:
    """The ledger that belongs to an output, which may be the ledger itself."""
    return out if out.suffix == LEDGER_SUFFIX else out.with_name(out.name + LEDGER_SUFFIX)


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
