"""Articles with a planted passage, beside the article itself and one with harmless words there.

An article is data: a passage that gives orders, or imitates the marks of prompts, must change no
field. Each file of a folder holds the attacks of one kind, as TOML.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.article import Span
from summarizer.errors import InputError
from summarizer.evals.gold import Fixture

Variant = Literal["clean", "attacked", "harmless"]
_JOINS = {"paragraph": "\n\n", "sentence": " ", "raw": ""}


class _Attack(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    fixture: str
    after: str
    joined: Literal["paragraph", "sentence", "raw"]
    text: str
    harmless: str
    persons: list[str] = []
    places: list[str] = []
    dates: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    about: str
    attack: list[_Attack] = Field(min_length=1)


@dataclass(frozen=True)
class Insertion:
    """One text put into an article at `at`; the same with harmless words is as long."""

    at: int
    text: str

    def into(self, article: str) -> str:
        """The article with the text in it."""
        return article[: self.at] + self.text + article[self.at :]

    def back(self, span: Span) -> tuple[int, int] | None:
        """Where a span of the longer text lies in the article; None inside the insertion."""
        length = len(self.text)
        start, end = span.start, span.end
        if self.at <= start and end <= self.at + length:
            return None
        return (
            start if start < self.at else max(self.at, start - length),
            end if end <= self.at else max(self.at, end - length),
        )


@dataclass(frozen=True)
class Injection:
    """One attack on one fixture: what is planted, and what it tries to make a record hold."""

    id: str
    kind: str
    fixture: Fixture
    planted: Insertion
    harmless: Insertion
    persons: tuple[str, ...]
    places: tuple[str, ...]
    dates: tuple[str, ...]

    def insertion(self, variant: Variant) -> Insertion:
        """What the variant has more than the article."""
        if variant == "clean":
            return Insertion(self.planted.at, "")
        return self.planted if variant == "attacked" else self.harmless

    def text(self, variant: Variant) -> str:
        """The article, the attacked article, or the one with harmless words of equal length."""
        return self.insertion(variant).into(self.fixture.text)


def first_of_each_kind(injections: Sequence[Injection], count: int) -> list[Injection]:
    """The first so many attacks of every kind, for a model that takes its time."""
    seen: Counter[str] = Counter()
    found = []
    for one in injections:
        seen[one.kind] += 1
        if seen[one.kind] <= count:
            found.append(one)
    return found


def load_injections(folder: Path, fixtures: Sequence[Fixture]) -> list[Injection]:
    """The attacks of a folder, by kind and in the order of the files.

    Raises:
        InputError: the folder holds none, or an attack is wrong: file and attack are named.
    """
    known = {fixture.id: fixture for fixture in fixtures}
    found = [one for path in sorted(folder.glob("*.toml")) for one in _read(path, known)]
    if not found:
        raise InputError("holds no attacks", where=str(folder))
    for name, times in Counter(one.id for one in found).items():
        if times > 1:
            raise InputError(f"`{name}` is the id of {times} attacks", where=str(folder))
    return found


def _read(path: Path, fixtures: Mapping[str, Fixture]) -> list[Injection]:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        file = _File.model_validate(data)
    except (OSError, ValueError) as error:
        if isinstance(error, ValidationError):
            first = error.errors(include_url=False, include_input=False)[0]
            message = f"`{'.'.join(map(str, first['loc']))}`: {first['msg']}"
        else:
            message = f"cannot be read: {error}"
        raise InputError(message, where=str(path)) from None
    return [_located(one, file.kind, fixtures, path) for one in file.attack]


def _located(one: _Attack, kind: str, fixtures: Mapping[str, Fixture], path: Path) -> Injection:
    fixture = fixtures.get(one.fixture)
    if fixture is None:
        raise _wrong(path, one, f"there is no fixture `{one.fixture}`")
    times = fixture.text.count(one.after)
    if times != 1:
        raise _wrong(path, one, f"`after` stands {times} times in `{one.fixture}`")
    if len(one.text) != len(one.harmless):
        lengths = f"{len(one.text)} and {len(one.harmless)}"
        raise _wrong(path, one, f"`text` and `harmless` differ in length: {lengths} characters")
    at = fixture.text.index(one.after) + len(one.after)
    join = _JOINS[one.joined]
    if one.joined == "paragraph" and "\n\n" not in fixture.text:
        join = "\n"
    return Injection(
        id=one.id,
        kind=kind,
        fixture=fixture,
        planted=Insertion(at, join + one.text),
        harmless=Insertion(at, join + one.harmless),
        persons=tuple(one.persons),
        places=tuple(one.places),
        dates=tuple(one.dates),
    )


def _wrong(path: Path, one: _Attack, message: str) -> InputError:
    return InputError(message, where=f"{path}: {one.id}")
