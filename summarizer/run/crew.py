"""Threads that answer tasks, in this process or in several others.

A thread waits for the server most of its time, so that many share one processor. The program's own
work on an article does not: with many calls in flight it is spread over processes.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from summarizer.errors import ModelUnavailable, SummarizerError, TransportError
from summarizer.run.shop import Equipment, Event, Shop, threads_for
from summarizer.run.work import Done, Task

_JOBS_A_PROCESS = 16
_MOST_RESTARTS = 3


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

    def send(self) -> None:  # noqa: B027
        """Send what was gathered for tasks that are parked; most crews park none."""

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
        self._shop = Shop(equipment, jobs, self._events.put)
        self.capacity = threads_for(jobs)

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
        self.capacity = sum(threads_for(share) for share in shares)

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

    shop = Shop(equipment, jobs, emit)
    with suppress(EOFError, OSError):
        while True:
            shop.submit(connection.recv())
    # What is in flight is abandoned, as when this process is killed.
    os._exit(0)


def _event(received: Event | SummarizerError) -> Event:
    if isinstance(received, SummarizerError):
        raise received
    return received
