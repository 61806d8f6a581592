"""Scoring: the records of a run against fixtures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from summarizer.errors import InputError
from summarizer.evals.article_score import ArticleScores, average, score_article
from summarizer.evals.figures import (
    AccuracyFigure,
    F1Figure,
    InventionFigure,
    accuracy_figure,
    f1_figures,
    invention_figure,
)
from summarizer.evals.fixtures import fixture_set_hash
from summarizer.evals.gate import MISSING, Failure
from summarizer.evals.gold import Fixture
from summarizer.evals.statistics import SEED
from summarizer.record import Record

SplitName = Literal["dev", "holdout", "all"]


@dataclass(frozen=True)
class Scores:
    """A run's scores: article by article, and each figure over all of them.

    `split` is None in a set without splits. `runs` is K, how often each article was answered.
    `failures` counts what failed the gate, by class.
    """

    fixture_set: str
    split: SplitName | None
    runs: int
    seed: int
    articles: tuple[ArticleScores, ...]
    failures: dict[str, int]
    f1: dict[str, F1Figure]
    accuracy: dict[str, AccuracyFigure]
    inventions: dict[str, InventionFigure]


def score(results: Mapping[str, Record | Failure], fixtures: Sequence[Fixture]) -> Scores:
    """The scores of one run.

    Args:
        results: by the id of the fixture; one that is not there has failed as `missing`.
        fixtures: all that the run was to answer.

    Raises:
        InputError: there are no fixtures.
    """
    return score_runs([results], fixtures)


def score_runs(
    runs: Sequence[Mapping[str, Record | Failure]], fixtures: Sequence[Fixture]
) -> Scores:
    """The scores of K runs of the same prompt and model, averaged within each article first.

    Raises:
        InputError: there are no fixtures.
    """
    if not fixtures:
        raise InputError("there are no fixtures to score against")
    missing = Failure(MISSING, "the run has no answer for it")
    articles = [
        average([score_article(run.get(fixture.id, missing), fixture) for run in runs])
        for fixture in fixtures
    ]
    return gather(articles, fixture_set=fixture_set_hash(fixtures), split=_split(fixtures))


def gather(
    articles: Sequence[ArticleScores], *, fixture_set: str, split: SplitName | None
) -> Scores:
    """The figures over articles that were scored one by one; there is at least one."""
    values = [article.values for article in articles]
    runs = articles[0].runs
    return Scores(
        fixture_set=fixture_set,
        split=split,
        runs=runs,
        seed=SEED,
        articles=tuple(articles),
        failures=dict(Counter(code for article in articles for code in article.failures)),
        f1=f1_figures([article.counts for article in articles], values),
        accuracy={
            name: accuracy_figure(
                [article.tallies[name] for article in articles],
                [each[name] for each in values],
                runs=runs,
            )
            for name in articles[0].tallies
        },
        inventions={
            name: invention_figure([article.inventions[name] for article in articles], runs=runs)
            for name in articles[0].inventions
        },
    )


_SCORES = TypeAdapter(Scores)


def dump_scores(scores: Scores, *, findings: bool = True) -> str:
    """The scores as JSON.

    Args:
        scores: what to write.
        findings: whether to keep what became of each item, which quotes the articles.
    """
    if not findings:
        bare = tuple(replace(article, findings=()) for article in scores.articles)
        scores = replace(scores, articles=bare)
    return _SCORES.dump_json(scores, indent=1).decode()


def load_scores(content: str | bytes, *, where: str | None = None) -> Scores:
    """The scores in a piece of JSON.

    Raises:
        InputError: it holds none.
    """
    try:
        return _SCORES.validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise InputError(f"holds no scores: `{field}`: {first['msg']}", where=where) from None


def _split(fixtures: Sequence[Fixture]) -> SplitName | None:
    splits = {fixture.split for fixture in fixtures}
    if len(splits) > 1:
        return "all"
    return splits.pop()
