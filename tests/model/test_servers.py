"""Each server of `servers.py` at the first try, over a real socket."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, SecretStr

from summarizer.cli import main, messages
from summarizer.errors import ContextExceeded, ModelUnavailable, RefusedAnswer, SummarizerError
from summarizer.model import AnswerCache, Endpoint, remembered
from summarizer.prompt import Message

from .servers import PROFILES, Profile
from .stub_server import MODEL, Behaviour, Server, completion, error

BY_NAME = {profile.name: profile for profile in PROFILES}
KEY = "sk-test-0123456789-do-not-show"
QUESTION = [Message("system", "Read the article."), Message("user", "Who said “{yes}”?")]
Serve = Callable[[Behaviour], Server]


class Speaker(BaseModel):
    person: Literal["A", "B"]
    cue: Annotated[str, Field(max_length=12)]
    parts: Annotated[list[int], Field(min_length=1, max_length=3)]


ANSWER = Speaker(person="A", cue="said", parts=[1])


@pytest.fixture
def serve() -> Iterator[Serve]:
    """`serve(behaviour)`: a server that answers until the test ends."""
    with ExitStack() as stack:
        yield lambda behaviour: stack.enter_context(Server(behaviour).running())


def endpoint(server: Server, profile: Profile, **options: Any) -> Endpoint:
    given = {"max_retries": 0, **profile.options, **options}
    return Endpoint(MODEL, server.base_url, SecretStr(KEY), **given)


def ask(one: Endpoint) -> Speaker:
    return one.ask(QUESTION, Speaker, max_tokens=60).value


every_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)


@every_profile
def test_the_first_answer_is_right_and_the_way_to_it_is_remembered(
    profile: Profile, serve: Serve
) -> None:
    server = serve(profile.reply)
    with endpoint(server, profile) as first:
        asked = first.request(QUESTION, Speaker, max_tokens=60)
        answer = first.ask(QUESTION, Speaker, max_tokens=60)
    assert answer.value == ANSWER
    assert json.loads(answer.raw) == ANSWER.model_dump()
    assert answer.usage.attempts == 1
    assert first.probes == profile.probes
    assert len(server.sent) == profile.probes + 1
    manner = remembered.recall(server.base_url, MODEL)
    assert (manner is not None) == profile.remembered
    if manner is not None:
        assert manner.dialect == profile.dialect
        assert manner.refused == profile.refused
        with endpoint(server, profile) as second:
            assert ask(second) == ANSWER
            assert second.probes == 0
        assert len(server.sent) == profile.probes + 2
    # How it was sent is no part of what was asked.
    assert (answer.request.messages, answer.request.schema) == (asked.messages, asked.schema)
    assert answer.request.parameters.max_tokens == 60


@every_profile
def test_what_is_kept_in_the_cache_is_read_as_what_came(
    profile: Profile, serve: Serve, tmp_path: Path
) -> None:
    server = serve(profile.reply)
    cache = AnswerCache(tmp_path / "answers.db")
    try:
        with endpoint(server, profile, cache=cache) as one:
            first = one.ask(QUESTION, Speaker, max_tokens=60)
            sent = len(server.sent)
            second = one.ask(QUESTION, Speaker, max_tokens=60)
    finally:
        cache.close()
    assert len(server.sent) == sent
    assert (second.value, second.raw, second.tokens) == (first.value, first.raw, first.tokens)
    assert second.usage.from_cache == 1
    assert second.usage.completion_tokens == 0


@pytest.fixture
def doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Server], tuple[int, str]]:
    """`doctor(server)`: the exit code and what is said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def run(server: Server) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main(["doctor", "--base-url", server.base_url, "--model", MODEL])
        return int(end.value.code or 0), "".join(capsys.readouterr())

    return run


SAID = {
    "OpenAI": ["keeps to a JSON Schema"],
    "OpenAI, reasoning models": ["temperature", "max_completion_tokens", "reasons"],
    "OpenAI, fine-tuned models": ["without bounds", "'maxItems' is not permitted"],
    "Azure OpenAI": ["keeps to a JSON Schema"],
    "vLLM": ["keeps to a JSON Schema", "reasons"],
    "Ollama": ["keeps to a JSON Schema", "reasons"],
    "LM Studio": ["keeps to a JSON Schema"],
    "DeepSeek": ["writes JSON", "This response_format type is unavailable now"],
    "a gateway that ignores the schema": ["writes JSON", "`json_schema` was ignored", "`word`"],
    "a gateway that rejects the format": ["told in the prompt", "Leave it unset"],
    "OpenRouter": ["keeps to a JSON Schema"],
}


@pytest.mark.parametrize("name", SAID)
def test_doctor_says_what_it_found(
    name: str, serve: Serve, doctor: Callable[[Server], tuple[int, str]]
) -> None:
    server = serve(BY_NAME[name].reply)
    code, said = doctor(server)
    assert code == 0, said
    for words in SAID[name]:
        assert words in said
    assert said.splitlines()[-1].startswith("next: summarizer summarize")
    assert KEY not in said
    # What it found serves the next command.
    with endpoint(server, BY_NAME[name]) as one:
        assert ask(one) == ANSWER
        assert one.probes == 0


def _chats(sent: dict[str, Any], _: int) -> tuple[int, dict[str, Any]]:
    return 200, completion("Hello! {How} are you?")


def test_doctor_names_a_model_that_writes_no_json(
    serve: Serve, doctor: Callable[[Server], tuple[int, str]]
) -> None:
    server = serve(_chats)
    code, said = doctor(server)
    assert code == 5
    assert "`json_schema` was ignored" in said
    assert "`prompted` was ignored" in said
    assert "next: " in said.splitlines()[-1]
    assert remembered.recall(server.base_url, MODEL) is None


def test_doctor_keeps_control_characters_from_the_terminal(
    serve: Serve, doctor: Callable[[Server], tuple[int, str]]
) -> None:
    def reply(sent: dict[str, Any], _: int) -> tuple[int, dict[str, Any]]:
        if "response_format" in sent:
            return 400, error("\x1b[2Jresponse_format is \u202eunsupported\n\x07")
        return BY_NAME["a gateway that rejects the format"].reply(sent, 1)

    code, said = doctor(serve(reply))
    assert code == 0
    assert "[2Jresponse_format is unsupported" in said
    assert all(char.isprintable() for char in said.replace("\n", ""))


def test_azures_filter_is_a_refusal(serve: Serve) -> None:
    profile = BY_NAME["Azure OpenAI"]
    with (
        endpoint(serve(profile.reply), profile) as one,
        pytest.raises(RefusedAnswer, match="filtered"),
    ):
        one.ask([Message("user", "an attack")], Speaker, max_tokens=60)


def test_azures_older_interface_gets_its_version_and_its_header(serve: Serve) -> None:
    profile = BY_NAME["Azure OpenAI"]
    server = serve(profile.reply)
    base_url = server.base_url.replace("/v1", "/openai/deployments/mine?api-version=2024-10-21")
    with Endpoint(MODEL, base_url, SecretStr(KEY), max_retries=0) as one:
        assert ask(one) == ANSWER
    path = "/openai/deployments/mine/chat/completions?api-version=2024-10-21"
    assert set(server.paths) == {path}
    assert server.headers[0]["api-key"] == KEY
    assert "Authorization" not in server.headers[0]


def test_an_article_too_long_for_llama_cpp(serve: Serve) -> None:
    profile = BY_NAME["llama.cpp"]
    with endpoint(serve(profile.reply), profile) as one, pytest.raises(ContextExceeded):
        one.ask([Message("user", "word " * 4_000)], Speaker, max_tokens=60)


def test_a_model_that_ollama_does_not_have(serve: Serve) -> None:
    profile = BY_NAME["Ollama"]
    server = serve(profile.reply)
    with (
        Endpoint("other", server.base_url, max_retries=0) as one,
        pytest.raises(ModelUnavailable, match='"other" not found, try pulling it first'),
    ):
        ask(one)


def test_deepseeks_count_of_cached_tokens(serve: Serve) -> None:
    profile = BY_NAME["DeepSeek"]
    with endpoint(serve(profile.reply), profile) as one:
        usage = one.ask(QUESTION, Speaker, max_tokens=60).usage
        assert (usage.prompt_tokens, usage.cached_tokens) == (20, 16)
        assert one.probe_usage.prompt_tokens == 20


def test_reasoning_that_begins_only_with_the_article(serve: Serve) -> None:
    """The tiny question needed none: the first request is cut, and sent again with more room."""

    def reply(sent: dict[str, Any], number: int) -> tuple[int, dict[str, Any]]:
        if number == 1:
            return BY_NAME["OpenAI"].reply(sent, number)
        with_room = sent["max_tokens"] > 1_000
        choice = {"finish_reason": "stop" if with_room else "length"}
        answer = ANSWER.model_dump_json() if with_room else ""
        return 200, completion(answer, choice=choice, reasoning="Let me see …")

    server = serve(reply)
    with endpoint(server, PROFILES[0]) as one:
        answer = one.ask(QUESTION, Speaker, max_tokens=60)
    assert answer.value == ANSWER
    assert answer.usage.attempts == 2
    assert answer.usage.completion_tokens == 18
    assert [sent["max_tokens"] for sent in server.sent[1:]] == [60, 60 + 8_192]


def _leaky(sent: dict[str, Any], number: int) -> tuple[int, dict[str, Any]]:
    statuses = {1: 400, 2: 422, 3: 500}
    if number in statuses:
        return statuses[number], error(f"response_format: {KEY} is not supported")
    return 200, {"error": {"message": f"bad key {KEY}", "code": 401}}


def test_the_key_is_nowhere(
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server = serve(_leaky)
    with endpoint(server, PROFILES[0]) as one, pytest.raises(SummarizerError) as caught:
        ask(one)
    shown = [str(caught.value), repr(caught.value), repr(vars(caught.value)), repr(one)]
    shown += traceback.format_exception(caught.value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(messages, "_debug", True)
    with pytest.raises(SystemExit):
        main(["doctor", "--base-url", server.base_url, "--model", MODEL])
    shown += [*capsys.readouterr(), caplog.text]
    assert len(server.sent) > 4
    assert KEY not in "".join(shown)


def test_what_is_remembered_does_not_hold_the_key(serve: Serve) -> None:
    server = serve(PROFILES[0].reply)
    with endpoint(server, PROFILES[0]) as one:
        ask(one)
    (file,) = remembered.manners_folder().iterdir()
    assert KEY not in file.read_text(encoding="utf-8") + file.name
