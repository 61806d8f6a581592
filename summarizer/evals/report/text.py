"""The tables of a terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.evals.finding import Finding
from summarizer.evals.flips import Flip, confusions
from summarizer.evals.gating import GateResult
from summarizer.evals.report import words
from summarizer.evals.report.contest import Contest
from summarizer.evals.runs import SavedRun
from summarizer.evals.statements import LADDER

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_MOST_FLIPS = 20
_MOST_CONFUSIONS = 10


def runs_text(runs: Sequence[SavedRun], *, width: int) -> str:
    """One run in full, or the headlines of several side by side."""
    console, buffer = _console(width)
    for run in runs:
        _say(console, f"{run.identity.title}")
        for name, value in words.identity(run.identity, run.scores):
            _say(console, f"  {name:<9} {value}")
        _say(console, "")
    titles = [run.identity.title for run in runs]
    columns = ["", *(titles if len(runs) > 1 else ["figure and 95 % interval"]), "over"]
    table = _table(columns)
    rows = [run.lines for run in runs]
    for index, line in enumerate(rows[0]):
        cells = [
            next((words.share(other) for other in row if other.label == line.label), "–")
            for row in rows
        ]
        table.add_row(line.label, *cells, words.counted(rows[0][index]))
    console.print(table)
    if len(runs) == 1:
        _fields(console, runs[0])
    return buffer.getvalue()


def comparison_text(result: Contest, *, width: int) -> str:
    """B against A: the verdict, the other metrics, and what flipped."""
    console, buffer = _console(width)
    _say(console, f"A  {result.a.identity.title}")
    _say(console, f"B  {result.b.identity.title}")
    _say(console, f"   {words.repeats(result.a.identity, result.b.identity)}\n")
    for line in words.verdict(result.primary):
        _say(console, line)
    table = _table(["other metrics", "B − A", "95 % interval", "p (Holm)", ""])
    for one in result.others:
        table.add_row(
            one.metric,
            words.signed(one.mean),
            words.difference(one),
            words.p_value(one.p_adjusted),
            one.verdict,
        )
    _say(console, "")
    console.print(table)
    won = sum(flip.won for flip in result.flips)
    lost = len(result.flips) - won
    _say(console, f"\nflipped: {won} won by B, {lost} lost")
    for flip in result.flips[:_MOST_FLIPS]:
        finding = flip.b or flip.a
        if finding is not None:
            sign = "+" if flip.won else "−"
            _say(console, f"  {sign} {flip.fixture}: {finding.field}: {_words(flip)}")
    if len(result.flips) > _MOST_FLIPS:
        _say(console, f"  and {len(result.flips) - _MOST_FLIPS} more (`--format html` has all)")
    return buffer.getvalue()


def gate_text(result: GateResult) -> str:
    """What a gate asked for, and the verdict."""
    lines = [
        f"{'ok' if each.passed else 'no':<3} {each.asked}: {each.found}"
        for each in result.requirements
    ]
    return "\n".join([*lines, f"gate {'passed' if result.passed else 'failed'}"]) + "\n"


def _fields(console: Console, run: SavedRun) -> None:
    scores = run.scores
    table = _table(["items", "found", "made up", "missed", "P", "R", "F1", "mean of articles"])
    for name, figure in scores.f1.items():
        if not name.startswith("spans/"):
            c, macro = figure.counts, figure.macro
            cells = [f"{c.tp}", f"{c.fp}", f"{c.fn}"]
            cells += [words.number(x) for x in (figure.precision, figure.recall, figure.f1)]
            mean = f"{words.number(macro.value)} {words.interval(macro.interval)}"
            table.add_row(name, *cells, mean)
    _say(console, "")
    console.print(table)
    table = _table(["fields", "right", "wrong", "made up", "left out", "unpaired", "accuracy"])
    for name, field in scores.accuracy.items():
        t = field.tally
        cells = [f"{x}" for x in (t.right, t.wrong, t.hallucination, t.omission, t.unpaired)]
        table.add_row(name, *cells, words.number(field.accuracy))
    _say(console, "")
    console.print(table)
    if "spans/all/0.3" in scores.f1:
        table = _table(["spans, F1 at IoU", *LADDER])
        for kind in ("direct", "mixed", "indirect", "all"):
            steps = [words.number(scores.f1[f"spans/{kind}/{step}"].f1) for step in LADDER]
            table.add_row(kind, *steps)
        _say(console, "")
        console.print(table)
    taken = confusions(scores).most_common(_MOST_CONFUSIONS)
    if taken:
        _say(console, "\ntaken for someone else")
        for (gold, got), times in taken:
            _say(console, f"  {times} × {gold} taken for {got}")


def _words(flip: Flip) -> str:
    gold = next((each.gold for each in (flip.a, flip.b) if each is not None and each.gold), None)
    return f"{_clip(gold)} | A {_side(flip.a)} | B {_side(flip.b)}"


def _side(finding: Finding | None) -> str:
    if finding is None:
        return "nothing"
    outcome = finding.outcome.replace("_", " ")
    same = finding.got is None or finding.got == finding.gold
    return outcome if same else f"{outcome}: {_clip(finding.got)}"


def _clip(text: str | None, most: int = 60) -> str:
    line = " ".join((text or "–").split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _console(width: int) -> tuple[Console, io.StringIO]:
    from rich.console import Console

    buffer = io.StringIO()
    return Console(file=buffer, width=max(60, width), legacy_windows=False), buffer


def _table(columns: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index == 0 else "right", overflow="fold")
    return table


def _say(console: Console, line: str) -> None:
    from rich.text import Text

    console.print(Text(_plain(line)), soft_wrap=True)


def _plain(line: str) -> str:
    """Without what could steer a terminal: names and words come from articles."""
    return "".join(c for c in line if c == "\n" or c.isprintable())
