"""How often a comparison errs: python benchmarks/comparison_errors.py [TRIALS].

Two simulated prompts answer the same articles. Each article has a few statements and a chance,
its own, that a statement comes out right; the figure of an article is the share that did. With
equal chances, `better` and `worse` are errors. With B's chances raised by the smallest detectable
difference that such comparisons print, B should be found better about 80 % of the time.
"""

from __future__ import annotations

import sys

import numpy as np
from report import Report, publish

from summarizer.evals import ArticleScores, Comparison, Scores, compare


def simulate(
    rng: np.random.Generator, articles: int, difference: float, trials: int
) -> list[Comparison]:
    """Comparisons of two prompts whose true mean difference is `difference`."""
    comparisons = []
    for _ in range(trials):
        statements = rng.integers(2, 11, size=articles)
        chance = rng.uniform(0.2, 0.7, size=articles)
        a = rng.binomial(statements, chance) / statements
        b = rng.binomial(statements, chance + difference) / statements
        comparisons.append(compare(_scores(a), _scores(b)))
    return comparisons


def error_rate(comparisons: list[Comparison]) -> float:
    """How often a verdict other than `no difference shown` came up."""
    return sum(one.verdict != "no difference shown" for one in comparisons) / len(comparisons)


def detectable(comparisons: list[Comparison]) -> float:
    """The smallest detectable difference that the comparisons print, on average."""
    return float(np.mean([one.smallest_detectable for one in comparisons]))


def found_rate(comparisons: list[Comparison]) -> float:
    """How often B was found better."""
    return sum(one.verdict == "better" for one in comparisons) / len(comparisons)


def _scores(values: np.ndarray) -> Scores:
    articles = tuple(
        ArticleScores(
            fixture=f"{number}",
            split=None,
            runs=1,
            failures=(),
            counts={},
            tallies={},
            inventions={},
            values={"joint": float(value)},
            findings=(),
        )
        for number, value in enumerate(values)
    )
    return Scores("simulated", None, 1, 0, articles, {}, {}, {}, {})


def main() -> None:
    """Measure, print and keep, by number of articles."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rng = np.random.default_rng(1)
    rows = []
    for articles in (12, 20, 30, 50):
        equal = simulate(rng, articles, 0.0, trials)
        difference = detectable(equal)
        better = simulate(rng, articles, difference, trials)
        errors, found = error_rate(equal), found_rate(better)
        rows.append((f"{articles}", f"{errors:.1%}", f"{difference:.3f}", f"{found:.1%}"))
    publish(
        "comparison_errors",
        Report(
            f"{trials:,} comparisons of two simulated prompts, equal or different by the smallest "
            "difference that the comparisons print.",
            (
                "articles",
                "a verdict though equal",
                "smallest difference",
                "found when as large",
            ),
            rows,
        ),
    )


if __name__ == "__main__":
    main()
