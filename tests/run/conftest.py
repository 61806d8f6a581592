"""A ledger, and a crew that answers as it is told, at the moment it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer.article import Article, article_id
from summarizer.errors import SummarizerError
from summarizer.model import Usage
from summarizer.record import Record, dump_record
from summarizer.run import Crew, Done, Identity, Ledger, Spent, Task
from summarizer.run.shop import Event

IDENTITY = Identity("mine", "a" * 64, "model", "http://127.0.0.1:1/v1")
USAGE = Usage(calls=1, attempts=1, prompt_tokens=90, completion_tokens=10)


def article(name: str, text: str | None = None, **more: str) -> Article:
    text = text or f"The text of {name}."
    return Article(id=article_id(text), uri=name, text=text, **more)  # type: ignore[arg-type]


class ScriptedCrew(Crew):
    """Answers in the reverse order of submission, or in its order (`fair`), `batch` at a time.

    `failures` are by the article's uri; `asked` are the uris of the tasks it was given.
    """

    def __init__(
        self,
        record: Record,
        failures: dict[str, SummarizerError] | None = None,
        batch: int = 1,
        cost: float | None = None,
        fair: bool = False,
        capacity: int = 3,
    ) -> None:
        self.record = record
        self.failures = failures or {}
        self.batch = batch
        self.cost = cost
        self.fair = fair
        self.asked: list[str] = []
        self.most = 0
        self.capacity = capacity
        self.closed = False
        self._tasks: list[Task] = []

    def submit(self, task: Task) -> None:
        self._tasks.append(task)
        self.asked.append(task.article.uri or "")
        self.most = max(self.most, len(self._tasks))

    def events(self, timeout: float) -> list[Event]:
        found: list[Event] = []
        for _ in range(min(self.batch, len(self._tasks))):
            task = self._tasks.pop(0 if self.fair else -1)
            found.append(Spent(task.key, USAGE, self.cost))
            failure = self.failures.get(task.article.uri or "")
            record = self.record.model_copy(update={"article": task.article})
            found.append(Done(task.key, failure or dump_record(record), 0.5))
        return found

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def crew_of(record: Record) -> Callable[..., ScriptedCrew]:
    """`crew_of(failures, batch, cost)`: a crew that answers with `record`."""

    def make(**options: object) -> ScriptedCrew:
        return ScriptedCrew(record, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl.ledger"


@pytest.fixture
def ledger(ledger_file: Path) -> Iterator[Ledger]:
    with Ledger(ledger_file) as opened:
        yield opened


@pytest.fixture
def helpers() -> tuple[Callable[..., Article], Identity, Usage]:
    """`article(name, text)`, an identity, and what one answer of the scripted crew costs."""
    return article, IDENTITY, USAGE
