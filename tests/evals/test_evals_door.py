"""The room's door, and what it must not know."""

from __future__ import annotations

import subprocess
import sys

import summarizer.evals as evals


def test_every_exported_name_is_there() -> None:
    assert all(hasattr(evals, name) for name in evals.__all__)


def test_scoring_loads_no_model_library() -> None:
    script = (
        "import sys, summarizer.evals; "
        "print([m for m in ('openai', 'instructor', 'xllamacpp', 'typer', 'rich', "
        "'summarizer.model', 'summarizer.extract', 'summarizer.run') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
