"""A run over a server that fails, killed again and again: python benchmarks/chaos.py [OPTIONS].

The program is killed with -9 at random points and started again, until it ends by itself. Then
every article must be in exactly one state, every record in the output exactly once, and the server
must have been asked no more than it had to be: distinct requests, what failed and was sent again,
the probes, and at most the calls in flight for each kill.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from report import Report, publish
from reports import write_reports
from stand_in import lasting

from summarizer.run import LedgerReader

_HERE = Path(__file__).parent
_STATES = {None: "ok", "refused": "refused", "truncated": "truncated", "invalid": "invalid"}
_SEED = 1


@contextmanager
def stand_in(*options: str) -> Iterator[str]:
    """A server that ends with the block; its address."""
    command = [sys.executable, str(_HERE / "stand_in.py"), "--seed", str(_SEED), *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as it:
        assert it.stdout and it.stdin
        try:
            yield it.stdout.readline().strip()
        finally:
            it.stdin.close()


def counts(address: str) -> dict[str, Any]:
    """What the server has seen so far."""
    with urllib.request.urlopen(f"{address}/counts") as response:
        found: dict[str, Any] = json.load(response)
        return found


def run_and_kill(command: list[str], environment: dict[str, str], kills: int, pause: float) -> int:
    """Start the program until it ends by itself; how often it was killed before."""
    chance = random.Random(_SEED)
    for killed in range(kills + 1):
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
            try:
                process.communicate(timeout=chance.uniform(0.5, pause) if killed < kills else None)
                return killed
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.communicate()
    raise AssertionError


def check(out: Path, seen: dict[str, Any], *, articles: int, kills: int, jobs: int) -> list[str]:
    """What is wrong with the outcome; nothing if all is well."""
    wrong = []
    expected = Counter(_STATES[lasting(str(number), _SEED)] for number in range(articles))
    with LedgerReader(Path(f"{out}.ledger")) as ledger:
        if ledger.states() != expected:
            wrong.append(f"states are {dict(ledger.states())}, not {dict(expected)}")
    with out.open(encoding="utf-8") as lines:
        ids = [json.loads(line)["article"]["source_id"] for line in lines]
    wanted = [str(n) for n in range(articles) if lasting(str(n), _SEED) is None]
    if ids != wanted:
        wrong.append(f"{len(ids)} records in the output, not the {len(wanted)} in their order")
    if seen["answered_again"] > jobs * kills:
        wrong.append(f"{seen['answered_again']} requests were answered in full more than once")
    allowed = seen["distinct"] + sum(seen["events"].values()) + jobs * kills
    if seen["requests"] > allowed:
        wrong.append(f"{seen['requests']} requests, and at most {allowed} were needed")
    return wrong


def main() -> None:
    """Run, print and keep what came out; leaves with 1 if something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=16)
    parser.add_argument("--pause", type=float, default=15.0, help="longest time between two kills")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, stand_in("--faults", "--latency", "0.05") as url:
        reports, out = Path(folder) / "reports.jsonl", Path(folder) / "records.jsonl"
        write_reports(reports, options.articles)
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache", "SUMMARIZER_TIMEOUT": "2"}
        command = [sys.executable, "-m", "summarizer", "summarize", str(reports)]
        command += ["--base-url", url, "--model", "stand-in", "--out", str(out)]
        command += ["--jobs", str(options.jobs)]
        begun = time.monotonic()
        killed = run_and_kill(command, environment, options.kills, options.pause)
        seconds, seen = time.monotonic() - begun, counts(url)
        wrong = check(out, seen, articles=options.articles, kills=killed, jobs=options.jobs)
    failures = ", ".join(f"{name} {count}" for name, count in sorted(seen["events"].items()))
    rows = {
        "articles": options.articles,
        "killed with -9": killed,
        "requests": seen["requests"],
        "of them distinct": seen["distinct"],
        "failures": f"{sum(seen['events'].values())} ({failures})",
        "answered in full more than once": seen["answered_again"],
        "the most that were in flight at the kills": options.jobs * killed,
        "seconds": round(seconds),
        "wrong": "; ".join(wrong) or "nothing",
    }
    publish(
        "chaos",
        Report(
            f"A run with `--jobs {options.jobs}` over a server that fails, killed at random points "
            "and started again.",
            ("", "count"),
            [(name, f"{value}") for name, value in rows.items()],
        ),
    )
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
