"""An article cut wherever a statement begins or ends, each piece marked by how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.article import Span
from summarizer.evals.article_score import ArticleScores
from summarizer.evals.gold import Fixture
from summarizer.record import Record

Mark = tuple[Span, str, str]
"""Where, how it came out, and what a pointer over it shows."""


@dataclass(frozen=True)
class Piece:
    """A run of the article under the same statements; `outcome` is empty outside of them."""

    text: str
    outcome: str = ""
    kind: str = ""
    title: str = ""


def gold_pieces(fixture: Fixture, runs: Sequence[ArticleScores]) -> list[Piece]:
    """The article with the statements of the gold: right if any run has them right."""
    outcomes = [_outcomes(run, gold=True) for run in runs]
    marks = []
    for said in fixture.statements:
        came = [each.get(f"statements[{said.index}]", "miss") for each in outcomes]
        best = "right" if "right" in came else "excused" if "excused" in came else came[0]
        who = said.speaker.name if said.speaker else "nobody told"
        marks += [(span, f"{best} {said.quote_type}", who) for span in said.content]
    return cut(fixture.text, marks)


def result_pieces(text: str, record: Record, run: ArticleScores) -> list[Piece]:
    """The article with the statements of a record."""
    outcomes = _outcomes(run, gold=False)
    names = {person.id: person.name for person in record.persons}
    marks = []
    for index, said in enumerate(record.statements):
        outcome = outcomes.get(f"statements[{index}]", "false_positive")
        who = names.get(said.speaker or "", "nobody told")
        marks += [(span, f"{outcome} {said.quote_type}", who) for span in said.content_spans]
    return cut(text, marks)


def cut(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The text in pieces; where marks lie over each other, the one that begins last shows."""
    listed = sorted(marks, key=lambda mark: (mark[0].start, -mark[0].end))
    ends = (at for span, _, _ in listed for at in (span.start, span.end))
    cuts = sorted({0, len(text), *(min(at, len(text)) for at in ends)})
    pieces = []
    for start, end in pairwise(cuts):
        over = [mark for mark in listed if mark[0].start <= start < mark[0].end]
        if not over:
            pieces.append(Piece(text[start:end]))
            continue
        _, how, who = over[-1]
        outcome, _, kind = how.partition(" ")
        title = f"{kind}, {who}: {outcome.replace('_', ' ')}"
        pieces.append(Piece(text[start:end], outcome, kind, title))
    return pieces


def _outcomes(run: ArticleScores, *, gold: bool) -> Mapping[str, str]:
    """How each statement came out, by its path in the gold or in the record."""
    found = [each for each in run.findings if each.field == "statement"]
    paths = [(each.gold_at if gold else each.got_at, each.outcome) for each in found]
    return {path: outcome for path, outcome in paths if path is not None}
