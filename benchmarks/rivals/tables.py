"""The tables: how good, how fast, the differences, and the limit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from report import Report

from rivals.adapters import record_of
from rivals.results import SYSTEMS, Result, Store, SystemName
from rivals.running import RawSpeed
from summarizer.evals import (
    JOINT,
    Failure,
    Fixture,
    Headline,
    Interval,
    Scores,
    adjusted,
    compare,
    headlines,
    score,
)
from summarizer.evals.statistics import DRAWS, SEED, bca
from summarizer.record import Record

OURS: SystemName = "summarizer"
METRICS = {
    JOINT: "joint statement F1",
    "quotations": "quotation F1",
    "participants": "participants F1",
    "date": "date",
    "mode": "mode",
    "place": "place",
    "presence": "meeting presence",
}


@dataclass(frozen=True)
class Standing:
    """One system over the articles: `results` by article, those of the first round first."""

    system: SystemName
    results: Mapping[str, Sequence[Result]]
    scores: Scores
    unfound: int
    returned: int

    def seconds(self, article: str) -> float:
        """Of an article: the median of its rounds."""
        return median(result.seconds for result in self.results[article])

    @property
    def first(self) -> list[Result]:
        """What was scored."""
        return [results[0] for results in self.results.values()]


def standing(system: SystemName, store: Store, articles: Sequence[Fixture]) -> Standing | None:
    """How a system did; None if it has not read all of the articles."""
    results = {article.id: store.of(system, article.id) for article in articles}
    if not all(results.values()):
        return None
    outcomes: dict[str, Record | Failure] = {}
    unfound = returned = 0
    for article in articles:
        outcome, lost, given = _outcome(results[article.id][0], article)
        outcomes[article.id] = outcome
        unfound, returned = unfound + lost, returned + given
    return Standing(system, results, score(outcomes, articles), unfound, returned)


def _outcome(result: Result, article: Fixture) -> tuple[Record | Failure, int, int]:
    """What is scored; quotations that stand nowhere in the article, and all of them."""
    if result.answer is None:
        failure = result.failure or {"code": "missing", "message": ""}
        return Failure(failure["code"], failure["message"]), 0, 0
    if "record" in result.answer:
        record, unfound = Record.model_validate(result.answer["record"]), 0
    else:
        record, unfound = record_of(result.answer, article)
    returned = sum(statement.quote_type != "indirect" for statement in record.statements)
    return record, unfound, returned


def reports(
    store: Store, articles: Sequence[Fixture], speeds: Sequence[RawSpeed]
) -> dict[str, Report]:
    """The tables by name, of the systems that have read every article."""
    found = [one for system in SYSTEMS if (one := standing(system, store, articles))]
    tables = {"peers": _scores(found, len(articles)), "peers_tokens": _tokens(found)}
    ours = next((one for one in found if one.system == OURS), None)
    others = [one for one in found if one.system != OURS]
    if ours and others:
        tables["peers_compared"] = _compared(ours, others)
    if ours and speeds:
        speed = RawSpeed(median(s.read for s in speeds), median(s.written for s in speeds))
        tables["peers_limit"] = _limit(ours, articles, speed)
    return tables


def _scores(found: Sequence[Standing], number: int) -> Report:
    """One column a system: figures with their intervals."""
    lines = {one.system: _headlines(one.scores) for one in found}
    rows = []
    for name, label in METRICS.items():
        cells = [
            _figure(lines[one.system][name].value, lines[one.system][name].interval)
            for one in found
        ]
        rows.append([label, *cells])
    rows.append(
        ["quotations that are not in the article", *(f"{s.unfound} of {s.returned}" for s in found)]
    )
    rows.append(["articles without an answer", *(_failures(one) for one in found)])
    caption = (
        f"The same {number} articles in every system, and how good the records are, with 95 % "
        f"intervals over articles. {_versions(found)}"
    )
    return Report(caption, ["", *(one.system for one in found)], rows)


def _headlines(scores: Scores) -> dict[str, Headline]:
    """The shares by name; inventions are called like some of them."""
    return {line.name: line for line in headlines(scores) if line.unit != "returned"}


def _tokens(found: Sequence[Standing]) -> Report:
    rows = []
    for one in found:
        used = [result.used for result in one.first]
        rows.append(
            [
                one.system,
                f"{median(one.seconds(article) for article in one.results):.1f}",
                *(
                    f"{median(u[name] for u in used):,.0f}"
                    for name in ("read", "cached", "written")
                ),
                f"{median(u['calls'] for u in used):.0f}",
                f"{sum(u['cut'] for u in used)}",
                f"{median(result.processor for result in one.first) * 1000:.0f} ms",
            ]
        )
    columns = (
        "",
        "seconds",
        "tokens read",
        "of them cached",
        "written",
        "requests",
        "answers cut",
        "own processor time",
    )
    return Report(
        "What an article takes: the median over the articles, as a proxy between each system and "
        "the server counted it; answers cut short are those of all articles.",
        columns,
        rows,
    )


def _compared(ours: Standing, others: Sequence[Standing]) -> Report:
    rows = []
    for other in others:
        ratio, interval = _ratio(ours, other)
        rows.append([f"times faster than {other.system}", f"{ratio:.1f}", _range(interval), "", ""])
        main = compare(other.scores, ours.scores, JOINT)
        rest = adjusted(
            [compare(other.scores, ours.scores, name) for name in METRICS if name != JOINT]
        )
        for one in (main, *rest):
            mean = "–" if one.mean is None else f"{one.mean:+.3f}"
            rows.append(
                [
                    f"{METRICS[one.metric]} against {other.system}",
                    mean,
                    _range(one.interval, sign=True),
                    f"{one.wins} / {one.ties} / {one.losses}",
                    one.verdict,
                ]
            )
    return Report(
        "This program against each other one on the same articles: the median of the ratios of "
        "time (bootstrap over articles), and the mean differences of the articles' figures "
        "(t-interval; the verdicts by Holm among those beside the joint F1).",
        ("", "difference", "95 %", "better / same / worse", "verdict"),
        rows,
    )


def _ratio(ours: Standing, other: Standing) -> tuple[float, Interval | None]:
    """The median over articles of other seconds to ours."""
    ratios = np.array([other.seconds(a) / ours.seconds(a) for a in ours.results])
    n = len(ratios)
    drawn = np.random.default_rng(SEED).integers(0, n, size=(DRAWS, n))
    left_out = np.array([np.median(np.delete(ratios, i)) for i in range(n)]) if n > 1 else ratios
    middle = float(np.median(ratios))
    return middle, bca(middle, np.median(ratios[drawn], axis=1), left_out) if n > 1 else None


def _limit(ours: Standing, articles: Sequence[Fixture], speed: RawSpeed) -> Report:
    rows = []
    ratios, owns = [], []
    for number, article in enumerate(articles, start=1):
        for result in ours.results[article.id][:1]:
            least = speed.seconds(result.used)
            ratio = result.seconds / least if least else float("nan")
            ratios.append(ratio)
            owns.append(result.processor)
            fresh = result.used["read"] - result.used["cached"]
            cells = [
                f"{least:.1f}",
                f"{result.seconds:.1f}",
                f"{ratio:.2f}",
                f"{result.processor * 1000:.0f} ms",
            ]
            words = f"{len(article.text.split())}"
            rows.append([f"{number}", words, f"{fresh:,}", f"{result.used['written']}", *cells])
    rows.append(
        ["median", "", "", "", "", "", f"{median(ratios):.2f}", f"{median(owns) * 1000:.0f} ms"]
    )
    return Report(
        "Of every article: the tokens that had to be read and written, the time that they take at "
        f"the engine's raw speed here ({1000 / speed.read:.0f} read and {1000 / speed.written:.1f} "
        "written a second, without a grammar), the time that it took, and what of it is this "
        "program's own.",
        (
            "article",
            "words",
            "read",
            "written",
            "limit (s)",
            "took (s)",
            "ratio",
            "own processor time",
        ),
        rows,
    )


def _figure(value: float | None, interval: Interval | None) -> str:
    return "–" if value is None else f"{value:.3f} {_range(interval)}"


def _range(interval: Interval | None, *, sign: bool = False) -> str:
    if interval is None:
        return ""
    plus = "+" if sign else ""
    return f"[{interval.low:{plus}.2f}, {interval.high:{plus}.2f}]"


def _failures(one: Standing) -> str:
    classes = Counter(result.failure["code"] for result in one.first if result.failure)
    told = ", ".join(f"{name} {count}" for name, count in sorted(classes.items()))
    return f"{sum(classes.values())} ({told})" if classes else "0"


def _versions(found: Sequence[Standing]) -> str:
    told = []
    for one in found:
        identity = one.first[0].identity
        told.append(f"{one.system} {identity[one.system]}")
    return (
        f"Versions: {', '.join(told)}; model `{found[0].first[0].identity['model']}`."
        if found
        else ""
    )
