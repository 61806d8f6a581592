"""Finding out how a server is spoken to: when, how often, and what happens when it changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any, Literal

import pytest
from pydantic import BaseModel
from pytest_httpserver import HTTPServer
from werkzeug import Response

from summarizer.errors import InvalidAnswer, ModelUnavailable, SummarizerError, TransportError
from summarizer.model import Endpoint, ServerAddress, remembered
from summarizer.model.dialect import Manner
from summarizer.prompt import Message

if TYPE_CHECKING:
    from .conftest import Chat

Make = Callable[..., Endpoint]
RIGHT = '{"word": "heron", "languages": ["English"], "number": null}'
YES = '{"word": "yes"}'


class Word(BaseModel):
    word: Literal["yes", "no"]


def ask(one: Endpoint) -> str:
    return one.ask([Message("user", "Well?")], Word, max_tokens=20).value.word


def kept(chat: Chat) -> Manner | None:
    return remembered.recall(chat.base_url, "some-model")


def form(sent: dict[str, Any]) -> str | None:
    found = sent.get("response_format")
    return found["type"] if found else None


@pytest.fixture
def unknown(endpoint: Make) -> Make:
    """`unknown(**options)`: an endpoint that nothing is known about."""
    return lambda **options: endpoint(dialect=None, **options)


def test_nothing_is_asked_before_the_first_question(chat: Chat, unknown: Make) -> None:
    one = unknown()
    one.request([Message("user", "Well?")], Word, max_tokens=20)
    assert (one.probes, chat.sent) == (0, [])
    chat.says(RIGHT)
    for _ in range(3):
        chat.says(YES)
    assert [ask(one) for _ in range(3)] == ["yes"] * 3
    assert (one.probes, len(chat.sent)) == (1, 4)


def test_a_known_dialect_is_never_asked_for(chat: Chat, endpoint: Make) -> None:
    for dialect in ("grammar", "json_schema", "prompted"):
        chat.says(YES)
        one = endpoint(dialect=dialect)
        assert ask(one) == "yes"
        assert one.probes == 0
    assert kept(chat) is None


def test_threads_that_ask_at_once_wait_for_one_probe(chat: Chat, unknown: Make) -> None:
    chat.says(RIGHT)
    for _ in range(32):
        chat.says(YES)
    one, together = unknown(), Barrier(32)

    def first() -> str:
        together.wait()
        return ask(one)

    with ThreadPoolExecutor(32) as pool:
        asked = [pool.submit(first) for _ in range(32)]
    assert [future.result() for future in asked] == ["yes"] * 32
    assert one.probes == 1
    assert len(chat.sent) == 33


def test_a_probe_that_fails_fails_for_all_that_wait_for_it(chat: Chat, unknown: Make) -> None:
    one, together = unknown(), Barrier(9, timeout=20)

    def refuse() -> Response:
        together.wait()
        time.sleep(0.3)  # until they wait for the probe as well
        return Response('{"error": {"message": "who are you"}}', 401)

    def first(number: int) -> SummarizerError:
        if number:
            together.wait()
        else:
            Thread(target=together.wait).start()
        with pytest.raises(ModelUnavailable, match="key was not accepted") as caught:
            ask(one)
        return caught.value

    chat.replies.append(refuse)
    with ThreadPoolExecutor(8) as pool:
        errors = list(pool.map(first, range(8)))
    assert len({id(error) for error in errors}) == 8
    assert len(chat.sent) == one.probes == 1
    chat.says(RIGHT)
    chat.says(YES)
    assert ask(one) == "yes"


def test_transport_errors_of_the_probe_are_those_of_a_question(chat: Chat, unknown: Make) -> None:
    for status, kind in ((429, TransportError), (503, TransportError), (404, ModelUnavailable)):
        one = unknown()
        chat.fails(status)
        with pytest.raises(kind, match=str(status)):
            ask(one)
        assert one.probes == 1
    assert kept(chat) is None


def test_what_the_client_repeats_is_counted(chat: Chat, unknown: Make) -> None:
    chat.fails(500)
    chat.says(RIGHT)
    chat.says(YES)
    one = unknown(max_retries=1)
    assert ask(one) == "yes"
    assert one.probes == 2
    assert one.probe_usage.attempts == 1
    found = kept(chat)
    assert found is not None
    assert found.dialect == "json_schema"


def test_a_server_that_breaks_on_a_form_is_looked_at_again_in_the_next_run(
    chat: Chat, unknown: Make
) -> None:
    chat.fails(500)
    chat.says(RIGHT)
    chat.says(YES)
    assert ask(unknown()) == "yes"
    assert [form(sent) for sent in chat.sent] == ["json_schema", "json_object", "json_object"]
    assert kept(chat) is None


def test_if_nothing_works_the_strictest_that_is_answered_is_used(chat: Chat, unknown: Make) -> None:
    chat.fails(400, message="response_format json_schema is not supported")
    chat.fails(400, message="response_format json_schema is not supported")
    chat.says("Hello!")
    chat.says("Hello!", finish_reason="length")
    chat.says(YES)
    assert ask(unknown()) == "yes"
    assert form(chat.sent[-1]) == "json_object"
    assert kept(chat) is None


def test_if_every_form_is_rejected_the_last_word_is_told(chat: Chat, unknown: Make) -> None:
    for word in ("one", "two", "three", "four"):
        chat.fails(400, message=word)
    with pytest.raises(TransportError, match="HTTP 400: four"):
        ask(unknown())
    assert len(chat.sent) == 4


def test_a_server_that_has_changed_is_asked_anew_at_once(chat: Chat, unknown: Make) -> None:
    remembered.remember(chat.base_url, "some-model", Manner("json_schema"))
    rejection = "'response_format.type' must be 'text'"
    for _ in range(4):
        chat.fails(400, message=rejection)
    chat.says(RIGHT)
    chat.says(YES)
    one = unknown()
    assert ask(one) == "yes"
    forms = ["json_schema"] * 3 + ["json_object", None, None]
    assert [form(sent) for sent in chat.sent] == forms
    assert one.probes == 4
    found = kept(chat)
    assert found is not None
    assert found.dialect == "prompted"


def test_a_rejection_that_the_probe_does_not_see_is_told(chat: Chat, unknown: Make) -> None:
    rejection = "Invalid schema for response_format: too many enum values"
    one = unknown()
    chat.says(RIGHT)
    chat.fails(400, message=rejection)
    chat.says(RIGHT)
    chat.fails(400, message=rejection)
    with pytest.raises(TransportError, match="too many enum values"):
        ask(one)
    assert (one.probes, len(chat.sent)) == (2, 4)
    chat.fails(400, message=rejection)
    with pytest.raises(TransportError, match="too many enum values"):
        ask(one)
    assert (one.probes, len(chat.sent)) == (2, 5)


def test_answers_that_never_fit_make_the_next_run_ask_anew(chat: Chat, unknown: Make) -> None:
    chat.says(RIGHT)
    for _ in range(4):
        chat.says("Hello!")
    one = unknown(max_reasks=1)
    for _ in range(2):
        with pytest.raises(InvalidAnswer):
            ask(one)
    assert one.probes == 1
    assert kept(chat) is None


def test_a_parameter_that_is_rejected_later_is_remembered_too(chat: Chat, unknown: Make) -> None:
    chat.says(RIGHT)
    chat.fails(400, message="temperature: this value is not allowed here")
    chat.says(YES)
    one = unknown()
    answer = one.ask([Message("user", "Well?")], Word, max_tokens=20)
    assert answer.request.parameters.temperature is None
    assert kept(chat) == Manner("json_schema", frozenset({"temperature"}))


@pytest.mark.parametrize(
    ("message", "parameter"),
    [
        ("Unsupported parameter: 'max_tokens' is not supported with this model.", "max_tokens"),
        ("Unrecognized request argument supplied: seed", "seed"),
        ("Logprobs is not enabled for models/some", "logprobs"),
        ("this model does not support top_logprobs", "top_logprobs"),
        ("`temperature` is deprecated for this model.", "temperature"),
        ("the temperature of the room is 20", None),
        ("the value of max_tokens_total is not supported", None),
    ],
)
def test_a_parameter_that_only_the_message_names(
    chat: Chat, endpoint: Make, message: str, parameter: str | None
) -> None:
    chat.fails(400, message=message)
    chat.says(YES)
    one = endpoint(seed=7, logprobs=True)
    if parameter is None:
        with pytest.raises(TransportError, match="HTTP 400"):
            ask(one)
        return
    assert ask(one) == "yes"
    assert parameter in chat.sent[0]
    assert parameter not in chat.sent[1]


class TestProbe:
    """`Endpoint.probe`, which `doctor` uses: it looks again, whatever is remembered."""

    def test_a_model_that_is_not_listed(
        self, chat: Chat, unknown: Make, httpserver: HTTPServer
    ) -> None:
        remembered.remember(chat.base_url, "some-model", Manner("prompted"))
        listed = {"object": "list", "data": [{"id": "other", "object": "model"}]}
        httpserver.expect_request("/v1/models").respond_with_json(listed)
        chat.says(RIGHT)
        found = unknown().probe()
        assert found.models == ("other",)
        assert found.model_known is False
        assert found.structured_output
        assert found.manner == kept(chat) == Manner("json_schema")

    def test_no_list_and_answers_in_prose(
        self, chat: Chat, unknown: Make, httpserver: HTTPServer
    ) -> None:
        httpserver.expect_request("/v1/models").respond_with_data("", 404)
        for _ in range(3):
            chat.says("Hello!")
        found = unknown().probe()
        assert found.models is None
        assert found.model_known is None
        assert not found.structured_output
        tried = [(trial.dialect, trial.outcome) for trial in found.trials]
        dialects = ("json_schema", "json_object", "prompted")
        assert tried == [(dialect, "ignored") for dialect in dialects]

    def test_a_key_that_is_not_accepted(self, unknown: Make, httpserver: HTTPServer) -> None:
        httpserver.expect_request("/v1/models").respond_with_json({}, 401)
        with pytest.raises(ModelUnavailable, match="key"):
            unknown().probe()

    def test_with_a_real_llama_cpp(self, llama: ServerAddress) -> None:
        with llama.endpoint() as one:
            found = one.probe()
        assert found.models == ("smollm2",)
        assert found.model_known
        assert found.structured_output
        assert [trial.dialect for trial in found.trials] == ["grammar"]
        assert 0 < found.seconds < 60

    def test_a_real_llama_cpp_that_nothing_is_known_about(self, llama: ServerAddress) -> None:
        with Endpoint("smollm2", llama.base_url, llama.api_key, max_retries=0) as one:
            answer = one.ask([Message("user", "Well?")], Word, max_tokens=200)
            assert answer.value.word in ("yes", "no")
            assert one.probes == 1
        found = remembered.recall(llama.base_url, "smollm2")
        assert found == Manner("json_schema")
