"""The articles of the page: gold and results side by side, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.evals.article_score import JOINT, ArticleScores
from summarizer.evals.finding import Finding
from summarizer.evals.gate import Failure
from summarizer.evals.gold import Fixture
from summarizer.evals.report.contest import Contest
from summarizer.evals.report.marks import Piece, gold_pieces, result_pieces
from summarizer.evals.runs import SavedRun, load_results
from summarizer.evals.score import Scores
from summarizer.record import Record

_RIGHT = ("right", "excused")
_SHOWN_WITHIN_ANOTHER = "statement.words"
_MAIN = {"statement", "meeting", "participant"}


@dataclass(frozen=True)
class Side:
    """The article as one run marked it, or why there is no record."""

    title: str
    pieces: tuple[Piece, ...]
    failure: str | None


@dataclass(frozen=True)
class Item:
    """One item or field: what the gold has, and what each run has, None where it has nothing."""

    field: str
    main: bool
    gold: str | None
    found: tuple[Finding | None, ...]


@dataclass(frozen=True)
class PageArticle:
    """An article as the page shows it; `sides` are empty if its text is not at hand."""

    id: str
    split: str | None
    figures: tuple[float | None, ...]
    failed: bool
    flipped: int
    mistakes: int
    gold: tuple[Piece, ...]
    sides: tuple[Side, ...]
    items: tuple[Item, ...]


def page_articles(
    runs: Sequence[SavedRun],
    scores: Sequence[Scores],
    fixtures: Sequence[Fixture],
    result: Contest | None,
) -> list[PageArticle]:
    """The articles of one run or two, the worst of the last run first.

    Raises:
        InputError: a run's records cannot be read.
    """
    known = {fixture.id: fixture for fixture in fixtures}
    texts = {name: fixture.text for name, fixture in known.items()}
    records = [load_results(run.folder, texts) if texts else [] for run in runs]
    flipped = [flip.fixture for flip in result.flips] if result else []
    of_each = [{article.fixture: article for article in each.articles} for each in scores]
    articles = []
    for name in of_each[0]:
        scored = [each[name] for each in of_each]
        first = [each[0].get(name) if each else None for each in records]
        fixture = known.get(name)
        articles.append(
            PageArticle(
                id=name,
                split=scored[0].split,
                figures=tuple(each.values.get(JOINT) for each in scored),
                failed=any(each.failures for each in scored),
                flipped=flipped.count(name),
                mistakes=sum(f.outcome not in _RIGHT for f in scored[-1].findings),
                gold=tuple(gold_pieces(fixture, scored)) if fixture else (),
                sides=_sides(runs, scored, first, fixture) if fixture else (),
                items=tuple(_items(scored)),
            )
        )
    return sorted(articles, key=lambda each: (_last(each.figures), each.id))


def _last(figures: Sequence[float | None]) -> float:
    return 2.0 if figures[-1] is None else figures[-1]


def _sides(
    runs: Sequence[SavedRun],
    scored: Sequence[ArticleScores],
    outcomes: Sequence[Record | Failure | None],
    fixture: Fixture,
) -> tuple[Side, ...]:
    sides = []
    for run, article, outcome in zip(runs, scored, outcomes, strict=True):
        title = run.identity.title
        if isinstance(outcome, Record):
            pieces = result_pieces(fixture.text, outcome, article)
            sides.append(Side(title, tuple(pieces), ", ".join(article.failures) or None))
        else:
            told = f"{outcome.code}: {outcome.message}" if outcome else "missing"
            sides.append(Side(title, (), told))
    return tuple(sides)


def _items(scored: Sequence[ArticleScores]) -> list[Item]:
    """The items of all runs, those of the gold by their place in it."""
    found: dict[tuple[str, str | None, str | None], list[Finding | None]] = {}
    for index, article in enumerate(scored):
        for finding in article.findings:
            if finding.field != _SHOWN_WITHIN_ANOTHER:
                key = finding.field, finding.gold_at, None if finding.gold_at else finding.got
                found.setdefault(key, [None] * len(scored))[index] = finding
    return [
        Item(
            field,
            field in _MAIN,
            next((f.gold for f in findings if f is not None and f.gold), None),
            tuple(findings),
        )
        for (field, _, _), findings in found.items()
    ]
