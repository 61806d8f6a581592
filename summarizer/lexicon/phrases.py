"""Finding any of many phrases in a text, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_ARTICLE = "ال"
_CLITIC = r"(?:(?<!\w)|(?<=(?<!\w)[وف]))"
_PREPOSITION = (
    rf"(?:{_CLITIC}|(?<=(?<!\w)[بكل])|(?<=(?<!\w)[وف][بكل])|(?<=(?<!\w)لل)|(?<=(?<!\w)[وف]لل))"
)
_SHORT = 3  # letters of an Arabic word that may be the end of another one
_KEPT = 2048  # sets of phrases, each of which many articles ask for


def is_wide(text: str) -> bool:
    """Whether `text` has letters of a script that is written without spaces, or Hangul."""
    return _WIDE.search(text) is not None


def _pattern(phrase: str) -> str:
    """A phrase as a regular expression: any white space, either apostrophe, `*` for any letters."""
    escaped = "".join(
        r"\s+" if c == " " else r"\w*" if c == "*" else "['’]" if c in "'’" else re.escape(c)
        for c in phrase
    )
    if is_wide(phrase) or phrase[-1] in "'’":
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


def _arabic(phrases: set[str]) -> list[str]:
    """Behind a word joined to it (`و`, `ل`), and with or without the article.

    Short words stand as they are, but for `و` and `ف`, and the shortest without these.
    """
    particles = {phrase for phrase in phrases if len(phrase.rstrip("*")) < _SHORT}
    short = {p for p in phrases - particles if len(p.rstrip("*")) == _SHORT}
    nouns = {phrase for phrase in phrases - particles if not phrase.startswith(_ARTICLE)}
    sources = [rf"(?:{_ARTICLE})(?:{_alternatives(nouns)})"] if nouns else []
    sources = [rf"{_PREPOSITION}{source}" for source in sources]
    for words, boundary in (
        (phrases - particles - short, _PREPOSITION),
        (short, _CLITIC),
        (particles, r"(?<!\w)"),
    ):
        if words:
            sources.append(rf"{boundary}(?:{_alternatives(words)})")
    return sources


@lru_cache(maxsize=_KEPT)
def _compiled(phrases: frozenset[str]) -> tuple[re.Pattern[str], bool]:
    """What matches any of the phrases, and whether some are joined to the word before them."""
    wide = {phrase for phrase in phrases if is_wide(phrase)}
    arabic = {phrase for phrase in phrases if _ARABIC.match(phrase)}
    spaced = _alternatives(phrases - wide - arabic)
    sources = [rf"(?<!\w)(?:{spaced})"] if spaced else []
    sources += [_alternatives(wide)] if wide else []
    sources += _arabic(arabic)
    return re.compile("|".join(sources) or r"(?!)", re.IGNORECASE), bool(arabic)


class Phrases:
    """A set of phrases, compiled once; matched without regard to case.

    A phrase is one or more words; `*` stands for any letters (an ending, the first part of a
    compound). One that ends in an apostrophe stands before a word: `l'`. Words of scripts
    without spaces match anywhere. An Arabic word matches with its article, and behind a
    conjunction or preposition that is written together with it; the match leaves these out.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._regex, self._clitics = _compiled(frozenset(phrases))

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
        """Whether `text` is one of the phrases, an Arabic word joined to its front left out."""
        if self._regex.fullmatch(text) is not None:
            return True
        if not self._clitics:
            return False
        match = self._regex.search(text)
        return match is not None and match.end() == len(text) and text[: match.start()].isalpha()
