"""The run itself: inputs become tasks of the crew, and what comes back is entered and given on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field

from summarizer.article import Article
from summarizer.errors import (
    BudgetStopped,
    InputError,
    ModelUnavailable,
    ProgramFault,
    StorageError,
    SummarizerError,
    TransportError,
)
from summarizer.model import Usage
from summarizer.run.budget import Budget
from summarizer.run.crew import Crew
from summarizer.run.entry import Entry
from summarizer.run.ledger import Ending, Ledger
from summarizer.run.work import UNFINISHED, Done, Heard, Identity, Spent, State, Task, state_of

_PATIENCE = 0.2  # seconds to wait for events before the user's wish to stop is looked at
_BATCH = 500  # inputs that were done before, between two commits
_BROKEN_OFF = 8  # times as many articles as are in flight may fail in a row for want of an answer


@dataclass
class Progress:
    """How far a run has got: how many inputs are read, and ready in the order of the inputs.

    `known` had their record already, from an earlier run or from an equal article. `changed` are
    other articles than an earlier run had under the same name. `waiting` wait for answers that come
    in a later round.
    """

    read: int = 0
    ready: int = 0
    known: int = 0
    changed: int = 0
    waiting: int = 0
    failed: Counter[State] = field(default_factory=Counter)
    usage: Usage = field(default_factory=Usage)
    cost_usd: float | None = None


class Conductor:
    """Conducts one run over a ledger that is open.

    Args:
        ledger: where everything is entered.
        identity: what decides the records besides the articles.
        open_crew: gives the crew; called when there is the first task.
        jobs: how many calls may be in flight at the same time.
        budget: what may be spent.
        again: the states that are worked on again, besides those that are not finished.
        watch: told of the progress whenever there is some.
        on_fault: told of a fault of the program, whose traceback is kept nowhere.
        on_call: told of every call, if the crew listens to them; they are kept nowhere.
    """

    def __init__(
        self,
        ledger: Ledger,
        identity: Identity,
        open_crew: Callable[[], Crew],
        *,
        jobs: int,
        budget: Budget,
        again: frozenset[State] = frozenset(),
        watch: Callable[[Progress], None] = lambda progress: None,
        on_fault: Callable[[ProgramFault], None] = lambda fault: None,
        on_call: Callable[[Heard], None] = lambda heard: None,
    ) -> None:
        self.progress = Progress()
        self.ending: Ending = "finished"
        self._ledger = ledger
        self._identity = identity
        self._open_crew = open_crew
        self._crew: Crew | None = None
        self._jobs = jobs
        self._budget = budget
        self._again = UNFINISHED | again
        self._watch = watch
        self._on_fault = on_fault
        self._on_call = on_call
        self._flying: dict[str, list[int]] = {}
        self._pending: set[int] = set()
        self._failed_now: set[str] = set()
        self._stopping = False
        self._out_of_budget: BudgetStopped | None = None
        self._answered = False
        self._unanswered = 0
        self._next_out = 0

    @property
    def in_flight(self) -> int:
        """How many articles are being worked on."""
        return len(self._flying)

    def stop(self) -> None:
        """Begin nothing more; what is in flight is finished. A signal handler may call this."""
        self._stopping = True

    def run(self, sources: Iterable[Article | InputError]) -> Generator[Entry, None, None]:
        """What became of each input, in input order, each once it is on disk.

        Close it before the ledger.

        A run that is stopped or fails gives in the end what an earlier run has for the inputs that
        it did not get to, so that an output never holds less than before.

        Raises:
            ModelUnavailable: the model cannot be used, and has not given an answer yet; or it
                stopped answering for good.
            StorageError: the ledger or the cache cannot be written.
        """
        tokens, cost = self._ledger.begin(self._identity)
        self._budget.spend(tokens, cost)
        ending: Ending = "interrupted"
        try:
            yield from self._work(iter(sources))
            if self._crew and not self._stopping:
                self._crew.send()
            ending = self.ending = self._how_it_ended()
            if self._stopping:
                yield from self._ledger.leftovers(self.progress.read)
        except SummarizerError:
            ending = self.ending = "failed"
            yield from self._ledger.leftovers(self._next_out)
            raise
        finally:
            if self._crew:
                self._crew.close()
            read_all = ending in ("finished", "budget", "waiting")
            self._ledger.end(ending, self.progress.read if read_all else None)

    def _work(self, sources: Iterator[Article | InputError]) -> Iterator[Entry]:
        more = True
        while more or self._flying:
            more = more and not self._stopping and self._fill(sources)
            yield from self._ready()
            if self._flying:
                self._collect()
                yield from self._ready()

    def _how_it_ended(self) -> Ending:
        if self._stopping:
            return "interrupted"
        if self.progress.waiting:
            return "waiting"
        return "budget" if self._out_of_budget else "finished"

    def _fill(self, sources: Iterator[Article | InputError]) -> bool:
        """Read until enough is in flight or a batch is read; whether there is more to read."""
        for _ in range(_BATCH):
            if len(self._flying) >= (self._crew.capacity if self._crew else self._jobs):
                return True
            source = next(sources, None)
            if source is None:
                return False
            self._take(source)
        return True

    def _take(self, source: Article | InputError) -> None:
        position = self.progress.read
        self.progress.read += 1
        if isinstance(source, InputError):
            self._ledger.place(position, source, None)
            return
        key = self._identity.key(source)
        self.progress.changed += self._ledger.place(position, source, key)
        if key in self._flying:
            self._flying[key].append(position)
            self._pending.add(position)
            self.progress.known += 1
            return
        state = self._ledger.state(key)
        if state is None or (state in self._again and key not in self._failed_now):
            self._begin(Task(key, source), position)
        else:
            self.progress.known += 1

    def _begin(self, task: Task, position: int) -> None:
        if self._out_of_budget is None:
            try:
                self._budget.check()
            except BudgetStopped as stopped:
                self._out_of_budget = stopped
        if self._out_of_budget:
            self._ledger.finish(Done(task.key, self._out_of_budget, 0.0))
            return
        if self._crew is None:
            self._crew = self._open_crew()
        self._flying[task.key] = [position]
        self._pending.add(position)
        self._crew.submit(task)

    def _collect(self) -> None:
        """Enter what happened, put it on disk, and only then count it."""
        assert self._crew
        events = self._crew.events(_PATIENCE)
        for event in events:
            if isinstance(event, Spent):
                self._ledger.spend(event)
            elif isinstance(event, Done):
                self._ledger.finish(event)
        self._ledger.commit()
        for event in events:
            if isinstance(event, Spent):
                self._count(event)
            elif isinstance(event, Done):
                self._settle(event)
            elif isinstance(event, Heard):
                self._on_call(event)
            else:
                positions = self._flying.pop(event.key)
                self._pending.difference_update(positions)
                self.progress.waiting += len(positions)

    def _count(self, spent: Spent) -> None:
        self._answered = self._answered or spent.usage.prompt_tokens > 0
        self.progress.usage += spent.usage
        if spent.cost_usd is not None:
            self.progress.cost_usd = (self.progress.cost_usd or 0.0) + spent.cost_usd
        self._watch(self.progress)

    def _settle(self, done: Done) -> None:
        self._pending.difference_update(self._flying.pop(done.key))
        if done.state in self._again:
            self._failed_now.add(done.key)
        if isinstance(done.result, StorageError):
            raise done.result
        if isinstance(done.result, ProgramFault):
            self._on_fault(done.result)
        if isinstance(done.result, BudgetStopped):
            self._out_of_budget = done.result
        if done.state != "transport":
            self._answered, self._unanswered = True, 0
            return
        if isinstance(done.result, ModelUnavailable) and not self._answered:
            raise done.result
        self._unanswered += 1
        if self._unanswered >= _BROKEN_OFF * max(self._jobs, 2):
            raise _broken_off(self._unanswered, done.result)

    def _ready(self) -> Iterator[Entry]:
        """The inputs whose outcome is known and on disk, in order."""
        if self._next_out >= self.progress.read:
            return
        self._ledger.commit()
        while self._next_out < self.progress.read and self._next_out not in self._pending:
            entry = self._ledger.entry(self._next_out)
            self._next_out += 1
            if entry.result is None:
                continue  # parked
            self.progress.ready += 1
            if isinstance(entry.result, SummarizerError):
                self.progress.failed[state_of(entry.result)] += 1
            yield entry
        self._watch(self.progress)


def _broken_off(count: int, last: str | SummarizerError) -> TransportError:
    return TransportError(
        f"the endpoint has given no answer for {count} articles in a row, so the run stops: {last}",
        hint="What is done is kept. The same command goes on where this stopped.",
    )
