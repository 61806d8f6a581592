"""The block between two `---` lines at the start of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")


@dataclass(frozen=True)
class FrontMatter:
    """A file in two parts: `yaml` (starts on line 2) and `body` (starts on line `body_line`)."""

    yaml: str
    body: str
    body_line: int


def split_front_matter(text: str) -> FrontMatter | None:
    """The YAML block and what follows it, to the letter; null if the text starts with no block.

    Lines end in LF. The block is not parsed.
    """
    found = _BLOCK.match(text)
    if found is None:
        return None
    return FrontMatter(found["yaml"], text[found.end() :], found[0].count("\n") + 1)
