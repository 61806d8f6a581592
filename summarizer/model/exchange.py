"""One question to a model: the requests and re-asks that lead to an answer or to a named failure.

`instructor` reads the answer and asks again; what it does not do is done here: refusals, cut
answers, the JSON among other text, and the cost of attempts that failed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic

from pydantic import BaseModel

from summarizer.errors import AnswerError, InvalidAnswer
from summarizer.model.answer import Answer, T
from summarizer.model.completion import (
    Reply,
    answer_text,
    cost,
    refuse_unfinished,
    with_text,
    written_tokens,
)
from summarizer.model.problems import problem
from summarizer.model.request import Request
from summarizer.model.usage import Usage

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

# Its messages are this program's errors in other words; without a handler they go to the terminal.
logging.getLogger("instructor").addHandler(logging.NullHandler())


class Exchange(Generic[T]):
    """The attempts at one answer.

    Args:
        request: what is asked.
        answer_type: the class the answer must validate as.
        check: raises ValueError or AssertionError, naming the field, for an answer that fits the
            schema but is wrong; the last such answer stands if none passes.
        send: sends the request with these messages, those of re-asks included; gives what came
            of it, of which the last counts; raises the errors of this program.
        label: the endpoint's name for people.

    `usage` is what the attempts cost so far, `requests` the keys their answers are kept under.
    """

    def __init__(
        self,
        request: Request,
        answer_type: type[T],
        check: Callable[[T], None] | None,
        *,
        send: Callable[[Sequence[Mapping[str, Any]]], Iterable[Reply]],
        label: str,
    ) -> None:
        self.usage = Usage(calls=1)
        self.requests: list[str] = []
        self._request = request
        self._answer_type = answer_type
        self._check = check
        self._send = send
        self._label = label
        self._completion: ChatCompletion | None = None
        self._fitting: tuple[T, str, ChatCompletion] | None = None

    def run(self, model: str, max_reasks: int) -> Answer[T]:
        """Ask, and ask again at most `max_reasks` times.

        Raises:
            AnswerError: no answer that fits the schema; `usage` says what the attempts cost.
            ModelUnavailable: the endpoint cannot be used.
        """
        import instructor
        from instructor.core import InstructorRetryException

        create = instructor.patch(create=self._attempt, mode=instructor.Mode.JSON_SCHEMA)
        messages = [{"role": m.role, "content": m.content} for m in self._request.messages]
        cause: BaseException | None = None
        try:
            create(
                response_model=self._reader(),
                model=model,
                messages=messages,
                max_retries=max_reasks,
            )
        except InstructorRetryException as stopped:
            cause = self._failure(stopped.__cause__ or stopped)
        if self._fitting and (cause is None or isinstance(cause, AnswerError)):
            return self._answer(*self._fitting)
        assert cause is not None
        raise cause from None

    def _reader(self) -> type[BaseModel]:
        """The class that `instructor` takes the schema from and reads answers with."""
        exchange = self

        class Reader(BaseModel):
            @classmethod
            def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
                return dict(exchange._request.schema)

            @classmethod
            def model_validate_json(cls, json_data: Any, **kwargs: Any) -> Any:
                exchange._read(json_data)
                return cls()

        Reader.__name__ = self._request.schema_name
        return Reader

    def _attempt(self, *, messages: Sequence[Mapping[str, Any]], **_: object) -> ChatCompletion:
        """One request; of what came of it, only the JSON is shown to `instructor`."""
        self.usage += Usage(attempts=1)
        for number, reply in enumerate(self._send(messages)):
            self.requests.append(reply.request)
            self._completion = reply.completion
            paid = Usage(from_cache=1) if reply.from_cache else cost(reply.completion)
            self.usage += paid + Usage(attempts=min(number, 1))
        completion = self._completion
        assert completion is not None
        refuse_unfinished(completion, self._label, self._request.parameters.max_tokens)
        return with_text(completion, answer_text(completion, self._answer_type))

    def _read(self, text: str) -> None:
        """Validate an answer and keep it if it fits the schema, then check it.

        Raises:
            ResponseParsingError: it is wrong; `instructor` asks again with the error's words.
        """
        from instructor.core import ResponseParsingError

        try:
            value = self._answer_type.model_validate_json(text)
            assert self._completion is not None
            self._fitting = value, text, self._completion
            if self._check:
                self._check(value)
        except (ValueError, AssertionError) as error:
            raise ResponseParsingError(problem(error)) from None

    def _answer(self, value: T, raw: str, completion: ChatCompletion) -> Answer[T]:
        return Answer(
            value=value,
            raw=raw,
            usage=self.usage,
            request=self._request,
            tokens=written_tokens(completion),
        )

    def _failure(self, cause: BaseException) -> BaseException:
        """The error to raise for what ended the attempts."""
        from instructor.core import ResponseParsingError

        if isinstance(cause, ResponseParsingError):
            cause = InvalidAnswer(
                f"the answer was wrong {self.usage.attempts} times, in the end: "
                + str(cause).replace("\n", "; "),
                where=self._label,
                hint="Try a larger `--model` or another `--prompt`.",
            )
        if isinstance(cause, AnswerError):
            cause.usage = self.usage
        return cause
