"""How often each way to tell a speaker was right on the `dev` fixtures."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def known_share(decided_by: str) -> float | None:
    """The share right of what decided, (right + 1) / (n + 2); None for one never measured."""
    counts = _counts().get(decided_by)
    return None if counts is None else round((counts["right"] + 1) / (counts["n"] + 2), 3)


@cache
def _counts() -> dict[str, dict[str, int]]:
    source = files("summarizer.extract") / "confidence.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
