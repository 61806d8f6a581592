"""A model's answer to one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from summarizer.model.request import Request
from summarizer.model.usage import Usage

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Token:
    """One written token and the likeliest ones in its place, with natural-log probabilities.

    Bytes that are no UTF-8 of their own (a token may end inside a character) stand in `text` as
    surrogate escapes, so that joined tokens give the answer back.
    """

    text: str
    logprob: float
    alternatives: Mapping[str, float]


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A validated answer.

    Args:
        value: the answer as the model class that was asked for.
        raw: the JSON as the model wrote it.
        usage: what it cost, failed attempts and re-asks included.
        request: what was asked, without the re-asks.
        tokens: the written tokens, if the endpoint was asked for them and gave them.
    """

    value: T
    raw: str
    usage: Usage
    request: Request
    tokens: tuple[Token, ...] = ()
