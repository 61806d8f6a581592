"""Whether a place is the one that was meant."""

from __future__ import annotations

from functools import lru_cache

from summarizer.evals.normalise import fold, name_key


def same_place(got: str, right: tuple[str, ...]) -> bool:
    """Whether `got` is one of the right forms, or one of them and what it lies in.

    `Geneva, Switzerland` is right for `Geneva`; what is less exact than the gold is right only if
    the fixture accepts it.
    """
    parts = _parts(got)
    return any(name_key(form) == name_key(got) or _parts(form) <= parts for form in right)


@lru_cache(maxsize=8192)
def _parts(place: str) -> frozenset[str]:
    """The place's parts between commas and brackets."""
    folded = fold(place).replace("(", ",").replace(")", ",").replace("，", ",").replace("،", ",")
    return frozenset(name_key(part) for part in folded.split(",") if part.strip())
