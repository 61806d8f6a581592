"""Asks of the tests' own, so that what the shipped prompts ask for can change freely."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from summarizer.prompt import ASKS, Ask

_OWN = (
    Ask("record", "everything", frozenset({"article"}), frozenset({"published", "schema_hint"})),
    Ask("people", "who is who", frozenset({"article", "candidates"})),
    Ask("topics", "what about", frozenset({"article"}), frozenset({"people"})),
    Ask("summary", "the whole", frozenset({"article"}), frozenset({"people"})),
)


@pytest.fixture(autouse=True)
def own_asks() -> Iterator[None]:
    """Puts the tests' asks in the place of the program's."""
    kept = dict(ASKS)
    ASKS.clear()
    ASKS.update({ask.name: ask for ask in _OWN})
    yield
    ASKS.clear()
    ASKS.update(kept)
