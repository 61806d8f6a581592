"""Which language a text is in: its script first, then a small offline model."""

from __future__ import annotations

import re

from summarizer.article.plain import visible

# A script that one language of the news uses settles it.
_ALONE = {
    "ja": r"\u3040-\u30ff",
    "ko": r"\uac00-\ud7a3\u1100-\u11ff",
    "zh": r"\u3400-\u4dbf\u4e00-\u9fff",
    "el": r"\u0370-\u03ff",
    "he": r"\u0590-\u05ff",
    "th": r"\u0e00-\u0e7f",
    "hy": r"\u0530-\u058f",
    "ka": r"\u10a0-\u10ff",
    "bn": r"\u0980-\u09ff",
    "pa": r"\u0a00-\u0a7f",
    "gu": r"\u0a80-\u0aff",
    "ta": r"\u0b80-\u0bff",
    "te": r"\u0c00-\u0c7f",
    "kn": r"\u0c80-\u0cff",
    "ml": r"\u0d00-\u0d7f",
    "si": r"\u0d80-\u0dff",
    "lo": r"\u0e80-\u0eff",
    "my": r"\u1000-\u109f",
    "am": r"\u1200-\u137f",
    "km": r"\u1780-\u17ff",
}
_CYRILLIC = "ru uk be bg sr mk kk ky mn"
_ARABIC = "ar fa ur ps ug"
_DEVANAGARI = "hi mr ne"
_LATIN = (
    "af az bs ca cs cy da de en eo es et eu fi fr ga gl hr hu id is it la lt lv ms mt nb nl nn no"
    " pl pt ro sk sl sq sv sw tl tr vi"
)
# A script that several languages share: the model chooses among these.
_SHARED = {
    "cyrillic": (r"\u0400-\u04ff", frozenset(_CYRILLIC.split())),
    "arabic": (r"\u0600-\u06ff", frozenset(_ARABIC.split())),
    "devanagari": (r"\u0900-\u097f", frozenset(_DEVANAGARI.split())),
    "latin": (r"A-Za-z\u00c0-\u024f\u1e00-\u1eff", frozenset(_LATIN.split())),
}
_SCRIPTS = {
    name: re.compile(f"[{ranges}]")
    for name, ranges in [*_ALONE.items(), *((n, r) for n, (r, _) in _SHARED.items())]
}
_SAMPLE = 20_000  # characters; more do not change the answer
_LETTERS_ALONE = 4
_LETTERS_SHARED = 20
_KANA_SHARE = 0.05  # Japanese is mostly Chinese characters by count; Chinese has no kana


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of most of `text`; null if too short to tell."""
    sample = visible(text[: 2 * _SAMPLE]).text[:_SAMPLE]
    counts = {name: len(letters.findall(sample)) for name, letters in _SCRIPTS.items()}
    if counts["ja"] > _KANA_SHARE * (counts["ja"] + counts["zh"]):
        counts["ja"] += counts["zh"]
    script = max(counts, key=lambda name: counts[name])
    if script in _ALONE:
        return script if counts[script] >= _LETTERS_ALONE else None
    if counts[script] < _LETTERS_SHARED:
        return None
    return _choose(sample, _SHARED[script][1])


def _choose(text: str, languages: frozenset[str]) -> str | None:
    from py3langid import rank

    best = next((code for code, _ in rank(text) if code in languages), None)
    # One code for Norwegian as it is mostly written, whichever label the model carries.
    return "nb" if best == "no" else best
