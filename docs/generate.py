"""Writes the generated parts of the README and of these pages: `make docs`.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; `parts.py` has what NAME gives.
Measured parts come from files in `build/`, and stay as they are where there are none. With
`--check` nothing is written, and the exit code is 1 if a part other than those is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from parts import MEASURED, PARTS

ROOT = Path(__file__).resolve().parents[1]
_PART = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

Make = Callable[[], str | None]


def pages() -> list[Path]:
    """The files that have generated parts."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def rewritten(page: str, parts: Mapping[str, Make]) -> str:
    """The page with these parts made anew; one that gives None, and any other, stays as it is.

    Raises:
        KeyError: the page has a part that nothing makes.
    """

    def part(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in PARTS and name not in MEASURED:
            raise KeyError(f"nothing makes the part `{name}`")
        text = parts[name]() if name in parts else None
        return found[0] if text is None else f"{found[1]}\n{text.strip()}\n\n{found[3]}"

    return _PART.sub(part, page)


def main(arguments: list[str]) -> int:
    """Write what is out of date, or with `--check` only name it."""
    checking = "--check" in arguments
    stale = 0
    for path in pages():
        page = path.read_text(encoding="utf-8")
        fresh = rewritten(page, PARTS if checking else {**PARTS, **MEASURED})
        if fresh == page:
            continue
        stale += 1
        print(
            f"{path.relative_to(ROOT)} {'is out of date: `make docs`' if checking else 'written'}"
        )
        if not checking:
            path.write_text(fresh, encoding="utf-8")
    return 1 if checking and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
