"""Quotation marks in one paragraph: which open a quotation, and which closes it.

The marks are Unicode's as languages use them (CLDR `quotationStart` and the variants of
newsrooms): curly, low and angle marks, corner brackets, straight double and single marks. The same
character opens in one language and closes in another, and is an apostrophe or a sign for inches in
a third place, so the characters around it decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.article.span import Span

CLOSERS = {
    "“": "”“",
    "”": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "﹁": "﹂",
    "﹃": "﹄",
    "〝": "〞〟",
    '"': '"',
    "＂": "＂",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "`": "'`",
}
SINGLE = frozenset("‘‚'`")
# Only these keep to one side, so that a closing one needs no opening one in the same paragraph.
ONE_SIDED = frozenset("“„«「『｢﹁﹃")

_ALWAYS_OPEN = frozenset("„‟«‹「『｢﹁﹃〝")
_SPACED = frozenset("«»„")
_GAP = frozenset(" \t\n\u00a0\u202f([{—–-/:;,“„«‘\"'¿¡（《：，。、；")
# Two apostrophes or backticks are one straight double mark, as typewriters and archives have it.
_DOUBLED = "``|''(?!')"
_MARK = re.compile(
    f"{_DOUBLED}|[" + re.escape("".join({*CLOSERS, *"".join(CLOSERS.values())})) + "]"
)
# What may stand right after a mark that opens: anything but the signs that end a clause.
_WORD = re.compile(r"""[^\s.,;:!?…)\]}”’»、。，！？；：]|(?:\.{2,3}|…)[ \u00a0]?\w""")
_SINGLE_WORD = re.compile(r"""[\w“"«(\[]""")
_ELIDED = re.compile(r"(?:\d\ds?|em|tis|twas|til|cause|bout)\b(?!['’])|n['’]", re.IGNORECASE)
_ENDS = frozenset(".,!?;:…。，！？；：")
_INNER_ENDS = frozenset('”"»)]')


@dataclass(frozen=True)
class Mark:
    """One mark from `at` to `end`, with what stands beside it: a space at a paragraph's ends."""

    sign: str
    at: int
    end: int
    before: str
    after: str

    @property
    def doubtful(self) -> bool:
        """Whether it may be no quotation mark: an apostrophe, a plural's possessive, inches."""
        if self.before.isalnum() and self.after.isalnum():
            return not _is_wide(self.before)
        if self.sign in "’'":
            return self.before in "sS" and self.after == " "
        return self.sign == '"' and self.before.isdigit() and self.after in " -"


class Marks:
    """The marks of one paragraph in order; `opens` and `match` go by their number."""

    def __init__(self, text: str, paragraph: Span) -> None:
        first, end = paragraph.start, paragraph.end
        self._text, self._end = text, end
        self.found = tuple(
            Mark(
                found[0] if len(found[0]) == 1 else '"',
                at := found.start(),
                after := found.end(),
                text[at - 1] if at > first else " ",
                text[after] if after < end else " ",
            )
            for found in _MARK.finditer(text, first, end)
        )
        self._curly = {"“", "„"} & {mark.sign for mark in self.found}
        self._matches: dict[int, int] = {}
        self._matched: set[str] = set()
        self._closing_ahead: dict[str, list[bool]] = {}

    def opens(self, number: int, *, inside: bool = False) -> bool:
        """Whether a quotation may open at this mark: after a gap and before a word.

        `inside` tells that one of the same kind is open, and this mark may rather close it.
        """
        mark = self.found[number]
        if mark.sign not in CLOSERS or (mark.after.isspace() and mark.sign not in _SPACED):
            return False
        if mark.sign in _ALWAYS_OPEN:
            return True
        wide = _is_wide(mark.before) and not (inside and mark.sign == CLOSERS[mark.sign])
        gap = mark.before in _GAP or wide
        if mark.sign in SINGLE:
            return gap and self._opens_single(mark)
        if mark.sign == "”" and self._curly:
            return False  # it opens only in texts that know no other curly mark, as Swedish ones
        if mark.sign in "»›":
            return mark.before in _GAP and not mark.after.isspace()
        gap = gap or (mark.sign == "“" and not mark.before.isalnum())
        return gap and _WORD.match(self._text, mark.end, self._end) is not None

    def match(self, number: int, kind: str | None = None) -> int | None:
        """The mark that closes the quotation which opens at this one (read as `kind`), if any.

        Marks of the same kind may stand inside in pairs. One pass over the paragraph settles all
        marks of a kind that stay open, so that the time grows with the text alone.
        """
        kind = kind or self.found[number].sign
        if kind in self._matched:
            return self._matches.get(number)
        opened = [number]
        for later in range(number + 1, len(self.found)):
            sign = self.found[later].sign
            if sign == kind and self.opens(later, inside=True):
                opened.append(later)
            elif sign in CLOSERS[kind] and self.closes(later, kind):
                self._matches[opened.pop()] = later
                if not opened:
                    return later
        self._matched.add(kind)
        return None

    def mismatch(self, number: int) -> int | None:
        """The straight mark that closes a curly one, or the other way round: `“so it is"`.

        Only where the mark opens a quotation that nothing closes as it should.
        """
        other = {"“": '"', '"': "”"}.get(self.found[number].sign)
        for later in range(number + 1, len(self.found)):
            mark = self.found[later]
            if mark.sign == self.found[number].sign or (mark.sign == other and self.opens(later)):
                return None
            if mark.sign == other and not mark.before.isspace() and not mark.after.isalnum():
                return later
        return None

    def next_opening(self, number: int) -> int | None:
        """The next mark of the same kind that may open a quotation."""
        kind = self.found[number].sign
        later = range(number + 1, len(self.found))
        return next(
            (n for n in later if self.found[n].sign == kind and self.opens(n, inside=True)), None
        )

    def _opens_single(self, mark: Mark) -> bool:
        word = _SINGLE_WORD.match(mark.after) is not None
        elided = mark.sign in "‘'" and _ELIDED.match(self._text, mark.end, self._end)
        return word and not elided

    def closes(self, number: int, kind: str) -> bool:
        """Whether a quotation of this kind may close at this mark."""
        mark = self.found[number]
        if kind in SINGLE:
            return self._closes_single(number)
        if mark.sign in "“»" and (mark.sign == "“" or kind == "»"):
            # They close after a word in German („…“) and Finnish (»…»), and open elsewhere.
            return not mark.before.isspace() and not mark.after.isalnum()
        return not (mark.sign == '"' and mark.doubtful and self._closed_later(number, '"'))

    def _closes_single(self, number: int) -> bool:
        """Whether a single mark closes: not inside a word, and not a plural's possessive."""
        mark = self.found[number]
        if mark.before.isspace() or (mark.after.isalnum() and not _is_wide(mark.after)):
            return False
        if mark.before in _ENDS or mark.after in _ENDS or mark.before in _INNER_ENDS:
            return True
        return not (mark.doubtful and self._closed_later(number, "‘’'"))

    def _closed_later(self, number: int, signs: str) -> bool:
        """Whether the next of these marks that is not doubtful can only close."""
        if signs not in self._closing_ahead:
            ahead, closing = [False] * len(self.found), False
            for index in range(len(self.found) - 1, -1, -1):
                ahead[index] = closing
                mark = self.found[index]
                if mark.sign in signs and not mark.doubtful:
                    closing = mark.sign != "‘" and not mark.before.isspace()
            self._closing_ahead[signs] = ahead
        return self._closing_ahead[signs][number]


def _is_wide(character: str) -> bool:
    """Han, kana and Hangul are written without spaces around the marks."""
    return "\u2e80" <= character <= "\uffef"
