"""An OpenAI-compatible address that answers questions."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from summarizer.errors import ModelUnavailable, SummarizerError, UsageError
from summarizer.model.answer import Answer, T
from summarizer.model.exchange import Exchange
from summarizer.model.failures import failure, not_an_endpoint
from summarizer.model.probe import Findings, probe
from summarizer.model.request import Parameters, Request
from summarizer.model.schema import schema_name, strict_schema

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

    from summarizer.prompt import Message

OPENAI = "https://api.openai.com/v1"
_TOP_LOGPROBS = 8
# Parameters that some hosted models do not take, and what they take instead.
_INSTEAD = {"max_tokens": "max_completion_tokens", "temperature": None, "seed": None}


class Endpoint(AbstractContextManager["Endpoint"]):
    """A model at an address. Any number of threads may ask at the same time.

    Args:
        name: the model's name as the server knows it.
        base_url: the address up to and without `/chat/completions`; null is OpenAI's own.
        api_key: the key, if the address wants one.
        label: what provenance and messages call the address; by default its host.
        timeout: seconds to wait for one answer.
        max_reasks: how often a wrong answer is asked again.
        max_retries: how often the client repeats a request after a transport error; it keeps to
            the server's `Retry-After`.
        seed: the seed to send, if any.
        logprobs: ask for the probabilities of the written tokens.
        compact: the server takes llguidance grammars, so answers come without white space.

    Raises:
        UsageError: `base_url` is not an HTTP address.
        ModelUnavailable: the key is missing, or cannot be one.
    """

    def __init__(
        self,
        name: str,
        base_url: str | None = None,
        api_key: SecretStr | None = None,
        *,
        label: str | None = None,
        timeout: float = 600.0,
        max_reasks: int = 2,
        max_retries: int = 2,
        seed: int | None = None,
        logprobs: bool = False,
        compact: bool = False,
    ) -> None:
        self.name = name
        self.base_url = base_url or OPENAI
        self.label = label or _host(self.base_url)
        self.timeout = timeout
        self.max_reasks = max_reasks
        self.max_retries = max_retries
        self._key = _checked_key(api_key, self.label, needed=self.base_url == OPENAI)
        self._parameters = Parameters(
            max_tokens=1, seed=seed, top_logprobs=_TOP_LOGPROBS if logprobs else None
        )
        self._compact = compact
        self._answered = False
        self._unsupported: frozenset[str] = frozenset()
        self._client: openai.OpenAI | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Endpoint({self.name!r}, label={self.label!r})"

    def request(
        self, messages: Sequence[Message], answer_type: type[BaseModel], *, max_tokens: int
    ) -> Request:
        """What `ask` would send, without sending it."""
        dropped = {name: None for name in self._unsupported if _INSTEAD[name] is None}
        return Request(
            messages=tuple(messages),
            schema_name=schema_name(answer_type),
            schema=strict_schema(answer_type),
            parameters=replace(self._parameters, max_tokens=max_tokens, **dropped),
        )

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """Ask for an answer of one type.

        Args:
            messages: the conversation so far.
            answer_type: a pydantic model; its schema constrains what is written.
            max_tokens: the most tokens that may be written.
            check: raises ValueError or AssertionError, naming the field and what is wrong with it,
                for an answer that fits the schema but is wrong; it is then asked again. If no
                answer passes, the last one that fits the schema is given all the same, and what
                is wrong with it is the caller's to leave out.

        Raises:
            TruncatedAnswer: the answer was cut at `max_tokens` or at the end of the context.
            RefusedAnswer: the model declined.
            InvalidAnswer: no answer fitted the schema, re-asks included.
            ContextExceeded: the messages are longer than the model's context.
            TransportError: the connection failed, or the server answered with an error.
            ModelUnavailable: the endpoint cannot be used, and never gave an answer.
        """
        exchange = Exchange(
            self.request(messages, answer_type, max_tokens=max_tokens),
            answer_type,
            check,
            send=self._send,
            label=self.label,
            compact=self._compact,
        )
        answer = exchange.run(self.name, self.max_reasks)
        if self._unsupported:
            sent = self.request(messages, answer_type, max_tokens=max_tokens)
            answer = replace(answer, request=sent)
        return answer

    def models(self) -> tuple[str, ...] | None:
        """The names of the models at this address; null if it does not list them.

        Raises:
            ModelUnavailable: the endpoint cannot be used.
            TransportError: the connection failed, or the server answered with an error.
        """
        import openai

        try:
            return tuple(model.id for model in self._connected().models.list())
        except openai.NotFoundError:
            return None
        except (openai.OpenAIError, ValueError) as error:
            found = self._failure(error)
        raise found

    def probe(self) -> Findings:
        """Find out whether the address, the model and structured output work.

        Raises:
            ModelUnavailable: the endpoint cannot be used.
            AnswerError: it was reached, and gave no answer for another reason than a wrong one.
        """
        return probe(self)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, arguments: dict[str, Any]) -> ChatCompletion:
        """Send one request; a parameter that the model does not take is left out from then on."""
        import openai
        from openai.types.chat import ChatCompletion

        client = self._connected()
        while True:
            sent = self._adapted(arguments)
            try:
                completion: object = client.chat.completions.create(**sent)
            except openai.BadRequestError as error:
                if error.param in _INSTEAD and error.param in sent:
                    self._unsupported |= {error.param}
                    continue
                found = self._failure(error)
            except (openai.OpenAIError, ValueError) as error:
                found = self._failure(error)
            else:
                if isinstance(completion, ChatCompletion) and completion.choices:
                    self._answered = True
                    return completion
                found = not_an_endpoint(self.label, self._answered)
            # Raised out here, it does not drag along an error that may hold the key.
            raise found

    def _adapted(self, arguments: dict[str, Any]) -> dict[str, Any]:
        adapted = dict(arguments)
        for name in self._unsupported:
            value = adapted.pop(name, None)
            if (instead := _INSTEAD[name]) is not None:
                adapted[instead] = value
        return adapted

    def _failure(self, error: Exception) -> SummarizerError:
        return failure(
            error, label=self.label, key=self._key.get_secret_value(), answered=self._answered
        )

    def _connected(self) -> openai.OpenAI:
        with self._lock:
            if self._client is None:
                import openai

                local = _is_loopback(self.base_url)
                self._client = openai.OpenAI(
                    base_url=self.base_url,
                    # Without one the client would take any key it finds in the environment.
                    api_key=self._key.get_secret_value() or "none",
                    timeout=self.timeout,
                    max_retries=self.max_retries,
                    # A proxy of the environment does not lead to this machine itself.
                    http_client=openai.DefaultHttpxClient(trust_env=not local),
                )
            return self._client


def _host(base_url: str) -> str:
    """The host and port of an address, without user name and password.

    Raises:
        UsageError: it is not an HTTP address.
    """
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https"):
        raise UsageError(
            "`--base-url` is not an HTTP address", hint="Write it as `http://localhost:8080/v1`."
        )
    return f"{host}:{port}" if port else host


def _is_loopback(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _checked_key(key: SecretStr | None, label: str, *, needed: bool) -> SecretStr:
    plain = key.get_secret_value().strip() if key else ""
    if needed and not plain:
        raise ModelUnavailable(
            "this address wants a key", where=label, hint="Set `OPENAI_API_KEY`."
        )
    if not (plain.isascii() and plain.isprintable()):
        raise ModelUnavailable(
            "the key has characters that no key has", where=label, hint="Set it again."
        )
    return SecretStr(plain)
