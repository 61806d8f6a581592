"""B against A, with everything that is shown of it."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.evals.article_score import JOINT
from summarizer.evals.comparison import Comparison, adjusted, compare
from summarizer.evals.finding import Finding
from summarizer.evals.flips import Flip, flips, suspects
from summarizer.evals.headline import headlines
from summarizer.evals.runs import SavedRun, on_common_articles
from summarizer.evals.score import Scores


@dataclass(frozen=True)
class Contest:
    """Two runs over the articles that both answered.

    `primary` is the metric that the verdict is about, named before anything was compared;
    `others` are compared for interest, their p-values adjusted among themselves.
    """

    a: SavedRun
    b: SavedRun
    a_scores: Scores
    b_scores: Scores
    primary: Comparison
    others: tuple[Comparison, ...]
    flips: tuple[Flip, ...]
    suspects: tuple[tuple[str, Finding], ...]


def contest(a: SavedRun, b: SavedRun, metric: str = JOINT) -> Contest:
    """Compare two runs.

    Raises:
        UsageError: they have no article in common, or no such metric.
    """
    ours, theirs = on_common_articles(a, b)
    # A run that was scored before a figure existed lacks it.
    known = {line.name for line in headlines(theirs)}
    shares = [line.name for line in headlines(ours) if line.unit != "returned"]
    names = dict.fromkeys(name for name in shares if name != metric and name in known)
    return Contest(
        a=a,
        b=b,
        a_scores=ours,
        b_scores=theirs,
        primary=compare(ours, theirs, metric),
        others=tuple(adjusted([compare(ours, theirs, name) for name in names])),
        flips=tuple(flips(ours, theirs)),
        suspects=tuple(suspects([ours, theirs])),
    )
