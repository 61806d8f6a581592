"""Every failure this program names, and the exit code each one ends in.

SummarizerError
├── UsageError            2   wrong option, setting or value
│   ├── InputError        2   an input cannot be read (3 when it is one of several)
│   ├── PromptError       2   a prompt file is wrong: file and line are named
│   ├── CorrectionError   2   corrections are stale, or would make a record that cannot be
│   └── StorageError      2   a ledger or the cache cannot be opened, read or written
├── BudgetStopped         6   a limit of tokens or money was reached; the run can go on later
├── AnswerAwaited         0   the provider works on it: the answer comes in a later round
├── ModelUnavailable      5   no engine, weights, key or reachable endpoint, before any answer
├── AnswerError           3   the model was reached and this article got no valid answer
│   ├── TransportError    3   the connection failed or the server answered with an error
│   ├── ContextExceeded   3   the request is longer than the model's context
│   ├── TruncatedAnswer   3   the answer was cut at the token limit
│   ├── RefusedAnswer     3   the model declined to answer
│   ├── InvalidAnswer     3   the answer never fitted the schema, re-asks included
│   └── NotRecorded       3   recorded answers were replayed, and this one is not among them
├── RecordError           3   a record breaks one of its invariants
└── ProgramFault          1   the program itself failed with one article (3: one of several)
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


class CorrectionError(UsageError):
    """Corrections are of another article or an older record, or would break an invariant."""

    code = "correction"


class StorageError(UsageError):
    """A ledger or the cache cannot be opened, read or written."""

    code = "storage"


class BudgetStopped(SummarizerError):
    """A limit of tokens or money was reached, and nothing more is asked."""

    exit_code = 6
    code = "budget"


class AnswerAwaited(SummarizerError):
    """An answer that a batch will bring is not there yet; the article is gone on with later."""

    exit_code = 0
    code = "awaited"


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
    """The connection failed, timed out, or the server answered with an HTTP error.

    `status` is that of HTTP, if there was one; 408 also where nothing came in time. `parameter` is
    the one that the server does not take, if that is what it said.
    """

    code = "transport"
    status: int | None = None
    parameter: str | None = None


class ContextExceeded(AnswerError):
    """The request is longer than the model's context.

    `limit` is that context in tokens, if the server said it.
    """

    code = "too_long"
    limit: int | None = None


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


class ProgramFault(SummarizerError):
    """The program itself failed with one article; `trace` says where, and is stored nowhere."""

    code = "fault"
    trace: str = ""

    @classmethod
    def of(cls, error: Exception, trace: str) -> ProgramFault:
        """The fault that an unexpected error is."""
        detail = " ".join(str(error).split())[:200]
        fault = cls(
            f"unexpected {type(error).__name__}{': ' if detail else ''}{detail}",
            hint="This is a fault of the program. Run again with `--debug` to see where it "
            "happened.",
        )
        fault.trace = trace
        return fault


def error_of(code: str, message: str, where: str | None, hint: str | None) -> SummarizerError:
    """The error that was stored by its code and words."""
    kind = _BY_CODE.get(code, SummarizerError)
    return kind(message, where=where, hint=hint)


def _kinds(kind: type[SummarizerError]) -> dict[str, type[SummarizerError]]:
    found = {kind.code: kind}
    for narrower in kind.__subclasses__():
        found |= _kinds(narrower)
    return found


_BY_CODE = _kinds(SummarizerError)
