"""Whether the names, numbers and dates of a written sentence stand in the article.

Checked word by word, case and typography folded: a name is a capitalised word (in scripts that
have case), a number is a run of digits with its separators or an English number word, a month is
a month name beside a number. What is checked is that each word occurs, not that the sentence is
true: a sentence carries its supporting spans for that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_NUMBER = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+[.,]\d+(?![.,]?\d))|\d+"
)
_BEGINS = re.compile(r"(?:^|[.!?…:;][\"'”’»)\]]*\s)[\W_]*$")
_BESIDE_NUMBER = re.compile(
    r"\d(?:st|nd|rd|th|er|[.ºª])?\s+(?:de\s+)?(?P<after>[^\W\d_]+)|(?P<before>[^\W\d_]+)\.?\s+\d"
)

_COUNTED = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_LARGE = "hundred thousand million billion trillion dozen"
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_COUNTED.split(), start=2)} | {
    word: word for word in _LARGE.split()
}

# Languages whose names take case endings or whose nouns are all capitalised: endings may differ.
_INFLECTED = "be bg bs cs de el et fi hr hu lb lt lv pl ro ru sk sl sq sr tr uk"
_ENDING = frozenset("aeiouyáéíóúýąęěůäöüőűаеёиоуыэюяйьіїєαεηιουωάέήίόύώς")
_MONTH_LANGUAGES = (
    "bg ca cs da de el en es et fi fr hr hu id it lt lv nb nl pl pt ro ru sk sl sr sv tr uk"
)


def unsupported_terms(text: str, article_text: str, *, language: str | None = None) -> list[str]:
    """The names, numbers and dates of `text` that the article does not have, in order, once each.

    Args:
        text: a sentence, topic or outcome that someone wrote about the article.
        article_text: the article.
        language: ISO 639-1 code of both; where names take case endings, the endings may differ.
    """
    known = _known(article_text)
    folded = _typography(text)
    inflected = language in _INFLECTED.split()
    found = {at: term for at, term in _numbers(folded) if _digits(term) not in known.numbers}
    months = set(_months_beside_numbers(folded))
    for match in _WORD.finditer(folded):
        word, at = match.group(), match.start()
        if word.casefold() in _NUMBER_WORDS:
            if _NUMBER_WORDS[word.casefold()] not in known.numbers:
                found[at] = word
        elif (at in months or word != word.lower()) and not _has(
            known,
            word.casefold(),
            initial=_BEGINS.search(folded[:at]) is not None,
            inflected=inflected,
        ):
            found[at] = word
    return list(dict.fromkeys(found[at] for at in sorted(found)))


def missing_words(text: str, article_text: str) -> list[str]:
    """The words of a name that the article does not have, whatever their case or script.

    Where a script has no case, a name may stand inside what looks like one word: Chinese has no
    spaces, and Arabic writes conjunctions and prepositions together with the word behind.
    """
    known = _known(article_text)
    words = _WORD.findall(_typography(text))
    missing = [word for word in words if word.casefold() not in known.words]
    return [w for w in missing if w.lower() != w.upper() or not any(w in k for k in known.words)]


@dataclass(frozen=True)
class _Known:
    """What an article has: its words folded, those written in small letters, and its numbers."""

    words: frozenset[str]
    small: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=4)
def _known(article_text: str) -> _Known:
    folded = _typography(article_text)
    words = _WORD.findall(folded)
    numbers = {_digits(term) for _, term in _numbers(folded)}
    numbers |= {_digits(run) for run in re.findall(r"\d+", folded)}
    numbers |= {_NUMBER_WORDS[w.casefold()] for w in words if w.casefold() in _NUMBER_WORDS}
    return _Known(
        frozenset(word.casefold() for word in words),
        frozenset(word for word in words if word == word.lower()),
        frozenset(numbers),
    )


def _typography(text: str) -> str:
    """Compatibility forms and soft hyphens folded, the full stops of acronyms left out."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return _ACRONYM.sub(lambda match: match.group().replace(".", ""), plain)


def _numbers(folded: str) -> Iterator[tuple[int, str]]:
    return ((match.start(), match.group()) for match in _NUMBER.finditer(folded))


def _digits(number: str) -> str:
    """A number in ASCII digits, grouping marks and leading zeros left out."""
    ascii_digits = "".join(str(unicodedata.decimal(c)) if c.isdigit() else c for c in number)
    grouped = re.fullmatch(r"\d{1,3}(?:[^\d]\d{3})+", ascii_digits)
    plain = re.sub(r"\D", "", ascii_digits) if grouped else ascii_digits
    return plain.lstrip("0") or "0"


def _has(known: _Known, word: str, *, initial: bool, inflected: bool) -> bool:
    if word in known.words:
        return True
    if initial and (word in _function_words() or any(_same_stem(word, w) for w in known.small)):
        return True
    return inflected and any(_same_name(word, other) for other in known.words)


def _common(word: str, other: str) -> int:
    length = 0
    for a, b in zip(word, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _same_stem(word: str, other: str) -> bool:
    """`Discussions` and `discussed`: a common beginning of four letters and short endings."""
    common = _common(word, other)
    return common >= 4 and max(len(word), len(other)) - common <= 4


def _same_name(word: str, other: str) -> bool:
    """`Путин` and `Путину`, `Россия` and `России`, but not `Иран` and `Ирак`."""
    common = _common(word, other)
    rests = word[common:], other[common:]
    if common < 3 or max(map(len, rests)) > 3:
        return False
    return common >= 5 or all(not rest or rest[0] in _ENDING for rest in rests)


def _months_beside_numbers(folded: str) -> Iterator[int]:
    """Where a month name stands beside a number; many languages write months in small letters."""
    for match in _BESIDE_NUMBER.finditer(folded):
        group = "after" if match.group("after") else "before"
        if match.group(group).casefold() in _months():
            yield match.start(group)


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    from babel.dates import get_month_names

    return frozenset(
        name.casefold()
        for language in _MONTH_LANGUAGES.split()
        for context in ("format", "stand-alone")
        for name in get_month_names("wide", context, language).values()
    )


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    lines = Path(__file__).with_name("function_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())
