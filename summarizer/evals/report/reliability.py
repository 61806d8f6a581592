"""Are speakers as often right as their confidence says: the rows of a reliability plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.evals.calibration import Judged, calibration_error, judged, reliability
from summarizer.evals.gold import Fixture
from summarizer.evals.report import words
from summarizer.evals.report.plots import Plot, plot
from summarizer.evals.runs import SavedRun, load_results
from summarizer.evals.statistics import wilson
from summarizer.record import Record


@dataclass(frozen=True)
class Reliability:
    """A run's expected calibration error, and a row for each bin; the least sure first."""

    error: float | None
    rows: tuple[ReliabilityRow, ...]


@dataclass(frozen=True)
class ReliabilityRow:
    """Speakers of about one confidence: the share right with its interval, drawn and told."""

    confidence: float
    plot: Plot
    right: str
    n: int


def speakers_of(run: SavedRun, fixtures: Sequence[Fixture]) -> list[Judged]:
    """The speakers of a run's first records, each with its confidence and whether it is right.

    Raises:
        InputError: the run's records cannot be read.
    """
    results = load_results(run.folder, {fixture.id: fixture.text for fixture in fixtures})
    first = results[0] if results else {}
    return judged({n: r for n, r in first.items() if isinstance(r, Record)}, fixtures)


def run_reliability(run: SavedRun, fixtures: Sequence[Fixture]) -> Reliability:
    """What the page shows of a run; no rows without articles, or without confidences."""
    speakers = speakers_of(run, fixtures) if fixtures else []
    rows = []
    for one in reliability(speakers):
        interval = wilson(one.right * one.n, one.n)
        said = f"{words.number(one.right, 2)} {words.interval(interval)}"
        label = f"confidence {one.confidence:.2f}: {said} right"
        drawn = plot([("a", one.right, interval), ("b", one.confidence, None)], label=label)
        rows.append(ReliabilityRow(one.confidence, drawn, said, one.n))
    return Reliability(calibration_error(speakers), tuple(rows))
