"""An OpenAI-compatible address that answers questions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr

from summarizer.errors import (
    InvalidAnswer,
    RefusedAnswer,
    SummarizerError,
    TransportError,
    TruncatedAnswer,
)
from summarizer.model.address import checked_key, connect, host
from summarizer.model.answer import Answer, T
from summarizer.model.cache import request_key
from summarizer.model.completion import (
    Reply,
    completion_of,
    cost,
    is_completion,
    is_cut,
    kept_form,
    shows_its_reasoning,
)
from summarizer.model.dialect import INSTEAD, LADDER, DialectName, Manner
from summarizer.model.exchange import Exchange
from summarizer.model.failures import failure, not_an_endpoint, show_hidden_error
from summarizer.model.manners import Manners
from summarizer.model.probe import Findings, Found, find_manner
from summarizer.model.request import Parameters, Request
from summarizer.model.schema import schema_name, strict_schema
from summarizer.model.usage import Usage

if TYPE_CHECKING:
    import httpx2
    import openai
    from openai.types.chat import ChatCompletion

    from summarizer.model.cache import Answers
    from summarizer.model.pacing import Pacing
    from summarizer.prompt import Message

OPENAI = "https://api.openai.com/v1"
_TOP_LOGPROBS = 8
_BYTES_A_TOKEN = 4  # of a request, as providers estimate it for their limits
# Of a probe, which may hang where an article would not: seconds, and repetitions by the client.
_PROBE_TIMEOUT, _PROBE_RETRIES = 45.0, 4


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
        dialect: how to ask for JSON; by default the server is asked what it takes, once, and that
            is remembered.
        cache: where answers are kept; what is there is not asked again.
        pacer: holds requests back, if there is a rate to keep to.
        identity: what tells this endpoint from others in the cache; by default its address.
        context: the tokens that the model reads and writes in one request at most, if known.

    `probes` counts the requests that found out how to ask, and `probe_usage` is what they cost;
    no answer's usage includes them.

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
        dialect: DialectName | None = None,
        cache: Answers | None = None,
        pacer: Pacing | None = None,
        identity: str | None = None,
        context: int | None = None,
    ) -> None:
        self.name = name
        self.base_url = base_url or OPENAI
        self.label = label or host(self.base_url)
        self.timeout = timeout
        self.max_reasks = max_reasks
        self.max_retries = max_retries
        self.context = context
        self._key = checked_key(api_key, self.label, needed=self.base_url == OPENAI)
        self._parameters = Parameters(
            max_tokens=1, seed=seed, top_logprobs=_TOP_LOGPROBS if logprobs else None
        )
        self.probes = 0
        self.probe_usage = Usage()
        self._ladder = (dialect,) if dialect else LADDER
        self._manners = Manners(self.base_url, name, self._look, dialect)
        self._thread = threading.local()
        self._cache = cache
        self._pacer = pacer
        self._identity = identity or self.base_url
        self._answered = False
        self._client: openai.OpenAI | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Endpoint({self.name!r}, label={self.label!r})"

    def request(
        self, messages: Sequence[Message], answer_type: type[BaseModel], *, max_tokens: int
    ) -> Request:
        """What `ask` would ask, without asking; how it is then sent depends on the server."""
        return Request(
            messages=tuple(messages),
            schema_name=schema_name(answer_type),
            schema=strict_schema(answer_type),
            parameters=self._taken(max_tokens),
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
        request = self.request(messages, answer_type, max_tokens=max_tokens)
        send = partial(self._replies, request)
        exchange = Exchange(request, answer_type, check, send=send, label=self.label)
        try:
            answer = exchange.run(self.name, self.max_reasks)
        except (InvalidAnswer, RefusedAnswer, TruncatedAnswer) as error:
            if self._cache:
                self._cache.fail(exchange.requests)
            if isinstance(error, InvalidAnswer):
                self._manners.forget()
            raise
        return replace(answer, request=replace(request, parameters=self._taken(max_tokens)))

    def _taken(self, max_tokens: int) -> Parameters:
        """The parameters, without those that the server has turned out not to take."""
        known = self._manners.known
        refused = known.refused - {"logprobs"} if known else ()
        dropped = {name: None for name in refused if INSTEAD[name] is None}
        return replace(self._parameters, max_tokens=max_tokens, **dropped)

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
        started = time.monotonic()
        models = self.models()
        found = self._look()
        self._manners.found(found)
        return Findings(
            models=models,
            model_known=self.name in models if models else None,
            manner=found.manner,
            trials=found.trials,
            seconds=time.monotonic() - started,
        )

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

    def _replies(self, request: Request, messages: Sequence[Mapping[str, Any]]) -> Iterator[Reply]:
        """What a request leads to: one reply, or a second where reasoning left no room for one."""
        reply = self._spoken(request, messages)
        yield reply
        cut = is_cut(reply.completion) and shows_its_reasoning(reply.completion)
        if cut and not self._manners.manner().reasons:
            yield self._spoken(request, messages, reasons=True)

    def _spoken(
        self, request: Request, messages: Sequence[Mapping[str, Any]], *, reasons: bool = False
    ) -> Reply:
        """Send a request in the manner of the server, again where that has to be corrected."""
        while True:
            manner = self._manners.manner()
            spoken = replace(manner, reasons=manner.reasons or reasons)
            try:
                return self._send(spoken.arguments(self.name, request, messages))
            except TransportError as error:
                if not self._manners.correct(manner, error.parameter):
                    raise

    def _send(self, arguments: dict[str, Any]) -> Reply:
        """Send exactly this, or give what it was answered before."""
        key = request_key(self._identity, arguments)
        if self._cache and (kept := self._cache.get(key)) is not None:
            self._answered = True
            return Reply(completion_of(kept), key, from_cache=True)
        completion = self._create(self._connected(), arguments)
        if self._cache:
            self._cache.put(key, kept_form(completion))
        return Reply(completion, key)

    def _create(self, client: openai.OpenAI, arguments: dict[str, Any]) -> ChatCompletion:
        """One chat completion from the server."""
        import openai

        try:
            completion: object = client.chat.completions.create(**arguments)
        except (openai.OpenAIError, ValueError) as error:
            found = self._failure(error)
        else:
            if is_completion(completion):
                self._answered = True
                return completion
            found = not_an_endpoint(self.label, self._answered)
        # Raised out here, it does not drag along an error that may hold the key.
        raise found

    def _look(self) -> Found:
        """Find out how the server is spoken to."""
        return find_manner(self._try, self._parameters, self._ladder)

    def _try(self, request: Request, manner: Manner) -> ChatCompletion:
        """Send a question of the probe: past the cache, counted, and with less patience."""
        messages = [{"role": m.role, "content": m.content} for m in request.messages]
        arguments = manner.arguments(self.name, request, messages)
        client = self._connected().with_options(
            timeout=min(self.timeout, _PROBE_TIMEOUT),
            max_retries=min(self.max_retries, _PROBE_RETRIES),
        )
        self._thread.probing = True
        try:
            completion = self._create(client, arguments)
        finally:
            self._thread.probing = False
        self.probe_usage += replace(cost(completion), calls=1, attempts=1)
        return completion

    def _failure(self, error: Exception) -> SummarizerError:
        return failure(
            error, label=self.label, key=self._key.get_secret_value(), answered=self._answered
        )

    def _hooks(self) -> dict[str, list[Callable[..., None]]]:
        """What happens around every request, those included that the client repeats by itself."""

        def before(request: httpx2.Request) -> None:
            if getattr(self._thread, "probing", False):
                self.probes += 1
            if self._pacer:
                self._pacer.wait(int(request.headers.get("content-length", 0)) / _BYTES_A_TOKEN)

        def after(response: httpx2.Response) -> None:
            show_hidden_error(response)
            if self._pacer:
                self._pacer.learn(response.status_code, response.headers)

        return {"request": [before], "response": [after]}

    def _connected(self) -> openai.OpenAI:
        with self._lock:
            if self._client is None:
                self._client = connect(
                    self.base_url,
                    self._key,
                    timeout=self.timeout,
                    max_retries=self.max_retries,
                    hooks=self._hooks(),
                )
            return self._client
