"""Is a run good enough: thresholds, and no worse than a baseline by more than a margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.errors import UsageError
from summarizer.evals.article_score import JOINT
from summarizer.evals.comparison import compare
from summarizer.evals.score import Scores

INVENTED = "invented/"


@dataclass(frozen=True)
class Threshold:
    """A bound on one figure, both ends allowed."""

    metric: str
    bound: Literal["min", "max"]
    value: float

    def __str__(self) -> str:
        return f"{self.metric} {'≥' if self.bound == 'min' else '≤'} {self.value:g}"


@dataclass(frozen=True)
class Requirement:
    """One thing that a gate asks for: whether it holds, and what was found."""

    asked: str
    passed: bool
    found: str


@dataclass(frozen=True)
class GateResult:
    """What a gate asked for, and whether the run may pass."""

    requirements: tuple[Requirement, ...]

    @property
    def passed(self) -> bool:
        """Whether everything holds; nothing asked and nothing scored is no pass."""
        return bool(self.requirements) and all(each.passed for each in self.requirements)


def figures(scores: Scores) -> dict[str, float | None]:
    """Every figure by the name it is asked for: F1, accuracies, and numbers of inventions.

    Inventions are `invented/years` and so on. None where there was nothing to measure.
    """
    return {
        **{name: figure.f1 for name, figure in scores.f1.items()},
        **{name: figure.accuracy for name, figure in scores.accuracy.items()},
        **{INVENTED + name: figure.events for name, figure in scores.inventions.items()},
    }


def judge_run(
    scores: Scores,
    thresholds: Sequence[Threshold] = (),
    baseline: tuple[Scores, Scores] | None = None,
    margin: float = 0.0,
) -> GateResult:
    """Whether a run may pass.

    Args:
        scores: of the run.
        thresholds: what its figures must reach.
        baseline: the baseline's scores and the run's, over the same articles. The run is not
            worse if the interval of the mean difference of the joint F1 lies above `-margin`.
        margin: how much worse it may be.

    Raises:
        UsageError: there is no such metric.
    """
    if not scores.articles:
        return GateResult((Requirement("articles", False, "none was scored"),))
    known = figures(scores)
    found = [_check(threshold, known) for threshold in thresholds]
    if baseline is not None:
        found.append(_not_worse(*baseline, margin))
    return GateResult(tuple(found))


def _check(threshold: Threshold, known: dict[str, float | None]) -> Requirement:
    if threshold.metric not in known:
        names = ", ".join(f"`{name}`" for name in known if not name.startswith("spans/"))
        raise UsageError(f"there is no metric `{threshold.metric}`", hint=f"There are {names}.")
    value = known[threshold.metric]
    if value is None:
        return Requirement(str(threshold), False, "nothing to measure")
    above = value >= threshold.value
    passed = above if threshold.bound == "min" else value <= threshold.value
    return Requirement(str(threshold), passed, f"{value:.4g}")


def _not_worse(baseline: Scores, scores: Scores, margin: float) -> Requirement:
    asked = f"{JOINT} not worse than the baseline by more than {margin:g}"
    result = compare(baseline, scores)
    if result.mean is None or result.interval is None:
        return Requirement(asked, False, f"{len(result.pairs)} articles cannot show it")
    low, high = result.interval.low, result.interval.high
    found = f"{result.mean:+.4f} [{low:+.4f}, {high:+.4f}] on {len(result.pairs)} articles"
    return Requirement(asked, low >= -margin, found)
