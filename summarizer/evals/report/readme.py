"""The table of the README: the headline figures of the committed runs, generated, never typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from summarizer.errors import InputError
from summarizer.evals.headline import Headline, headlines
from summarizer.evals.report import words
from summarizer.evals.runs import is_run, load_run

_HEADLINES = TypeAdapter(list[Headline])


def readme_table(baselines: Path, aggregates: Path) -> str:
    """A table for each set of articles: a row for each figure, a column for each run.

    Args:
        baselines: the folder of run folders.
        aggregates: the folder of `run_json` files, of sets that are not in the repository.

    Raises:
        InputError: a run or file cannot be read.
    """
    columns: dict[str, list[_Column]] = {}
    for folder in sorted(baselines.iterdir()) if baselines.is_dir() else []:
        if is_run(folder):
            run = load_run(folder)
            n = len(run.scores.articles)
            title = f"{run.identity.prompt.name}, {run.identity.model} ({n} articles)"
            column = _Column(title, headlines(run.scores))
            columns.setdefault(run.identity.fixtures, []).append(column)
    for path in sorted(aggregates.glob("*.json")):
        name, column = _aggregate(path)
        columns.setdefault(name, []).append(column)
    return "\n".join(_table(name, group) for name, group in columns.items())


class _Column:
    """One run in a table."""

    def __init__(self, title: str, lines: Sequence[Headline]) -> None:
        self.title = title
        self.cells = {line.label: words.share(line) for line in lines}


def _aggregate(path: Path) -> tuple[str, _Column]:
    try:
        data = json.loads(path.read_bytes())
        who = data["identity"]
        title = f"{who['prompt']['name']}, {who['model']} ({data['articles']} articles)"
        return str(who["fixtures"]), _Column(title, _HEADLINES.validate_python(data["headlines"]))
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise InputError(f"holds no figures of a run: {error}", where=str(path)) from None


def _table(name: str, columns: Sequence[_Column]) -> str:
    labels = dict.fromkeys(label for column in columns for label in column.cells)
    head = ["", *(column.title for column in columns)]
    rows = [[label, *(column.cells.get(label, "–") for column in columns)] for label in labels]
    lines = [_row([f"`{name}`", *head[1:]]), _row(["---", *["---:"] * len(columns)])]
    return "\n".join([*lines, *(_row(row) for row in rows)]) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
