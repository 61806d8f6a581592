"""Whether two names mean the same person, organization or group."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from summarizer.evals.normalise import fold, name_key

ALIKE = 0.85
"""The token-set ratio from which two names are taken for one."""
_NEARLY = 0.999

_JOINED = re.compile(r",\s*(?:and|und|et|y|e|и)\s+|,\s*|\s+(?:and|und|et|y|и|&)\s+|\s+و|[和与、]")


@dataclass(frozen=True)
class GoldName:
    """Who is meant: the name, its other right forms, and the country if the article gives it."""

    name: str
    accept: tuple[str, ...] = ()
    country: str | None = None

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every right form, as compared."""
        return frozenset(name_key(form) for form in (self.name, *self.accept))

    def likeness(self, name: str, country: str | None = None) -> float:
        """1 for the same or an accepted name, else the token-set ratio from `ALIKE`, else 0.

        A ratio is less than 1, and counts only where the countries do not conflict, and between
        names of equally many people: `A` alone is not `A and B`.
        """
        key = name_key(name)
        if key in self.keys:
            return 1.0
        conflict = self.country is not None and country is not None and country != self.country
        if conflict or how_many(name) != how_many(self.name):
            return 0.0
        ratio = fuzz.token_set_ratio(key, name_key(self.name)) / 100
        return min(ratio, _NEARLY) if ratio >= ALIKE else 0.0


@dataclass(frozen=True)
class Everyone:
    """All who are named in the gold of one article."""

    names: tuple[GoldName, ...]
    _best: dict[tuple[str, str | None], float] = field(
        default_factory=dict, repr=False, compare=False
    )

    def likeness(self, gold: GoldName, name: str, country: str | None = None) -> float:
        """How much `name` is like `gold`; 0 if it is more like someone else.

        A first name in common makes `Anna-Maria Lindt` nearly `Anna-Maria Lindh`; where the gold
        knows both, each is taken for herself.
        """
        own = gold.likeness(name, country)
        if not own or own == 1.0:
            return own
        key = name, country
        if key not in self._best:
            self._best[key] = max(other.likeness(name, country) for other in self.names)
        return own if own >= self._best[key] else 0.0


def how_many(name: str) -> int:
    """How many names are joined by commas and conjunctions in `name`."""
    return len(_JOINED.split(fold(name).strip()))
