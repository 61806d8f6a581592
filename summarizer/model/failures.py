"""What goes wrong between this program and an endpoint, as errors of this program.

A message from a server is shown in one short line, and never where it may repeat a key.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from summarizer.errors import (
    ContextExceeded,
    ModelUnavailable,
    RefusedAnswer,
    SummarizerError,
    TransportError,
)
from summarizer.model.dialect import FORMAT, INSTEAD
from summarizer.model.problems import in_one_line

if TYPE_CHECKING:
    import httpx2
    import openai

_TOO_LONG = re.compile(
    r"context[_ ](size|length|window)|prompt is too long|reduce the length of the messages",
    re.IGNORECASE,
)
_SAYS_LIMIT = re.compile(
    r"(?:context (?:length|size|window)|max_model_len)\D{0,20}?([1-9][\d,]{1,9})\b", re.IGNORECASE
)
_FILTERED = re.compile(
    r"content[_ ]?(filter|management policy|policy ?violation)|requires moderation|was flagged",
    re.IGNORECASE,
)
_NOT_TAKEN = re.compile(
    r"unsupported|unrecogni[sz]ed|unknown|unexpected|unavailable|invalid|not (?:be )?(?:supported|"
    r"support|permitted|allowed|enabled|available|valid)|extra (?:inputs|fields)|must be|deprecated"
    r"|leave it unset",
    re.IGNORECASE,
)
_ABOUT_THE_FORMAT = re.compile(
    r"response[_ ]format|json[_ ]?(?:schema|object|mode)|structured output|guided|grammar",
    re.IGNORECASE,
)
_BY_STATUS = {
    401: ("the key was not accepted", "Set `OPENAI_API_KEY` to a key of this address."),
    402: ("the account has no credit left", "Top it up, or choose another `--base-url`."),
    403: ("the key may not use this model", "Choose another `--model` or key."),
    404: (
        "no such model or address",
        "Check `--model`, and that `--base-url` is the part before `/chat/completions`.",
    ),
}
_TIMED_OUT = 408
_BAD_GATEWAY = 502
_HTTP_ERRORS = frozenset(map(str, range(400, 600)))
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


def show_hidden_error(response: httpx2.Response) -> None:
    """Give a response the status of the error that it holds, if it says that all went well.

    Some gateways answer HTTP 200 with `{"error": …}`, or with a choice that ends in one. With its
    own status such an error is repeated, paced and told like any other.
    """
    if response.status_code != 200 or b'"error"' not in response.read():
        return
    try:
        body = json.loads(response.content)
        choices = body.get("choices") or [{}]
        error = body.get("error") or choices[0].get("error")
    except (ValueError, AttributeError, LookupError, TypeError):
        return
    if error:
        code = str(error.get("code")) if isinstance(error, dict) else ""
        response.status_code = int(code) if code in _HTTP_ERRORS else _BAD_GATEWAY


def _http_failure(
    error: openai.APIStatusError, label: str, key: str, answered: bool
) -> SummarizerError:
    said, status = _said(error, key), error.status_code
    told = f"{error.code} {error.type} {said or ''}"
    if status in (400, 413, 422, 500) and _TOO_LONG.search(told):
        too_long = ContextExceeded(
            f"the request is too long for the model: {said}",
            where=label,
            hint="Use a model or server with a larger context, or a shorter article.",
        )
        too_long.limit = _limit(error.body, told)
        return too_long
    if status in (400, 403) and _FILTERED.search(told):
        return RefusedAnswer(f"the endpoint's content filter refused: {said}", where=label)
    parameter = _rejected(error, said) if status in (400, 403, 422) else None
    if (known := _BY_STATUS.get(status)) and parameter is None:
        message, hint = known
        about = f": {said}" if said and status not in (401, 403) else ""
        return _kind(answered)(f"{message} (HTTP {status}){about}", where=label, hint=hint)
    reason = said or error.response.reason_phrase or "no reason given"
    found = TransportError(f"the server answered HTTP {status}: {reason}", where=label)
    found.status, found.parameter = status, parameter
    return found


def _limit(body: Any, told: str) -> int | None:
    """The context that a server says it has, in a field (llama.cpp) or in words (OpenAI, vLLM)."""
    given = body.get("n_ctx") if isinstance(body, dict) else None
    if isinstance(given, int) and given > 0:
        return given
    words = _SAYS_LIMIT.search(told)
    return int(words[1].replace(",", "")) if words else None


def _rejected(error: openai.APIStatusError, said: str | None) -> str | None:
    """The parameter that a server does not take: by its own word, or by its message."""
    named = re.match(r"\w*", str(error.param or ""))
    if named and (named[0] in INSTEAD or named[0] == FORMAT):
        return named[0]
    if not said or not _NOT_TAKEN.search(said):
        return None
    for name in INSTEAD:
        if re.search(rf"\b{name}\b", said, re.IGNORECASE):
            return name
    return FORMAT if _ABOUT_THE_FORMAT.search(said) else None


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
        found = TransportError("the server did not answer in time", where=label)
        found.status = _TIMED_OUT
        return found
    return TransportError("the connection failed", where=label)


def _kind(answered: bool) -> type[TransportError | ModelUnavailable]:
    return TransportError if answered else ModelUnavailable


def _said(error: openai.APIStatusError, key: str) -> str | None:
    """What the server said, in one short line without the key; None for a page or nothing."""
    said = str(_message(error.body) or "").strip()
    if said.startswith("<"):
        return None
    # The key goes first: a part of it would be left where the line is cut.
    return in_one_line(said.replace(key, "[key]") if key else said) or None


def _message(body: Any) -> Any:
    """The message in an error's body, in the forms that servers give it."""
    if not isinstance(body, dict):
        return body
    inner = body.get("choices")
    if isinstance(inner, list) and inner and isinstance(inner[0], dict):
        return _message(inner[0].get("error"))
    return next((body[name] for name in ("message", "detail", "error") if body.get(name)), None)
