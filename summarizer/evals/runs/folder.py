"""A run's folder: `run.json`, `records.jsonl`, `answers.jsonl` and `scores.json`.

Records are kept without the article's text, which lies beside the gold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.errors import InputError, UsageError
from summarizer.evals.gate import Failure, read_answer
from summarizer.evals.headline import Headline, headlines
from summarizer.evals.runs.conduct import Result
from summarizer.evals.runs.identity import Identity
from summarizer.evals.score import Scores, dump_scores, load_scores
from summarizer.record import Record, dump_record

RUN, RECORDS, ANSWERS, SCORES = "run.json", "records.jsonl", "answers.jsonl", "scores.json"


@dataclass(frozen=True)
class SavedRun:
    """A run as its folder has it; `corrected` are rows about what readers had to correct."""

    folder: Path
    identity: Identity
    scores: Scores
    corrected: tuple[Headline, ...] = ()

    @property
    def lines(self) -> list[Headline]:
        """Every row of its report."""
        return [*headlines(self.scores), *self.corrected]


def is_run(folder: Path) -> bool:
    """Whether a run lies there."""
    return (folder / RUN).is_file()


def save_run(
    folder: Path, identity: Identity, results: Sequence[Result], scores: Scores
) -> SavedRun:
    """Write a run; the answers are in its folder already.

    A record that differs from the one that lies there in nothing but when it was made is left as
    it is, so that scoring again changes only what has changed.

    Raises:
        UsageError: the folder cannot be written.
    """
    before = {key: data for key, data in _lines(folder / RECORDS)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = [_line(result, before) for result in results]
        _write(folder / RECORDS, "".join(f"{line}\n" for line in lines))
        _write(folder / SCORES, dump_scores(scores) + "\n")
        _write(folder / RUN, identity.model_dump_json(indent=1) + "\n")
    except OSError as error:
        where = str(folder)
        raise UsageError(f"cannot be written: {error.strerror}", where=where) from None
    return SavedRun(folder, identity, scores)


def clear(folder: Path) -> None:
    """Remove a run, its answers included; other files of the folder stay."""
    for name in (RUN, SCORES, RECORDS, ANSWERS):
        (folder / name).unlink(missing_ok=True)


def load_run(folder: Path) -> SavedRun:
    """The run in a folder, as it was scored.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    path = folder / RUN
    try:
        identity = Identity.model_validate_json(path.read_bytes())
        scores = load_scores((folder / SCORES).read_bytes(), where=str(folder / SCORES))
    except FileNotFoundError as error:
        raise InputError(
            f"is no run: `{Path(str(error.filename)).name}` is missing",
            where=str(folder),
            hint="Give a folder that `summarizer eval run --out FOLDER` wrote.",
        ) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(folder)) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise InputError(f"`{field}`: {first['msg']}", where=str(path)) from None
    return SavedRun(folder, identity, scores)


def load_results(folder: Path, texts: Mapping[str, str]) -> list[dict[str, Record | Failure]]:
    """The records of each of K runs, by the article's id, with their texts.

    Args:
        folder: of the run.
        texts: the articles' texts by id; records of others are left out.

    Raises:
        InputError: the records are missing or damaged.
    """
    path = folder / RECORDS
    if not path.is_file():
        raise InputError(f"has no `{RECORDS}`", where=str(folder))
    runs: dict[int, dict[str, Record | Failure]] = {}
    for (fixture, run), data in _lines(path):
        if fixture in texts:
            runs.setdefault(run, {})[fixture] = _outcome(data, texts[fixture])
    return [runs[run] for run in sorted(runs)]


def _line(result: Result, before: Mapping[tuple[str, int], dict[str, Any]]) -> str:
    head: dict[str, Any] = {"fixture": result.fixture, "run": result.run}
    if isinstance(result.outcome, Failure):
        failure = {"code": result.outcome.code, "message": result.outcome.message}
        data = head | {"failure": failure}
    else:
        data = head | {"record": json.loads(dump_record(result.outcome, text=False))}
        old = before.get((result.fixture, result.run))
        if old is not None and _timeless(old) == _timeless(data):
            data = old
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _timeless(data: Mapping[str, Any]) -> object:
    record = data.get("record")
    if record is None:
        return data
    kept = {k: v for k, v in record["provenance"].items() if k not in ("created", "seconds")}
    return {**record, "provenance": kept}


def _lines(path: Path) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    """Fixture, number of the run, and content of each line."""
    if not path.exists():
        return
    try:
        # Not `splitlines`: a record may hold other line ends of Unicode.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from None
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            data = json.loads(line)
            yield (str(data["fixture"]), int(data["run"])), data
        except (ValueError, KeyError, TypeError):
            raise InputError("is no result of a run", where=f"{path}:{number}") from None


def _outcome(data: Mapping[str, Any], text: str) -> Record | Failure:
    if "failure" in data:
        return Failure(str(data["failure"]["code"]), str(data["failure"]["message"]))
    record = read_answer(json.dumps(data.get("record")))
    if isinstance(record, Failure):
        return record
    article = record.article.model_copy(update={"text": text, "length": None})
    return record.model_copy(update={"article": article})


def _write(path: Path, content: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(content, encoding="utf-8", newline="\n")
    part.replace(path)
