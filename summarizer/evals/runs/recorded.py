"""A model that answers from what is kept, and asks a live one only for what is not."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from summarizer.errors import AnswerError, NotRecorded, TransportError
from summarizer.evals.runs.answers import AnswerFile, Kept, likely_tokens
from summarizer.model import (
    LOCAL,
    LOCAL_CONTEXT,
    Answer,
    Model,
    Parameters,
    Request,
    Usage,
    request_sha256,
    schema_name,
    strict_schema,
    usage_of,
)
from summarizer.prompt import Message

T = TypeVar("T", bound=BaseModel)
_FAILURES = {kind.code: kind for kind in AnswerError.__subclasses__()}


class RecordedModel:
    """Stands in a model's place; whether an answer is kept or new makes no difference to it.

    Answers and failures of the model are kept. Failures of the connection are not, so that they
    are tried again.

    Args:
        name: the model's name.
        label: where it is asked: `local`, or a host.
        answers: what is kept, and where new answers go.
        live: gives the model to ask, called when there is something to ask; None to ask nothing.

    `run` is which of K runs is asking, and `article` what about. `asked` and `replayed` count
    answers, `usage` and `seconds` are those of both together.
    """

    def __init__(
        self,
        name: str,
        label: str,
        answers: AnswerFile,
        live: Callable[[], Model] | None,
    ) -> None:
        self._name = name
        self._label = label
        self._answers = answers
        self._live = live
        self.run = 1
        self.article = ""
        self.asked = 0
        self.replayed = 0
        self.usage = Usage()
        self.seconds = 0.0
        self.parameters: dict[str, float | int | str | bool | None] = {}

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    @property
    def label(self) -> str:
        """`local`, or the host that was asked."""
        return self._label

    @property
    def context(self) -> int | None:
        """That of the local server, with which an article is asked about alike in every replay."""
        return LOCAL_CONTEXT if self._label == LOCAL else None

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """See `Endpoint.ask`; of a kept answer `check` is known to have had its way.

        Raises:
            NotRecorded: the answer is not kept, and there is no live model.
        """
        request = Request(
            messages=tuple(messages),
            schema_name=schema_name(answer_type),
            schema=strict_schema(answer_type),
            parameters=Parameters(max_tokens=max_tokens),
        )
        key = request_sha256(request)
        kept = self._answers.find(key, self.run)
        if kept is None:
            kept = self._ask(key, messages, answer_type, max_tokens=max_tokens, check=check)
            self._answers.add(kept)
            self.asked += 1
        else:
            self.replayed += 1
        self.usage += kept.usage
        self.seconds += kept.seconds
        if kept.failure is not None:
            failed = _FAILURES.get(kept.failure, AnswerError)(kept.message, where=self.label)
            failed.usage = kept.usage
            raise failed
        self.parameters = {n: v for n, v in kept.parameters.items() if n != "max_tokens"}
        raw = kept.raw or ""
        given = replace(request, parameters=_parameters(kept.parameters))
        return Answer(answer_type.model_validate_json(raw), raw, kept.usage, given, kept.tokens)

    def _ask(
        self,
        key: str,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None,
    ) -> Kept:
        if self._live is None:
            raise NotRecorded(
                "no answer to this request was recorded",
                where=self.label,
                hint="The prompt or the program has changed since: run again with the model.",
            )
        model = self._live()
        begun = time.monotonic()
        try:
            answer = model.ask(messages, answer_type, max_tokens=max_tokens, check=check)
        except TransportError as error:
            self.usage += usage_of(error)
            raise
        except AnswerError as error:
            return Kept(
                key,
                self.article,
                self.run,
                raw=None,
                failure=error.code,
                message=error.message,
                usage=usage_of(error),
                seconds=time.monotonic() - begun,
                parameters={},
            )
        return Kept(
            key,
            self.article,
            self.run,
            raw=answer.raw,
            failure=None,
            message="",
            usage=answer.usage,
            seconds=time.monotonic() - begun,
            parameters=answer.request.parameters.given(),
            tokens=likely_tokens(answer.tokens),
        )


def _parameters(given: dict[str, Any]) -> Parameters:
    """Parameters as they were: a temperature that was left to the server is null."""
    return Parameters(**{"temperature": None, **given})
