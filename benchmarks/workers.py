"""Calls a second with 1, 2 and 4 workers: python benchmarks/workers.py [WORKERS...].

The workers are nodes of a Ray cluster on this machine, and the endpoint takes 300 ms. The rate is
that of the middle of the run, as the server counts it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from chaos import counts, stand_in
from ray_nodes import ray_nodes
from ray_run import command
from report import Report, publish
from reports import write_reports

LATENCY = 0.3  # seconds
WORKERS = (1, 2, 4)
JOBS = 4  # of each worker
_ARTICLES = 100  # of each worker


@dataclass(frozen=True)
class Measured:
    """One run: calls a second in its middle, and the most calls in flight."""

    workers: int
    rate: float
    most_open: int


def measure(workers: int) -> Measured:
    """Run once with so many workers."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stand_in("--latency", str(LATENCY)) as url,
        ray_nodes(workers) as nodes,
    ):
        reports, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        write_reports(reports, workers * _ARTICLES)
        line = command(reports, url, out, "--engine", "ray", "--ray-address", nodes.address)
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        seen: list[tuple[float, int]] = []
        with subprocess.Popen(
            [*line, "--jobs", str(workers * JOBS)], env=environment, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None:
                seen.append((time.monotonic(), counts(url)["answered"]))
                time.sleep(0.2)
            if process.returncode:
                raise SystemExit(f"the run left with {process.returncode}")
        total = counts(url)
    middle = [(at, n) for at, n in seen if 0.2 <= n / total["answered"] <= 0.8]
    (begun, first), (ended, last) = middle[0], middle[-1]
    return Measured(workers, (last - first) / (ended - begun), total["most_open"])


def main() -> None:
    """Measure each number of workers, print and keep."""
    found = [measure(workers) for workers in map(int, sys.argv[1:] or WORKERS)]
    publish(
        "workers",
        Report(
            f"Calls a second against a server that takes {LATENCY * 1000:.0f} ms, {JOBS} calls in "
            "flight for each worker.",
            ("workers", "ideal", "measured", "against one", "most in flight"),
            [
                (
                    f"{one.workers}",
                    f"{one.workers * JOBS / LATENCY:.0f}",
                    f"{one.rate:.1f}",
                    f"{one.rate / found[0].rate:.2f}",
                    f"{one.most_open}",
                )
                for one in found
            ],
        ),
    )


if __name__ == "__main__":
    main()
