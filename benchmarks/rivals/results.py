"""What came of one article in one system and round: one file each, so that a run can go on."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

SystemName = Literal["summarizer", "langextract", "instructor"]
SYSTEMS: tuple[SystemName, ...] = get_args(SystemName)


@dataclass(frozen=True)
class Key:
    """Which result."""

    system: SystemName
    article: str
    round: int


@dataclass(frozen=True)
class Result:
    """A system's answer about one article, or its failure; `used` is what the proxy counted.

    `processor` are the processor seconds of the system's own process, whatever else the machine
    does. `identity` tells what gave it: versions, prompt, model, engine and article.
    """

    key: Key
    identity: dict[str, str]
    seconds: float
    processor: float
    used: dict[str, Any]
    answer: dict[str, Any] | None
    failure: dict[str, str] | None


class Store:
    """The results in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: Key) -> Result | None:
        """The result that is kept, if there is one."""
        try:
            kept = json.loads(self._path(key).read_text(encoding="utf-8"))
            return Result(**{**kept, "key": Key(**kept["key"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, result: Result) -> None:
        """Keep a result, whole or not at all."""
        path = self._path(result.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(result), ensure_ascii=False), encoding="utf-8")
        os.replace(new, path)

    def drop(self, system: SystemName) -> None:
        """Forget what one system gave."""
        for path in (self.folder / system).glob("*.json"):
            path.unlink()

    def of(self, system: SystemName, article: str) -> list[Result]:
        """All rounds of an article in a system, in order."""
        rounds = sorted(
            int(path.stem.rpartition(".")[2])
            for path in (self.folder / system).glob(f"{article}.*.json")
        )
        found = [self.get(Key(system, article, number)) for number in rounds]
        return [result for result in found if result]

    def _path(self, key: Key) -> Path:
        return self.folder / key.system / f"{key.article}.{key.round}.json"
