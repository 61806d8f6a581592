"""Finding the words of a gold file in its article.

People write the words, not offsets: a segment must be unique in the article, or made so by the
order of the segments or by lying inside the statement's content. A mention or a cue is the
occurrence nearest to the segments, those in the same sentence first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from summarizer.article import Span


class NotLocated(ValueError):
    """The words are not in the article, or in more places than one."""


def locate_segments(text: str, segments: Sequence[str], within: Span | None = None) -> list[Span]:
    """The one place of the segments, each after the one before it.

    Args:
        text: the article.
        segments: exact parts of it, in order.
        within: the content that they lie in, if there is one.

    Raises:
        NotLocated: a segment is missing or out of order, or could stand in two places.
    """
    low, high = (within.start, within.end) if within else (0, len(text))
    places = [list(_places(text, segment, low, high)) for segment in segments]
    for segment, starts in zip(segments, places, strict=True):
        if not starts:
            raise NotLocated(f"`{_short(segment)}` is not in the {'content' if within else 'text'}")
    chains = _chains(places, [len(segment) for segment in segments], low)
    if not chains:
        raise NotLocated(f"`{_short(segments[-1])}` is out of order")
    if len(chains) > 1:
        doubled = next(s for s, a, b in zip(segments, *chains[:2], strict=True) if a != b)
        raise NotLocated(f"`{_short(doubled)}` could stand in more places than one")
    return [
        Span(start=at, end=at + len(segment), text=segment)
        for at, segment in zip(chains[0], segments, strict=True)
    ]


def locate_nearest(
    text: str, words: str, segments: Sequence[Span], sentences: Callable[[], Sequence[Span]]
) -> Span:
    """The occurrence of a mention or cue that belongs to a statement.

    Whole words go before parts of words, places outside the segments before those inside, places
    in a sentence of the segments before others, then the nearest, then the first.

    Args:
        text: the article.
        words: what to find.
        segments: the statement's.
        sentences: gives the article's sentences; called only if there is more than one place.

    Raises:
        NotLocated: there is none.
    """
    places = [
        Span(start=at, end=at + len(words), text=words) for at in _places(text, words, 0, len(text))
    ]
    if not places:
        raise NotLocated(f"`{_short(words)}` is not in the text")
    if len(places) == 1:
        return places[0]
    near = [s for s in sentences() if any(s.overlaps(segment) for segment in segments)]

    def rank(place: Span) -> tuple[bool, bool, bool, int, int]:
        return (
            not _whole(text, place),
            any(place.overlaps(segment) for segment in segments),
            not any(place.within(sentence) for sentence in near),
            min(_gap(place, segment) for segment in segments),
            place.start,
        )

    return min(places, key=rank)


def _places(text: str, words: str, low: int, high: int) -> list[int]:
    overlapping = re.compile(f"(?={re.escape(words)})")
    return [m.start() for m in overlapping.finditer(text, low, high)]


def _chains(places: Sequence[Sequence[int]], lengths: Sequence[int], low: int) -> list[list[int]]:
    """At most two ways to choose one place each, none before the end of the one before it."""
    chains: list[list[int]] = []

    def extend(chain: list[int], position: int) -> None:
        if len(chains) > 1:
            return
        if len(chain) == len(places):
            chains.append(chain)
            return
        for at in places[len(chain)]:
            if at >= position:
                extend([*chain, at], at + lengths[len(chain)])

    extend([], low)
    return chains


def _whole(text: str, place: Span) -> bool:
    before, after = text[place.start - 1 : place.start], text[place.end : place.end + 1]
    return not (before.isalnum() and place.text[0].isalnum()) and not (
        after.isalnum() and place.text[-1].isalnum()
    )


def _gap(place: Span, segment: Span) -> int:
    return max(place.start - segment.end, segment.start - place.end, 0)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "…"
