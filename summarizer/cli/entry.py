"""Running the program, and how every failure ends: a message of one or two lines and a code."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from summarizer.cli import messages
from summarizer.cli.app import run
from summarizer.errors import SummarizerError

_INTERRUPTED = 130
_UNEXPECTED = 1


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the program with `args` (those of the process) and leave with its exit code."""
    _write_utf8()
    _end_in_order()
    try:
        run(args)
    except SystemExit as end:
        if end.code == _INTERRUPTED:
            messages.note("interrupted")
        raise
    except SummarizerError as error:
        messages.error(error)
        sys.exit(error.exit_code)
    except Exception as error:
        messages.unexpected(error)
        sys.exit(_UNEXPECTED)
    sys.exit(0)


def _write_utf8() -> None:
    """Results are UTF-8, whatever the locale; a terminal that cannot show a character says `?`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        elif stream is sys.stdout:
            reconfigure(encoding="utf-8", newline="\n")


def _end_in_order() -> None:
    """Let a request to end close files and servers on the way out, as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
