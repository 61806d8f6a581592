"""A run on a Ray cluster of two nodes on this machine, one of which is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from chaos import counts, stand_in
from reports import write_reports

pytest.importorskip("ray", reason="the extra `ray` is not installed")

from ray_nodes import ray_nodes
from ray_run import check, command, killed_run

KEY = "sk-test-0123456789abcdef"
ARTICLES, JOBS = 40, 4


def test_a_node_is_killed_and_the_records_are_those_of_a_local_run(tmp_path: Path) -> None:
    reports, ray, local = (tmp_path / f"{name}.jsonl" for name in ("in", "ray", "local"))
    write_reports(reports, ARTICLES)
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "OPENAI_API_KEY": KEY}
    jobs = ("--jobs", str(JOBS))
    with stand_in("--latency", "0.1") as url:
        with ray_nodes(2) as nodes:
            line = command(
                reports, url, ray, "--engine", "ray", "--ray-address", nodes.address, *jobs
            )
            assert killed_run(line, environment, url, ARTICLES, nodes) == 0
            assert counts(url)["answered"] >= ARTICLES
            logs = [path for path in nodes.folder.rglob("*.*") if path.is_file()]
            assert logs
            assert [path for path in logs if KEY.encode() in path.read_bytes()] == []
        again = counts(url)["answered_again"]
        environment["XDG_CACHE_HOME"] = str(tmp_path / "other")
        subprocess.run(command(reports, url, local, *jobs), env=environment, check=True)
    assert check(ray, local, ARTICLES, again, JOBS) == []


def test_without_ray_the_message_says_what_to_install(tmp_path: Path) -> None:
    write_reports(tmp_path / "in.jsonl", 2)
    hidden = (
        "import sys, importlib.util as u; find = u.find_spec;"
        "u.find_spec = lambda name, *a: None if name == 'ray' else find(name, *a);"
        "from summarizer.cli import main; main(sys.argv[1:])"
    )
    with stand_in() as url:
        line = command(tmp_path / "in.jsonl", url, tmp_path / "out.jsonl", "--engine", "ray")
        done = subprocess.run(
            [sys.executable, "-c", hidden, *line[3:]], capture_output=True, text=True
        )
    assert done.returncode == 5
    assert "python -m pip install 'summarizer[ray]'" in done.stderr
