"""One field against its gold: right, wrong, made up, or left out."""

from __future__ import annotations

from collections.abc import Callable

from summarizer.evals.counts import Answer
from summarizer.evals.dates import same
from summarizer.evals.places import same_place


def judge(gold: str | None, got: str | None, alike: Callable[[str, str], bool]) -> Answer:
    """Null against null is right; a value against null a hallucination, null against one an
    omission; two values are right if they are `alike`.
    """
    if gold is None:
        return "right" if got is None else "hallucination"
    if got is None:
        return "omission"
    return "right" if alike(gold, got) else "wrong"


def judge_exact(gold: str | None, got: str | None) -> Answer:
    """A code or an enumerated value: status, country."""
    return judge(gold, got, str.__eq__)


def judge_mode(gold: str, got: str) -> Answer:
    """A mode; `unknown` says nothing, as null does."""
    return judge_exact(*(None if mode == "unknown" else mode for mode in (gold, got)))


def judge_date(gold: str | None, got: str | None) -> Answer:
    """EDTF dates: the same days, or the same pattern of `X` digits."""
    return judge(gold, got, same)


def judge_place(gold: str | None, accept: tuple[str, ...], got: str | None) -> Answer:
    """A place; where the gold has none and accepts some, those are right as well."""
    if got is not None and same_place(got, accept):
        return "right"
    return judge(gold, got, lambda right, place: same_place(place, (right, *accept)))
