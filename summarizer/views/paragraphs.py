"""Paragraphs for a terminal, wrapped to its width by the columns that letters take."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.views.view import Look

NARROWEST = 40
_LABEL = 11
NO_LABEL = " " * _LABEL


@dataclass(frozen=True)
class Line:
    """One paragraph: an indented text after a label or bullet, in a style of `rich`."""

    text: str
    label: str = ""
    indent: int = 0
    style: str = ""


def drawn(lines: Iterable[Line], look: Look) -> str:
    """The paragraphs in at most `look.width` columns (40 at least); in colour if it says so."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    width = max(NARROWEST, look.width)
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
    )
    for line in lines:
        label = line.label.ljust(_LABEL) if line.label else ""
        lead = " " * line.indent + label
        room = width - cell_len(lead)
        for part in Text(line.text, style=line.style).wrap(console, room, overflow="fold"):
            part.rstrip()
            console.print(Text.assemble((lead, "dim"), part), soft_wrap=True)
            lead = " " * len(lead)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().split("\n")[:-1])
