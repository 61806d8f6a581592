"""Where words that a model wrote stand in an article: exactly, but for marks and white space.

Typographic variants of quotation marks, dashes and the ellipsis count as the same, and so does any
white space; nothing else does. A match never begins or ends inside a word or a number, nor before
the `'t` of a contraction, so that `can` is not found in `can't`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from summarizer.article import Span, span_at

_UNIT = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]+|\s+|\.{3}|-{2,3}|.", re.DOTALL)
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SAME = (
    {mark: '"' for mark in "“”„‟«»‹›‘’‚‛'`´｀＂＇「」『』｢｣〝〞〟"}
    | {dash: "-" for dash in "‐‑‒–—―−－"}
    | {"--": "-", "---": "-", "...": "…"}
)
_NOT_T = re.compile(r"""["'’]t(?!\w)""", re.IGNORECASE)
_NUMBER_GOES_ON = re.compile(r"[.,:'’]?\d|[ \u00a0\u202f]\d{3}(?!\d)")
_NUMBER_BEGAN = re.compile(r"\d[.,:'’]?$|(?<!\w)[-−+]$")
_GROUP_BEFORE = re.compile(r"\d[ \u00a0\u202f]$")
_GROUP = re.compile(r"\d{3}(?!\d)")


class ExactWords:
    """Finds a model's words in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._places = _fold(text)
        self._starts = [start for start, _ in self._places]

    def find(self, words: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Every place in `start:end` where the words stand, in order; none for empty words."""
        wanted = _fold(words)[0].strip()
        first = bisect_left(self._starts, start)
        behind = len(self._starts) if end is None else bisect_left(self._starts, end)
        return tuple(self._find(wanted, first, behind)) if wanted else ()

    def _find(self, wanted: str, first: int, behind: int) -> Iterator[Span]:
        at = self._folded.find(wanted, first, behind)
        while at >= 0:
            start, end = self._places[at][0], self._places[at + len(wanted) - 1][1]
            if not (self._cuts_before(start) or self._cuts_after(end)):
                yield span_at(self._text, start, end)
            at = self._folded.find(wanted, at + 1, behind)

    def _cuts_before(self, start: int) -> bool:
        """Whether `start` lies inside a word or a number."""
        first, before = self._text[start], self._text[max(0, start - 2) : start]
        if first.isdigit() and _NUMBER_BEGAN.search(before):
            return True
        if _GROUP_BEFORE.search(before) and _GROUP.match(self._text, start):
            return True
        return _joined(before[-1:], first)

    def _cuts_after(self, end: int) -> bool:
        """Whether `end` lies inside a word or a number."""
        last, after = self._text[end - 1], self._text[end : end + 5]
        if last.isdigit() and _NUMBER_GOES_ON.match(after):
            return True
        if last.isalpha() and _NOT_T.match(after):
            return True
        return _joined(last, after[:1])


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with variants made the same, and for each of its characters where it came from."""
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for unit in _UNIT.finditer(text):
        found = unit.group()
        if found[0] in _INVISIBLE:
            continue
        folded.append(" " if found.isspace() else _SAME.get(found, found))
        places.append(unit.span())
    return "".join(folded), places


def _joined(one: str, other: str) -> bool:
    """Whether two neighbours belong to one word; scripts without spaces do not tell."""
    if not one or not other or _is_wide(one) or _is_wide(other):
        return False
    if unicodedata.category(other)[0] == "M":
        return True
    word = unicodedata.category(one)[0] == "M" or one.isalnum() or one == "_"
    return word and (other.isalnum() or other == "_")


def _is_wide(character: str) -> bool:
    """Han, kana and the like are written without spaces."""
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\ufaff"
