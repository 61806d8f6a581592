"""What goes wrong between this program and an endpoint, as errors of this program.

A message from a server is shown in one short line, and never where it may repeat a key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.errors import (
    ContextExceeded,
    ModelUnavailable,
    RefusedAnswer,
    SummarizerError,
    TransportError,
)

if TYPE_CHECKING:
    import openai

_LONGEST = 200
_TOO_LONG = re.compile(r"context[_ ](size|length|window)", re.IGNORECASE)
_BY_STATUS = {
    401: ("the key was not accepted", "Set `OPENAI_API_KEY` to a key of this address."),
    403: ("the key may not use this model", "Choose another `--model` or key."),
    404: (
        "no such model or address",
        "Check `--model`, and that `--base-url` is the part before `/chat/completions`.",
    ),
}
NOT_AN_ENDPOINT = "the address does not answer as an OpenAI-compatible one"


def failure(error: Exception, *, label: str, key: str, answered: bool) -> SummarizerError:
    """The error of this program for one that the client raised.

    Args:
        error: what the client raised.
        label: the endpoint's name for people, without secrets.
        key: the secret to take out of messages.
        answered: whether this endpoint ever gave an answer; before that it counts as unusable.
    """
    import openai

    if isinstance(error, openai.APIStatusError):
        return _http_failure(error, label, key, answered)
    if isinstance(error, openai.APIConnectionError):
        return _connection_failure(error, label, answered)
    return not_an_endpoint(label, answered)


def not_an_endpoint(label: str, answered: bool) -> SummarizerError:
    """The error for an answer that no OpenAI-compatible server gives."""
    return _kind(answered)(
        NOT_AN_ENDPOINT, where=label, hint="Check `--base-url`; it often ends in `/v1`."
    )


def _http_failure(
    error: openai.APIStatusError, label: str, key: str, answered: bool
) -> SummarizerError:
    said = _said(error, key)
    code = f"{error.code} {error.type}"
    if error.status_code in (400, 413) and _TOO_LONG.search(f"{code} {said}"):
        return ContextExceeded(
            f"the request is too long for the model: {said}",
            where=label,
            hint="Use a model or server with a larger context, or a shorter article.",
        )
    if error.status_code == 400 and "content_filter" in code:
        return RefusedAnswer(f"the endpoint's content filter refused: {said}", where=label)
    if known := _BY_STATUS.get(error.status_code):
        message, hint = known
        return _kind(answered)(f"{message} (HTTP {error.status_code})", where=label, hint=hint)
    return TransportError(f"the server answered HTTP {error.status_code}: {said}", where=label)


def _connection_failure(
    error: openai.APIConnectionError, label: str, answered: bool
) -> SummarizerError:
    import httpx2
    import openai

    unreachable = isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
    if unreachable and not answered:
        return ModelUnavailable(
            "the address cannot be reached",
            where=label,
            hint="Is the server running, and is `--base-url` right? Try `summarizer doctor`.",
        )
    if isinstance(error, openai.APITimeoutError):
        return TransportError("the server did not answer in time", where=label)
    return TransportError("the connection failed", where=label)


def _kind(answered: bool) -> type[TransportError | ModelUnavailable]:
    return TransportError if answered else ModelUnavailable


def _said(error: openai.APIStatusError, key: str) -> str:
    """What the server said, in one short line without the key."""
    said = error.body.get("message") if isinstance(error.body, dict) else None
    line = " ".join(str(said or error.response.reason_phrase or "no reason given").split())
    if key:
        line = line.replace(key, "[key]")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
