"""Calls a second against a server that takes 300 ms: python benchmarks/throughput.py [JOBS...].

The ideal is as many calls in flight as there are jobs, all the time. The rate is that of the middle
of the run, as the server counts it. Beside it stands whose time the rest is: the processor seconds
of the program, which all its threads and processes together took for one call.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from chaos import counts, stand_in
from report import Report, publish
from reports import write_reports

LATENCY = 0.3  # seconds
JOBS = (1, 8, 32, 64, 128, 256)
_CALLS_AN_ARTICLE = 4
_SECONDS = 25  # at the ideal rate, or what two processors manage
_MOST_CALLS = 4000


@dataclass(frozen=True)
class Measured:
    """One run: calls a second in its middle, the most in flight, processor seconds for a call."""

    jobs: int
    rate: float
    most_open: int
    processor: float

    @property
    def ideal(self) -> float:
        """Calls a second with all jobs waiting for the server all the time."""
        return self.jobs / LATENCY


def measure(jobs: int) -> Measured:
    """Run once with so many jobs."""
    calls = min(_MOST_CALLS, round(jobs / LATENCY * _SECONDS))
    with tempfile.TemporaryDirectory() as folder, stand_in("--latency", str(LATENCY)) as url:
        reports = Path(folder) / "reports.jsonl"
        write_reports(reports, max(2, calls // _CALLS_AN_ARTICLE))
        command = [sys.executable, "-m", "summarizer", "summarize", str(reports)]
        command += ["--base-url", url, "--model", "stand-in", "--jobs", str(jobs)]
        command += ["--out", f"{folder}/records.jsonl"]
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seen: list[tuple[float, int]] = []
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                seen.append((time.monotonic(), counts(url)["answered"]))
                time.sleep(0.2)
            if process.returncode:
                raise SystemExit(f"the run left with {process.returncode}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        total = counts(url)
    middle = [(at, n) for at, n in seen if 0.2 <= n / total["answered"] <= 0.8]
    (begun, first), (ended, last) = middle[0], middle[-1]
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(
        jobs, (last - first) / (ended - begun), total["most_open"], used / total["answered"]
    )


def main() -> None:
    """Measure each number of jobs, print and keep."""
    found = [measure(jobs) for jobs in map(int, sys.argv[1:] or JOBS)]
    publish(
        "throughput",
        Report(
            f"Calls a second against a server that takes {LATENCY * 1000:.0f} ms, caches empty.",
            ("jobs", "ideal", "measured", "share", "most in flight", "processor time a call"),
            [
                (
                    f"{one.jobs}",
                    f"{one.ideal:.0f}",
                    f"{one.rate:.0f}",
                    f"{one.rate / one.ideal:.0%}",
                    f"{one.most_open}",
                    f"{one.processor * 1000:.1f} ms",
                )
                for one in found
            ],
        ),
    )


if __name__ == "__main__":
    main()
