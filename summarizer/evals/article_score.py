"""One article scored: every count, field and invention, and what became of each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.evals.counts import Counts, Tally
from summarizer.evals.finding import Finding, meeting_findings, statement_findings
from summarizer.evals.gate import Failure, gate
from summarizer.evals.gold import Fixture
from summarizer.evals.gold_file import Split
from summarizer.evals.inventions import (
    Invented,
    fabricated_quotations,
    invented_countries,
    invented_places,
    invented_years,
)
from summarizer.evals.meetings import pair_meetings
from summarizer.evals.published_counts import published_counts
from summarizer.evals.statements import (
    INDIRECT,
    INDIRECT_IOU,
    LADDER,
    QUOTED,
    QUOTED_IOU,
    PairedStatements,
    pair_statements,
)
from summarizer.evals.summaries import score_summary
from summarizer.record import QuoteType, Record

JOINT = "joint"
"""The headline: direct and mixed statements with right words, speaker and quote type."""
INVENTIONS = ("quotations", "years", "places", "countries")


@dataclass(frozen=True)
class ArticleScores:
    """The scores of one article, over one run or several.

    `values` holds each metric's figure for this article alone (F1 or accuracy, the mean over the
    runs); None where there was nothing to find and nothing was returned. `failures` has one class
    for each run that failed the gate. `findings` are those of the first run.
    """

    fixture: str
    split: Split | None
    runs: int
    failures: tuple[str, ...]
    counts: dict[str, Counts]
    tallies: dict[str, Tally]
    inventions: dict[str, Invented]
    values: dict[str, float | None]
    findings: tuple[Finding, ...]


def score_article(result: Record | Failure, fixture: Fixture) -> ArticleScores:
    """The scores of one run of an article; what fails the gate has 0 in everything."""
    failure = (
        result if isinstance(result, Failure) else gate(result, fixture.article_id, fixture.text)
    )
    record = None if failure or isinstance(result, Failure) else result
    persons = {person.id: person for person in record.persons} if record else {}
    said, met = (record.statements, record.meetings) if record else ([], [])
    statements = pair_statements(fixture.statements, said, persons, fixture.everyone)
    meetings = pair_meetings(fixture.meetings, met, persons, fixture.everyone)
    counts = {**_statement_counts(statements), **meetings.counts(), **published_counts(statements)}
    summary = score_summary(record.summary if record else None, fixture)
    tallies = {**meetings.tallies(), **statements.tallies(), **summary}
    values: dict[str, float | None] = {name: c.f1 for name, c in counts.items()}
    values |= {name: tally.accuracy for name, tally in tallies.items()}
    inventions = dict.fromkeys(INVENTIONS, Invented())
    if failure is not None:
        tallies["presence"] = Tally(unpaired=1)
        values = dict.fromkeys(values, 0.0)
    else:
        inventions["years"] = invented_years(meetings, fixture)
        inventions["places"] = invented_places(meetings, fixture)
        inventions["countries"] = invented_countries(meetings, fixture)
    if isinstance(result, Record):
        inventions["quotations"] = fabricated_quotations(result, fixture.text)
    return ArticleScores(
        fixture=fixture.id,
        split=fixture.split,
        runs=1,
        failures=(failure.code,) if failure else (),
        counts=counts,
        tallies=tallies,
        inventions=inventions,
        values=values,
        findings=(*statement_findings(statements), *meeting_findings(meetings)),
    )


def average(runs: Sequence[ArticleScores]) -> ArticleScores:
    """Several runs of one article as one: counts added, values averaged."""
    first = runs[0]
    if len(runs) == 1:
        return first
    return ArticleScores(
        fixture=first.fixture,
        split=first.split,
        runs=len(runs),
        failures=tuple(failure for run in runs for failure in run.failures),
        counts={n: sum((run.counts[n] for run in runs), Counts()) for n in first.counts},
        tallies={n: sum((run.tallies[n] for run in runs), Tally()) for n in first.tallies},
        inventions={n: sum((r.inventions[n] for r in runs), Invented()) for n in INVENTIONS},
        values={name: _mean([run.values[name] for run in runs]) for name in first.values},
        findings=first.findings,
    )


def filled(values: Sequence[float | None]) -> list[float] | None:
    """Values of one article side by side, or None if nothing was returned in any.

    Where there is nothing to find, returning nothing is right (1) beside a run that returned
    something (0).
    """
    if all(value is None for value in values):
        return None
    return [1.0 if value is None else value for value in values]


def _mean(values: Sequence[float | None]) -> float | None:
    given = filled(values)
    return sum(given) / len(given) if given else None


def _statement_counts(paired: PairedStatements) -> dict[str, Counts]:
    """The joint figures, quotations and the ladder: `spans/direct/0.8`."""
    counts = {
        JOINT: paired.joint(QUOTED, QUOTED_IOU),
        "indirect": paired.joint(INDIRECT, INDIRECT_IOU),
        "quotations": paired.spans(QUOTED, QUOTED_IOU),
    }
    rows: dict[str, frozenset[QuoteType]] = {
        "direct": frozenset({"direct"}),
        "mixed": frozenset({"mixed"}),
        "indirect": INDIRECT,
        "all": QUOTED | INDIRECT,
    }
    for kind, types in rows.items():
        for step, least in LADDER.items():
            counts[f"spans/{kind}/{step}"] = paired.spans(types, least)
    return counts
