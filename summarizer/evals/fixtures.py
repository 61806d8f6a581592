"""Reading and checking a folder of fixtures: `NAME.txt` and `NAME.gold.json`, side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from summarizer.article import decode
from summarizer.errors import InputError
from summarizer.evals.gold import Fixture
from summarizer.evals.gold_build import build_fixture
from summarizer.evals.gold_checks import Problem
from summarizer.evals.gold_file import GoldFile, Split

_GOLD, _TEXT = ".gold.json", ".txt"


def load_fixtures(folder: Path, split: Split | None = None) -> list[Fixture]:
    """The fixtures of a folder, by file name.

    Args:
        folder: where the texts and gold files lie.
        split: only those of this split.

    Raises:
        InputError: the folder is missing or holds none, or a fixture is wrong: file and field
            are named.
    """
    fixtures, problems = _read_folder(folder)
    if problems:
        more = f" (and {len(problems) - 1} more problems)" if len(problems) > 1 else ""
        raise InputError(f"{problems[0].message}{more}", where=str(folder / problems[0].where))
    chosen = [fixture for fixture in fixtures if split in (None, fixture.split)]
    if not chosen:
        raise InputError(
            f"holds no fixtures{f' of split `{split}`' if split else ''}", where=str(folder)
        )
    return chosen


def check_fixtures(folder: Path) -> list[Problem]:
    """Everything that is wrong with the fixtures of a folder, file by file.

    Raises:
        InputError: the folder cannot be read.
    """
    return _read_folder(folder)[1]


def fixture_set_hash(fixtures: Iterable[Fixture]) -> str:
    """A SHA-256 that tells one set of fixtures from another, whatever their order."""
    lines = sorted(f"{fixture.id} {fixture.sha256}" for fixture in fixtures)
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def _read_folder(folder: Path) -> tuple[list[Fixture], list[Problem]]:
    if not folder.is_dir():
        raise InputError(
            "is no folder", where=str(folder), hint="Give the folder that holds the fixtures."
        )
    files = {path.name for path in folder.iterdir() if path.is_file()}
    golds = {name.removesuffix(_GOLD) for name in files if name.endswith(_GOLD)}
    texts = {name.removesuffix(_TEXT) for name in files if name.endswith(_TEXT)}
    problems = [Problem(name + _GOLD, None, f"has no `{name}{_TEXT}`") for name in golds - texts]
    problems += [Problem(name + _TEXT, None, f"has no `{name}{_GOLD}`") for name in texts - golds]
    problems.sort(key=lambda problem: problem.file)
    fixtures = []
    for name in sorted(golds & texts):
        fixture, wrong = _read_pair(folder, name)
        problems += wrong
        if fixture is not None:
            fixtures.append(fixture)
    if any(fixture.split for fixture in fixtures):
        problems += [
            Problem(fixture.id + _GOLD, "split", "is missing, and other fixtures here have one")
            for fixture in fixtures
            if fixture.split is None
        ]
    return fixtures, problems


def _read_pair(folder: Path, name: str) -> tuple[Fixture | None, list[Problem]]:
    file = name + _GOLD
    try:
        text = decode((folder / (name + _TEXT)).read_bytes(), where=name + _TEXT)
        gold = GoldFile.model_validate_json((folder / file).read_bytes())
    except InputError as error:
        return None, [Problem(name + _TEXT, None, error.message)]
    except OSError as error:
        return None, [Problem(file, None, f"cannot be read: {error.strerror}")]
    except ValidationError as error:
        return None, [Problem(file, _path(e["loc"]), e["msg"]) for e in error.errors()]
    fixture, problems = build_fixture(text, gold, file=file)
    if gold.id != name:
        problems.insert(0, Problem(file, "id", f"`{gold.id}` differs from the file's name"))
    return fixture, problems


def _path(loc: tuple[int | str, ...]) -> str | None:
    """`meetings[0].date`."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return path.lstrip(".") or None
