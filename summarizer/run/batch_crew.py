"""Rounds of batches: articles are gone through with the answers there are, and what they still
want is sent in one go.

An article takes several questions, each of which depends on the answers before. Whatever was
answered lies in the answer cache, so that going through an article again costs little: a round
replays every article that is not done, gathers the first question of each that has no answer, and
sends them. The next round begins where the answers end.
"""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from summarizer.errors import AnswerAwaited, BudgetStopped, ProgramFault, SummarizerError
from summarizer.model import (
    MOST_BYTES,
    AnswerCache,
    BatchEndpoint,
    BatchProvider,
    BatchState,
    Price,
    Usage,
    request_line,
)
from summarizer.run.batch_book import BatchBook, BatchRow, Wanted
from summarizer.run.budget import Budget
from summarizer.run.crew import Crew
from summarizer.run.ledger import Ledger
from summarizer.run.shop import Equipment, Event
from summarizer.run.work import Done, Parked, Spent, Task

_BYTES_A_TOKEN = 4
_AT_ONCE = 64  # articles that are gone through between two commits


class BatchCrew(Crew):
    """Answers from the cache, and gathers what is not in it.

    Args:
        equipment: its model is one that only reads the cache.
        ledger: of the run, in which the book of batches lies.
        size: the most requests of a file.

    Raises:
        SummarizerError: the provider cannot be asked how far the batches are.
    """

    def __init__(self, equipment: Equipment, ledger: Ledger, size: int) -> None:
        assert equipment.open_cache and isinstance(equipment.budget, Budget)
        cache = equipment.open_cache()
        endpoint = equipment.open_model(cache, None)
        assert isinstance(cache, AnswerCache) and isinstance(endpoint, BatchEndpoint)
        endpoint.orders = self
        self.capacity = _AT_ONCE
        self._cache, self._endpoint, self._equipment = cache, endpoint, equipment
        self._budget = equipment.budget
        self._ledger, self._book = ledger, ledger.batches
        self._provider = endpoint.provider()
        self._news = take_in(self._provider, ledger, cache, equipment.price)
        self._tasks: list[Task] = []
        self._task = ""
        self._file = _File(size)
        self._ahead: tuple[int, float] | None = None
        self._probes_told = False

    def submit(self, task: Task) -> None:
        """See `Crew`."""
        self._tasks.append(task)

    def events(self, timeout: float) -> list[Event]:
        """See `Crew`: first what batches have brought, then one article after the other."""
        spent = next(self._news, None)
        if spent is not None:
            for one in spent:
                self._budget.spend(one.usage.tokens, one.cost_usd)
            return list(spent)
        found: list[Event] = []
        for task in self._tasks:
            found += self._replay(task)
        self._tasks.clear()
        return found

    def send(self) -> None:
        """Send what was gathered."""
        if self._file.wanted:
            send_batch(self._provider, self._ledger, self._file)
            self._file = _File(self._file.size)

    def close(self) -> None:
        """See `Crew`."""
        self._file.lines.close()
        self._provider.close()
        self._endpoint.close()
        self._cache.close()

    def want(self, request: str, arguments: Mapping[str, Any]) -> SummarizerError | None:
        """Gather a request, unless it is on its way; what stands against it, if anything does."""
        if request in self._file.wanted or self._book.state(request) == "waiting":
            return None
        line = request_line(request, arguments)
        limit = arguments.get("max_tokens") or arguments.get("max_completion_tokens") or 0
        most = Usage(prompt_tokens=len(line) // _BYTES_A_TOKEN, completion_tokens=limit)
        price = self._equipment.price
        cost = price.cost(most) if price else 0.0
        if self._ahead is None:
            self._ahead = self._book.reserved()
        ahead = self._ahead[0] + most.tokens, self._ahead[1] + cost
        try:
            self._budget.check(*ahead)
        except BudgetStopped as stopped:
            return stopped
        self._ahead = ahead
        if self._file.is_full(line):
            self.send()
        self._file.add(Wanted(request, self._task, most.tokens, cost), line)
        return None

    def error_for(self, request: str) -> tuple[int | None, Mapping[str, Any]] | None:
        """The error that a request got for good."""
        return self._book.error(request)

    def is_new(self, request: str) -> bool:
        """Whether an answer was paid for in these batches."""
        return self._book.state(request) == "answered"

    def _replay(self, task: Task) -> list[Event]:
        from summarizer.extract import summarize_article
        from summarizer.record import dump_record

        self._task = task.key
        started = time.monotonic()
        result: str | SummarizerError
        try:
            record = summarize_article(
                task.article,
                model=self._endpoint,
                prompt=self._equipment.prompt,
                price=self._equipment.price,
            )
            result = dump_record(record)
        except AnswerAwaited:
            return [*self._probed(task), Parked(task.key)]
        except SummarizerError as error:
            result = error
        except Exception as error:
            result = ProgramFault.of(error, traceback.format_exc())
        return [*self._probed(task), Done(task.key, result, time.monotonic() - started)]

    def _probed(self, task: Task) -> list[Event]:
        """What it cost to find out how the server is spoken to, with the first article."""
        usage = self._endpoint.probe_usage
        if self._probes_told or not self._endpoint.probes:
            return []
        self._probes_told = True
        price = self._equipment.price
        spent = Spent(task.key, usage, price.cost(usage) if price else None)
        self._budget.spend(usage.tokens, spent.cost_usd)
        return [spent]


class _File:
    """A file of requests that grows: on disk, since it may be large."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.name = f"summarizer-{uuid4().hex}.jsonl"  # by which it is found again
        self.wanted: dict[str, Wanted] = {}
        self.lines = tempfile.TemporaryFile()  # noqa: SIM115 (closed once it is sent)

    def is_full(self, line: bytes) -> bool:
        """Whether another line would be too much."""
        too_many = len(self.wanted) >= self.size
        return too_many or self.lines.tell() + len(line) > MOST_BYTES

    def add(self, wanted: Wanted, line: bytes) -> None:
        """Take in one more request."""
        self.wanted[wanted.request] = wanted
        self.lines.write(line)


def send_batch(provider: BatchProvider, ledger: Ledger, file: _File) -> None:
    """Store a file and begin its batch; each step is on disk before the next is taken."""
    book, name = ledger.batches, file.name
    number = book.plan(name, file.wanted.values())
    ledger.commit()
    file.lines.seek(0)
    stored = provider.upload(name, file.lines)
    file.lines.close()
    book.step(number, "stored", file=stored)
    ledger.commit()
    _begun(provider, ledger, number, provider.create(stored, name))


def take_in(
    provider: BatchProvider, ledger: Ledger, cache: AnswerCache, price: Price | None
) -> Iterator[list[Spent]]:
    """What the batches that are done have brought, one after the other.

    Answers go to the cache; what they cost is given, to be entered and committed before the next
    is asked for. Where an earlier run ended between two steps, the step is made up for.

    Raises:
        SummarizerError: the provider cannot be asked.
    """
    book = ledger.batches
    for row in book.batches():
        row_now = _resumed(provider, ledger, row)
        if row_now is None or row_now.batch is None:
            continue
        state = provider.look(row_now.batch)
        if state.stage == "working":
            book.step(row.number, "working", status=state.status)
            ledger.commit()
            continue
        yield _results(provider, book, cache, price, row.number, state)


def _results(
    provider: BatchProvider,
    book: BatchBook,
    cache: AnswerCache,
    price: Price | None,
    number: int,
    state: BatchState,
) -> list[Spent]:
    spent: list[Spent] = []
    for chunk in provider.results(state):
        cache.put_all({one.key: one.completion for one in chunk if one.completion})
        for one in chunk:
            if one.completion is None:
                book.failed(one.key, one.status, one.body, last=not one.passes)
            elif (task := book.answered(one.key)) is not None:
                spent.append(Spent(task, one.usage, price.cost(one.usage) if price else None))
    said = state.message or f"the batch {state.status} before the request was answered"
    book.release(number, counted=state.status != "cancelled", said=said)
    book.step(number, "done", status=state.status)
    return spent


def _resumed(provider: BatchProvider, ledger: Ledger, row: BatchRow) -> BatchRow | None:
    """A batch with the ids that the provider has for it; None if it was never stored there."""
    book, file, batch = ledger.batches, row.file, row.batch
    if batch is not None:
        return row
    if file is None and (file := provider.find_file(row.name)) is None:
        book.drop(row.number)
        ledger.commit()
        return None
    assert file is not None
    book.step(row.number, "stored", file=file)
    ledger.commit()
    _begun(provider, ledger, row.number, provider.find(file) or provider.create(file, row.name))
    return next(one for one in book.batches() if one.number == row.number)


def _begun(provider: BatchProvider, ledger: Ledger, number: int, state: BatchState) -> None:
    ledger.batches.step(number, "working", batch=state.id, status=state.status)
    ledger.commit()
