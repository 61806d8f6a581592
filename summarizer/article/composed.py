"""Letters written in parts, put together: `é` that is `e` and an accent, as some systems write."""

from __future__ import annotations

import re
import unicodedata

# A letter and the marks on it that Unicode joins with it; the parts of Hangul syllables.
_PARTS = re.compile(
    r"[^\W\d_][\u0300-\u036f\u0653-\u0655\u093c\u09bc-\u09d7\u3099\u309a]+|[\u1100-\u11ff]{2,}"
)


def composed(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in composed letters, and where each character of it, and its end, lie in `text`.

    The places are empty if nothing is written in parts.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text, ()
    letters: list[str] = []
    places: list[int] = []
    position = 0
    for found in _PARTS.finditer(text):
        joined = unicodedata.normalize("NFC", found[0])
        letters += [text[position : found.start()], joined]
        places += range(position, found.start())
        at = found.start()
        for letter in joined:
            places.append(min(at, found.end() - 1))
            at += len(unicodedata.normalize("NFD", letter))
        position = found.end()
    letters.append(text[position:])
    places += range(position, len(text) + 1)
    whole = "".join(letters)
    return (whole, tuple(places)) if len(whole) < len(text) else (text, ())
