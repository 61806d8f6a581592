"""Finding any of many phrases in a text, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
_APOSTROPHES = str.maketrans({"’": "['’]", "'": "['’]"})


def _pattern(phrase: str) -> str:
    """A phrase as a regular expression: any white space, either apostrophe, `*` for any letters."""
    escaped = "".join(
        r"\s+" if c == " " else r"\w*" if c == "*" else "['’]" if c in "'’" else re.escape(c)
        for c in phrase
    )
    if _WIDE.search(phrase) or phrase[-1] in "'’":
        return escaped
    return rf"{escaped}(?!\w)"


def _alternatives(phrases: Iterable[str]) -> str:
    """The longest phrase first; grouped by the first letter, which decides most tries at once."""
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
        by_letter.setdefault(phrase[0].lower(), []).append(_pattern(phrase))
    groups = []
    for letter, patterns in sorted(by_letter.items()):
        ahead = "" if letter in "*'’" else rf"(?={re.escape(letter)})"
        groups.append(rf"{ahead}(?:{'|'.join(patterns)})")
    return "|".join(groups)


class Phrases:
    """A set of phrases, compiled once; matched without regard to case.

    A phrase is one or more words; `*` stands for any letters (an ending, the first part of a
    compound). One that ends in an apostrophe stands before a word: `l'`. Words of scripts
    without spaces match anywhere.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        phrases = set(phrases)
        wide = {phrase for phrase in phrases if _WIDE.search(phrase)}
        spaced = _alternatives(phrases - wide)
        sources = [rf"(?<!\w)(?:{spaced})"] if spaced else []
        sources += [_alternatives(wide)] if wide else []
        self._regex = re.compile("|".join(sources) or r"(?!)", re.IGNORECASE)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """The offsets of every match in `text[start:end]`, left to right, none overlapping."""
        stop = len(text) if end is None else end
        for match in self._regex.finditer(text, start, stop):
            yield match.start(), match.end()

    def first(self, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The offsets of the first match, or None."""
        return next(self.find(text, start, end), None)

    def at(self, text: str, start: int) -> int | None:
        """Where a match that begins at `start` ends, or None."""
        match = self._regex.match(text, start)
        return match.end() if match else None

    def within(self, text: str) -> bool:
        """Whether any phrase stands in `text`."""
        return self._regex.search(text) is not None

    def whole(self, text: str) -> bool:
        """Whether `text` is one of the phrases."""
        return self._regex.fullmatch(text) is not None
