"""A small article made up for the tests, its gold, and records built by hand against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Span
from summarizer.evals import Fixture, load_fixtures, oracle
from summarizer.record import Record

TEXT = (
    "OSLO, March 4. On March 3, Norwegian Foreign Minister Anna Lind met Admiral Pedro Sousa of "
    "Brazil in Bergen.\n"
    "“We will send 12 ships,” Lind said. “They will sail in May.”\n"
    "Sousa noted that the plan “fully meets our needs” this year. He added that talks would go on."
)
LIND = {"name": "Anna Lind", "accept": ["Lind", "the Norwegian minister"], "country": "NOR"}
SOUSA = {"name": "Pedro Sousa", "accept": ["Sousa"], "country": "BRA"}
MEETING: dict[str, Any] = {
    "status": "held",
    "date": "XXXX-03-03",
    "date_text": "On March 3",
    "mode": "in_person",
    "place": "Bergen",
    "participants": [LIND, SOUSA],
    "topics": ["ships for Brazil"],
    "outcomes": ["12 ships sail in May"],
}
DIRECT: dict[str, Any] = {
    "quote_type": "direct",
    "speaker": "Anna Lind",
    "speaker_mention": "Lind",
    "cue": "said",
    "segments": ["We will send 12 ships,", "They will sail in May."],
}
MIXED: dict[str, Any] = {
    "quote_type": "mixed",
    "speaker": "Pedro Sousa",
    "speaker_mention": "Sousa",
    "cue": "noted",
    "segments": ["fully meets our needs"],
    "content": "the plan “fully meets our needs” this year",
}
INDIRECT: dict[str, Any] = {
    "quote_type": "indirect",
    "speaker": "Pedro Sousa",
    "speaker_mention": "He",
    "cue": "added",
    "segments": ["talks would go on"],
}


def write_pair(folder: Path, name: str, text: str, gold: dict[str, Any]) -> None:
    """A fixture as two files."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / f"{name}.gold.json").write_text(json.dumps(gold), encoding="utf-8")


def gold_of(name: str = "01-oslo", **changes: Any) -> dict[str, Any]:
    """The gold of `TEXT`, some of its keys changed."""
    return {
        "id": name,
        "source": "made up",
        "license": "Apache-2.0",
        "published": None,
        "meetings": [MEETING],
        "statements": [DIRECT, MIXED, INDIRECT],
        **changes,
    }


@pytest.fixture
def gold() -> Callable[..., dict[str, Any]]:
    return gold_of


@pytest.fixture
def write() -> Callable[..., None]:
    return write_pair


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def parts() -> dict[str, dict[str, Any]]:
    """The pieces that the gold is made of."""
    return {
        "lind": LIND,
        "sousa": SOUSA,
        "meeting": MEETING,
        "direct": DIRECT,
        "mixed": MIXED,
        "indirect": INDIRECT,
    }


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Fixture]:
    """`make(text=…, **gold)`: the fixture of a text and its gold."""

    def build(text: str = TEXT, name: str = "01-oslo", **changes: Any) -> Fixture:
        folder = tmp_path / f"fixtures-{len(list(tmp_path.iterdir()))}"
        write_pair(folder, name, text, gold_of(name, **changes))
        return load_fixtures(folder)[0]

    return build


@pytest.fixture
def spot() -> Callable[..., Span]:
    """`spot(words, text=TEXT, nth=0)`: where words stand in a text."""

    def find(words: str, text: str = TEXT, nth: int = 0) -> Span:
        at = -1
        for _ in range(nth + 1):
            at = text.index(words, at + 1)
        return Span(start=at, end=at + len(words), text=words)

    return find


@pytest.fixture
def perfect() -> Callable[[Fixture], Record]:
    """The record that scores 1, to be spoilt by a test."""
    return oracle


@pytest.fixture(scope="session")
def project_fixtures() -> list[Fixture]:
    """The fixtures of the project."""
    return load_fixtures(Path(__file__).parents[2] / "evals" / "fixtures")
