"""Reports as JSON: the figures and what they are of, without words of the articles."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from summarizer.controls import spelled
from summarizer.evals.comparison import Comparison
from summarizer.evals.gating import GateResult
from summarizer.evals.headline import Headline
from summarizer.evals.report.contest import Contest
from summarizer.evals.runs import SavedRun
from summarizer.evals.score import Scores

_SCORES = TypeAdapter(Scores)
_COMPARISON = TypeAdapter(Comparison)


def run_json(run: SavedRun) -> str:
    """The figures of a run over all articles, with its identity; no article is named."""
    scores = _SCORES.dump_python(run.scores, mode="json", exclude={"articles"})
    identity = run.identity.model_dump(mode="json", exclude={"articles"})
    lines = [_headline(line) for line in run.lines]
    return _dump(
        {
            "identity": identity,
            "articles": len(run.scores.articles),
            "headlines": lines,
            "scores": scores,
        }
    )


def comparison_json(result: Contest) -> str:
    """The verdict on B, every comparison with its pairs, and what flipped."""
    return _dump(
        {
            "a": result.a.identity.model_dump(mode="json", exclude={"articles"}),
            "b": result.b.identity.model_dump(mode="json", exclude={"articles"}),
            "verdict": result.primary.verdict,
            "primary": _COMPARISON.dump_python(result.primary, mode="json"),
            "others": [_COMPARISON.dump_python(one, mode="json") for one in result.others],
            "flips": [asdict(flip) | {"won": flip.won} for flip in result.flips],
            "suspects": [{"fixture": name, **asdict(found)} for name, found in result.suspects],
        }
    )


def gate_json(result: GateResult) -> str:
    """What a gate asked for, and the verdict."""
    return _dump({"passed": result.passed, **asdict(result)})


def _headline(line: Headline) -> dict[str, Any]:
    return asdict(line)


def _dump(data: dict[str, Any]) -> str:
    return spelled(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"
