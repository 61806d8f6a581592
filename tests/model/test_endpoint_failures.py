"""Each way in which an endpoint fails, over real sockets: a name, a cost, and no secret."""

from __future__ import annotations

import logging
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, SecretStr
from werkzeug import Response

from summarizer.errors import (
    ContextExceeded,
    InvalidAnswer,
    ModelUnavailable,
    RefusedAnswer,
    SummarizerError,
    TransportError,
    TruncatedAnswer,
)
from summarizer.model import Endpoint, ServerAddress, Usage, usage_of
from summarizer.prompt import Message

if TYPE_CHECKING:
    from .conftest import Chat

Make = Callable[..., Endpoint]
GOOD = '{"word": "yes"}'


class Word(BaseModel):
    word: Literal["yes", "no"]


def ask(endpoint: Endpoint) -> Word:
    return endpoint.ask([Message("user", "Well?")], Word, max_tokens=20).value


def spent(attempts: int) -> Usage:
    """What so many completions of the queue cost."""
    return Usage(
        calls=1,
        attempts=attempts,
        prompt_tokens=10 * attempts,
        cached_tokens=4 * attempts,
        completion_tokens=5 * attempts,
    )


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_cut_answer(chat: Chat, endpoint: Make) -> None:
    chat.says('{"word": "y', finish_reason="length")
    with pytest.raises(TruncatedAnswer, match="20 written tokens") as caught:
        ask(endpoint())
    assert len(chat.sent) == 1
    assert usage_of(caught.value) == spent(1)


def test_a_whole_answer_that_ends_at_the_limit_is_still_cut(chat: Chat, endpoint: Make) -> None:
    chat.says(GOOD, finish_reason="length")
    with pytest.raises(TruncatedAnswer):
        ask(endpoint())


def test_a_refusal_is_not_asked_again(chat: Chat, endpoint: Make) -> None:
    chat.says(None, refusal="I'm sorry,\nI can't.")
    with pytest.raises(RefusedAnswer, match=r"I'm sorry, I can't\.") as caught:
        ask(endpoint())
    assert len(chat.sent) == 1
    assert usage_of(caught.value).completion_tokens == 5


def test_a_content_filter_is_a_refusal(chat: Chat, endpoint: Make) -> None:
    chat.says("", finish_reason="content_filter")
    with pytest.raises(RefusedAnswer):
        ask(endpoint())
    chat.fails(400, code="content_filter", message="the prompt was filtered")
    with pytest.raises(RefusedAnswer, match="the prompt was filtered"):
        ask(endpoint())


def test_a_refusal_after_a_wrong_answer_costs_both(chat: Chat, endpoint: Make) -> None:
    chat.says("no JSON")
    chat.says(None, refusal="No.")
    with pytest.raises(RefusedAnswer) as caught:
        ask(endpoint())
    assert usage_of(caught.value) == spent(2)


def test_a_failed_re_ask_is_not_told_to_the_model(chat: Chat, endpoint: Make) -> None:
    chat.says("no JSON")
    chat.fails(503, message="the backend is down")
    chat.says(GOOD)
    one = endpoint(max_retries=1)
    assert ask(one).word == "yes"
    assert len(chat.sent) == 3
    assert chat.sent[1]["messages"] == chat.sent[2]["messages"]
    assert "backend" not in str(chat.sent[2])


def test_a_server_error_after_a_wrong_answer(chat: Chat, endpoint: Make) -> None:
    chat.says("no JSON")
    chat.fails(500, message="the backend is down")
    with pytest.raises(TransportError, match="HTTP 500: the backend is down") as caught:
        ask(endpoint())
    assert usage_of(caught.value) == replace(spent(1), attempts=2)
    assert len(chat.sent) == 2


def test_transport_errors_are_repeated_only_by_the_client(chat: Chat, endpoint: Make) -> None:
    for _ in range(9):
        chat.fails(500)
    with pytest.raises(TransportError) as caught:
        ask(endpoint(max_retries=1, max_reasks=2))
    assert len(chat.sent) == 2
    assert usage_of(caught.value) == Usage(calls=1, attempts=1)


def test_retry_after_is_kept_to(chat: Chat, endpoint: Make) -> None:
    chat.fails(429, {"Retry-After": "1"}, message="slow down")
    chat.says(GOOD)
    started = time.monotonic()
    assert ask(endpoint(max_retries=1)).word == "yes"
    assert time.monotonic() - started >= 1
    assert len(chat.sent) == 2


def test_too_many_requests_in_the_end(chat: Chat, endpoint: Make) -> None:
    chat.fails(429, message="slow\n down")
    with pytest.raises(TransportError, match="HTTP 429: slow down"):
        ask(endpoint())


def test_a_server_that_is_too_slow(chat: Chat, endpoint: Make) -> None:
    def slow() -> Response:
        time.sleep(0.6)
        return Response("{}")

    chat.replies.append(slow)
    with pytest.raises(TransportError, match="in time"):
        ask(endpoint(timeout=0.2))


def test_a_connection_that_breaks(endpoint: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        one = endpoint(base_url=f"http://127.0.0.1:{server.getsockname()[1]}/v1", timeout=5)
        server.settimeout(5)

        def hang_up() -> None:
            server.accept()[0].close()

        thread = Thread(target=hang_up)
        thread.start()
        with pytest.raises(TransportError, match="connection failed"):
            ask(one)
        thread.join()


def test_nobody_listens(endpoint: Make) -> None:
    port = closed_port()
    with pytest.raises(ModelUnavailable, match=f"127.0.0.1:{port}: the address cannot be reached"):
        ask(endpoint(base_url=f"http://127.0.0.1:{port}/v1"))


def test_no_such_host(endpoint: Make) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        ask(endpoint(base_url="http://no-such-host.invalid/v1"))


@pytest.mark.parametrize(
    ("status", "words"), [(401, "OPENAI_API_KEY"), (403, "--model"), (404, "--base-url")]
)
def test_unusable_before_any_answer_and_a_failure_after_one(
    chat: Chat, endpoint: Make, status: int, words: str
) -> None:
    one = endpoint()
    chat.fails(status)
    with pytest.raises(ModelUnavailable, match=words) as caught:
        ask(one)
    assert caught.value.exit_code == 5
    chat.says(GOOD)
    ask(one)
    chat.fails(status)
    with pytest.raises(TransportError, match=words) as after:
        ask(one)
    assert after.value.exit_code == 3
    assert usage_of(after.value).attempts == 1


@pytest.mark.parametrize(
    ("error", "limit"),
    [
        ({"code": "context_length_exceeded", "message": "too long"}, None),
        ({"type": "exceed_context_size_error", "code": 400, "message": "9 tokens"}, None),
        ({"type": "exceed_context_size_error", "n_prompt_tokens": 900, "n_ctx": 512}, 512),
        ({"message": "This model's maximum context length is 10 tokens."}, 10),
        (
            {
                "code": "context_length_exceeded",
                "message": "This model's maximum context length is 8192 tokens. However, you "
                "requested 9001 tokens (8001 in the messages, 1000 in the completion).",
            },
            8192,
        ),
        ({"message": "prompt is too long: 210000 tokens > 200000 maximum"}, None),
    ],
)
def test_a_request_longer_than_the_context(
    chat: Chat, endpoint: Make, error: dict[str, Any], limit: int | None
) -> None:
    chat.fails(400, **error)
    with pytest.raises(ContextExceeded) as caught:
        ask(endpoint())
    assert caught.value.code == "too_long"
    assert caught.value.limit == limit


def test_a_bad_request_says_what_the_server_said(chat: Chat, endpoint: Make) -> None:
    chat.fails(400, message="unknown field " + "x" * 500)
    with pytest.raises(TransportError, match=r"HTTP 400: unknown field x+…$"):
        ask(endpoint())


@pytest.mark.parametrize(
    "reply",
    [
        Response("<html>Welcome</html>", content_type="text/html"),
        Response("{not json", content_type="application/json"),
        Response("[]", content_type="application/json"),
        Response('{"choices": []}', content_type="application/json"),
    ],
    ids=["page", "broken", "list", "empty"],
)
def test_an_address_that_is_no_such_endpoint(chat: Chat, endpoint: Make, reply: Response) -> None:
    chat.replies.append(reply)
    with pytest.raises(ModelUnavailable, match="OpenAI-compatible"):
        ask(endpoint())
    assert len(chat.sent) == 1


def provoke_all(chat: Chat, endpoint: Make, key: str) -> list[SummarizerError]:
    """An error of each kind, from a server that repeats the key in whatever it says."""
    one = endpoint()
    chat.says("no JSON")
    for status in (400, 401, 403, 404, 429, 500):
        chat.fails(status, message=f"the key {key} is no good")
    chat.says(None, refusal="No.")
    errors: list[SummarizerError] = []
    for _ in range(7):
        with pytest.raises(SummarizerError) as caught:
            ask(one)
        errors.append(caught.value)
    with pytest.raises(ModelUnavailable) as refused:
        ask(endpoint(base_url=f"http://127.0.0.1:{closed_port()}/v1"))
    return [*errors, refused.value]


def test_the_key_is_nowhere(
    chat: Chat,
    endpoint: Make,
    key: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    errors = provoke_all(chat, endpoint, key)
    assert len({type(error) for error in errors}) >= 3
    for error in errors:
        shown = "".join(traceback.format_exception(error))
        for text in (str(error), repr(error), repr(vars(error)), shown):
            assert key not in text
    one = endpoint()
    assert key not in repr(one) + repr(vars(one))
    assert key not in caplog.text
    assert key not in "".join(capfd.readouterr())


def test_nothing_is_printed(chat: Chat, endpoint: Make, capfd: pytest.CaptureFixture[str]) -> None:
    """`instructor` logs errors, which would reach the terminal of a program without handlers."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        for _ in range(3):
            chat.says("no JSON")
        with pytest.raises(InvalidAnswer):
            ask(endpoint())
    finally:
        root.handlers = handlers
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("bad", ["sk-ключ", "sk-1\nX-Header: 1"])
def test_what_cannot_be_a_key(endpoint: Make, bad: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        endpoint(api_key=SecretStr(bad))
    assert bad not in str(caught.value)


class TestLlama:
    """The same with a real llama.cpp server."""

    def test_a_wrong_key(self, llama: ServerAddress) -> None:
        with (
            Endpoint("smollm2", llama.base_url, SecretStr("wrong")) as one,
            pytest.raises(ModelUnavailable, match="key was not accepted"),
        ):
            ask(one)

    def test_a_cut_answer(self, llama: ServerAddress) -> None:
        with llama.endpoint() as one, pytest.raises(TruncatedAnswer) as caught:
            one.ask([Message("user", "Well?")], Word, max_tokens=2)
        assert usage_of(caught.value).completion_tokens == 2

    def test_a_request_longer_than_the_context(self, llama: ServerAddress) -> None:
        with (
            llama.endpoint() as one,
            pytest.raises(ContextExceeded, match="512 tokens") as caught,
        ):
            one.ask([Message("user", "well " * 2000)], Word, max_tokens=20)
        assert caught.value.limit == one.context == 512

    def test_an_answer_that_fills_the_context(self, llama: ServerAddress) -> None:
        class Long(BaseModel):
            words: Annotated[list[Literal["well"]], Field(min_length=200)]

        with llama.endpoint() as one, pytest.raises(TruncatedAnswer) as caught:
            one.ask([Message("user", "well " * 440)], Long, max_tokens=1000)
        assert usage_of(caught.value).completion_tokens < 100
