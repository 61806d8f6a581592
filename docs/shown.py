"""How the generated parts show things: tables, blocks of code, and what the tests try."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]


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
