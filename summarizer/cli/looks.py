"""What standard output can show: how wide it is, and whether in colour."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.views import Look


def look(*, text: bool = True) -> Look:
    """The look of views on standard output; colour only on a terminal that has some.

    `NO_COLOR` of any value but an empty one turns colour off (no-color.org).
    """
    from summarizer.views import Look

    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "unknown")
    return Look(
        text=text,
        width=shutil.get_terminal_size((100, 24)).columns,
        colour=sys.stdout.isatty() and not plain,
    )
