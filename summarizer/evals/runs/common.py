"""Two runs side by side: over the articles that both have answered."""

from __future__ import annotations

import hashlib

from summarizer.errors import UsageError
from summarizer.evals.runs.folder import SavedRun
from summarizer.evals.score import Scores, SplitName, gather


def on_common_articles(a: SavedRun, b: SavedRun) -> tuple[Scores, Scores]:
    """The scores of both, over the articles whose text and gold are the same in both.

    Raises:
        UsageError: they have none in common.
    """
    if a.identity.fixture_set == b.identity.fixture_set:
        return a.scores, b.scores
    ours, theirs = a.identity.articles, b.identity.articles
    common = {name: sha256 for name, sha256 in ours.items() if theirs.get(name) == sha256}
    if not common:
        raise UsageError(
            "the two runs have no article in common",
            where=f"{a.folder}, {b.folder}",
            hint="Run both on the same fixtures, then compare.",
        )
    lines = "\n".join(sorted(f"{name} {sha256}" for name, sha256 in common.items()))
    fixture_set = hashlib.sha256(lines.encode("utf-8")).hexdigest()
    return _over(a.scores, set(common), fixture_set), _over(b.scores, set(common), fixture_set)


def _over(scores: Scores, names: set[str], fixture_set: str) -> Scores:
    articles = [article for article in scores.articles if article.fixture in names]
    splits = {article.split for article in articles}
    split: SplitName | None = "all" if len(splits) > 1 else splits.pop()
    return gather(articles, fixture_set=fixture_set, split=split)
