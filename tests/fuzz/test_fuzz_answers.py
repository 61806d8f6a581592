"""Anything as a model's answer: a server's bytes, a completion of any shape, any fitting answer."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Literal, TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from summarizer.article import Article, article_id
from summarizer.errors import InvalidAnswer
from summarizer.extract import summarize_article
from summarizer.model import (
    Answer,
    AnswerCache,
    Endpoint,
    Parameters,
    Request,
    Usage,
    strict_schema,
)
from summarizer.model.reading import json_objects, shows_reasoning, without_reasoning
from summarizer.prompt import Message, Prompt, load_prompt
from summarizer.record import dump_record, load_record
from summarizer.run import shortest

from .answering import Answering
from .endings import EXAMPLES, orderly
from .material import ANY_TEXT, LINES, as_json, bent

T = TypeVar("T", bound=BaseModel)

REPORT = (
    "TALLINN, 4 May. On Tuesday, 4 May, Chilean Defense Minister Ana Rojas held talks via video "
    "link with the Norwegian minister of defence, Admiral Ola Berg.\n"
    "The ministers discussed joint rescue drills and agreed to train 120 pilots. “We will not sail "
    "alone — the ice doesn’t wait,” Rojas said. “We need 5,000 tonnes of fuel. Norway has it.”\n"
    "Berg said that Norway would send two ships. He added that the plan “fully meets our needs” "
    "and is ready. “Thank you,” the minister told reporters.\n"
    "On 9 June the two will meet in Oslo with Eva Moe. “Thank you,” said Rojas, \n\n"
    "according to the ministry “of 𝔸ll 😀 things, (the) «ice» said"
)
CHINESE = (
    "外交部长王毅5月4日在北京会见挪威外交大臣安娜·林德。王毅表示：“我们将派12艘船。”他说会谈很好。"
)


class Reply(BaseModel):
    """What the endpoint is asked for."""

    word: str
    choice: Literal["a", "b"] | None = None


GOOD: dict[str, Any] = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": '{"word": "heron", "choice": "a"}'},
            "logprobs": {
                "content": [
                    {
                        "token": "he",
                        "logprob": -0.1,
                        "bytes": [104, 101],
                        "top_logprobs": [{"token": "a", "logprob": -1, "bytes": None}],
                    }
                ]
            },
        }
    ],
    "usage": {
        "prompt_tokens": 9,
        "completion_tokens": 4,
        "total_tokens": 13,
        "prompt_tokens_details": {"cached_tokens": 3},
        "completion_tokens_details": {"reasoning_tokens": 2},
    },
}
BAD: dict[str, Any] = {"error": {"message": "wrong", "type": "x", "param": "seed", "code": 400}}


def response(status: int, body: bytes, kind: bytes) -> bytes:
    """An HTTP response."""
    head = [b"HTTP/1.1 %d X" % status, b"content-type: " + kind, b"content-length: %d" % len(body)]
    return b"\r\n".join([*head, b"connection: close", b"", body])


class Stage:
    """A server, an endpoint that asks it, and a cache of its answers."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self.server = Answering()
        self._stack.callback(self.server.close)
        self.folder = Path(folder)
        cached = AnswerCache(self.folder / "answers.db")
        self._stack.callback(cached.close)
        address = f"{self.server.address}/v1"
        self.endpoint = self._stack.enter_context(
            Endpoint("m", address, max_retries=0, max_reasks=1, dialect="json_schema", cache=cached)
        )
        self._numbers = count()
        # A client looks once at the machine it runs on.
        self.server.answer = response(200, as_json(GOOD), b"application/json")
        self.endpoint.ask(self.question(), Reply, max_tokens=9)

    def question(self) -> tuple[Message]:
        """One that was never asked, so that no answer to it is kept."""
        return (Message("user", f"Question {next(self._numbers)}"),)

    def close(self) -> None:
        self._stack.close()


@cache
def stage() -> Stage:
    return Stage()


@cache
def prompt(name: str) -> Prompt:
    return load_prompt(name)


@pytest.fixture(scope="module", autouse=True)
def _stage_ends() -> Iterator[None]:
    yield
    stage().close()
    stage.cache_clear()


@settings(max_examples=EXAMPLES * 2)
@given(LINES)
def test_json_in_any_text(text: str) -> None:
    with orderly():
        for found in json_objects(text):
            assert found in text
            assert isinstance(json.loads(found), dict)
        without_reasoning(text)
        shows_reasoning(text)


def with_content(content: str) -> dict[str, Any]:
    """A completion with this text."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"content": content}}
    return {**GOOD, "choices": [choice]}


def with_(path: Sequence[str | int], value: object) -> bytes:
    """A completion with something else at a place of its choice."""
    changed = copy.deepcopy(GOOD)
    place: Any = changed["choices"][0]
    *way, last = path
    for key in way:
        place = place[key]
    place[last] = value
    return as_json(changed)


STATUS = st.sampled_from([200, 200, 200, 400, 401, 404, 422, 429, 500])


@settings(max_examples=EXAMPLES * 2)
@given(
    STATUS,
    st.one_of(
        bent(GOOD).map(as_json),
        bent(BAD).map(as_json),
        LINES.map(lambda text: as_json(with_content(text))),
        LINES.map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary(max_size=60),
    ),
    st.sampled_from([b"application/json", b"text/html", b"application/json; charset=utf-16", b""]),
)
@example(200, with_(["logprobs", "content", 0, "bytes"], 0.5), b"application/json")
@example(200, with_(["logprobs", "content", 0, "logprob"], "x"), b"application/json")
@example(200, with_(["finish_reason"], []), b"application/json")
@example(200, with_(["message"], "x"), b"application/json")
@example(200, with_(["message", "extra"], {"\ud800": 1}), b"application/json")
@example(200, as_json({**GOOD, "usage": ["", {"\U0001f921\ude88": None}]}), b"application/json")
@example(200, b'{"object": "chat.completion", "choices": {"a": 1}}', b"application/json")
def test_any_completion(status: int, body: bytes, kind: bytes) -> None:
    answer_with(status, body, kind)


def answer_with(status: int, body: bytes, kind: bytes) -> None:
    """The same question twice: what was answered once is answered the same from the cache."""
    place, question = stage(), stage().question()
    place.server.answer = response(status, body, kind)
    first: list[Answer[Reply]] = []
    with orderly(place.folder, network=True):
        first.append(place.endpoint.ask(question, Reply, max_tokens=9))
    if first:
        with orderly(place.folder):
            again = place.endpoint.ask(question, Reply, max_tokens=9)
            assert again.value == first[0].value
            assert again.tokens == first[0].tokens


class Arbitrary:
    """A model whose answers fit the schema and are otherwise what a list of numbers makes them."""

    name, label, context = "arbitrary", "example.org", None

    def __init__(self, choices: Sequence[int], words: Sequence[str]) -> None:
        self._choices = list(choices)
        self._words = words

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        schema = strict_schema(answer_type)
        raw = json.dumps(self._value(schema, schema))
        try:
            value = answer_type.model_validate_json(raw)
        except ValidationError:
            raise InvalidAnswer("the answer does not fit", where=self.label) from None
        if check:
            try:
                check(value)
            except (ValueError, AssertionError) as error:
                assert str(error)
        request = Request(tuple(messages), answer_type.__name__, schema, Parameters(max_tokens=9))
        return Answer(value, raw, Usage(calls=1, attempts=1), request)

    def _value(self, schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
        if not self._choices:
            return shortest(schema, root)
        if "$ref" in schema:
            return self._value(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
        if choices := schema.get("enum"):
            return choices[self._below(len(choices))]
        if kinds := schema.get("anyOf"):
            return self._value(kinds[self._below(len(kinds))], root)
        match schema.get("type"):
            case "object":
                return {k: self._value(v, root) for k, v in schema["properties"].items()}
            case "array":
                least = schema.get("minItems", 0)
                most = min(schema.get("maxItems", 4), least + 6)
                length = least + self._below(most - least + 1)
                return [self._value(schema["items"], root) for _ in range(length)]
            case "string":
                word = self._words[self._below(len(self._words))] or "x"
                return word[: schema.get("maxLength", 200)]
            case "integer":
                least = schema.get("minimum", 0)
                return least + self._below(schema.get("maximum", least + 9) - least + 1)
            case "boolean":
                return bool(self._below(2))
            case _:
                return shortest(schema, root)

    def _below(self, limit: int) -> int:
        return self._choices.pop(0) % limit if self._choices else 0


def _words(text: str, places: Sequence[tuple[int, int]], more: Sequence[str]) -> list[str]:
    """Passages of a text at these places, and other words."""
    return [text[start : start + length] for start, length in places] + [*more, text[:90]]


PLACES = st.lists(st.tuples(st.integers(0, len(REPORT)), st.integers(1, 60)), max_size=12)


@settings(max_examples=EXAMPLES)
@given(
    st.sampled_from(["single", "grounded"]),
    st.sampled_from([REPORT, CHINESE]),
    st.lists(st.integers(0, 255), max_size=120),
    PLACES,
    st.lists(ANY_TEXT, max_size=3),
)
def test_any_answer_that_fits(
    name: str,
    text: str,
    choices: list[int],
    places: list[tuple[int, int]],
    more: list[str],
) -> None:
    language = "zh" if text is CHINESE else "en"
    article = Article(id=article_id(text), text=text, language=language)
    model = Arbitrary(choices, _words(text, places, more))
    with orderly():
        record = summarize_article(article, model=model, prompt=prompt(name))
        assert load_record(dump_record(record)) == record
