"""How long `summarizer --help` takes: the median of seven runs after one that is not counted."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from report import Report, publish

RUNS = 7


def main() -> None:
    """Measure, print and keep."""
    beside = shutil.which("summarizer", path=str(Path(sys.executable).parent))
    command = [beside] if beside else [sys.executable, "-m", "summarizer"]
    seconds = [_once([*command, "--help"]) for _ in range(RUNS + 1)][1:]
    publish(
        "help_speed",
        Report(
            f"`summarizer --help`, {RUNS} runs in processes of their own.",
            ("median", "fastest", "slowest"),
            [[f"{value:.2f} s" for value in (median(seconds), min(seconds), max(seconds))]],
        ),
    )


def _once(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
