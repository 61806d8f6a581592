"""Running the systems: their processes, the order, and the engine's raw speed."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import threading
import time
import urllib.request
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from rivals.proxy import Proxy
from rivals.results import Key, Result, SystemName
from summarizer.evals import Fixture
from summarizer.model import ServerAddress

_BENCHMARKS = Path(__file__).resolve().parents[1]
_START = 120.0  # seconds until a process has loaded its libraries


class TookTooLong(Exception):
    """A system did not answer in time."""


class Worker(AbstractContextManager["Worker"]):
    """A system's process, started when it is first needed and again after it was ended.

    Args:
        system: its name.
        python: the interpreter of its environment.
    """

    def __init__(self, system: SystemName, python: Path) -> None:
        self.system = system
        self._python = python
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.versions: dict[str, str] = {}

    def start(self) -> None:
        """Start it, unless it runs.

        Raises:
            TookTooLong: it did not come up.
            RuntimeError: it ended at once.
        """
        if self._process is not None:
            return
        # Of the other programs' environments this program is no part.
        paths = [str(_BENCHMARKS)]
        if self.system == "summarizer":
            paths += [str(_BENCHMARKS.parent)]
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            [str(self._python), "-m", "rivals.worker", f"with_{self.system}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
            encoding="utf-8",
        )
        threading.Thread(target=_read, args=(self._process, self._lines), daemon=True).start()
        self.versions = self._line(_START)["versions"]

    def ask(self, job: dict[str, Any], patience: float) -> dict[str, Any]:
        """The outcome of a job.

        Raises:
            TookTooLong: there was none in `patience` seconds.
            RuntimeError: the process ended.
        """
        self.start()
        assert self._process and self._process.stdin
        try:
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
        except OSError:
            self.stop()
            raise RuntimeError(f"the process of {self.system} ended") from None
        return self._line(patience)

    @property
    def pid(self) -> int | None:
        """The process, while it runs."""
        return self._process.pid if self._process else None

    def stop(self) -> None:
        """End the process."""
        if (process := self._process) is None:
            return
        self._process = None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _line(self, patience: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=patience)
        except queue.Empty:
            self.stop()
            raise TookTooLong from None
        if line is None:
            self.stop()
            raise RuntimeError(f"the process of {self.system} ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _read(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout
    with suppress(ValueError):
        for line in process.stdout:
            lines.put(line)
    lines.put(None)


@dataclass(frozen=True)
class Setting:
    """What every system is given: the server behind its proxy, and how long an article may take."""

    address: ServerAddress
    proxy: Proxy
    engine: str
    patience: float


def identity(worker: Worker, article: Fixture, setting: Setting) -> dict[str, str]:
    """What a result depends on."""
    source = (Path(__file__).parent / f"with_{worker.system}.py").read_bytes()
    given = json.dumps([article.text, article.published])
    return {
        **worker.versions,
        "source": hashlib.sha256(source).hexdigest(),
        "model": setting.address.name,
        "engine": setting.engine,
        "article": hashlib.sha256(given.encode()).hexdigest(),
    }


def run(worker: Worker, article: Fixture, number: int, setting: Setting) -> Result:
    """One article in one system; what goes wrong is kept as its failure."""
    worker.start()
    job = {
        "text": article.text,
        "published": article.published,
        "base_url": setting.proxy.base_url,
        "api_key": setting.address.api_key.get_secret_value(),
        "model": setting.address.name,
        "compact": setting.address.compact,
        "context": setting.address.context,
    }
    who = identity(worker, article, setting)
    setting.proxy.taken()
    started = time.monotonic()
    try:
        outcome = worker.ask(job, setting.patience)
    except TookTooLong:
        setting.proxy.drop()
        message = f"no answer in {setting.patience:.0f} s"
        outcome = {"failure": {"code": "timeout", "message": message}}
    except (RuntimeError, ValueError) as error:
        outcome = {"failure": {"code": "crash", "message": str(error)}}
    seconds = outcome.get("seconds", time.monotonic() - started)
    used = setting.proxy.taken().kept()
    return Result(
        Key(worker.system, article.id, number),
        who,
        seconds,
        outcome.get("processor", 0.0),
        used,
        outcome.get("answer"),
        outcome.get("failure"),
    )


def in_turn(systems: Sequence[SystemName], turn: int) -> list[SystemName]:
    """The systems in the order of a turn: each comes first, second and last equally often."""
    at = turn % len(systems)
    return [*systems[at:], *systems[:at]]


@dataclass(frozen=True)
class RawSpeed:
    """Milliseconds that the engine takes for a token, with nothing else asked of it."""

    read: float
    written: float

    def seconds(self, used: dict[str, Any]) -> float:
        """The time of so many tokens."""
        fresh = used["read"] - used["cached"]
        return float(fresh * self.read + used["written"] * self.written) / 1000


def raw_speed(address: ServerAddress, *, read: int = 1000, written: int = 128) -> RawSpeed:
    """Measure it: a prompt of words without sense, and tokens written without a grammar."""
    body = json.dumps(
        {
            "prompt": list(range(1000, 1000 + read)),
            "n_predict": written,
            "ignore_eos": True,
            "cache_prompt": False,
            "temperature": 0.0,
        }
    ).encode()
    request = urllib.request.Request(
        f"{address.base_url.removesuffix('/v1')}/completion",
        body,
        {
            "Authorization": f"Bearer {address.api_key.get_secret_value()}",
            "Content-Type": "application/json",
        },
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=600) as response:
        timings = json.load(response)["timings"]
    return RawSpeed(timings["prompt_per_token_ms"], timings["predicted_per_token_ms"])
