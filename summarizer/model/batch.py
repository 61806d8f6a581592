"""The provider's batch interface: files of requests, answered within a day at a lower price.

The limits are OpenAI's: 50,000 requests and 200 MB a file, one completion window of 24 hours
(https://developers.openai.com/api/docs/guides/batch, as cited on 2026-11-12). Results come in any
order and are joined by `custom_id`, which is here the key of the answer cache.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, Literal, Protocol, TypeVar

from pydantic import SecretStr

from summarizer.errors import AnswerAwaited, SummarizerError, TransportError
from summarizer.model.address import checked_key, connect, host
from summarizer.model.cache import request_key
from summarizer.model.completion import Reply, completion_of, cost, is_completion
from summarizer.model.endpoint import OPENAI, Endpoint
from summarizer.model.failures import failure
from summarizer.model.problems import in_one_line
from summarizer.model.usage import Usage

if TYPE_CHECKING:
    import openai
    from openai.types import Batch

MOST_REQUESTS = 50_000  # of a file
MOST_BYTES = 200_000_000  # of a file
_WINDOW: Final = "24h"
_URL: Final = "/v1/chat/completions"
_RETRIES = 5  # of a request that is about files and batches
_CHUNK = 1_000  # results that are given at once
_PAGE = 100  # batches that are listed at once
_LOOK_BACK = 1_000  # batches and files among which one is looked for
_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504})

Given = TypeVar("Given")
Stage = Literal["working", "done"]


@dataclass(frozen=True)
class BatchState:
    """What the provider says of a batch.

    Args:
        id: its name there.
        status: the provider's word for it: `in_progress`, `completed`, `expired` and others.
        stage: `done` once nothing more comes of it.
        files: those that hold what came of it: answers, then errors.
        completed: how many requests were answered.
        total: how many there are.
        message: why it failed, if it did.
    """

    id: str
    status: str
    stage: Stage
    files: tuple[str, ...]
    completed: int
    total: int
    message: str | None


@dataclass(frozen=True)
class BatchResult:
    """What came of one request: a completion, or an error that lasts or passes.

    `status` and `body` are those of HTTP; without a status the request was never begun.
    """

    key: str
    status: int | None
    body: Mapping[str, Any]

    @property
    def completion(self) -> Mapping[str, Any] | None:
        """The completion, if that is what came."""
        fine = self.status == 200 and self.body.get("choices")
        return self.body if fine and is_completion(completion_of(self.body)) else None

    @property
    def passes(self) -> bool:
        """Whether the same request may get an answer another time."""
        return self.status is None or self.status == 200 or self.status in _PASSING

    @property
    def usage(self) -> Usage:
        """What it cost."""
        found = self.completion
        return cost(completion_of(found)) if found else Usage()


class BatchProvider(AbstractContextManager["BatchProvider"]):
    """The batches and files of one account.

    Args:
        base_url: the address up to and without `/batches`; null is OpenAI's own.
        api_key: the key.
        timeout: seconds to wait for one answer.

    Every method raises `TransportError` where the connection or the server failed, and
    `ModelUnavailable` where the interface cannot be used.
    """

    def __init__(
        self, base_url: str | None, api_key: SecretStr | None, *, timeout: float = 600.0
    ) -> None:
        url = base_url or OPENAI
        self.label = host(url)
        self._key = checked_key(api_key, self.label, needed=url == OPENAI)
        self._client = connect(url, self._key, timeout=timeout, max_retries=_RETRIES, hooks={})
        self._answered = False

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def upload(self, name: str, lines: IO[bytes]) -> str:
        """Store a file of requests; gives its id."""
        file = (name, lines)
        return self._do(lambda client: client.files.create(file=file, purpose="batch").id)

    def create(self, file: str, name: str) -> BatchState:
        """Begin a batch of the requests in a file."""
        return _state(
            self._do(
                lambda client: client.batches.create(
                    input_file_id=file,
                    endpoint=_URL,
                    completion_window=_WINDOW,
                    metadata={"name": name},
                )
            )
        )

    def find(self, file: str) -> BatchState | None:
        """The batch of a file, if it was begun: this program may have ended before it was told."""

        def look(client: openai.OpenAI) -> BatchState | None:
            for number, batch in enumerate(client.batches.list(limit=_PAGE)):
                if batch.input_file_id == file:
                    return _state(batch)
                if number >= _LOOK_BACK:
                    break
            return None

        return self._do(look)

    def find_file(self, name: str) -> str | None:
        """The file of a name, if it was stored before this program was told."""

        def look(client: openai.OpenAI) -> str | None:
            for number, file in enumerate(client.files.list(purpose="batch")):
                if file.filename == name:
                    return file.id
                if number >= _LOOK_BACK:
                    break
            return None

        return self._do(look)

    def look(self, batch: str) -> BatchState:
        """How far a batch has got."""
        return _state(self._do(lambda client: client.batches.retrieve(batch)))

    def cancel(self, batch: str) -> BatchState:
        """Have a batch stopped; what was answered by then is paid for and can be taken."""
        return _state(self._do(lambda client: client.batches.cancel(batch)))

    def results(self, state: BatchState) -> Iterator[list[BatchResult]]:
        """What came of the requests of a batch, in any order and some at a time.

        Those that were never begun may be missing.
        """
        for file in state.files:
            with tempfile.TemporaryFile() as copy:
                self._do(partial(_download, file, copy))
                copy.seek(0)
                found = filter(None, map(_result, copy))
                while chunk := list(islice(found, _CHUNK)):
                    yield chunk

    def _do(self, call: Callable[[openai.OpenAI], Given]) -> Given:
        import httpx2
        import openai

        try:
            given = call(self._client)
        except httpx2.HTTPError:
            found: SummarizerError = TransportError("the connection failed", where=self.label)
        except (openai.OpenAIError, ValueError) as error:
            found = failure(
                error,
                label=self.label,
                key=self._key.get_secret_value(),
                answered=self._answered,
            )
        else:
            self._answered = True
            return given
        raise found


def request_line(key: str, arguments: Mapping[str, Any]) -> bytes:
    """The line of a file that asks for a completion."""
    sent = {**arguments, **arguments.get("extra_body", {})}
    sent.pop("extra_body", None)
    line = {"custom_id": key, "method": "POST", "url": _URL, "body": sent}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Orders(Protocol):
    """Where a batch endpoint turns with what is not kept."""

    def want(self, request: str, arguments: Mapping[str, Any]) -> SummarizerError | None:
        """Gather a request to be asked; what stands against it, if anything does."""

    def error_for(self, request: str) -> tuple[int | None, Mapping[str, Any]] | None:
        """The error that a request got for good: HTTP status, if it got so far, and body."""

    def is_new(self, request: str) -> bool:
        """Whether the answer of a request was paid for in these batches."""


class BatchEndpoint(Endpoint):
    """An endpoint that asks nothing itself: what is kept is the answer, and the rest is awaited.

    `orders` has to be set before it is asked.
    """

    orders: Orders

    def provider(self) -> BatchProvider:
        """The batches of the same account."""
        return BatchProvider(self.base_url, self._key, timeout=self.timeout)

    def _send(self, arguments: dict[str, Any]) -> Reply:
        key = request_key(self._identity, arguments)
        if self._cache and (kept := self._cache.get(key)) is not None:
            self._answered = True
            return Reply(completion_of(kept), key, from_cache=not self.orders.is_new(key))
        if (wrong := self.orders.error_for(key)) is not None:
            self._answered = True
            raise self._told(*wrong)
        raise self.orders.want(key, arguments) or AnswerAwaited("the answer is still to come")

    def _told(self, status: int | None, body: Mapping[str, Any]) -> SummarizerError:
        """The error that the address itself would have given."""
        import httpx2
        import openai

        if status is None:
            said = in_one_line(str(body.get("message") or "no reason given"))
            return TransportError(f"the batch gave no answer: {said}", where=self.label)
        request = httpx2.Request("POST", self.base_url)
        response = httpx2.Response(status, request=request)
        inner = body.get("error", body)
        error = openai.APIStatusError(f"HTTP {status}", response=response, body=inner)
        return self._failure(error)


def _download(file: str, copy: IO[bytes], client: openai.OpenAI) -> None:
    copy.seek(0)
    copy.truncate()
    with client.files.with_streaming_response.content(file) as response:
        for piece in response.iter_bytes():
            copy.write(piece)


def _state(batch: Batch) -> BatchState:
    done = batch.status in ("completed", "failed", "expired", "cancelled")
    errors = (batch.errors.data if batch.errors else None) or []
    counts = batch.request_counts
    return BatchState(
        id=batch.id,
        status=batch.status,
        stage="done" if done else "working",
        files=tuple(file for file in (batch.output_file_id, batch.error_file_id) if file),
        completed=counts.completed if counts else 0,
        total=counts.total if counts else 0,
        message="; ".join(error.message or error.code or "" for error in errors) or None,
    )


def _result(line: bytes) -> BatchResult | None:
    """One line of a file of results; None for one that says nothing."""
    try:
        given = json.loads(line)
        key, response, error = given["custom_id"], given.get("response"), given.get("error")
        if response:
            return BatchResult(key, int(response["status_code"]), response.get("body") or {})
        return BatchResult(key, None, error or {})
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
