"""Statements: paired by the characters they share, counted at every strictness."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.article import Span
from summarizer.evals.counts import Answer, Counts, Tally
from summarizer.evals.gold import GoldStatement
from summarizer.evals.names import Everyone
from summarizer.evals.overlap import Matrix, Parts, iou
from summarizer.evals.pairing import Pair, assign
from summarizer.record import Person, QuoteType, Statement

FLOOR = 0.3
"""IoU under which two statements are not the same one."""
LADDER: Mapping[str, float] = {"0.3": 0.3, "0.5": 0.5, "0.8": 0.8, "exact": 1.0}
"""How strictly spans are compared, as the least IoU."""
QUOTED: frozenset[QuoteType] = frozenset({"direct", "mixed"})
INDIRECT: frozenset[QuoteType] = frozenset({"indirect"})
QUOTED_IOU, INDIRECT_IOU = 0.8, 0.5


def likenesses(gold: Sequence[GoldStatement], got: Sequence[Statement]) -> Matrix:
    """The better of the IoU of the spoken words and that of the whole content, gold in rows.

    The two differ for mixed statements only.
    """
    spoken = iou([places(g.segments) for g in gold], [places(r.spans) for r in got])
    whole = iou([places(g.content) for g in gold], [places(r.content_spans) for r in got])
    return np.maximum(spoken, whole)


def places(spans: Sequence[Span]) -> Parts:
    """Where some spans stand."""
    return tuple((span.start, span.end) for span in spans)


@dataclass(frozen=True)
class PairedStatements:
    """An article's statements, those of the record in the order of the article."""

    gold: tuple[GoldStatement, ...]
    got: tuple[Statement, ...]
    places: tuple[int, ...]
    """For each of `got`, its index in the record."""
    persons: Mapping[str, Person]
    everyone: Everyone
    pairs: tuple[Pair, ...]

    def spans(self, types: Collection[QuoteType], least: float) -> Counts:
        """Statements of these types whose IoU is at least `least`, whoever speaks."""
        return self._count(types, lambda pair: pair.likeness >= least)

    def joint(self, types: Collection[QuoteType], least: float) -> Counts:
        """Statements of these types with right words (from that IoU), speaker and quote type."""
        return self._count(types, lambda pair: self.right(pair, least))

    def right(self, pair: Pair, least: float) -> bool:
        """Whether words, speaker and quote type of a pair are right."""
        same_type = self.gold[pair.gold].quote_type == self.got[pair.got].quote_type
        return pair.likeness >= least and same_type and self.speaker(pair) == "right"

    def speaker(self, pair: Pair) -> Answer:
        """How the speaker of a pair came out."""
        gold, got = self.gold[pair.gold].speaker, self.got[pair.got].speaker
        if gold is None:
            return "right" if got is None else "hallucination"
        if got is None:
            return "omission"
        person = self.persons[got]
        alike = self.everyone.likeness(gold, person.name, person.country)
        return "right" if alike else "wrong"

    def tallies(self) -> dict[str, Tally]:
        """Speaker and quote type over the required statements of the gold."""
        paired = {pair.gold: pair for pair in self.pairs}
        speakers: list[Answer] = []
        types: list[Answer] = []
        for index, gold in enumerate(self.gold):
            pair = paired.get(index)
            if gold.optional:
                continue
            speakers.append(self.speaker(pair) if pair else "unpaired")
            same = pair is not None and self.got[pair.got].quote_type == gold.quote_type
            types.append("unpaired" if pair is None else "right" if same else "wrong")
        return {"speaker": Tally.of(speakers), "quote_type": Tally.of(types)}

    def speaker_name(self, index: int) -> str | None:
        """The speaker's name of one of `got`."""
        speaker = self.got[index].speaker
        return self.persons[speaker].name if speaker is not None else None

    def _count(self, types: Collection[QuoteType], right: Callable[[Pair], bool]) -> Counts:
        """Of `types` on both sides; what is paired with an optional one of any type is excused."""
        gold = {i: g for i, g in enumerate(self.gold) if g.quote_type in types}
        got = {i for i, r in enumerate(self.got) if r.quote_type in types}
        found = [p for p in self.pairs if p.gold in gold and p.got in got and right(p)]
        excused = {p.got for p in self.pairs if self.gold[p.gold].optional}
        required = {i for i, g in gold.items() if not g.optional}
        return Counts(
            tp=len(found),
            fp=len(got - excused - {p.got for p in found}),
            fn=len(required - {p.gold for p in found}),
        )


def pair_statements(
    gold: Sequence[GoldStatement],
    got: Sequence[Statement],
    persons: Mapping[str, Person],
    everyone: Everyone,
) -> PairedStatements:
    """Pairs the statements of a record (in any order) with those of the gold."""
    order = sorted(
        range(len(got)), key=lambda i: (got[i].spans[0].start, got[i].spans[-1].end, got[i].id)
    )
    ordered = tuple(got[i] for i in order)
    pairs = assign(likenesses(gold, ordered), FLOOR)
    return PairedStatements(tuple(gold), ordered, tuple(order), persons, everyone, tuple(pairs))
