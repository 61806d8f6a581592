"""One page for a browser, in one file: it asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summarizer.article import marked
from summarizer.evals.article_score import JOINT
from summarizer.evals.comparison import Comparison
from summarizer.evals.flips import confusions
from summarizer.evals.gold import Fixture
from summarizer.evals.headline import Headline, headlines
from summarizer.evals.report import words
from summarizer.evals.report.articles import PageArticle, page_articles
from summarizer.evals.report.contest import Contest
from summarizer.evals.report.plots import ROW, WIDTH, Plot, plot
from summarizer.evals.report.reliability import run_reliability
from summarizer.evals.runs import SavedRun
from summarizer.evals.statements import LADDER

if TYPE_CHECKING:
    from jinja2 import Template

_KINDS = ("direct", "mixed", "indirect", "all")
_NAMES = ("a", "b")


@dataclass(frozen=True)
class Row:
    """One headline figure: its drawing, and a cell for each run."""

    label: str
    plot: Plot | None
    cells: tuple[str, ...]
    over: str


@dataclass(frozen=True)
class Forest:
    """One compared metric and the drawing of its difference."""

    result: Comparison
    plot: Plot


def page(
    runs: Sequence[SavedRun], fixtures: Sequence[Fixture] = (), result: Contest | None = None
) -> str:
    """The page of a run, or of two and how they compare.

    Args:
        runs: one, or the two that `result` is about.
        fixtures: the articles with their gold, for those that are shown; without them the page
            has figures and words but no articles.
        result: B against A.

    Raises:
        InputError: a run's records cannot be read.
    """
    scores = [result.a_scores, result.b_scores] if result else [run.scores for run in runs]
    articles: list[PageArticle] = page_articles(runs, scores, fixtures, result)
    script, style = _asset("page.js"), _asset("page.css")
    return _template().render(
        title=" against ".join(run.identity.title for run in reversed(runs)),
        runs=runs,
        names=_NAMES[: len(runs)],
        identities=[
            words.identity(run.identity, each) for run, each in zip(runs, scores, strict=True)
        ],
        rows=_rows([headlines(each) for each in scores] if result else [run.lines for run in runs]),
        scores=scores,
        result=result,
        verdict=words.verdict(result.primary) if result else [],
        forest=_forest(result) if result else [],
        ladder=LADDER,
        kinds=_KINDS if "spans/all/0.3" in scores[0].f1 else (),
        reliability=[run_reliability(run, fixtures) for run in runs],
        confusions=[confusions(each).most_common() for each in scores],
        articles=articles,
        words=words,
        width=WIDTH,
        row=ROW,
        style=style,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _rows(figures: Sequence[Sequence[Headline]]) -> list[Row]:
    lines = [{line.label: line for line in each} for each in figures]
    rows = []
    for label, first in lines[0].items():
        row = [each[label] for each in lines]
        rows.append(
            Row(
                label,
                _drawing(row) if first.unit != "returned" else None,
                tuple(words.share(line) for line in row),
                words.counted(first),
            )
        )
    return rows


def _drawing(row: Sequence[Headline]) -> Plot:
    figures = [(name, line.value, line.interval) for name, line in zip(_NAMES, row, strict=False)]
    said = "; ".join(words.share(line) for line in row)
    return plot(figures, label=f"{row[0].label}: {said}")


def _forest(result: Contest) -> list[Forest]:
    found = []
    for one in (result.primary, *result.others):
        said = f"{one.metric}: {words.signed(one.mean)} {words.difference(one)}"
        drawn = plot([("b", one.mean, one.interval)], label=said, ends=(-0.5, 0.5))
        found.append(Forest(one, drawn))
    return found


def _asset(name: str) -> str:
    folder = files("summarizer.evals.report") / "templates"
    return (folder / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summarizer.evals.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = marked
    environment.globals["joint"] = JOINT
    return environment.get_template("page.html")
