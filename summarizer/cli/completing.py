"""What a shell offers for a name that is being typed."""

from __future__ import annotations

from collections.abc import Iterable


def prompts(incomplete: str) -> list[str]:
    """The prompts that can be used here, by name."""
    from summarizer.prompt import prompt_paths

    return _starting(prompt_paths(), incomplete)


def models(incomplete: str) -> list[str]:
    """The local models."""
    from summarizer.model import load_catalogue

    return _starting((entry.name for entry in load_catalogue().models), incomplete)


def fields(incomplete: str) -> list[str]:
    """The first names of fields; their numbers depend on the record."""
    from summarizer.record import Record

    return _starting(Record.model_fields, incomplete)


def _starting(names: Iterable[str], incomplete: str) -> list[str]:
    """The names that may be meant; none with a character that steers a terminal."""
    return sorted(name for name in names if name.startswith(incomplete) and name.isprintable())
