"""Every bad input ends with its exit code and a short message; `make docs` lists them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .bad_inputs import CASES, TEXT, Case, applies, arguments

Run = Callable[..., subprocess.CompletedProcess[str]]
FOUND = Path(__file__).parents[2] / "build" / "bad-inputs"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input(case: Case, run_program: Run, work: Path) -> None:
    if not applies(case):
        pytest.skip("root may read and write everything")
    (work / "a.txt").write_text(TEXT, encoding="utf-8")
    case.prepare(work)
    done = run_program(
        *arguments(case),
        stdin=case.stdin,
        **{"XDG_CACHE_HOME": str(work / "home"), **case.variables},
    )
    assert done.returncode == case.code, done.stderr
    assert case.says in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.startswith("no model chosen")]
    assert lines[0].startswith(("error: ", "Usage: "))
    assert len(lines) <= 4
    assert (work / "a.txt").read_text(encoding="utf-8") == TEXT
    FOUND.mkdir(parents=True, exist_ok=True)
    said = [line for line in lines if not line.startswith(("Usage:", "Try", "no record"))]
    found = {"name": case.name, "code": done.returncode, "said": " ".join(" ".join(said).split())}
    place = FOUND / f"{CASES.index(case):03}.json"
    place.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
