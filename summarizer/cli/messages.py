"""What the program says: on standard error, and of results what holds other people's words."""

from __future__ import annotations

import sys
import traceback

from summarizer.controls import quiet
from summarizer.errors import ProgramFault, SummarizerError

# A file's name may hold controls, and signs that reorder or hide letters: none is printed.
_CONTROLS = (*range(10), *range(11, 32), *range(127, 160), 0x61C, 0xFEFF)
_HIDING = (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070))
_TAGS = range(0xE0000, 0xE0080)
_SHOWN = {code: "?" for code in (*_CONTROLS, *_HIDING, *_TAGS)}

_debug = False


def set_debug(on: bool) -> bool:
    """Print tracebacks from now on, if `on`; the callback of `--debug`."""
    global _debug
    _debug = _debug or on
    return on


def shown(text: str) -> str:
    """Text with a question mark for every character that could steer a terminal."""
    return text.translate(_SHOWN)


def show(text: str) -> None:
    """Print the content of a file; of what steers a terminal there is a question mark."""
    print(quiet(text, "?"), flush=True)


def say(line: str) -> None:
    """Print a line of a result that holds names, or words of a server."""
    print(shown(line), flush=True)


def note(text: str) -> None:
    """Say something that is not an error."""
    print(shown(text), file=sys.stderr, flush=True)


def error(failure: SummarizerError, *, name: str | None = None) -> None:
    """Say what went wrong, where, and what to do next; `name` is the input it went wrong with."""
    _traceback(failure)
    text = str(failure)
    prefix = f"{name}: " if name and name not in text.partition("\n")[0] else ""
    note(f"error: {prefix}{text}")


def unexpected(failure: Exception) -> None:
    """Say that the program itself failed."""
    _traceback(failure)
    detail = " ".join(str(failure).split())[:200]
    note(f"error: unexpected {type(failure).__name__}{': ' if detail else ''}{detail}")
    if not _debug:
        note("  This is a fault of the program. Run again with `--debug` to see where it happened.")


def fault(failure: ProgramFault) -> None:
    """Print where the program itself failed with one article, if tracebacks are wanted."""
    if _debug:
        note(failure.trace)


def _traceback(failure: Exception) -> None:
    if _debug:
        note("".join(traceback.format_exception(failure)).rstrip())
