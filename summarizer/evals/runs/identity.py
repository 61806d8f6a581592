"""What a score is of: printed with every score, so that no two are taken for the same thing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from summarizer import __version__
from summarizer.evals.gate import Failure
from summarizer.evals.runs.choose import article_hashes
from summarizer.evals.runs.conduct import Result
from summarizer.evals.runs.recorded import RecordedModel
from summarizer.evals.score import SplitName
from summarizer.evals.sets import EvalSet
from summarizer.evals.statistics import SEED
from summarizer.prompt import Prompt
from summarizer.record import SCHEMA_VERSION


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PromptUsed(_Part):
    """The prompt; `sha256` is of its files."""

    name: str
    version: str
    sha256: str


class Work(_Part):
    """What the answers cost. `retries` are attempts beyond the first; the price is not known."""

    calls: int
    retries: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    cost_usd: float | None = None


class Latency(_Part):
    """Seconds that the model took for an article: the median, and what 95 % stay under."""

    p50: float
    p95: float


class Identity(_Part):
    """Everything that a run's scores depend on, and what the run took.

    `fixtures` is the name of the set, `fixture_set` its hash, `articles` the hash of each of its
    articles. `runs` is K. `source` is `recorded` if no answer was new, `seed` that of the
    resampling. `created` is the day (ISO 8601, UTC).
    """

    fixtures: str
    fixture_set: str
    articles: dict[str, str]
    split: SplitName | None
    prompt: PromptUsed
    model: str
    endpoint: str
    parameters: dict[str, float | int | str | bool | None]
    schema_version: str
    summarizer_version: str
    code: str
    created: str
    runs: int
    seed: int
    source: Literal["live", "recorded", "live and recorded"]
    work: Work
    latency: Latency
    failures: dict[str, int]

    @property
    def title(self) -> str:
        """Prompt and model in a few words."""
        return f"{self.prompt.name}, {self.model}"


def identify(
    chosen: EvalSet,
    *,
    name: str,
    split: SplitName | None,
    prompt: Prompt,
    model: RecordedModel,
    results: Sequence[Result],
    runs: int,
) -> Identity:
    """The identity of a run that has just been made."""
    usage = model.usage
    p50, p95 = np.quantile([result.seconds for result in results], [0.5, 0.95])
    failed = [result.outcome for result in results if isinstance(result.outcome, Failure)]
    return Identity(
        fixtures=name,
        fixture_set=chosen.sha256,
        articles=article_hashes(chosen),
        split=split,
        prompt=PromptUsed(name=prompt.name, version=prompt.version, sha256=prompt.sha256),
        model=model.name,
        endpoint=model.label,
        parameters=model.parameters,
        schema_version=SCHEMA_VERSION,
        summarizer_version=__version__,
        code=code_sha256(),
        created=datetime.now(UTC).date().isoformat(),
        runs=runs,
        seed=SEED,
        source=_source(model),
        work=Work(
            calls=usage.calls,
            retries=max(0, usage.attempts - usage.calls),
            prompt_tokens=usage.prompt_tokens,
            cached_tokens=usage.cached_tokens,
            completion_tokens=usage.completion_tokens,
        ),
        latency=Latency(p50=round(float(p50), 2), p95=round(float(p95), 2)),
        failures=dict(Counter(failure.code for failure in failed)),
    )


@lru_cache(maxsize=1)
def code_sha256() -> str:
    """Of the program's own files, so that two states of one version are told apart."""
    root = Path(str(files("summarizer")))
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".toml", ".txt", ".json"} and path.is_file():
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _source(model: RecordedModel) -> Literal["live", "recorded", "live and recorded"]:
    if not model.asked:
        return "recorded"
    return "live and recorded" if model.replayed else "live"
