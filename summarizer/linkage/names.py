"""Names as they are compared across articles."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from summarizer.lexicon import is_wide, languages, lexicon

Key = tuple[str, ...]

_APOSTROPHES = re.compile("['’‘ʼ`´]")
_PUNCTUATION = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=65536)
def name_key(name: str) -> Key:
    """The words of a name: case, accents, hyphens and apostrophes left out."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c) and not _is_format(c))
    return tuple(_PUNCTUATION.sub(" ", bare).split())


def is_name(name: str, language: str | None) -> bool:
    """Whether these are a name rather than the words for someone unnamed (`a spokesperson`).

    A name has a capital letter where its script has them, and no determiner before it.
    """
    key = name_key(name)
    if not key or (len(key) > 1 and key[0] in _determiners(language)):
        return False
    letters = [c for c in name if c.isalpha()]
    cased = any(c.lower() != c.upper() for c in letters)
    return not cased or any(c.isupper() or c.istitle() for c in letters)


def is_full(name: str) -> bool:
    """Whether a name has a family and a given name, as far as its script lets one tell."""
    return len(name_key(name)) > 1 or (len(name) > 1 and is_wide(name[0]))


def may_stand_for(a: Key, b: Key) -> bool:
    """Whether one key is a short form of the other: a family name, initials, no middle names."""
    short, long = sorted((a, b), key=lambda key: (len(key), key))
    if short == long:
        return True
    if len(short) == len(long):
        return (
            len(short) > 1
            and short[-1] == long[-1]
            and all(_same_or_initial(x, y) for x, y in zip(short, long, strict=True))
        )
    ends = len(short) > 1 and short[0] == long[0] and short[-1] == long[-1]
    return long[-len(short) :] == short or short == long[:1] or ends


def _same_or_initial(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _is_format(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


@lru_cache(maxsize=32)
def _determiners(language: str | None) -> frozenset[str]:
    if language not in languages():
        return frozenset()
    return frozenset(
        word for each in lexicon(language).people.determiners for word in name_key(each)
    )
