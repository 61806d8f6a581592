"""What counts as a word, and how many make a statement."""

from __future__ import annotations

import re

from summarizer.article import Quotation

_PAIR = r"[\u2e80-\u9fff]{1,2}"  # a word of a script without spaces has about two letters
WORDS = re.compile(rf"{_PAIR}|(?:(?![\u2e80-\u9fff])\w)+(?:[-'’]\w+)*")
PAIRS = re.compile(_PAIR)
TRIM = ' \t\u00a0,;:–—-”"»’“'
STATEMENT_WORDS = 4
_CLAUSE_WORDS = 3


def length(quotation: Quotation) -> int:
    """How many words a quotation has."""
    return len(PAIRS.sub(r"\g<0> ", quotation.text).split())


def clause_like(clause: str) -> bool:
    """Whether words are enough to be a reported clause."""
    return len(WORDS.findall(clause)) >= _CLAUSE_WORDS


def last_sign(quotation: Quotation) -> str:
    """The last character of the quoted words; marks of a quotation inside are none."""
    text = quotation.text.rstrip("'’‘\"”“»«› \u00a0")
    return text[-1:] or quotation.text[-1:]
