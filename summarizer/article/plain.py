"""The article as it is read: without what its readers do not see and what is not meant for them.

An article is data. Invisible characters, markup, text for programs (JSON, the turns of a chat) and
sentences that tell a program what to do are left out before any rule or model reads the article;
a place in what is left leads back to the place in the article itself, which stays as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate

from summarizer.article.blocks import blocks
from summarizer.article.composed import composed
from summarizer.article.hidden import invisible, markup, tags
from summarizer.article.lookalikes import as_seen
from summarizer.article.orders import orders
from summarizer.article.span import Span, span_at

Cut = tuple[int, int]
"""Half-open offsets of something to leave out."""


@dataclass(frozen=True)
class Plain:
    """What is read of an article.

    `text` is made of the pieces of `letters` at `kept`, which are in order. `letters` is the
    article; if letters of it are written in parts, they are one each there, and `places` tells
    where each character, and the end, lie in the article. `left_out` are the passages with words
    of their own that are not part of the text.
    """

    article: str
    letters: str
    places: tuple[int, ...]
    text: str
    kept: tuple[Cut, ...]
    left_out: tuple[Span, ...] = ()

    @classmethod
    def whole(cls, article: str) -> Plain:
        """All of it."""
        letters, places = composed(article)
        return cls(article, letters, places, letters, ((0, len(letters)),))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each piece begins in `text`, and where the last one ends."""
        return list(accumulate((end - start for start, end in self.kept), initial=0))

    def at(self, offset: int) -> int:
        """The article's offset of a character of `text`."""
        return self._in_article(self._letter(offset))

    def back(self, span: Span) -> Span:
        """The place in the article, with what was left out inside it."""
        return self._passage(span.start, span.end)

    def _letter(self, offset: int) -> int:
        """Which one of `letters` a character of `text` is."""
        piece = min(bisect_right(self._starts, offset) - 1, len(self.kept) - 1)
        return self.kept[piece][0] + offset - self._starts[piece]

    def _in_article(self, letter: int) -> int:
        return self.places[letter] if self.places else letter

    def _passage(self, start: int, end: int) -> Span:
        """The article's own words for `text[start:end]`, and what was left out inside."""
        last = self._in_article(self._letter(end - 1) + 1)
        return span_at(self.article, self.at(start), last)

    def without(self, cuts: Sequence[Cut], *, told: bool) -> Plain:
        """This text without some passages, and the white space that parted them from the rest.

        `told` adds them to `left_out`.
        """
        if not cuts:
            return self
        merged = _merged(self.text, cuts)
        passages = [
            self._passage(start, end)
            for start, end in merged
            if told and any(c.isalnum() for c in self.text[start:end])
        ]
        kept: list[Cut] = []
        position = 0
        for start, end in _merged(self.text, (_with_space(self.text, cut) for cut in merged)):
            kept += self._pieces(position, start)
            position = end
        kept += self._pieces(position, len(self.text))
        text = "".join(self.letters[start:end] for start, end in kept)
        left_out = tuple(sorted({*self.left_out, *passages}, key=lambda span: span.start))
        return replace(self, text=text, kept=tuple(kept), left_out=left_out)

    def _pieces(self, start: int, end: int) -> Iterator[Cut]:
        """The pieces of `letters` that `text[start:end]` is made of."""
        piece = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(end, self._starts[piece + 1])
            first = self.kept[piece][0] + start - self._starts[piece]
            yield first, first + stop - start
            start, piece = stop, piece + 1


@lru_cache(maxsize=8)
def plain(article: str) -> Plain:
    """What is read of an article; all that can be seen of it if nothing else would be left."""
    seen = visible(article)
    read = seen
    for find in (blocks, orders):
        read = read.without(find(as_seen(read.text)), told=True)
    return read if any(c.isalpha() for c in read.text) else seen


def visible(article: str) -> Plain:
    """An article without what nobody sees."""
    read = Plain.whole(article)
    for find, told in ((invisible, False), (markup, True), (tags, False)):
        read = read.without(find(read.text), told=told)
    return read if any(c.isalpha() for c in read.text) else Plain.whole(article)


def _merged(text: str, cuts: Iterable[Cut]) -> list[Cut]:
    """Cuts in order, those with nothing but white space between them as one."""
    merged: list[Cut] = []
    for start, end in sorted(cuts):
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start].isspace()):
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    return merged


def _with_space(text: str, cut: Cut) -> Cut:
    """A cut with the weaker of the white space around it, so that its neighbours stay as apart
    as they were."""
    start, end = cut
    before, after = start, end
    while before and text[before - 1].isspace():
        before -= 1
    while after < len(text) and text[after].isspace():
        after += 1
    if before == 0 or after == len(text):
        return before, after
    if before == start or after == end:
        return start, end
    stronger = text.count("\n", before, start) > text.count("\n", end, after)
    return (start, after) if stronger else (before, end)
