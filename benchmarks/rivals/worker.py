"""One system in a process of its own: python -m rivals.worker MODULE.

Reads jobs from standard input, one JSON object a line, and writes one line for each to standard
output: `seconds`, those of its own `processor`, and the `answer` or the `failure`. Libraries are
loaded before the first job, so that their loading is in no time. What libraries print goes to
standard error.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from typing import Any, TextIO


def main() -> None:
    """Answer until standard input closes."""
    answers = _private_stdout()
    system = importlib.import_module(f"rivals.{sys.argv[1]}")
    print(json.dumps({"versions": system.versions()}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(_done(system, json.loads(line))), file=answers, flush=True)


def _done(system: Any, job: dict[str, Any]) -> dict[str, Any]:
    started, busy = time.perf_counter(), time.process_time()
    try:
        outcome: dict[str, Any] = {"answer": system.answer(job)}
    except Exception as error:  # whatever a system raises is its failure, and is told
        outcome = {"failure": {"code": type(error).__name__, "message": str(error)[:300]}}
    outcome["processor"] = time.process_time() - busy
    return {"seconds": time.perf_counter() - started, **outcome}


def _private_stdout() -> TextIO:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    main()
