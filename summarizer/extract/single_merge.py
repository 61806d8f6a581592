"""Answers about the parts of an article as one: what two of them tell is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarizer.article import Span
from summarizer.extract.single_meetings import Met
from summarizer.extract.single_statements import Said
from summarizer.record import Supported

_SENTENCES, _PHRASES = 6, 8


@dataclass(frozen=True)
class Merged:
    """A meeting of the record, and those of the answers that it was made of."""

    value: Met
    of: tuple[Met, ...]


@dataclass(frozen=True)
class Line:
    """A sentence of a summary: the number of its part, its number there, and its support."""

    part: int
    index: int
    sentence: Supported


def merged_statements(said: Iterable[Said]) -> list[Said]:
    """In the order of the article; of those that share words the longest, with a speaker if any."""
    kept: list[Said] = []
    for one in sorted(said, key=_rank):
        if not any(_overlap(one.spans, other.spans) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.content[0].start, one.part, one.index))


def merged_meetings(met: Iterable[Met]) -> list[Merged]:
    """In the order in which they were told; one that was told again fills what was left open."""
    once = {(one.part, one.index): one for one in met}
    found = [Merged(one, (one,)) for one in once.values()]
    while len(fewer := _joined(found)) < len(found):  # what was filled may be like another one
        found = fewer
    return found


def merged_lines(lines: Iterable[Line]) -> list[Line]:
    """The first sentences of every part before the second ones, none twice; in order."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.index, line.part)):
        if len(kept) < _SENTENCES and not any(_same_line(line, other) for other in kept):
            kept.append(line)
    return sorted(kept, key=lambda line: (line.part, line.index))


def _rank(said: Said) -> tuple[int, bool, int]:
    length = sum(span.end - span.start for span in {*said.spans, *said.content})
    return -length, said.speaker is None, said.content[0].start


def _overlap(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def _joined(found: Sequence[Merged]) -> list[Merged]:
    kept: list[Merged] = []
    for one in found:
        same = next((n for n, other in enumerate(kept) if _same(other, one)), None)
        if same is None:
            kept.append(one)
        else:
            value = _filled(kept[same].value, one.value)
            kept[same] = Merged(value, (*kept[same].of, *one.of))
    return kept


def _same(merged: Merged, other: Merged) -> bool:
    """Whether parts tell of one meeting; those of one part are several."""
    known, met = merged.value, other.value
    parts = {one.part for one in merged.of} & {one.part for one in other.of}
    if parts or known.answer.status != met.answer.status:
        return False
    if any(one.status.overlaps(two.status) for one in merged.of for two in other.of):
        return True
    who, whom = set(known.participants), set(met.participants)
    days = {m.date.edtf for m in (known, met) if m.date}
    ways = {m.answer.mode for m in (known, met) if m.mode}
    places = {m.place.text.casefold() for m in (known, met) if m.place}
    kinds = {m.answer.kind for m in (known, met) if m.kind}
    together = bool(who and whom) and (who <= whom or whom <= who)
    return together and all(len(values) < 2 for values in (days, ways, places, kinds))


def _filled(met: Met, other: Met) -> Met:
    """A meeting with what another telling of it adds."""
    kind, mode = met.kind or other.kind, met.mode or other.mode
    answer = met.answer.model_copy(
        update={
            "kind": met.answer.kind if met.kind else other.answer.kind,
            "mode": met.answer.mode if met.mode else other.answer.mode,
        }
    )
    return replace(
        met,
        answer=answer,
        kind=kind,
        mode=mode,
        date=met.date or other.date,
        place=met.place or other.place,
        participants=tuple(dict.fromkeys([*met.participants, *other.participants])),
        topics=_united(met.topics, other.topics),
        outcomes=_united(met.outcomes, other.outcomes),
    )


def _united(phrases: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    kept = list(phrases)
    for span in others:
        words = span.text.casefold()
        if not any(span.overlaps(own) or own.text.casefold() == words for own in kept):
            kept.append(span)
    return tuple(kept[: max(len(phrases), _PHRASES)])


def _same_line(line: Line, other: Line) -> bool:
    if line.part == other.part:
        return False
    same = line.sentence.text.casefold() == other.sentence.text.casefold()
    return same or _overlap(line.sentence.support, other.sentence.support)
