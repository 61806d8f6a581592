"""How the generated parts show things: tables, blocks of code, and what the tests try."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '¦') for cell in row)} |" for row in lines)


def code(text: str, language: str = "text") -> str:
    """A fenced block."""
    return f"```{language}\n{text.strip()}\n```"


def of_tests(name: str) -> ModuleType:
    """A module of the tests that says what they try."""
    sys.path.insert(0, str(ROOT))
    try:
        return import_module(f"tests.{name}")
    finally:
        sys.path.remove(str(ROOT))


def cell(text: str) -> str:
    """Text that a table shows as it is."""
    return text.replace("<", "&lt;")


def benchmark(name: str) -> str | None:
    """A benchmark as it was last measured: its table, its chart, and on what."""
    path = BUILD / "benchmarks" / f"{name}.json"
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    parts = [kept["caption"], table(kept["columns"], kept["rows"])]
    if chart := kept.get("chart"):
        parts.append(code(chart, "mermaid"))
    parts.append(f"Measured on {kept['date']}: {kept['machine']}.")
    return "\n\n".join(parts)
