"""Threads that answer tasks, in this process or in several others.

A thread waits for the server most of its time, so that many share one processor. The program's own
work on an article does not: with many calls in flight it is spread over processes.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from summarizer.errors import (
    BudgetStopped,
    ModelUnavailable,
    ProgramFault,
    SummarizerError,
    TransportError,
)
from summarizer.model import Answer, AnswerCache, Endpoint, Pacer, Usage, usage_of
from summarizer.prompt import Message, Prompt
from summarizer.run.budget import Budget
from summarizer.run.work import Done, Heard, Spent, Task

if TYPE_CHECKING:
    from summarizer.extract import Call
    from summarizer.model import Price

T = TypeVar("T", bound=BaseModel)
Event = Spent | Heard | Done

_JOBS_A_PROCESS = 16
_JOBS_A_SPARE = 4  # one thread more for so many calls in flight
_MOST_RESTARTS = 3


@dataclass(frozen=True)
class Equipment:
    """What every worker needs, wherever it runs; all of it can be sent to another process.

    Args:
        open_model: gives the endpoint to ask, with the cache and the pacer to use.
        prompt: what is asked.
        price: of the model; null is unknown.
        pacer: the rate to keep to.
        budget: what may be spent.
        cache: the file of the answer cache; null for none.
        cache_limit: its greatest size in bytes.
        fresh: ask anew what ended in failure before, although its answers are kept.
        listen: give an event for every call to the model.
    """

    open_model: Callable[[AnswerCache | None, Pacer | None], Endpoint]
    prompt: Prompt
    price: Price | None
    pacer: Pacer
    budget: Budget
    cache: Path | None
    cache_limit: int
    fresh: bool = False
    listen: bool = False


class Crew(ABC):
    """Takes tasks and gives events: each call, what each answer cost, what became of each task.

    `capacity` is how many tasks it works on at once: a few more than there may be calls in flight,
    so that others wait for the server while one is read or checked.
    """

    capacity: int

    @abstractmethod
    def submit(self, task: Task) -> None:
        """Begin a task as soon as a thread is free."""

    @abstractmethod
    def events(self, timeout: float) -> list[Event]:
        """What happened since; waits at most `timeout` seconds for the first.

        Raises:
            SummarizerError: the model cannot be opened.
        """

    @abstractmethod
    def close(self) -> None:
        """Abandon whatever is in flight."""


def open_crew(equipment: Equipment, jobs: int) -> Crew:
    """A crew with at most `jobs` calls in flight."""
    processes = min(os.cpu_count() or 1, -(-jobs // _JOBS_A_PROCESS))
    if processes == 1:
        return ThreadCrew(equipment, jobs)
    shares = [jobs // processes + (n < jobs % processes) for n in range(processes)]
    return ProcessCrew(equipment, shares)


class ThreadCrew(Crew):
    """Threads of this process."""

    def __init__(self, equipment: Equipment, jobs: int) -> None:
        self._events: queue.SimpleQueue[Event | SummarizerError] = queue.SimpleQueue()
        self._shop = _Shop(equipment, jobs, self._events.put)
        self.capacity = _threads(jobs)

    def submit(self, task: Task) -> None:
        """See `Crew`."""
        self._shop.submit(task)

    def events(self, timeout: float) -> list[Event]:
        """See `Crew`."""
        found: list[Event] = []
        with suppress(queue.Empty):
            found.append(_event(self._events.get(timeout=timeout)))
            while True:
                found.append(_event(self._events.get_nowait()))
        return found

    def close(self) -> None:
        """See `Crew`."""
        self._shop.close()


class ProcessCrew(Crew):
    """Threads in several processes, which end with this one, whatever it ends by."""

    def __init__(self, equipment: Equipment, shares: Sequence[int]) -> None:
        self._equipment = equipment
        self._restarts = 0
        self._workers = [_Worker.start(equipment, share) for share in shares]
        self.capacity = sum(_threads(share) for share in shares)

    def submit(self, task: Task) -> None:
        """See `Crew`."""
        worker = min(self._workers, key=lambda one: len(one.tasks) / one.jobs)
        worker.tasks[task.key] = task
        with suppress(OSError):  # a worker that ended is found by `events`
            worker.connection.send(task)

    def events(self, timeout: float) -> list[Event]:
        """See `Crew`."""
        by_connection = {worker.connection: worker for worker in self._workers}
        found: list[Event] = []
        for connection in wait(list(by_connection), timeout):
            assert isinstance(connection, Connection)
            worker = by_connection[connection]
            try:
                while connection.poll():
                    event = _event(connection.recv())
                    if isinstance(event, Done):
                        worker.tasks.pop(event.key, None)
                    found.append(event)
            except (EOFError, OSError):
                found += self._replace(worker)
        return found

    def close(self) -> None:
        """See `Crew`."""
        for worker in self._workers:
            worker.stop()

    def _replace(self, worker: _Worker) -> list[Event]:
        """Start another in place of one that died; its tasks failed like broken connections."""
        worker.stop()
        self._restarts += 1
        if self._restarts > _MOST_RESTARTS:
            raise ModelUnavailable(
                f"the worker processes die, the last with exit code {worker.process.exitcode}",
                hint="Is there enough memory? Try fewer `--jobs`.",
            )
        self._workers.remove(worker)
        self._workers.append(_Worker.start(self._equipment, worker.jobs))
        lost = TransportError("the process that worked on it died", hint="Run the command again.")
        return [Done(key, lost, 0.0) for key in worker.tasks]


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    jobs: int
    tasks: dict[str, Task]

    @classmethod
    def start(cls, equipment: Equipment, jobs: int) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(equipment, jobs, theirs), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours, jobs, {})

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def _work(equipment: Equipment, jobs: int, connection: Connection) -> None:
    """What a worker process runs, until the other end of the connection closes."""
    # A Ctrl-C is meant for the process that started this one, which says what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lock = threading.Lock()

    def emit(event: Event | SummarizerError) -> None:
        with lock, suppress(OSError):
            connection.send(event)

    shop = _Shop(equipment, jobs, emit)
    with suppress(EOFError, OSError):
        while True:
            shop.submit(connection.recv())
    # What is in flight is abandoned, as when this process is killed.
    os._exit(0)


def _threads(jobs: int) -> int:
    """Threads that keep so many calls in flight; one call at a time needs no second thread."""
    return jobs if jobs == 1 else jobs + max(1, jobs // _JOBS_A_SPARE)


class _Shop:
    """Threads that share one endpoint and one cache."""

    def __init__(
        self, equipment: Equipment, jobs: int, emit: Callable[[Event | SummarizerError], None]
    ) -> None:
        self._equipment = equipment
        self._emit = emit
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._cache: AnswerCache | None = None
        self._threads = _threads(jobs)
        self._calls = threading.BoundedSemaphore(jobs)
        self._working = 0
        self._lock = threading.Lock()
        self._probes_told = False
        threading.Thread(target=self._open, daemon=True).start()

    def submit(self, task: Task) -> None:
        self._tasks.put(task)

    def close(self) -> None:
        for _ in range(self._threads):
            self._tasks.put(None)

    def _open(self) -> None:
        """Open the model and start the threads; it takes a while, for which nobody waits."""
        equipment = self._equipment
        try:
            if equipment.cache:
                self._cache = AnswerCache(
                    equipment.cache, limit=equipment.cache_limit, skip_failed=equipment.fresh
                )
            endpoint = equipment.open_model(self._cache, equipment.pacer)
        except SummarizerError as error:
            self._emit(error)
            return
        with self._lock:
            self._working = self._threads
        for _ in range(self._threads):
            threading.Thread(target=self._serve, args=(endpoint,), daemon=True).start()

    def _serve(self, endpoint: Endpoint) -> None:
        while (task := self._tasks.get()) is not None:
            self._emit(self._answer(task, endpoint))
        with self._lock:
            self._working -= 1
            last = not self._working
        if last:
            endpoint.close()
            if self._cache:
                self._cache.close()

    def _answer(self, task: Task, endpoint: Endpoint) -> Done:
        from summarizer.extract import summarize_article
        from summarizer.record import dump_record

        equipment = self._equipment
        model = _Metered(endpoint, task.key, equipment, self._emit, self._calls)
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
        self._tell_probes(task, endpoint)
        return Done(task.key, result, time.monotonic() - started)

    def _hear(self, task: Task, call: Call) -> None:
        self._emit(Heard(task.key, task.article.uri, call))

    def _tell_probes(self, task: Task, endpoint: Endpoint) -> None:
        """Count what it cost to find out how the server is spoken to, with the first article."""
        with self._lock:
            told, self._probes_told = self._probes_told, endpoint.probes > 0
        if self._probes_told and not told:
            meter = _Metered(endpoint, task.key, self._equipment, self._emit, self._calls)
            meter.pay(endpoint.probe_usage)


class _Metered:
    """A model whose every answer is paid from the budget and reported."""

    def __init__(
        self,
        endpoint: Endpoint,
        key: str,
        equipment: Equipment,
        emit: Callable[[Event], None],
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


def _event(received: Event | SummarizerError) -> Event:
    if isinstance(received, SummarizerError):
        raise received
    return received
