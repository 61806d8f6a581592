from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.errors import (
    BudgetStopped,
    InputError,
    InvalidAnswer,
    ModelUnavailable,
    RefusedAnswer,
    StorageError,
    SummarizerError,
    TransportError,
)
from summarizer.model import Usage
from summarizer.record import Record
from summarizer.run import Budget, Conductor, Crew, Entry, Identity, Ledger, LedgerReader, State

Helpers = tuple[Callable[..., Article], Identity, Usage]
CrewOf = Callable[..., Any]


@pytest.fixture
def conducted(helpers: Helpers) -> Callable[..., Conductor]:
    """`conducted(ledger, crew, jobs=, budget=, again=)`: a conductor over a crew that is there."""

    def make(
        ledger: Ledger,
        crew: Crew,
        jobs: int = 3,
        budget: Budget | None = None,
        again: frozenset[State] = frozenset(),
    ) -> Conductor:
        return Conductor(
            ledger,
            helpers[1],
            lambda: crew,
            jobs=jobs,
            budget=budget or Budget(),
            again=again,
        )

    return make


def names(entries: list[Entry]) -> list[str]:
    return [entry.name for entry in entries]


def test_everything_comes_out_in_input_order_whatever_is_done_first(
    ledger: Ledger, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    crew = crew_of(failures={"c": RefusedAnswer("no")}, batch=2)
    sources = [article(n) for n in "abcdefgh"]
    sources.insert(2, InputError("does not exist", where="x"))
    conductor = conducted(ledger, crew)
    entries = list(conductor.run(sources))
    assert names(entries) == ["a", "b", "x", *"cdefgh"]
    assert isinstance(entries[2].result, InputError)
    assert isinstance(entries[3].result, RefusedAnswer)
    assert all(isinstance(e.result, str) for e in entries if e.name not in "cx")
    assert crew.most == 3
    assert crew.closed
    assert conductor.ending == "finished"
    assert conductor.progress.ready == 9
    assert dict(conductor.progress.failed) == {"unreadable": 1, "refused": 1}
    assert conductor.progress.usage.calls == 8


def test_the_same_again_asks_only_for_what_was_not_answered(
    ledger_file: Path,
    crew_of: CrewOf,
    conducted: Callable[..., Conductor],
    helpers: Helpers,
) -> None:
    article = helpers[0]
    sources = [article(n) for n in "abcd"]
    failures = {"b": TransportError("reset"), "c": InvalidAnswer("nonsense")}
    with Ledger(ledger_file) as ledger:
        list(conducted(ledger, crew_of(failures=failures)).run(sources))
    crew = crew_of()
    with Ledger(ledger_file) as ledger:
        entries = list(conducted(ledger, crew).run(sources))
    assert crew.asked == ["b"]
    assert [isinstance(e.result, str) for e in entries] == [True, True, False, True]
    with Ledger(ledger_file) as ledger:
        crew = crew_of()
        entries = list(conducted(ledger, crew, again=frozenset({"invalid"})).run(sources))
    assert crew.asked == ["c"]
    assert all(isinstance(entry.result, str) for entry in entries)
    with Ledger(ledger_file) as ledger:
        conductor = conducted(ledger, crew_of())
        list(conductor.run(sources))
        assert conductor.progress.known == 4
        assert conductor.progress.usage.calls == 0


def test_equal_articles_are_asked_once_and_each_is_there(
    ledger: Ledger, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    crew = crew_of(failures={"x": TransportError("reset")})
    sources = [article(n, "One text.") for n in "abcdefg"] + [article(n, "Other.") for n in "xyz"]
    entries = list(conducted(ledger, crew, jobs=2).run(sources))
    assert crew.asked == ["a", "x"]
    assert names(entries) == list("abcdefgxyz")
    assert all(f'"uri": "{entry.name}"' in entry.line() for entry in entries[:7])
    assert all(isinstance(entry.result, TransportError) for entry in entries[7:])


def test_changed_articles_are_new_work_and_counted(
    ledger_file: Path, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    with Ledger(ledger_file) as ledger:
        list(conducted(ledger, crew_of()).run([article("a"), article("b"), article("c")]))
    with Ledger(ledger_file) as ledger:
        crew = crew_of()
        conductor = conducted(ledger, crew)
        entries = list(conductor.run([article("a"), article("b", "Changed.")]))
        assert crew.asked == ["b"]
        assert conductor.progress.changed == 1
        assert names(entries) == ["a", "b"]
    with LedgerReader(ledger_file) as reader:
        assert dict(reader.states()) == {"ok": 2}


def test_a_budget_stops_and_says_so_of_each_input(
    ledger_file: Path, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article, _, usage = helpers
    sources = [article(n) for n in "abcdef"]

    class Paying(Crew):
        """Pays from the budget as workers do."""

        def __init__(self, crew: Any, budget: Budget) -> None:
            self.crew, self.budget, self.capacity = crew, budget, 1

        def submit(self, task: Any) -> None:
            self.budget.spend(usage.tokens, 0.1)
            self.crew.submit(task)

        def events(self, timeout: float) -> Any:
            return self.crew.events(timeout)

        def close(self) -> None:
            self.crew.close()

    with Ledger(ledger_file) as ledger:
        budget = Budget(max_tokens=2 * usage.tokens)
        crew = crew_of()
        conductor = conducted(ledger, Paying(crew, budget), jobs=1, budget=budget)
        entries = list(conductor.run(sources))
    assert crew.asked == ["a", "b"]
    assert conductor.ending == "budget"
    assert names(entries) == list("abcdef")
    assert all(isinstance(entry.result, BudgetStopped) for entry in entries[2:])
    with LedgerReader(ledger_file) as reader:
        assert dict(reader.states()) == {"ok": 2, "budget": 4}
    with Ledger(ledger_file) as ledger:
        budget = Budget(max_cost=0.25)
        crew = crew_of()
        conductor = conducted(ledger, Paying(crew, budget), jobs=1, budget=budget)
        list(conductor.run(sources))
        assert crew.asked == ["c", "d", "e"]
    with Ledger(ledger_file) as ledger:
        conductor = conducted(ledger, crew_of())
        assert all(isinstance(entry.result, str) for entry in conductor.run(sources))
        assert conductor.ending == "finished"


def test_stop_finishes_what_is_in_flight_and_keeps_the_rest_for_later(
    ledger_file: Path, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    sources = [article(n) for n in "abcdef"]
    with Ledger(ledger_file) as ledger:
        crew = crew_of(fair=True)
        conductor = conducted(ledger, crew)
        run = conductor.run(sources)
        first = next(run)
        conductor.stop()
        entries = [first, *run]
    assert conductor.ending == "interrupted"
    assert len(crew.asked) < 6
    assert names(entries) == crew.asked
    assert all(isinstance(entry.result, str) for entry in entries)
    with Ledger(ledger_file) as ledger:
        rest = crew_of()
        assert names(list(conducted(ledger, rest).run(sources))) == list("abcdef")
        assert crew.asked + rest.asked == list("abcdef")


def test_what_an_earlier_run_has_is_given_even_if_this_one_is_stopped(
    ledger_file: Path, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    sources = [article(n) for n in "abcdef"]
    with Ledger(ledger_file) as ledger:
        failures = {"b": TransportError("reset")}
        list(conducted(ledger, crew_of(failures=failures)).run(sources))
    with Ledger(ledger_file) as ledger:
        down = crew_of(failures={"b": ModelUnavailable("gone")})
        down.cost = None
        conductor = conducted(ledger, down, jobs=1)
        conductor._count = lambda spent: None  # type: ignore[method-assign]
        given: list[Entry] = []
        with pytest.raises(ModelUnavailable):
            for entry in conductor.run(sources):
                given.append(entry)
    assert names([e for e in given if isinstance(e.result, str)]) == list("acdef")


def test_a_reader_that_ends_early_ends_the_run(
    ledger_file: Path, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    with Ledger(ledger_file) as ledger:
        crew = crew_of()
        run = conducted(ledger, crew).run([article(n) for n in "abc"])
        next(run)
        run.close()
        assert crew.closed
        last = ledger.last_run()
        assert last is not None and last.ending == "interrupted"


def test_nothing_is_read_far_ahead(
    ledger: Ledger, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    read = 0

    def sources() -> Iterator[Article]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield article(f"{number}")

    with closing(conducted(ledger, crew_of(fair=True), jobs=4).run(sources())) as run:
        for _ in range(10):
            next(run)
    assert read <= 10 + 2 * 4


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (ModelUnavailable("no key"), ModelUnavailable),
        (StorageError("the disk is full"), StorageError),
    ],
)
def test_what_concerns_all_articles_stops_the_run(
    failure: SummarizerError,
    kind: type[SummarizerError],
    ledger: Ledger,
    record: Record,
    crew_of: CrewOf,
    conducted: Callable[..., Conductor],
    helpers: Helpers,
) -> None:
    article = helpers[0]
    crew = crew_of(failures={n: failure for n in "abc"}, capacity=1)
    conductor = conducted(ledger, crew, jobs=1)
    conductor._count = lambda spent: None  # type: ignore[method-assign]
    with pytest.raises(kind):
        list(conductor.run([article(n) for n in "abc"]))
    assert crew.asked == ["a"]
    assert crew.closed


def test_an_endpoint_that_is_gone_for_good_stops_the_run(
    ledger: Ledger, crew_of: CrewOf, conducted: Callable[..., Conductor], helpers: Helpers
) -> None:
    article = helpers[0]
    gone = {f"{n}": TransportError("reset") for n in range(3, 1000)}
    crew = crew_of(failures=gone)
    with pytest.raises(TransportError, match="no answer for 16 articles in a row"):
        list(conducted(ledger, crew, jobs=2).run([article(f"{n}") for n in range(1000)]))
    assert 19 <= len(crew.asked) <= 21


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.integers(0, 6), max_size=15),
    broken=st.sets(st.integers(0, 14)),
    jobs=st.integers(1, 5),
    batch=st.integers(1, 4),
    stops=st.lists(st.integers(0, 12), max_size=4),
)
def test_whatever_happens_each_input_ends_in_one_state_and_nothing_is_asked_twice(
    texts: list[int],
    broken: set[int],
    jobs: int,
    batch: int,
    stops: list[int],
    tmp_path_factory: pytest.TempPathFactory,
    crew_of: CrewOf,
    conducted: Callable[..., Conductor],
    helpers: Helpers,
) -> None:
    article = helpers[0]
    path = tmp_path_factory.mktemp("run") / "ledger"
    sources: list[Article | InputError] = [
        InputError("broken", where=f"{n}") if n in broken else article(f"{n}", f"Text {text}.")
        for n, text in enumerate(texts)
    ]
    asked: list[str] = []
    for stop in [*stops, None]:
        with Ledger(path) as ledger:
            crew = crew_of(batch=batch)
            conductor = conducted(ledger, crew, jobs=jobs)
            entries = []
            for entry in conductor.run(iter(sources)):
                entries.append(entry)
                if len(entries) == stop:
                    conductor.stop()
            asked += crew.asked
    assert names(entries) == [f"{n}" for n in range(len(texts))]
    wanted = {text for n, text in enumerate(texts) if n not in broken}
    assert len(asked) == len(wanted)
    with LedgerReader(path) as reader:
        assert sum(reader.states().values()) == len(texts)
        assert None not in reader.states()
