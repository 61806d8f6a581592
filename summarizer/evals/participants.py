"""Who takes part in a meeting, paired by name."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evals.counts import Counts, count
from summarizer.evals.gold import GoldParticipant
from summarizer.evals.names import ALIKE, Everyone
from summarizer.evals.pairing import Pair, pair
from summarizer.record import Person


def pair_participants(
    gold: Sequence[GoldParticipant], got: Sequence[Person], everyone: Everyone
) -> list[Pair]:
    """Participants of the gold with those of the record that have the same name, or nearly."""
    return pair(gold, got, lambda g, r: everyone.likeness(g.who, r.name, r.country), ALIKE)


def count_participants(
    gold: Sequence[GoldParticipant], returned: int, pairs: Sequence[Pair]
) -> Counts:
    """Participants found, made up and missed."""
    return count([person.optional for person in gold], returned, pairs)
