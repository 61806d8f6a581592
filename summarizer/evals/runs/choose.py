"""Which articles of a set a run answers, and how each is told from an earlier state of itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from summarizer.errors import InputError, UsageError
from summarizer.evals.gold import Fixture
from summarizer.evals.polnear import PolnearArticle
from summarizer.evals.sets import EvalSet, FixtureSet, PolnearSet


def article_hashes(chosen: EvalSet) -> dict[str, str]:
    """For each article of a set the SHA-256 of its text and gold, by its id."""
    return {each.id: each.sha256 for each in _articles(chosen)}


def narrowed(
    whole: EvalSet, only: Collection[str] | None = None, limit: int | None = None
) -> EvalSet:
    """The set with some of its articles, in its own order.

    Args:
        whole: the set.
        only: ids; None for all.
        limit: the most articles, from the first on.

    Raises:
        UsageError: an id is none of the set's, or nothing is left.
    """
    ids = [each.id for each in _articles(whole)]
    if only is not None and (unknown := sorted(set(only) - set(ids))):
        raise UsageError(
            f"the set has no article `{unknown[0]}`",
            where="--only",
            hint=f"Its first are {', '.join(f'`{name}`' for name in ids[:3])}.",
        )
    kept = [name for name in ids if only is None or name in only][:limit]
    if not kept:
        raise UsageError("no article is left to answer", where="--only/--limit")
    if isinstance(whole, FixtureSet):
        return replace(whole, fixtures=tuple(f for f in whole.fixtures if f.id in kept))
    if isinstance(whole, PolnearSet):
        return replace(whole, articles=tuple(a for a in whole.articles if a.id in kept))
    raise TypeError(f"no such set: {whole!r}")


def read_ids(given: Iterable[str]) -> list[str] | None:
    """The ids that `--only` names: each is ids with commas between, or a file with one a line.

    In a file, what follows `#` is a comment. None if nothing was given.

    Raises:
        InputError: the file cannot be read.
    """
    ids: list[str] = []
    for one in given:
        if one.endswith(".txt"):
            try:
                lines = Path(one).read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"cannot be read: {error}", where=f"--only {one}") from None
            ids += [line.partition("#")[0].strip() for line in lines]
        else:
            ids += [name.strip() for name in one.split(",")]
    return [name for name in ids if name] or None


def _articles(chosen: EvalSet) -> Sequence[Fixture | PolnearArticle]:
    if isinstance(chosen, FixtureSet):
        return chosen.fixtures
    if isinstance(chosen, PolnearSet):
        return chosen.articles
    raise TypeError(f"no such set: {chosen!r}")
