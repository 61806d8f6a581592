"""The people's names of an article whose script has no capital letters, which the model points out.

A name counts only if it stands in the article; white space is all that may differ.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, Field

from summarizer.analysis import has_case
from summarizer.errors import ContextExceeded, InvalidAnswer
from summarizer.extract.asking import Asker
from summarizer.extract.room import tokens

_SHOWN = 3000  # characters of the article: those who matter are named early
_MOST = 12
_LONGEST = 40
_MAX_TOKENS = 240
_LEAST = 200  # characters: what is shorter is not parted again
_ENDS = re.compile(r"[\n。！？.!?؟۔।]")


class Names(BaseModel):
    """The people whom a model names."""

    names: list[Annotated[str, Field(max_length=_LONGEST)]] = Field(max_length=_MOST)


def names(article_text: str, asker: Asker) -> tuple[str, ...]:
    """The names as the article writes them, once each; none where capital letters show names.

    Of an article that is too long to be shown whole every part is read.

    Raises:
        AnswerError: the model could not be asked, or refused.
    """
    if has_case(article_text) or not asker.asks("names"):
        return ()
    whole = asker.context is None or tokens(article_text) <= asker.context
    parts = [article_text[:_SHOWN]] if whole else _parts(article_text, _SHOWN)
    given = [name for part in parts for name in _named(part, article_text, asker)]
    found = (_place(name, article_text) for name in given)
    return tuple(dict.fromkeys(name for name in found if name))


def _named(part: str, article_text: str, asker: Asker) -> list[str]:
    """Those whom the model names in one part, or in its halves if it is too long."""

    def check(answer: Names) -> None:
        for number, name in enumerate(answer.names):
            if _place(name, article_text) is None:
                raise ValueError(f"`names[{number}]` is not written like this in the report")

    try:
        answer = asker.ask(
            "names",
            {"article": re.sub(r"\s*\n\s*", "\n", part).strip(), "people": None},
            Names,
            max_tokens=_MAX_TOKENS,
            check=check,
            anyway=len(part) < _LEAST,
        )
    except InvalidAnswer:
        return []
    except ContextExceeded:
        if len(part) < _LEAST:
            raise
        halves = _parts(part, len(part) // 2 + 1)
        return [name for half in halves for name in _named(half, article_text, asker)]
    return answer.value.names


def _parts(text: str, most: int) -> list[str]:
    """The text in parts of at most so many characters, which end with a sentence or a line."""
    parts = []
    while len(text) > most:
        ends = [end.end() for end in _ENDS.finditer(text, most // 2, most)]
        cut = ends[-1] if ends else most
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def _place(name: str, text: str) -> str | None:
    """The name as the text has it first, or None."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    match = re.search(pattern, text) if pattern else None
    return match[0] if match else None
