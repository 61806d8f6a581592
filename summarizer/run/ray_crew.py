"""Workers on the nodes of a Ray cluster.

Ray places the workers, moves tasks and results, and tells when a node is gone. The coordinator
keeps the ledger and the order. A lost worker's tasks are given to the others, at most a few times
each; what they were answered before is kept at the desk, so that only calls in flight are lost.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from summarizer import __version__
from summarizer.errors import ModelUnavailable, ProgramFault, SummarizerError, TransportError
from summarizer.model import Answers, Pace, Pacer
from summarizer.run.budget import Budget
from summarizer.run.crew import Crew
from summarizer.run.ray_desk import AtTheDesk, Desk
from summarizer.run.shop import Bench, Equipment, Event, threads_for
from summarizer.run.work import Done, Spent, Task

_JOBS_A_WORKER = 16
_MOST_TRIES = 3  # of one task, by workers that are lost
_MOST_LOST = 3  # times as many workers as there are, in a row without a task done
_ROOM = 300.0  # seconds without any worker until the run ends
_DESK_THREADS = 32  # that write to the cache at once, and share commits
_HERE = ("127.0.0.1:", "localhost:")
_OBJECTS = 100_000_000  # bytes; nothing that is sent is large


class RayWorker:
    """What runs in a worker's process: a bench, whose threads are those of the actor."""

    def open(self, equipment: Equipment, jobs: int, desk: AtTheDesk) -> str | SummarizerError:
        """Open the model; gives the version of this program there."""
        try:
            self._bench = Bench(equipment, jobs, desk.note)
        except SummarizerError as error:
            return error
        return __version__

    def answer(self, task: Task) -> Done:
        """What becomes of a task; all it cost is at the desk before."""
        return self._bench.answer(task)


@dataclass
class _Hand:
    """A worker as the coordinator sees it: `flying` are its tasks by what will hold the result."""

    actor: Any
    share: int
    opening: Any
    flying: dict[Any, _Try] = field(default_factory=dict)


@dataclass
class _Try:
    task: Task
    number: int = 1


class RayCrew(Crew):
    """Workers on a cluster, with a desk on this node.

    Args:
        equipment: what they need; its budget stays the coordinator's own, and is kept up to date.
        jobs: how many calls may be in flight in all.
        address: of the cluster; null starts one on this machine, which ends with the crew.
        one_a_node: a worker for each node and no more, since each starts a model of its own.

    Raises:
        ModelUnavailable: Ray is not installed, or the cluster cannot be reached.
    """

    def __init__(
        self,
        equipment: Equipment,
        jobs: int,
        *,
        address: str | None = None,
        one_a_node: bool = False,
    ) -> None:
        self._ray = _connected(address)
        assert isinstance(equipment.budget, Budget) and isinstance(equipment.pacer, Pacer)
        self._budget = equipment.budget
        self._desk = AtTheDesk(self._opened_desk(equipment.pacer.now, equipment.open_cache))
        self._equipment = self._desk.equipped(equipment)
        self._waiting: deque[_Try] = deque()
        self._lost = 0
        self._seen = time.monotonic()
        nodes = [node for node in self._ray.nodes() if node["Alive"]]
        processors = int(sum(node["Resources"].get("CPU", 0) for node in nodes))
        wanted = len(nodes) if one_a_node else max(len(nodes), -(-jobs // _JOBS_A_WORKER))
        count = max(1, min(wanted, processors, jobs))
        shares = [jobs // count + (n < jobs % count) for n in range(count)]
        self._hands = [self._hire(share) for share in shares]
        self.capacity = sum(threads_for(share) for share in shares)

    def submit(self, task: Task) -> None:
        """See `Crew`."""
        self._waiting.append(_Try(task))
        self._give()

    def events(self, timeout: float) -> list[Event]:
        """See `Crew`."""
        opening = {hand.opening: hand for hand in self._hands if hand.opening is not None}
        flying = {ref: hand for hand in self._hands for ref in hand.flying}
        done: list[Event] = []
        for ref in self._ready([*opening, *flying], timeout):
            if ref in opening:
                self._welcome(opening[ref])
            elif ref in flying[ref].flying:  # else its worker was found lost just now
                done += self._result(flying[ref], ref)
        self._give()
        self._look_for_room()
        news = self._desk.ask("drain")
        for one in news:
            if isinstance(one, Spent):
                self._budget.spend(one.usage.tokens, one.cost_usd)
        return [*news, *done]

    def close(self) -> None:
        """See `Crew`."""
        for hand in self._hands:
            self._dismiss(hand)
        with suppress(self._ray.exceptions.RayError):
            self._ray.kill(self._desk.desk)
        self._ray.shutdown()

    def _opened_desk(self, pace: Pace, open_cache: Callable[[], Answers] | None) -> Any:
        """The desk, on this very node, so that it is not lost with another."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = NodeAffinitySchedulingStrategy(
            self._ray.get_runtime_context().get_node_id(), soft=False
        )
        return self._actor(Desk, num_cpus=0, threads=_DESK_THREADS, strategy=here).remote(
            self._budget.now, pace.requests, pace.tokens, open_cache
        )

    def _actor(self, kind: type, *, num_cpus: int, threads: int, strategy: Any) -> Any:
        return self._ray.remote(
            num_cpus=num_cpus, max_concurrency=threads, scheduling_strategy=strategy
        )(kind)

    def _hire(self, share: int) -> _Hand:
        kind = self._actor(RayWorker, num_cpus=1, threads=threads_for(share), strategy="SPREAD")
        actor = kind.remote()
        return _Hand(actor, share, actor.open.remote(self._equipment, share, self._desk))

    def _ready(self, refs: list[Any], timeout: float) -> list[Any]:
        """Those that are there; waits for the first only."""
        if not refs:
            time.sleep(timeout)
            return []
        first, _ = self._ray.wait(refs, timeout=timeout)
        found, _ = self._ray.wait(refs, num_returns=len(refs), timeout=0) if first else ([], [])
        return list(found)

    def _welcome(self, hand: _Hand) -> None:
        """A worker is open, or cannot be, or was lost on the way."""
        try:
            version = self._ray.get(hand.opening)
        except self._ray.exceptions.RayError:
            self._replace(hand)
            return
        if isinstance(version, SummarizerError):
            raise version
        if version != __version__:
            raise ModelUnavailable(
                f"a node of the cluster has version {version} of this program, not {__version__}",
                hint="Install the same version on every node.",
            )
        hand.opening = None

    def _result(self, hand: _Hand, ref: Any) -> list[Event]:
        try:
            done: Done = self._ray.get(ref)
        except self._ray.exceptions.RayTaskError as error:
            task = hand.flying.pop(ref).task
            return [Done(task.key, ProgramFault.of(error.cause, str(error)), 0.0)]
        except self._ray.exceptions.RayError:
            return self._replace(hand)
        del hand.flying[ref]
        self._lost = 0
        return [done]

    def _replace(self, hand: _Hand) -> list[Event]:
        """Start another worker in place of one that is lost, and give its tasks to the others."""
        self._dismiss(hand)
        self._hands.remove(hand)
        self._lost += 1
        if self._lost > _MOST_LOST * (len(self._hands) + 1):
            raise ModelUnavailable(
                "the workers of the cluster are lost one after another",
                hint="Look at `ray status` and at the nodes' memory.",
            )
        self._hands.append(self._hire(hand.share))
        lost_tasks = list(hand.flying.values())
        hand.flying.clear()
        given_up = [one for one in lost_tasks if one.number >= _MOST_TRIES]
        again = [one for one in lost_tasks if one.number < _MOST_TRIES]
        self._waiting.extendleft(_Try(one.task, one.number + 1) for one in reversed(again))
        lost = TransportError("each worker that worked on it was lost", hint="Run again.")
        return [Done(one.task.key, lost, 0.0) for one in given_up]

    def _give(self) -> None:
        """Give waiting tasks to the workers that have the most room."""
        while self._waiting:
            free = [(threads_for(h.share) - len(h.flying), h) for h in self._open_hands()]
            room, hand = max(free, key=lambda one: one[0], default=(0, None))
            if hand is None or room <= 0:
                return
            one = self._waiting.popleft()
            hand.flying[hand.actor.answer.remote(one.task)] = one

    def _open_hands(self) -> list[_Hand]:
        return [hand for hand in self._hands if hand.opening is None]

    def _look_for_room(self) -> None:
        """Nobody works: wait for a worker, but not for ever."""
        if self._open_hands():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > _ROOM:
            raise ModelUnavailable(
                "no node of the cluster has room for a worker",
                hint="Look at `ray status`; each worker takes one CPU.",
            )

    def _dismiss(self, hand: _Hand) -> None:
        with suppress(self._ray.exceptions.RayError):
            self._ray.kill(hand.actor)


def _connected(address: str | None) -> Any:
    """Ray, in touch with a cluster.

    Nothing is told to Ray's makers, a cluster of this machine listens on it only, and what Ray logs
    goes to its own files and not to the standard output.
    """
    if find_spec("ray") is None:
        raise ModelUnavailable(
            "`--engine ray` needs Ray, which is not installed",
            hint="Install it with `python -m pip install 'summarizer[ray]'`.",
        )
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", ".")  # what Ray prints of lost nodes
    own: dict[str, Any] = {}
    if address is None or address.startswith(_HERE):
        # Its word for a cluster that keeps to the loopback interface.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    if address is None:
        own = {"include_dashboard": False, "object_store_memory": _OBJECTS}
    import ray

    try:
        ray.init(
            address=address or "local", log_to_driver=False, logging_level=logging.ERROR, **own
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ModelUnavailable(
            f"the Ray cluster cannot be used: {' '.join(str(error).split())[:200]}",
            where=address,
            hint="Is it running, and is `--ray-address` right? Try `ray status`.",
        ) from None
    return ray
