"""A Ray cluster that loses a node in the middle of a run: python benchmarks/ray_run.py [OPTIONS].

Two nodes work on the articles; one is killed half way. The records have to be those of the local
engine, each article's exactly once, and the endpoint must not have been asked again for more than
was in flight on the node that was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from chaos import counts, stand_in
from ray_nodes import Nodes, ray_nodes
from report import Report, publish
from reports import brief, write_reports

from summarizer.run import LedgerReader

NODES = 2
_VARIES = ("created", "seconds", "usage")


def command(reports: Path, url: str, out: Path, *options: str) -> list[str]:
    """The program over the articles."""
    given = [sys.executable, "-m", "summarizer", "summarize", str(reports), "--base-url", url]
    return [*given, "--model", "stand-in", "--out", str(out), *options]


def same(out: Path) -> list[dict[str, Any]]:
    """The records without what differs between any two runs."""
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for record in found:
        for name in _VARIES:
            del record["provenance"][name]
    return found


def killed_run(
    line: list[str], environment: dict[str, str], url: str, calls: float, nodes: Nodes
) -> int:
    """Run, and kill a node after so many calls; the exit code."""
    with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE) as process:
        while process.poll() is None and counts(url)["answered"] < calls:
            time.sleep(0.1)
        nodes.kill()
        process.communicate()
        return process.returncode


def check(ray: Path, local: Path, articles: int, again: int, jobs: int) -> list[str]:
    """What is wrong with the outcome; nothing if all is well."""
    wrong = []
    if same(ray) != same(local):
        wrong.append("the records differ from those of the local engine")
    with LedgerReader(Path(f"{ray}.ledger")) as ledger:
        if ledger.states() != {"ok": articles}:
            wrong.append(f"states are {dict(ledger.states())}")
    if again > jobs:
        wrong.append(f"{again} answers were paid for twice")
    return wrong


def main() -> None:
    """Run, print and keep what came out; leaves with 1 if something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=16)
    options = parser.parse_args()
    latency = ("--latency", "0.1")
    with tempfile.TemporaryDirectory() as folder, stand_in(*latency) as url:
        reports, ray, local = (Path(folder) / f"{name}.jsonl" for name in ("in", "ray", "local"))
        write_reports(reports, options.articles, brief)
        jobs = ("--jobs", str(options.jobs))
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        with ray_nodes(NODES) as nodes:
            line = command(
                reports, url, ray, "--engine", "ray", "--ray-address", nodes.address, *jobs
            )
            begun = time.monotonic()
            code = killed_run(line, environment, url, options.articles / 2, nodes)
            seconds, seen = time.monotonic() - begun, counts(url)
        environment["XDG_CACHE_HOME"] = f"{folder}/other"
        begun = time.monotonic()
        subprocess.run(
            command(reports, url, local, *jobs), env=environment, stderr=subprocess.DEVNULL
        )
        alone = time.monotonic() - begun
        wrong = check(ray, local, options.articles, seen["answered_again"], options.jobs)
        wrong += [f"the program left with {code}"] if code else []
    rows = {
        "articles": f"{options.articles:,}",
        "calls": f"{seen['answered']:,}",
        "of them asked again": seen["answered_again"],
        "the most that may be in flight": options.jobs,
        "seconds": round(seconds),
        "seconds of the local engine": round(alone),
        "wrong": "; ".join(wrong) or "nothing",
    }
    publish(
        "ray_run",
        Report(
            f"A run on {NODES} Ray nodes of one processor each, one of which is killed half way, "
            "beside the same run of the local engine.",
            ("", ""),
            [(name, f"{value}") for name, value in rows.items()],
        ),
    )
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
