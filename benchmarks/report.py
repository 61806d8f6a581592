"""What the benchmarks print and keep: a Markdown table, and the figures in `build/benchmarks`."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "build" / "benchmarks"


@dataclass(frozen=True)
class Report:
    """One benchmark's figures as a table, with what they were measured on.

    `caption` says what was measured, in one sentence; every row has as many cells as `columns`.
    `chart` is a Mermaid chart of the same, if there is one.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    chart: str = ""

    def markdown(self) -> str:
        """The caption and the table."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        chart = ["", "```mermaid", self.chart, "```"] if self.chart else []
        table = [f"| {' | '.join(cells)} |" for cells in lines]
        return "\n".join([self.caption, "", *table, *chart])


def publish(name: str, report: Report) -> None:
    """Print a benchmark's table and keep its figures for `make docs`."""
    on = machine()
    print(f"{report.markdown()}\n\n{on}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = asdict(report) | {"machine": on, "date": datetime.now(UTC).date().isoformat()}
    text = json.dumps(kept, ensure_ascii=False, indent=2)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def machine() -> str:
    """The machine in a few words, and how busy it was; nothing in them names its owner."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = platform.python_version()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{cores} cores, {platform.machine()}, {platform.system()}, Python {python}{load}"
