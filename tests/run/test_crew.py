"""Crews against a stand-in server on a real socket."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from chaos import counts, stand_in
from reports import report

from summarizer.article import Article, article_id
from summarizer.cli.engine import _hosted
from summarizer.errors import BudgetStopped, ModelUnavailable, TransportError
from summarizer.model import AnswerCache, Pacer
from summarizer.prompt import load_prompt
from summarizer.run import Budget, Crew, Done, Equipment, Spent, Task
from summarizer.run.crew import ProcessCrew, ThreadCrew, open_crew
from summarizer.run.shop import Event
from summarizer.settings import ModelChoice


def task(number: int) -> Task:
    text = report(number)
    return Task(
        f"k{number}", Article(id=article_id(text), uri=f"{number}", language="en", text=text)
    )


@pytest.fixture
def url() -> Iterator[str]:
    with stand_in("--latency", "0.2") as address:
        yield address


@pytest.fixture
def equipment(url: str, tmp_path: Path) -> Callable[..., Equipment]:
    """`equipment(budget)`: what a crew needs to ask the stand-in server."""

    def make(budget: Budget | None = None, address: str = url) -> Equipment:
        choice = ModelChoice("m", address)
        return Equipment(
            open_model=partial(_hosted, choice, 10.0, 0, False),
            prompt=load_prompt("grounded"),
            price=None,
            pacer=Pacer(),
            budget=budget or Budget(),
            open_cache=partial(AnswerCache, tmp_path / "answers.db", limit=10_000_000),
        )

    return make


def collect(crew: Crew, tasks: int, patience: float = 60.0) -> list[Event]:
    """Events until so many tasks are done."""
    found: list[Event] = []
    until = time.monotonic() + patience
    while sum(isinstance(event, Done) for event in found) < tasks:
        assert time.monotonic() < until
        found += crew.events(0.1)
    return found


def test_the_number_of_jobs_decides_between_threads_and_processes(
    equipment: Callable[..., Equipment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.run.crew.os.cpu_count", lambda: 2)
    few = open_crew(equipment(), 16)
    assert isinstance(few, ThreadCrew)
    assert few.capacity == 20
    few.close()
    many = open_crew(equipment(), 33)
    assert isinstance(many, ProcessCrew)
    assert [worker.jobs for worker in many._workers] == [17, 16]
    many.close()
    assert not any(worker.process.is_alive() for worker in many._workers)


@pytest.mark.parametrize("processes", [1, 2])
def test_each_task_is_paid_and_done_once(
    processes: int, equipment: Callable[..., Equipment], url: str
) -> None:
    made = equipment()
    crew = ThreadCrew(made, 4) if processes == 1 else ProcessCrew(made, [2, 2])
    try:
        for number in range(6):
            crew.submit(task(number))
        events = collect(crew, 6)
    finally:
        crew.close()
    done = [event for event in events if isinstance(event, Done)]
    assert sorted(event.key for event in done) == [f"k{number}" for number in range(6)]
    assert {event.state for event in done} == {"ok"}
    assert all(event.seconds > 0.1 for event in done)
    spent = [event for event in events if isinstance(event, Spent)]
    assert sum(event.usage.attempts for event in spent) == counts(url)["answered"]
    for event in done:
        last_paid = max(
            n for n, e in enumerate(events) if isinstance(e, Spent) and e.key == event.key
        )
        assert events.index(event) < len(events) and last_paid >= 0


def test_a_worker_that_dies_costs_its_tasks_only_and_is_replaced(
    equipment: Callable[..., Equipment],
) -> None:
    crew = ProcessCrew(equipment(), [1, 1])
    try:
        for number in range(2):
            crew.submit(task(number))
        victim = crew._workers[0]
        (lost,) = victim.tasks
        assert victim.process.pid
        os.kill(victim.process.pid, signal.SIGKILL)
        done = {e.key: e for e in collect(crew, 2) if isinstance(e, Done)}
        assert isinstance(done[lost].result, TransportError)
        assert sorted(event.state for event in done.values()) == ["ok", "transport"]
        crew.submit(task(7))
        (again,) = (e for e in collect(crew, 1) if isinstance(e, Done))
        assert (again.key, again.state) == ("k7", "ok")
    finally:
        crew.close()


def test_workers_that_keep_dying_stop_the_run(equipment: Callable[..., Equipment]) -> None:
    crew = ProcessCrew(equipment(), [1, 1])
    try:
        with pytest.raises(ModelUnavailable, match="the worker processes die"):
            for _ in range(10):
                pid = crew._workers[0].process.pid
                assert pid
                os.kill(pid, signal.SIGKILL)
                crew.events(5.0)
    finally:
        crew.close()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_model_that_cannot_be_opened_is_told(
    processes: int, equipment: Callable[..., Equipment]
) -> None:
    made = equipment(address="https://api.openai.com/v1")
    crew = ThreadCrew(made, 1) if processes == 1 else ProcessCrew(made, [1, 1])
    try:
        crew.submit(task(1))
        with pytest.raises(ModelUnavailable, match="wants a key"):
            collect(crew, 1)
    finally:
        crew.close()


def test_a_spent_budget_stops_every_thread(equipment: Callable[..., Equipment], url: str) -> None:
    budget = Budget(max_tokens=1)
    crew = ThreadCrew(equipment(budget), 1)
    try:
        for number in range(4):
            crew.submit(task(number))
        done = [event for event in collect(crew, 4) if isinstance(event, Done)]
    finally:
        crew.close()
    assert [event.state for event in done] == ["budget"] * 4  # after one answer of the first
    assert all(isinstance(event.result, BudgetStopped) for event in done)
    assert counts(url)["answered"] == 2  # the probe's and that one
