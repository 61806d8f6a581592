"""What flipped between A and B, who was taken for whom, and what everyone misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.evals.article_score import ArticleScores
from summarizer.evals.finding import Finding
from summarizer.evals.score import Scores


@dataclass(frozen=True)
class Flip:
    """An item or field that only one of two runs has right; either side is None if it has none."""

    fixture: str
    a: Finding | None
    b: Finding | None

    @property
    def won(self) -> bool:
        """Whether B is the one that has it right."""
        return _good(self.b)


def flips(a: Scores, b: Scores) -> list[Flip]:
    """The items that A has right and B wrong, or the other way about, in order.

    What only one of the two made up counts as wrong there. Optional items never flip.
    """
    of_b = {article.fixture: article for article in b.articles}
    return [
        Flip(article.fixture, *both)
        for article in a.articles
        for both in _side_by_side(article, of_b[article.fixture])
        if _good(both[0]) != _good(both[1])
    ]


def confusions(scores: Scores) -> Counter[tuple[str, str]]:
    """How often a speaker (first) was taken for someone else (second)."""
    return Counter(
        (finding.gold, finding.got)
        for article in scores.articles
        for finding in article.findings
        if finding.field == "statement.speaker" and finding.outcome == "wrong"
        if finding.gold is not None and finding.got is not None
    )


def suspects(runs: Sequence[Scores]) -> list[tuple[str, Finding]]:
    """Gold items that every run gets wrong, with the first run's finding: is the gold right?"""
    wrong = [
        {
            (article.fixture, f.field, f.gold_at)
            for article in scores.articles
            for f in article.findings
            if f.gold_at is not None and not _good(f)
        }
        for scores in runs
    ]
    return [
        (article.fixture, finding)
        for article in (runs[0].articles if runs else ())
        for finding in article.findings
        if all((article.fixture, finding.field, finding.gold_at) in each for each in wrong)
    ]


def _side_by_side(
    a: ArticleScores, b: ArticleScores
) -> Iterator[tuple[Finding | None, Finding | None]]:
    of_a = {_key(finding): finding for finding in a.findings}
    of_b = {_key(finding): finding for finding in b.findings}
    for key in dict.fromkeys([*of_a, *of_b]):
        yield of_a.get(key), of_b.get(key)


def _key(finding: Finding) -> tuple[str, str | None, str | None]:
    """Where it is in the gold; what was made up is known by its words."""
    return finding.field, finding.gold_at, None if finding.gold_at else finding.got


def _good(finding: Finding | None) -> bool:
    return finding is None or finding.outcome in ("right", "excused")
