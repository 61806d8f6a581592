"""The desk of a run on Ray: one actor beside the coordinator that all workers turn to.

It gives out the rate and the budget, keeps the answers, and takes down what each one cost. A worker
that is lost takes nothing with it but the calls in flight.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from summarizer.errors import SummarizerError
from summarizer.model import Answers, Pacer, wait_for
from summarizer.run.budget import Account, Budget
from summarizer.run.shop import Equipment
from summarizer.run.work import Heard, Spent

_PAUSING = 400  # HTTP status from which on a response is about failure
_LIMITS = ("x-ratelimit-", "retry-after")


class Desk:
    """What runs in the actor. Every method gives what it gives, or the error of this program.

    Args:
        account: what was spent before, and may be.
        requests_per_minute: see `Pacer`.
        tokens_per_minute: see `Pacer`.
        open_cache: opens the answer cache; null for none.
    """

    def __init__(
        self,
        account: Account,
        requests_per_minute: float | None,
        tokens_per_minute: float | None,
        open_cache: Callable[[], Answers] | None,
    ) -> None:
        self._budget = Budget.of(account)
        self._pacer = Pacer(requests_per_minute, tokens_per_minute)
        self._open_cache = open_cache
        self._cache: Answers | None = None
        self._lock = Lock()
        self._news: list[Spent | Heard] = []

    def do(self, name: str, *args: Any) -> Any:
        """Call one of the methods below; an error is given, not raised, since Ray would wrap it."""
        try:
            return getattr(self, name)(*args)
        except SummarizerError as error:
            return error

    def check(self) -> None:
        """See `Budget.check`."""
        self._budget.check()

    def note(self, event: Spent | Heard) -> None:
        """Take down a call, or count what an answer cost."""
        if isinstance(event, Spent):
            self._budget.spend(event.usage.tokens, event.cost_usd)
        with self._lock:
            self._news.append(event)

    def drain(self) -> list[Spent | Heard]:
        """What was taken down since this was last asked."""
        with self._lock:
            found, self._news = self._news, []
        return found

    def claim(self, tokens: float) -> float:
        """See `Pacer.claim`."""
        return self._pacer.claim(tokens)

    def learn(self, status: int, headers: Mapping[str, str]) -> None:
        """See `Pacer.learn`."""
        self._pacer.learn(status, headers)

    def get(self, request: str) -> dict[str, Any] | None:
        """See `AnswerCache.get`."""
        return self._kept().get(request)

    def put(self, request: str, completion: Mapping[str, Any]) -> None:
        """See `AnswerCache.put`."""
        self._kept().put(request, completion)

    def fail(self, requests: Collection[str]) -> None:
        """See `AnswerCache.fail`."""
        self._kept().fail(requests)

    def _kept(self) -> Answers:
        with self._lock:
            if self._cache is None:
                assert self._open_cache
                self._cache = self._open_cache()
            return self._cache


@dataclass(frozen=True)
class AtTheDesk:
    """A worker's side of the desk: pacer, purse and cache at once.

    Args:
        desk: the actor's handle.
    """

    desk: Any

    def ask(self, name: str, *args: Any) -> Any:
        """Have the desk do something, and wait for it.

        Raises:
            SummarizerError: what it raised there.
        """
        import ray

        given = ray.get(self.desk.do.remote(name, *args))
        if isinstance(given, SummarizerError):
            raise given
        return given

    def wait(self, tokens: float = 0.0) -> None:
        """See `Pacer.wait`."""
        wait_for(lambda: float(self.ask("claim", tokens)))

    def learn(self, status: int, headers: Mapping[str, str]) -> None:
        """See `Pacer.learn`; a response that says nothing of limits teaches nothing."""
        told = {name: value for name, value in headers.items() if name.lower().startswith(_LIMITS)}
        if told or status >= _PAUSING:
            self.desk.do.remote("learn", status, told)

    def check(self) -> None:
        """See `Budget.check`."""
        self.ask("check")

    def spend(self, tokens: int, cost_usd: float | None) -> None:
        """Nothing: the desk counts what it takes down."""

    def note(self, event: Spent | Heard) -> None:
        """Have taken down a call, or what an answer cost."""
        self.ask("note", event)

    def get(self, request: str) -> dict[str, Any] | None:
        """See `AnswerCache.get`."""
        found: dict[str, Any] | None = self.ask("get", request)
        return found

    def put(self, request: str, completion: Mapping[str, Any]) -> None:
        """See `AnswerCache.put`."""
        self.ask("put", request, completion)

    def fail(self, requests: Collection[str]) -> None:
        """See `AnswerCache.fail`."""
        self.ask("fail", list(requests))

    def close(self) -> None:
        """Nothing: the desk outlives its workers."""

    def opened(self) -> AtTheDesk:
        """Itself, as what opens the cache."""
        return self

    def equipped(self, equipment: Equipment) -> Equipment:
        """The equipment of a worker that turns to this desk."""
        cached = self.opened if equipment.open_cache else None
        return replace(equipment, pacer=self, budget=self, open_cache=cached)
