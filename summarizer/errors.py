"""Every failure this program names, and the exit code each one ends in.

SummarizerError
├── UsageError            2   wrong option, setting or value
│   ├── InputError        2   an input cannot be read (3 when it is one of several)
│   └── PromptError       2   a prompt file is wrong: file and line are named
├── ModelUnavailable      5   no engine, weights, key or reachable endpoint, before any answer
├── AnswerError           3   the model was reached and this article got no valid answer
│   ├── TransportError    3   the connection failed or the server answered with an error
│   ├── ContextExceeded   3   the request is longer than the model's context
│   ├── TruncatedAnswer   3   the answer was cut at the token limit
│   ├── RefusedAnswer     3   the model declined to answer
│   ├── InvalidAnswer     3   the answer never fitted the schema, re-asks included
│   └── NotRecorded       3   recorded answers were replayed, and this one is not among them
└── RecordError           3   a record breaks one of its invariants
"""

from __future__ import annotations

from typing import ClassVar


class SummarizerError(Exception):
    """What is wrong, where, and what to do next.

    Args:
        message: what is wrong, in one sentence.
        where: the file, line, field or address it is about, if any.
        hint: what to do next, if there is something to do.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        first = f"{self.where}: {self.message}" if self.where else self.message
        return f"{first}\n  {self.hint}" if self.hint else first


class UsageError(SummarizerError):
    """The command line, a setting or a value in a file is wrong."""

    exit_code = 2
    code = "usage"


class InputError(UsageError):
    """An input is missing, empty, binary, too large or in an unknown encoding."""

    code = "unreadable"


class PromptError(UsageError):
    """A prompt file is wrong; `where` is `file:line`."""

    code = "prompt"


class ModelUnavailable(SummarizerError):
    """The model or endpoint cannot be used, before any answer."""

    exit_code = 5
    code = "unavailable"


class AnswerError(SummarizerError):
    """The model was reached, and this article got no valid answer.

    `usage` is what the failed attempts cost, if known: `summarizer.model.usage_of` reads it.
    """

    exit_code = 3
    code = "answer"
    usage: object = None


class TransportError(AnswerError):
    """The connection failed, timed out, or the server answered with an HTTP error."""

    code = "transport"


class ContextExceeded(AnswerError):
    """The request is longer than the model's context."""

    code = "too_long"


class TruncatedAnswer(AnswerError):
    """The answer was cut at the limit of written tokens."""

    code = "truncated"


class RefusedAnswer(AnswerError):
    """The model declined to answer."""

    code = "refused"


class InvalidAnswer(AnswerError):
    """The answer did not fit the schema, after every re-ask."""

    code = "invalid"


class NotRecorded(AnswerError):
    """Recorded answers were replayed, and this request has none among them."""

    code = "not_recorded"


class RecordError(SummarizerError):
    """A record breaks one of its invariants; `where` is the field's path."""

    exit_code = 3
    code = "record"
