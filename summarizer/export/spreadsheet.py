"""Cells that a spreadsheet shows and does not run.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula,
and so do some for the wide forms of these signs. An apostrophe in front makes it text. One more
apostrophe goes before those that already have some, so that reading gives back what was written.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")
_QUOTED = re.compile(r"'+\s*[=+\-@＝＋－＠\t\r\n]")


def written_cell(text: str) -> str:
    """The text as it is written into a cell."""
    return f"'{text}" if _FORMULA.match(text) else text


def read_cell(cell: str) -> str:
    """The text of a cell that `written_cell` made."""
    return cell[1:] if _QUOTED.match(cell) else cell
