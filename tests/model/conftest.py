"""A real llama.cpp server with a tiny model, and a real socket that answers from a queue."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from summarizer.model import EmbeddedServer, Endpoint, ServerAddress, models_folder

KEY = "sk-test-0123456789-do-not-show"


class Chat:
    """An OpenAI-compatible address that gives the queued replies, and notes what it was sent."""

    def __init__(self, server: HTTPServer) -> None:
        self.base_url = server.url_for("/v1")
        self.replies: list[Response | Callable[[], Response]] = []
        self.sent: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        server.expect_request("/v1/chat/completions").respond_with_handler(self._reply)

    def says(
        self,
        content: str | None,
        *,
        finish_reason: str = "stop",
        refusal: str | None = None,
        usage: dict[str, Any] | None = None,
        logprobs: dict[str, Any] | None = None,
    ) -> None:
        """Queue a completion; 10 tokens read, 4 of them cached, and 5 written."""
        if usage is None:
            usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
            usage["prompt_tokens_details"] = {"cached_tokens": 4}
        message = {"role": "assistant", "content": content, "refusal": refusal}
        choice = {
            "index": 0,
            "message": message,
            "finish_reason": finish_reason,
            "logprobs": logprobs,
        }
        body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
        self.returns({**body, "choices": [choice], "usage": usage or None})

    def returns(
        self, body: object, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """Queue any JSON."""
        self.replies.append(
            Response(json.dumps(body), status, headers, content_type="application/json")
        )

    def fails(self, status: int, headers: dict[str, str] | None = None, **error: Any) -> None:
        """Queue an HTTP error."""
        error = {"message": "it went wrong", "type": None, "param": None, "code": None} | error
        self.returns({"error": error}, status, headers)

    def _reply(self, request: Request) -> Response:
        self.sent.append(request.get_json())
        self.headers.append(dict(request.headers))
        reply = self.replies.pop(0)
        return reply if isinstance(reply, Response) else reply()


@pytest.fixture
def chat(httpserver: HTTPServer) -> Chat:
    """An address with a queue of replies."""
    return Chat(httpserver)


@pytest.fixture
def key() -> str:
    """The key that the `endpoint` fixture sends."""
    return KEY


@pytest.fixture
def endpoint(chat: Chat) -> Iterator[Callable[..., Endpoint]]:
    """`endpoint(**options)`: an endpoint at the queue's address, closed in the end.

    It asks for a JSON Schema; with `dialect=None` it finds out by itself.
    """
    made: list[Endpoint] = []

    def make(**options: Any) -> Endpoint:
        defaults = {"base_url": chat.base_url, "api_key": SecretStr(KEY), "max_retries": 0}
        defaults["dialect"] = "json_schema"
        made.append(Endpoint("some-model", **{**defaults, **options}))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def smollm() -> Path:
    """The weights of SmolLM2-135M: `SUMMARIZER_TEST_SMOLLM`, or where `models pull` puts them."""
    default = models_folder() / "smollm2-135m-instruct-q4_1.gguf"
    path = Path(os.environ.get("SUMMARIZER_TEST_SMOLLM", default))
    if not path.is_file():
        pytest.fail(
            "bring the test model first: `summarizer models pull smollm2-135m-instruct-q4_1`"
        )
    return path


@pytest.fixture(scope="session")
def llama(smollm: Path) -> Iterator[ServerAddress]:
    """A llama.cpp server with SmolLM2, one slot of 512 tokens, on one thread."""
    with EmbeddedServer(smollm, "smollm2", n_ctx=512, threads=1) as address:
        yield address
