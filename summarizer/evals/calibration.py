"""Whether a speaker's confidence is what it says: reliability in bins, and the error of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.evals.gold import Fixture
from summarizer.evals.statements import pair_statements
from summarizer.evals.statistics import DRAWS, SEED, Interval
from summarizer.record import Record

BINS = 5


@dataclass(frozen=True)
class Judged:
    """One statement's speaker: how sure, whether right, of which article, and what decided."""

    confidence: float
    right: bool
    article: str
    decided_by: str


@dataclass(frozen=True)
class Bin:
    """Some speakers of about one confidence: its mean, the share right, and their number."""

    confidence: float
    right: float
    n: int


def judged(records: Mapping[str, Record], fixtures: Sequence[Fixture]) -> list[Judged]:
    """The speakers of statements that the gold requires, those without a confidence left out."""
    found = []
    for fixture in fixtures:
        if (record := records.get(fixture.id)) is None:
            continue
        persons = {person.id: person for person in record.persons}
        paired = pair_statements(fixture.statements, record.statements, persons, fixture.everyone)
        for pair in paired.pairs:
            got = paired.got[pair.got]
            if got.decided_by is None or got.speaker is None or paired.gold[pair.gold].optional:
                continue
            sure = got.confidence if got.confidence is not None else 0.5
            right = paired.speaker(pair) == "right"
            found.append(Judged(sure, right, fixture.id, got.decided_by))
    return found


def reliability(speakers: Sequence[Judged], bins: int = BINS) -> list[Bin]:
    """Bins of about equal size, from the least sure; what is equally sure stays together."""
    ordered = sorted(speakers, key=lambda one: one.confidence)
    groups: list[list[Judged]] = []
    for index, one in enumerate(ordered):
        full = groups and len(groups[-1]) >= len(ordered) / bins
        if not groups or (full and one.confidence != ordered[index - 1].confidence):
            groups.append([])
        groups[-1].append(one)
    return [
        Bin(
            sum(one.confidence for one in group) / len(group),
            sum(one.right for one in group) / len(group),
            len(group),
        )
        for group in groups
    ]


def calibration_error(speakers: Sequence[Judged], bins: int = BINS) -> float | None:
    """Expected calibration error: the mean distance of confidence and share right; None of none."""
    found = reliability(speakers, bins)
    n = sum(one.n for one in found)
    return sum(one.n * abs(one.confidence - one.right) for one in found) / n if n else None


def calibration_interval(
    speakers: Sequence[Judged], *, draws: int = DRAWS // 10, seed: int = SEED
) -> Interval | None:
    """The middle 95 % of the error over articles drawn with replacement; None under two."""
    by_article: dict[str, list[Judged]] = {}
    for one in speakers:
        by_article.setdefault(one.article, []).append(one)
    articles = list(by_article.values())
    if len(articles) < 2:
        return None
    rng = np.random.default_rng(seed)
    errors = []
    for _ in range(draws):
        drawn = rng.integers(0, len(articles), size=len(articles))
        error = calibration_error([one for index in drawn for one in articles[index]])
        errors.append(0.0 if error is None else error)
    low, high = np.quantile(errors, (0.025, 0.975))
    return Interval(float(low), float(high), "percentile")


def rule_counts(speakers: Sequence[Judged]) -> str:
    """The counts of each way to tell a speaker, as `confidence.toml` holds them."""
    lines = ["# How often each way to tell a speaker was right; `summarizer eval calibrate`."]
    for name in sorted({one.decided_by for one in speakers}):
        some = [one.right for one in speakers if one.decided_by == name]
        lines.append(f"{name} = {{ right = {sum(some)}, n = {len(some)} }}")
    return "\n".join(lines) + "\n"


def calibration_text(speakers: Sequence[Judged]) -> str:
    """The bins and the error as lines."""
    error, interval = calibration_error(speakers), calibration_interval(speakers)
    if error is None:
        return "no speaker has a confidence\n"
    lines = ["confidence   right   speakers"]
    lines += [f"{b.confidence:10.3f} {b.right:7.3f} {b.n:10}" for b in reliability(speakers)]
    ends = f" [{interval.low:.3f}, {interval.high:.3f}]" if interval else ""
    return "\n".join([*lines, f"expected calibration error {error:.3f}{ends}"]) + "\n"
