"""The people's names of an article whose script has no capital letters, which the model points out.

A name counts only if it stands in the article; white space is all that may differ.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, Field

from summarizer.analysis import has_case
from summarizer.errors import InvalidAnswer
from summarizer.extract.asking import Asker

_SHOWN = 3000  # characters of the article: those who matter are named early
_MOST = 12
_LONGEST = 40
_MAX_TOKENS = 240


class Names(BaseModel):
    """The people whom a model names."""

    names: list[Annotated[str, Field(max_length=_LONGEST)]] = Field(max_length=_MOST)


def names(article_text: str, asker: Asker) -> tuple[str, ...]:
    """The names as the article writes them, once each; none where capital letters show names.

    Raises:
        AnswerError: the model could not be asked, or refused.
    """
    if has_case(article_text) or not asker.asks("names"):
        return ()

    def check(answer: Names) -> None:
        for number, name in enumerate(answer.names):
            if _place(name, article_text) is None:
                raise ValueError(f"`names[{number}]` is not written like this in the report")

    try:
        answer = asker.ask(
            "names",
            {"article": _opening(article_text), "people": None},
            Names,
            max_tokens=_MAX_TOKENS,
            check=check,
        )
    except InvalidAnswer:
        return ()
    found = (_place(name, article_text) for name in answer.value.names)
    return tuple(dict.fromkeys(name for name in found if name))


def _opening(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", text[:_SHOWN]).strip()


def _place(name: str, text: str) -> str | None:
    """The name as the text has it first, or None."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    match = re.search(pattern, text) if pattern else None
    return match[0] if match else None
