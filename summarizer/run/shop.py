"""Where tasks are answered: one endpoint and one cache, which any number of threads share."""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from summarizer.errors import BudgetStopped, ProgramFault, SummarizerError
from summarizer.model import Answer, Answers, Endpoint, Pacing, Usage, usage_of
from summarizer.prompt import Message, Prompt
from summarizer.run.budget import Purse
from summarizer.run.work import Done, Heard, Parked, Spent, Task

if TYPE_CHECKING:
    from summarizer.extract import Call
    from summarizer.model import Price

T = TypeVar("T", bound=BaseModel)
Event = Spent | Heard | Done | Parked

_JOBS_A_SPARE = 4  # one thread more for so many calls in flight


@dataclass(frozen=True)
class Equipment:
    """What every worker needs, wherever it runs; all of it can be sent to another process.

    Args:
        open_model: gives the endpoint to ask, with the cache and the pacer to use.
        prompt: what is asked.
        price: of the model; null is unknown.
        pacer: the rate to keep to.
        budget: what may be spent.
        open_cache: opens the answer cache; null for none.
        listen: give an event for every call to the model.
    """

    open_model: Callable[[Answers | None, Pacing | None], Endpoint]
    prompt: Prompt
    price: Price | None
    pacer: Pacing
    budget: Purse
    open_cache: Callable[[], Answers] | None
    listen: bool = False


def threads_for(jobs: int) -> int:
    """Threads that keep so many calls in flight; one call at a time needs no second thread."""
    return jobs if jobs == 1 else jobs + max(1, jobs // _JOBS_A_SPARE)


class Bench:
    """The endpoint and the cache, opened; answers one task for each thread that asks it to.

    Args:
        equipment: what to work with.
        jobs: how many calls may be in flight.
        emit: told of calls, and of what each answer cost, before the task that it is for is done.

    Raises:
        SummarizerError: the model or the cache cannot be opened.
    """

    def __init__(
        self, equipment: Equipment, jobs: int, emit: Callable[[Spent | Heard], None]
    ) -> None:
        self._equipment = equipment
        self._emit = emit
        self._cache = equipment.open_cache() if equipment.open_cache else None
        self._endpoint = equipment.open_model(self._cache, equipment.pacer)
        self._calls = threading.BoundedSemaphore(jobs)
        self._lock = threading.Lock()
        self._probes_told = False

    def answer(self, task: Task) -> Done:
        """What becomes of a task."""
        from summarizer.extract import summarize_article
        from summarizer.record import dump_record

        equipment = self._equipment
        model = _Metered(self._endpoint, task.key, equipment, self._emit, self._calls)
        started = time.monotonic()
        result: str | SummarizerError
        try:
            record = summarize_article(
                task.article,
                model=model,
                prompt=equipment.prompt,
                price=equipment.price,
                listen=partial(self._hear, task) if equipment.listen else None,
            )
            result = dump_record(record)
        except SummarizerError as error:
            result = error
        except Exception as error:
            result = ProgramFault.of(error, traceback.format_exc())
        self._tell_probes(model)
        return Done(task.key, result, time.monotonic() - started)

    def _hear(self, task: Task, call: Call) -> None:
        self._emit(Heard(task.key, task.article.uri, call))

    def close(self) -> None:
        """Close what was opened."""
        self._endpoint.close()
        if self._cache:
            self._cache.close()

    def _tell_probes(self, model: _Metered) -> None:
        """Count what it cost to find out how the server is spoken to, with the first article."""
        with self._lock:
            told, self._probes_told = self._probes_told, self._endpoint.probes > 0
        if self._probes_told and not told:
            model.pay(self._endpoint.probe_usage)


class Shop:
    """Threads at one bench.

    Args:
        equipment: what to work with.
        jobs: how many calls may be in flight.
        emit: told of everything that happens, also that the model cannot be opened.
    """

    def __init__(
        self, equipment: Equipment, jobs: int, emit: Callable[[Event | SummarizerError], None]
    ) -> None:
        self._equipment = equipment
        self._jobs = jobs
        self._emit = emit
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads = threads_for(jobs)
        self._working = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._open, daemon=True).start()

    def submit(self, task: Task) -> None:
        """Begin a task as soon as a thread is free."""
        self._tasks.put(task)

    def close(self) -> None:
        """Begin nothing more, and close everything once what is in flight is done."""
        for _ in range(self._threads):
            self._tasks.put(None)

    def _open(self) -> None:
        """Open the model and start the threads; it takes a while, for which nobody waits."""
        try:
            bench = Bench(self._equipment, self._jobs, self._emit)
        except SummarizerError as error:
            self._emit(error)
            return
        with self._lock:
            self._working = self._threads
        for _ in range(self._threads):
            threading.Thread(target=self._serve, args=(bench,), daemon=True).start()

    def _serve(self, bench: Bench) -> None:
        while (task := self._tasks.get()) is not None:
            self._emit(bench.answer(task))
        with self._lock:
            self._working -= 1
            last = not self._working
        if last:
            bench.close()


class _Metered:
    """A model whose every answer is paid from the budget and reported."""

    def __init__(
        self,
        endpoint: Endpoint,
        key: str,
        equipment: Equipment,
        emit: Callable[[Spent | Heard], None],
        calls: threading.BoundedSemaphore,
    ) -> None:
        self._endpoint = endpoint
        self._calls = calls
        self._key = key
        self._equipment = equipment
        self._emit = emit

    @property
    def name(self) -> str:
        return self._endpoint.name

    @property
    def label(self) -> str:
        return self._endpoint.label

    @property
    def context(self) -> int | None:
        return self._endpoint.context

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        try:
            with self._calls:
                self._equipment.budget.check()
                answer = self._endpoint.ask(
                    messages, answer_type, max_tokens=max_tokens, check=check
                )
        except BudgetStopped:
            raise
        except SummarizerError as error:
            self.pay(usage_of(error))
            raise
        self.pay(answer.usage)
        return answer

    def pay(self, usage: Usage) -> None:
        price = self._equipment.price
        cost = price.cost(usage) if price else None
        self._equipment.budget.spend(usage.tokens, cost)
        self._emit(Spent(self._key, usage, cost))
