"""Letters that look like others: a text as its readers see it, character by character."""

from __future__ import annotations

import re
import unicodedata

# Compatibility forms with one plain letter behind them: full-width, circled, mathematical.
_STYLED = re.compile(
    "[\u02b0-\u02ff\u1d2c-\u1dbf\u2070-\u209f\u2100-\u214f\u2460-\u24ff\uff01-\uff5e\U0001d400-\U0001d7ff"
    "\U0001f110-\U0001f189]"
)
_CYRILLIC = "АВЕКМНОРСТУХЅІЈԌаеорсухѕіјһԁԛԝ"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν"
_LATIN = "ABEKMHOPCTYXSIJGaeopcyxsijhdqw" + "ABEZHIKMNOPTYXoav"
_TABLE = str.maketrans(_CYRILLIC + _GREEK, _LATIN)
_FOREIGN = re.compile(f"[{_CYRILLIC}{_GREEK}]")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile("[A-Za-z]")


def as_seen(text: str) -> str:
    """The text, as long as it was, with plain letters for those that only look like them.

    Cyrillic and Greek letters are folded in words that hold a Latin letter too.
    """
    if text.isascii():
        return text
    text = _STYLED.sub(_unstyled, text)
    if _FOREIGN.search(text) is None:
        return text
    return _WORD.sub(_one_script, text)


def _unstyled(found: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", found[0])
    return plain if len(plain) == 1 else found[0]


def _one_script(found: re.Match[str]) -> str:
    word = found[0]
    return word.translate(_TABLE) if _PLAIN.search(word) else word
