"""What is folded before two texts are compared: typography, case, honorifics and ranks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_MARKS = str.maketrans(
    dict.fromkeys("“”„‟«»〝〞〟「」『』", '"')
    | dict.fromkeys("‘’‚‛‹›`´ʼ", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200e\u200f\ufeff", "")
)
_PUNCTUATION = re.compile(r"[^\w'\-&]+|(?<!\w)['\-]+|['\-]+(?!\w)")
_DETERMINERS = frozenset(["the", "an", "le", "la", "les", "der", "die", "das", "el", "los"])
_SUFFIXES = ("先生", "女士")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """NFC, quotation marks, dashes and white space made alike, case folded."""
    plain = unicodedata.normalize("NFC", text).translate(_MARKS)
    return unicodedata.normalize("NFC", " ".join(plain.split()).casefold())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of `fold(text)`, punctuation around them left out."""
    return tuple(_PUNCTUATION.sub(" ", fold(text)).split())


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name as it is compared: folded, without the article, honorifics and ranks before it.

    A name that is nothing but a rank or an honorific keeps it.
    """
    rest = list(words(fold(name).removeprefix("a ")))  # `A. Brown` keeps his initial
    while len(rest) > 1 and (size := _title_length(rest)):
        rest = rest[size:]
    key = " ".join(rest)
    for suffix in _SUFFIXES:
        key = key.removesuffix(suffix) or key
    return key


def _title_length(rest: list[str]) -> int:
    """How many of the first words are an article, an honorific or a rank; never all of them."""
    if rest[0] in _DETERMINERS:
        return 1
    longest = min(_longest_title(), len(rest) - 1)
    for size in range(longest, 0, -1):
        if tuple(rest[:size]) in _titles():
            return size
    return 0


@cache
def _titles() -> frozenset[tuple[str, ...]]:
    lines = Path(__file__).with_name("titles.txt").read_text(encoding="utf-8").splitlines()
    entries = (entry for line in lines if not line.startswith("#") for entry in line.split(","))
    return frozenset(words(entry) for entry in entries if entry.strip())


@cache
def _longest_title() -> int:
    return max(map(len, _titles()))
