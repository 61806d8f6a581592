"""What is wrong with an answer, in words for the model that is asked again and for people."""

from __future__ import annotations

from pydantic import ValidationError

_MOST = 3
_LONGEST = 200


def problem(error: ValueError | AssertionError) -> str:
    """Which fields of an answer are wrong and why, in a line each, at most three of them."""
    if not isinstance(error, ValidationError):
        return str(error) or "the answer is wrong"
    found = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [f"`{_path(item['loc'])}`: {_reason(item['msg'])}" for item in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"and {len(found) - _MOST} more")
    return "\n".join(lines)


def in_one_line(text: object) -> str:
    """What somebody else wrote, for people: short, and without what a terminal obeys."""
    shown = "".join(char if char.isprintable() else " " for char in str(text))
    line = " ".join(shown.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _path(loc: tuple[str | int, ...]) -> str:
    """A field's path as `people[0].name`; the answer itself where there is none."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return path.removeprefix(".") or "answer"


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
