"""A set to score against, by what the user writes: a folder, or `polnear:FOLDER`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from summarizer.errors import UsageError
from summarizer.evals.fixtures import fixture_set_hash, load_fixtures
from summarizer.evals.gate import Failure
from summarizer.evals.gold import Fixture
from summarizer.evals.gold_file import Split
from summarizer.evals.polnear import PolnearArticle, load_polnear, polnear_hash
from summarizer.evals.polnear_score import score_polnear
from summarizer.evals.score import Scores, score_runs
from summarizer.record import Record

_POLNEAR = "polnear:"

Run = Mapping[str, Record | Failure]
"""What one run made of each article, by the article's id in the set."""


@dataclass(frozen=True)
class Task:
    """An article to be answered: its id in the set, its text, and its date if it is known."""

    id: str
    text: str
    published: str | None


class EvalSet(Protocol):
    """Articles with gold of some kind, and how records are scored against it."""

    @property
    def sha256(self) -> str:
        """Of the texts and the gold."""

    @property
    def tasks(self) -> list[Task]:
        """The articles to be answered."""

    def score(self, runs: Sequence[Run]) -> Scores:
        """The scores of K runs of one prompt and model."""


@dataclass(frozen=True)
class FixtureSet:
    """Fixtures, scored in everything."""

    fixtures: tuple[Fixture, ...]

    @property
    def sha256(self) -> str:
        """Of the texts and the gold."""
        return fixture_set_hash(self.fixtures)

    @property
    def tasks(self) -> list[Task]:
        """The articles to be answered."""
        return [Task(each.id, each.text, each.published) for each in self.fixtures]

    def score(self, runs: Sequence[Run]) -> Scores:
        """The scores of K runs of one prompt and model."""
        return score_runs(runs, self.fixtures)


@dataclass(frozen=True)
class PolnearSet:
    """PolNeAR's articles, scored on source, cue and content."""

    articles: tuple[PolnearArticle, ...]

    @property
    def sha256(self) -> str:
        """Of the texts and the attributions."""
        return polnear_hash(self.articles)

    @property
    def tasks(self) -> list[Task]:
        """The articles to be answered."""
        return [Task(each.id, each.text, None) for each in self.articles]

    def score(self, runs: Sequence[Run]) -> Scores:
        """The scores of K runs of one prompt and model."""
        return score_polnear(runs, self.articles)


def open_set(reference: str, split: Split | None = None) -> EvalSet:
    """The set that a reference names.

    Args:
        reference: a folder of fixtures, or `polnear:` and the corpus's folder.
        split: only the fixtures of this split.

    Raises:
        InputError: nothing that can be read is there.
        UsageError: a split was asked of a set that has none.
    """
    if reference.startswith(_POLNEAR):
        if split is not None:
            raise UsageError("PolNeAR has no splits here", where=f"--split {split}")
        return PolnearSet(tuple(load_polnear(Path(reference.removeprefix(_POLNEAR)))))
    return FixtureSet(tuple(load_fixtures(Path(reference), split)))
