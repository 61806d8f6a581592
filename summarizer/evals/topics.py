"""Topics and outcomes: short phrases, compared loosely by the words they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from summarizer.evals.counts import Counts, count
from summarizer.evals.normalise import words
from summarizer.evals.pairing import pair

FLOOR = 0.5
"""Token F1 under which two phrases are not the same."""

# Scripts written without spaces: each character is a token.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\u3040-\u30ff\u3400-\u9fff]+")


def token_f1(a: str, b: str) -> float:
    """Shared words, each as often as in both, over the mean number of words."""
    left, right = _tokens(a), _tokens(b)
    if not left or not right:
        return 0.0
    shared = (Counter(left) & Counter(right)).total()
    return 2 * shared / (len(left) + len(right))


def count_topics(gold: Sequence[str], got: Sequence[str]) -> Counts:
    """Phrases found, made up and missed."""
    return count([False] * len(gold), len(got), pair(gold, got, token_f1, FLOOR))


@lru_cache(maxsize=65536)
def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(token for word in words(phrase) for token in _TOKEN.findall(word))
