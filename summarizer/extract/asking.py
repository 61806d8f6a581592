"""Asking the model the questions of one prompt about one article, and keeping count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from summarizer.errors import AnswerError
from summarizer.model import (
    Answer,
    Model,
    Request,
    Usage,
    choice_probabilities,
    requests_sha256,
    usage_of,
)
from summarizer.prompt import Prompt

T = TypeVar("T", bound=BaseModel)


class Asker:
    """One article's conversation: renders each question, asks it, adds up what it cost."""

    def __init__(self, prompt: Prompt, model: Model) -> None:
        self.prompt = prompt
        self.model = model
        self.usage = Usage()
        self._requests: list[Request] = []

    def asks(self, ask: str) -> bool:
        """Whether the prompt has this question."""
        return ask in self.prompt.asks

    def ask(
        self,
        ask: str,
        variables: Mapping[str, object],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """Ask one question of the prompt.

        Raises:
            AnswerError: no valid answer came; the usage is counted all the same.
        """
        messages = self.prompt.render(ask, variables)
        limit = self.prompt.parameters(ask).max_tokens or max_tokens
        try:
            answer = self.model.ask(messages, answer_type, max_tokens=limit, check=check)
        except AnswerError as error:
            self.usage = self.usage + usage_of(error)
            raise
        self.usage = self.usage + answer.usage
        self._requests.append(answer.request)
        return answer

    @property
    def parameters(self) -> dict[str, float | int | str | bool | None]:
        """What was sent with the questions, the limits of each left out."""
        given = self._requests[0].parameters.given() if self._requests else {}
        return {name: value for name, value in given.items() if name != "max_tokens"}

    @property
    def sha256(self) -> str:
        """Of the exact messages, schemas and parameters of every question so far."""
        return requests_sha256(self._requests)


def confidence(
    answer: Answer[T], path: Sequence[str | int], choices: Sequence[str]
) -> float | None:
    """The probability of the written choice; None where the endpoint gives no probabilities."""
    shares = choice_probabilities(answer.raw, answer.tokens, path, choices)
    return max(shares.values()) if shares else None
