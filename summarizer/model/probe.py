"""A first look at an endpoint: is it there, does it know the model, does structured output work."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from summarizer.errors import InvalidAnswer

if TYPE_CHECKING:
    from summarizer.model.endpoint import Endpoint

_MAX_TOKENS = 64


@dataclass(frozen=True)
class Findings:
    """What a probe of an endpoint found.

    Args:
        models: the models it lists; null if it lists none.
        model_known: whether the endpoint's model is one of them; null if that is not known.
        structured_output: whether a constrained answer came out right at the first attempt.
        seconds: how long the look took.
    """

    models: tuple[str, ...] | None
    model_known: bool | None
    structured_output: bool
    seconds: float


class Greeting(BaseModel):
    """An answer that no model gives by chance."""

    word: Literal["heron", "quartz"]


def probe(endpoint: Endpoint) -> Findings:
    """See `Endpoint.probe`."""
    from summarizer.prompt import Message

    started = time.monotonic()
    models = endpoint.models()
    question = Message(role="user", content="Say hello in JSON.")
    try:
        answer = endpoint.ask([question], Greeting, max_tokens=_MAX_TOKENS)
    except InvalidAnswer:
        structured = False
    else:
        structured = answer.usage.attempts == 1
    return Findings(
        models=models,
        model_known=endpoint.name in models if models else None,
        structured_output=structured,
        seconds=time.monotonic() - started,
    )
