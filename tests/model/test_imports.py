"""The room's door opens without the libraries that are slow to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import summarizer

HEAVY = ("openai", "instructor", "xllamacpp", "huggingface_hub", "httpx2", "platformdirs", "rich")


def test_heavy_libraries_are_loaded_only_when_a_model_is_asked() -> None:
    code = f"import sys, summarizer.model; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(summarizer.__path__[0]).parent,
    )
    assert run.stdout.strip() == "[]"
