"""Memory of a run against the number of articles: python benchmarks/run_memory.py [ARTICLES...].

The memory of the coordinating process, as the kernel counts it, for runs of several sizes: its
peak, and how it went over the greatest of them. Linux only.
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
from memory import megabytes
from report import Report, publish
from reports import brief, write_reports

ARTICLES = (1_000, 10_000, 100_000)
JOBS = 32
_POINTS = 12


@dataclass(frozen=True)
class Measured:
    """One run: its articles, the peak in megabytes, and what was in use after so many articles."""

    articles: int
    peak: float
    seconds: float
    course: tuple[tuple[int, float], ...]


def measure(articles: int) -> Measured:
    """Run over so many articles."""
    with tempfile.TemporaryDirectory() as folder, stand_in() as url:
        reports = Path(folder) / "reports.jsonl"
        write_reports(reports, articles, brief)
        command = [sys.executable, "-m", "summarizer", "summarize", str(reports)]
        command += ["--base-url", url, "--model", "stand-in", "--jobs", str(JOBS)]
        command += ["--out", f"{folder}/records.jsonl"]
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        begun, peak = time.monotonic(), 0.0
        course: list[tuple[int, float]] = []
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                used = megabytes(process.pid, "VmRSS")
                peak = max(peak, used)
                if used:
                    course.append((counts(url)["answered"], used))
                time.sleep(0.5)
            if process.returncode:
                raise SystemExit(f"the run left with {process.returncode}")
    return Measured(articles, peak, time.monotonic() - begun, tuple(course))


def _chart(run: Measured) -> str:
    """How memory went over a run, at points with equal numbers of articles between them."""
    wanted = [round(run.articles * n / _POINTS) for n in range(1, _POINTS + 1)]
    values = [min(run.course, key=lambda point: abs(point[0] - n))[1] for n in wanted]
    names = ", ".join(f'"{n:,}"' for n in wanted)
    numbers = ", ".join(f"{value:.0f}" for value in values)
    return "\n".join(
        [
            "xychart-beta",
            '    title "Megabytes in use after so many articles"',
            f"    x-axis [{names}]",
            f"    y-axis 0 --> {max(values) * 1.5:.0f}",
            f"    line [{numbers}]",
        ]
    )


def main() -> None:
    """Measure, print and keep."""
    found = [measure(int(size)) for size in sys.argv[1:] or ARTICLES]
    publish(
        "run_memory",
        Report(
            f"Runs over articles of one sentence, `--jobs {JOBS}`: memory of the coordinating "
            "process.",
            ("articles", "peak", "against the smallest", "seconds"),
            [
                (
                    f"{one.articles:,}",
                    f"{one.peak:.0f} MB",
                    f"{one.peak / found[0].peak:.2f}",
                    f"{one.seconds:.0f}",
                )
                for one in found
            ],
            _chart(found[-1]),
        ),
    )


if __name__ == "__main__":
    main()
