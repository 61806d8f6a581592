"""An endpoint that answers: what is sent, what comes back, and what is asked again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from summarizer.errors import InvalidAnswer, ModelUnavailable, UsageError
from summarizer.model import (
    Endpoint,
    Model,
    ServerAddress,
    Usage,
    choice_probabilities,
    strict_schema,
    usage_of,
)
from summarizer.prompt import Message

if TYPE_CHECKING:
    from .conftest import Chat

MESSAGES = [Message("system", "Read the article."), Message("user", "{{ not }} a {% template %}")]
Make = Callable[..., Endpoint]


class Speaker(BaseModel):
    model_config = ConfigDict(frozen=True)

    person: Literal["A", "B"]
    cue: Annotated[str, Field(max_length=12)]


def test_the_answer_is_validated_and_costs_what_the_server_says(chat: Chat, endpoint: Make) -> None:
    chat.says('{"person": "A", "cue": "said"}')
    answer = endpoint().ask(MESSAGES, Speaker, max_tokens=30)
    assert answer.value == Speaker(person="A", cue="said")
    assert type(answer.value) is Speaker
    assert vars(answer.value) == {"person": "A", "cue": "said"}
    assert answer.raw == '{"person": "A", "cue": "said"}'
    assert answer.usage == Usage(1, 1, prompt_tokens=10, cached_tokens=4, completion_tokens=5)
    assert answer.tokens == ()


def test_exactly_the_request_is_sent(chat: Chat, endpoint: Make) -> None:
    chat.says('{"person": "A", "cue": "said"}')
    one = endpoint(seed=7)
    answer = one.ask(MESSAGES, Speaker, max_tokens=30)
    assert answer.request == one.request(MESSAGES, Speaker, max_tokens=30)
    assert chat.sent == [
        {
            "model": "some-model",
            "messages": [{"role": m.role, "content": m.content} for m in MESSAGES],
            "max_tokens": 30,
            "temperature": 0,
            "seed": 7,
            "response_format": {
                "type": "json_schema",
                "json_schema": {
                    "name": "Speaker",
                    "strict": True,
                    "schema": strict_schema(Speaker),
                },
            },
        }
    ]
    assert chat.sent[0]["response_format"]["json_schema"]["schema"] == answer.request.schema
    assert chat.headers[0]["Authorization"].startswith("Bearer sk-test")


def test_a_server_that_takes_grammars_gets_one(chat: Chat, endpoint: Make) -> None:
    chat.says('{"person":"A","cue":"said"}')
    endpoint(dialect="grammar").ask(MESSAGES, Speaker, max_tokens=30)
    assert "response_format" not in chat.sent[0]
    assert chat.sent[0]["grammar"].startswith("%llguidance {}\nstart: %json {")
    assert '"whitespace_flexible": false' in chat.sent[0]["grammar"]


def test_no_usage_from_the_server_is_no_failure(chat: Chat, endpoint: Make) -> None:
    chat.says('{"person": "A", "cue": "said"}', usage={})
    assert endpoint().ask(MESSAGES, Speaker, max_tokens=30).usage == Usage(calls=1, attempts=1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('{"person": "C", "cue": "said"}', "`person`: Input should be 'A' or 'B'"),
        ('{"person": "A"}', "`cue`: Field required"),
        ('{"person": "A", "cue": "said and added"}', "`cue`: String should have at most 12"),
        ('{"person": "A", "cue": "sa', "`answer`: Invalid JSON: EOF"),
        ("", "`answer`: Invalid JSON: EOF"),
        (None, "`answer`: Invalid JSON: EOF"),
    ],
)
def test_a_wrong_answer_is_asked_again_with_the_field_and_the_reason(
    chat: Chat, endpoint: Make, wrong: str | None, told: str
) -> None:
    chat.says(wrong)
    chat.says('{"person": "B", "cue": "said"}')
    answer = endpoint().ask(MESSAGES, Speaker, max_tokens=30)
    assert answer.value.person == "B"
    assert answer.usage == Usage(1, 2, prompt_tokens=20, cached_tokens=8, completion_tokens=10)
    first, second = chat.sent
    assert second["messages"][: len(MESSAGES)] == first["messages"]
    shown, asked = second["messages"][len(MESSAGES) :]
    assert shown == {"role": "assistant", "content": wrong or ""}
    assert asked["role"] == "user"
    assert told in asked["content"]
    assert "http" not in asked["content"]
    assert second["response_format"] == first["response_format"]
    assert answer.request.messages == tuple(MESSAGES)


@pytest.mark.parametrize("kind", [ValueError, AssertionError])
def test_a_failed_check_is_asked_again_in_its_words(
    chat: Chat, endpoint: Make, kind: type[Exception]
) -> None:
    def check(speaker: Speaker) -> None:
        if speaker.cue not in "He said so.":
            raise kind(f"`cue`: `{speaker.cue}` is not in the article")

    chat.says('{"person": "A", "cue": "noted"}')
    chat.says('{"person": "A", "cue": "said"}')
    answer = endpoint().ask(MESSAGES, Speaker, max_tokens=30, check=check)
    assert answer.value.cue == "said"
    assert answer.usage.attempts == 2
    asked = chat.sent[1]["messages"][-1]["content"]
    assert asked.endswith("`cue`: `noted` is not in the article")


def test_a_mistake_in_a_check_is_not_the_models(chat: Chat, endpoint: Make) -> None:
    def check(speaker: Speaker) -> None:
        raise KeyError("mistake")

    chat.says('{"person": "A", "cue": "noted"}')
    with pytest.raises(KeyError, match="mistake"):
        endpoint().ask(MESSAGES, Speaker, max_tokens=30, check=check)
    assert len(chat.sent) == 1


@pytest.mark.parametrize("max_reasks", [0, 1, 3])
def test_re_asks_are_bounded_and_paid_for(chat: Chat, endpoint: Make, max_reasks: int) -> None:
    for _ in range(5):
        chat.says('{"person": "C", "cue": "said"}')
    with pytest.raises(InvalidAnswer, match="`person`: Input should be") as caught:
        endpoint(max_reasks=max_reasks).ask(MESSAGES, Speaker, max_tokens=30)
    asked = max_reasks + 1
    assert len(chat.sent) == asked
    assert f"wrong {asked} time" in str(caught.value)
    assert usage_of(caught.value) == Usage(
        calls=1,
        attempts=asked,
        prompt_tokens=10 * asked,
        cached_tokens=4 * asked,
        completion_tokens=5 * asked,
    )


def test_at_most_three_problems_are_told(chat: Chat, endpoint: Make) -> None:
    class Many(BaseModel):
        people: list[Speaker]

    chat.says('{"people": [{}, {"person": "A", "cue": "said"}, {}]}')
    with pytest.raises(InvalidAnswer) as caught:
        endpoint(max_reasks=0).ask(MESSAGES, Many, max_tokens=30)
    assert "`people[0].person`: Field required; `people[0].cue`" in str(caught.value)
    assert "`people[2].person`: Field required; and 1 more" in str(caught.value)


def test_probabilities_of_the_written_tokens(chat: Chat, endpoint: Make) -> None:
    def token(text: str, logprob: float, **others: float) -> dict[str, object]:
        data = list(text.encode())
        top = [{"token": o, "logprob": p, "bytes": list(o.encode())} for o, p in others.items()]
        return {"token": text, "logprob": logprob, "bytes": data, "top_logprobs": top}

    content = [token('{"person":"', 0.0), token("A", -0.1, A=-0.1, B=-2.4), token('","cue":""}', 0)]
    content[0]["bytes"] = None
    chat.says('{"person":"A","cue":""}', logprobs={"content": content, "refusal": None})
    answer = endpoint(logprobs=True).ask(MESSAGES, Speaker, max_tokens=30)
    assert chat.sent[0]["logprobs"] is True
    assert chat.sent[0]["top_logprobs"] == 8
    assert answer.tokens[1].text == "A"
    assert answer.tokens[1].alternatives == {"A": -0.1, "B": -2.4}
    shares = choice_probabilities(answer.raw, answer.tokens, ["person"], ["A", "B"])
    assert shares == pytest.approx({"A": 0.909, "B": 0.091}, abs=1e-3)


@pytest.mark.parametrize(
    ("param", "gone", "there"),
    [
        ("max_tokens", "max_tokens", "max_completion_tokens"),
        ("temperature", "temperature", "max_tokens"),
    ],
)
def test_a_parameter_that_a_model_does_not_take_is_learnt_once(
    chat: Chat, endpoint: Make, param: str, gone: str, there: str
) -> None:
    chat.fails(400, param=param, code="unsupported_parameter")
    chat.says('{"person": "A", "cue": "said"}')
    chat.says('{"person": "B", "cue": "said"}')
    one = endpoint()
    first = one.ask(MESSAGES, Speaker, max_tokens=30)
    one.ask(MESSAGES, Speaker, max_tokens=30)
    assert len(chat.sent) == 3
    assert gone in chat.sent[0]
    for sent in chat.sent[1:]:
        assert gone not in sent
        assert sent[there] == 30
    assert first.usage.attempts == 1
    assert first.request.parameters.max_tokens == 30
    assert ("temperature" in first.request.parameters.given()) == (param != "temperature")


def test_many_threads_ask_one_endpoint(chat: Chat, endpoint: Make) -> None:
    for _ in range(24):
        chat.says('{"person": "A", "cue": "said"}')
    one = endpoint()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(one.ask, MESSAGES, Speaker, max_tokens=30) for _ in range(24)]
    assert all(future.result().usage.attempts == 1 for future in asked)
    assert len(chat.sent) == 24


def test_an_endpoint_can_be_used_again_after_closing(chat: Chat, endpoint: Make) -> None:
    with endpoint() as one:
        chat.says('{"person": "A", "cue": "said"}')
        one.ask(MESSAGES, Speaker, max_tokens=30)
    one.close()
    chat.says('{"person": "A", "cue": "said"}')
    assert one.ask(MESSAGES, Speaker, max_tokens=30).value.person == "A"


def test_an_endpoint_is_a_model(endpoint: Make) -> None:
    model: Model = endpoint(label="example")
    assert (model.name, model.label) == ("some-model", "example")
    assert repr(model) == "Endpoint('some-model', label='example')"


@pytest.mark.parametrize(
    ("base_url", "label"),
    [
        ("http://localhost:8080/v1", "localhost:8080"),
        ("https://api.example.org/v1", "api.example.org"),
        ("https://x.openai.azure.com/openai/v1", "x.openai.azure.com"),
    ],
)
def test_the_label_is_the_host(base_url: str, label: str) -> None:
    assert Endpoint("m", base_url).label == label


def test_openai_is_the_default_and_wants_a_key() -> None:
    assert Endpoint("m", api_key=SecretStr("k")).label == "api.openai.com"
    for key in (None, SecretStr(""), SecretStr(" ")):
        with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY"):
            Endpoint("m", api_key=key)


@pytest.mark.parametrize("base_url", ["localhost:8080", "ftp://example.org", "http://", "http://["])
def test_what_is_no_address(base_url: str) -> None:
    with pytest.raises(UsageError, match="--base-url"):
        Endpoint("m", base_url)


@pytest.mark.parametrize(
    "base_url",
    ["https://me:hunter2@example.org/v1", "https://example.org/v1?api-version=1&key=hunter2"],
)
def test_an_address_with_a_secret_in_it_is_not_taken(base_url: str) -> None:
    with pytest.raises(UsageError, match="OPENAI_API_KEY") as caught:
        Endpoint("m", base_url)
    assert "hunter2" not in str(caught.value)


def test_a_local_address_is_not_sought_through_a_proxy(
    chat: Chat, endpoint: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    chat.says('{"person": "A", "cue": "said"}')
    assert endpoint(api_key=None).ask(MESSAGES, Speaker, max_tokens=30).value.person == "A"
    assert chat.headers[0]["Authorization"] == "Bearer none"


class TestLlama:
    """The same with a real llama.cpp server."""

    def test_answers_fit_the_schema_without_white_space(self, llama: ServerAddress) -> None:
        with llama.endpoint(logprobs=True) as one:
            answer = one.ask([Message("user", "Who said it?")], Speaker, max_tokens=40)
        assert answer.raw == answer.value.model_dump_json()
        assert "".join(token.text for token in answer.tokens).startswith(answer.raw)
        assert answer.usage.prompt_tokens > 10 < answer.usage.completion_tokens
        shares = choice_probabilities(answer.raw, answer.tokens, ["person"], ["A", "B"])
        assert shares is not None
        assert shares[answer.value.person] >= 0.5

    def test_the_second_reading_comes_from_the_cache(self, llama: ServerAddress) -> None:
        question = [Message("user", "Who was it that said it yesterday in the hall?")]
        with llama.endpoint() as one:
            one.ask(question, Speaker, max_tokens=40)
            first = one.ask(question, Speaker, max_tokens=40)
            second = one.ask(question, Speaker, max_tokens=40)
        assert first.usage.cached_tokens > 20
        assert first == second

    def test_a_schema_instead_of_a_grammar(self, llama: ServerAddress) -> None:
        with dataclasses.replace(llama, compact=False).endpoint() as one:
            answer = one.ask([Message("user", "Who said it?")], Speaker, max_tokens=80)
        assert answer.value == Speaker.model_validate_json(answer.raw)

    def test_a_re_ask_is_answered(self, llama: ServerAddress) -> None:
        seen: list[Speaker] = []

        def check(speaker: Speaker) -> None:
            seen.append(speaker)
            if len(seen) == 1:
                raise ValueError("`cue`: take a word of the article")

        with llama.endpoint() as one:
            answer = one.ask([Message("user", "Who?")], Speaker, max_tokens=40, check=check)
        assert answer.usage.attempts == len(seen) == 2


def _never(speaker: Speaker) -> None:
    raise ValueError(f"`cue`: `{speaker.cue}` is not in the article")


def test_if_no_answer_passes_the_check_the_last_that_fits_the_schema_stands(
    chat: Chat, endpoint: Make
) -> None:
    for cue in ("noted", "added", "said"):
        chat.says(f'{{"person": "A", "cue": "{cue}"}}')
    answer = endpoint(max_reasks=2).ask(MESSAGES, Speaker, max_tokens=30, check=_never)
    assert answer.value.cue == "said"
    assert answer.raw == '{"person": "A", "cue": "said"}'
    assert answer.usage == Usage(1, 3, prompt_tokens=30, cached_tokens=12, completion_tokens=15)


def test_a_re_ask_that_fails_leaves_the_answer_before_it(chat: Chat, endpoint: Make) -> None:
    for content, reason in (('{"person"', "length"), ("", "content_filter"), ("{}", "stop")):
        chat.says('{"person": "A", "cue": "noted"}')
        chat.says(content, finish_reason=reason)
        answer = endpoint(max_reasks=1).ask(MESSAGES, Speaker, max_tokens=30, check=_never)
        assert answer.value.cue == "noted"
        assert answer.usage.attempts == 2
    chat.says('{"person": "A", "cue": "noted"}')
    chat.fails(500)
    answer = endpoint(max_reasks=1).ask(MESSAGES, Speaker, max_tokens=30, check=_never)
    assert answer.value.cue == "noted"
