"""How many articles there are to read, found out without reading them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from summarizer.article.remote import is_remote
from summarizer.article.sources import find_inputs
from summarizer.errors import InputError


def count_inputs(args: Sequence[str]) -> int | None:
    """How many articles `args` stand for, those included that cannot be read.

    Lines of `.jsonl` files count one each. Null if that cannot be told before they are read.
    """
    total = 0
    for found in find_inputs(args):
        if isinstance(found, InputError) or found.kind in ("text", "markdown", "html"):
            total += 1
        elif found.kind != "jsonl" or is_remote(found.uri) or _is_read_once(found.uri):
            return None
        else:
            total += _lines(found.uri)
    return total


def _is_read_once(path: str) -> bool:
    """Whether what is read from there is gone, as from a pipe."""
    return os.path.exists(path) and not os.path.isfile(path)


def _lines(path: str) -> int:
    try:
        with open(path, "rb") as file:
            return max(1, sum(1 for line in file if line.strip()))
    except OSError:
        return 1
