"""Showing on a terminal that something is being done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show `doing` on standard error while the block runs, if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.control import strip_control_codes
    from rich.text import Text

    with Console(stderr=True).status(Text(strip_control_codes(doing))):
        yield
