"""Asking the model the questions of one prompt about one article, and keeping count."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from summarizer.errors import AnswerError, ContextExceeded
from summarizer.extract.calls import Call, Listener, choices_of
from summarizer.extract.room import tokens
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
    """One article's conversation: renders each question, asks it, adds up what it cost.

    `context` are the tokens that a question and its answer may take together, as far as is known:
    what the model says of itself, and less once a question has turned out too long. `listen` hears
    of every call.
    """

    def __init__(self, prompt: Prompt, model: Model, listen: Listener | None = None) -> None:
        self._listen = listen
        self.prompt = prompt
        self.model = model
        self.context = model.context
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
        anyway: bool = False,
        fixed: int = 0,
    ) -> Answer[T]:
        """Ask one question of the prompt.

        Args:
            ask: its name.
            variables: what it shows.
            answer_type: as what it is answered.
            max_tokens: the most tokens that may be written, unless the prompt says otherwise.
            check: see `Endpoint.ask`.
            anyway: ask even if it seems too long.
            fixed: the tokens of it that cannot become fewer.

        Raises:
            ContextExceeded: it is too long, or seems so and was not asked.
            AnswerError: no valid answer came; the usage is counted all the same.
        """
        messages = self.prompt.render(ask, variables)
        limit = self.prompt.parameters(ask).max_tokens or max_tokens
        size = sum(tokens(message.content) for message in messages) + limit
        if self.context is not None and size > self.context and not anyway:
            raise ContextExceeded(f"the question `{ask}` is too long for the model")
        started = time.monotonic()
        try:
            answer = self.model.ask(messages, answer_type, max_tokens=limit, check=check)
        except AnswerError as error:
            self.usage = self.usage + usage_of(error)
            if self._listen:
                seconds = time.monotonic() - started
                self._listen(Call(ask, usage_of(error), seconds, failed=error.code))
            if isinstance(error, ContextExceeded):
                self._learn(error, size, fixed)
            raise
        self.usage = self.usage + answer.usage
        self._requests.append(answer.request)
        if self._listen:
            seconds = time.monotonic() - started
            self._listen(Call(ask, answer.usage, seconds, choices_of(answer, variables)))
        return answer

    def size(self, ask: str, variables: Mapping[str, object], *, max_tokens: int = 0) -> int:
        """About how many tokens a question and its answer take."""
        limit = self.prompt.parameters(ask).max_tokens or max_tokens
        return limit + sum(tokens(m.content) for m in self.prompt.render(ask, variables))

    def room(self, ask: str, variables: Mapping[str, object], *, max_tokens: int) -> int:
        """The tokens that a question leaves for more; below 0 if it is too long as it is.

        Only asked where the context is known.
        """
        return (self.context or 0) - self.size(ask, variables, max_tokens=max_tokens)

    def _learn(self, error: ContextExceeded, size: int, fixed: int) -> None:
        """Take the context that the server says, or half of what was too much."""
        said = error.limit is not None and error.limit < min(size, self.context or size)
        self.context = error.limit if said else fixed + max(0, size - fixed) // 2

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
