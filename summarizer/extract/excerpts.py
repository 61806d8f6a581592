"""Parts of an article that is too long to be shown whole: what stands around certain places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.analysis import Reading
from summarizer.article import Span
from summarizer.extract.condense import shortened
from summarizer.extract.room import characters, tokens

_PASSAGE = 120  # tokens: two or three sentences, whose meaning the next ones may complete
_LONGEST = 1200  # characters of a sentence; what is longer is no sentence
_LINE_END = re.compile(r"\s*\n\s*")
_LEFT_OUT = "\n…\n"


@dataclass(frozen=True)
class Passage:
    """A few sentences as a model reads them; `start` and `end` are their place in the article.

    `gap` is what parts them from the next ones: a line end, a space or nothing.
    """

    start: int
    end: int
    text: str
    gap: str
    tokens: int


@dataclass(frozen=True)
class Excerpt:
    """Passages as one text; `whole` tells that none of those wanted had to be left out."""

    text: str
    whole: bool


class Excerpts:
    """Makes excerpts of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def passages(self) -> list[Passage]:
        """All of the article, its long quotations shortened."""
        return list(_joined(_pieces(self._reading)))

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    def around(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the passages to show for some places, the most needed first.

        Those that the places are in, then the beginning of the article, which says what it is
        about, then the passages before and behind.
        """
        own = [self._number(at) for span in spans for at in (span.start, span.end - 1)]
        near = [number + step for step in (-1, 1) for number in own]
        wanted = dict.fromkeys([*own, 0, *near])
        return [number for number in wanted if 0 <= number < len(self.passages)]

    def shown(self, numbers: Sequence[int], room: int) -> Excerpt:
        """As many of these passages as `room` tokens hold, the first of them before the others."""
        kept: set[int] = set()
        for number in numbers:
            size = self.passages[number].tokens + tokens(_LEFT_OUT)
            if size <= room:
                kept.add(number)
                room -= size
        if not kept and numbers and room > 0:
            text = self.passages[numbers[0]].text
            return Excerpt(text[: characters(room, text)], whole=False)
        return Excerpt(self._text(sorted(kept)), whole=len(kept) == len(numbers))

    def _number(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _text(self, numbers: Sequence[int]) -> str:
        text = ""
        for before, number in zip([None, *numbers], numbers, strict=False):
            if before is not None:
                text += self.passages[before].gap if number == before + 1 else _LEFT_OUT
            text += self.passages[number].text
        return text


def _joined(pieces: Iterator[Passage]) -> Iterator[Passage]:
    """Short pieces in a row as one passage, which ends with a line rather than inside one."""
    open_: Passage | None = None
    for piece in pieces:
        if open_ is None:
            open_ = piece
            continue
        size = open_.tokens + piece.tokens
        if size > _PASSAGE or (open_.gap == "\n" and open_.tokens > _PASSAGE // 2):
            yield open_
            open_ = piece
        else:
            text = open_.text + open_.gap + piece.text
            open_ = Passage(open_.start, piece.end, text, piece.gap, size)
    if open_ is not None:
        yield open_


def _pieces(reading: Reading) -> Iterator[Passage]:
    """The article in sentences and lines, but never parted inside a quotation that is shortened."""
    text, cuts = reading.text, _cuts(reading)
    short = {quotation.start: (quotation.end, words) for quotation, words in shortened(reading)}
    parts: list[str] = []
    start = position = 0
    for cut in [*sorted({*cuts, *short}), len(text)]:
        if cut < position:
            continue
        parts.append(text[position:cut])
        position = cut
        if cut in cuts or cut == len(text):
            yield from _piece(start, cut, "".join(parts))
            parts, start = [], cut
        if cut in short:
            position, words = short[cut]
            parts.append(words)


def _cuts(reading: Reading) -> set[int]:
    """Where sentences begin, and where one that is longer than any may be parted."""
    cuts = {sentence.start for sentence in reading.sentences}
    for sentence in reading.sentences:
        at = sentence.start
        while sentence.end - at > _LONGEST:
            space = reading.text.rfind(" ", at + _LONGEST // 2, at + _LONGEST)
            at = space if space > 0 else at + _LONGEST
            cuts.add(at)
    return cuts


def _piece(start: int, end: int, text: str) -> Iterator[Passage]:
    plain = _LINE_END.sub("\n", text).strip()
    if plain:
        space = text[len(text.rstrip()) :]
        gap = "\n" if "\n" in space else space[:1] and " "
        yield Passage(start, end, plain, gap, tokens(plain) + 1)
