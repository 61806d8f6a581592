"""Words of an article as they may be shown: nothing in them steers a terminal or hides."""

from __future__ import annotations

import unicodedata

from summarizer.article.hidden import STEERING

_REPLACED = "\ufffd"
_JOINERS = frozenset("\u200c\u200d")


def one_line(text: str) -> str:
    """Text on one line, without what steers a terminal, reorders what is shown, or is not seen."""
    visible = (c for c in STEERING.sub("", text) if c.isspace() or not _unseen(c))
    return " ".join("".join(visible).split())


def marked(text: str) -> str:
    """Text as long as it was, with a sign in the place of every such character but line ends."""
    return "".join(_REPLACED if _unseen(c) and c not in "\n\t" else c for c in text)


def _unseen(character: str) -> bool:
    """Whether a character is a control, or shows nothing and joins no letters."""
    kind = unicodedata.category(character)
    return kind == "Cc" or (kind == "Cf" and character not in _JOINERS)
