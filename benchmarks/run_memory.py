"""Memory of a run against the number of articles: python benchmarks/run_memory.py [ARTICLES...].

The peak of the coordinating process, as the kernel keeps it, for runs of several sizes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from chaos import stand_in
from report import Report, publish
from reports import write_reports

ARTICLES = (1_000, 10_000, 100_000)
JOBS = 32
_PROGRAM = (
    "import resource, sys; from summarizer.cli.app import run\n"
    "try: run(sys.argv[1:])\n"
    "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
)


def peak(articles: int) -> float:
    """The peak in megabytes."""
    with tempfile.TemporaryDirectory() as folder, stand_in() as url:
        reports = Path(folder) / "reports.jsonl"
        write_reports(reports, articles)
        command = [sys.executable, "-c", _PROGRAM, "summarize", str(reports)]
        command += ["--base-url", url, "--model", "stand-in", "--jobs", str(JOBS)]
        command += ["--out", f"{folder}/records.jsonl"]
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        done = subprocess.run(
            command, env=environment, check=True, stderr=subprocess.PIPE, text=True
        )
    return int(done.stderr.split()[-1]) / 1000


def main() -> None:
    """Measure, print and keep."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(ARTICLES)
    peaks = [peak(articles) for articles in sizes]
    publish(
        "run_memory",
        Report(
            f"The greatest memory of the coordinating process, `--jobs {JOBS}`.",
            ("articles", "peak", "of the smallest run's"),
            [
                (f"{n:,}", f"{found:.0f} MB", f"{found / peaks[0]:.2f}")
                for n, found in zip(sizes, peaks, strict=True)
            ],
        ),
    )


if __name__ == "__main__":
    main()
