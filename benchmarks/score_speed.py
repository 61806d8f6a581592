"""How long 10,000 records take to score: python benchmarks/score_speed.py [FIXTURES] [N].

The records are the oracle's of the fixtures, over and over, each with a statement left out and
another's speaker changed; every copy of a fixture counts as an article of its own, so that the
bootstrap resamples N of them too.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from report import Report, publish

from summarizer.evals import load_fixtures, oracle, score
from summarizer.record import Record


def main() -> None:
    """Measure, print and keep."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "evals/fixtures")
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    fixtures = load_fixtures(folder)
    flawed = [_flawed(oracle(fixture)) for fixture in fixtures]
    copies = [replace(fixtures[n % len(fixtures)], id=f"{n}") for n in range(number)]
    records = {copy.id: flawed[n % len(fixtures)] for n, copy in enumerate(copies)}
    start, busy = time.perf_counter(), time.process_time()
    scores = score(records, copies)
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    publish(
        "score_speed",
        Report(
            "Records of the fixtures, over and over, each as an article of its own, scored with "
            "all intervals.",
            ("records", "seconds", "of the processor", "joint statement F1"),
            [(f"{number:,}", f"{seconds:.1f}", f"{cpu:.1f}", f"{scores.f1['joint'].f1:.3f}")],
        ),
    )


def _flawed(record: Record) -> Record:
    statements = record.statements[1:]
    if statements:
        changed = statements[0].model_copy(update={"speaker": record.persons[-1].id})
        statements = [changed, *statements[1:]]
    return record.model_copy(update={"statements": statements})


if __name__ == "__main__":
    main()
