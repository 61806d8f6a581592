"""What each way of asking for JSON sends, and that none of them changes what is asked."""

from __future__ import annotations

import copy
import json
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from summarizer.model import Parameters, Request, request_sha256, schema_name, strict_schema
from summarizer.model.dialect import DIALECTS, INSTEAD, REASONING_ROOM, DialectName, Manner
from summarizer.prompt import Message


class Inner(BaseModel):
    maxLength: Annotated[str, Field(max_length=9)]
    properties: Annotated[list[Literal["minimum", "format"]], Field(min_length=1)]


class Asked(BaseModel):
    inner: Inner
    number: Annotated[int, Field(ge=1, le=3)] | None


REQUEST = Request(
    messages=(Message("system", "Read."), Message("user", "Who?")),
    schema_name=schema_name(Asked),
    schema=strict_schema(Asked),
    parameters=Parameters(max_tokens=30, seed=7, top_logprobs=8),
)
MESSAGES = [{"role": m.role, "content": m.content} for m in REQUEST.messages]
RE_ASK = [{"role": "assistant", "content": "Lind"}, {"role": "user", "content": "Correct it."}]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_dialect_changes_the_request_or_the_messages_of_others(dialect: DialectName) -> None:
    before, messages = request_sha256(REQUEST), copy.deepcopy([*MESSAGES, *RE_ASK])
    sent = Manner(dialect).arguments("m", REQUEST, messages)
    assert request_sha256(REQUEST) == before
    assert messages == [*MESSAGES, *RE_ASK]
    assert sent["model"] == "m"
    assert (sent["max_tokens"], sent["temperature"], sent["seed"]) == (30, 0, 7)
    assert (sent["logprobs"], sent["top_logprobs"]) == (True, 8)
    assert sent["messages"][0] == MESSAGES[0]
    assert sent["messages"][2:] == RE_ASK
    assert sent["messages"][1]["content"].startswith("Who?")


def test_each_dialect_asks_in_its_own_way() -> None:
    sent = {name: Manner(name).arguments("m", REQUEST, MESSAGES) for name in DIALECTS}
    for name, dialect in DIALECTS.items():
        assert sent[name].get("response_format", {}).get("type") == dialect.format
    assert sent["json_schema"]["response_format"]["json_schema"] == {
        "name": "Asked",
        "strict": True,
        "schema": REQUEST.schema,
    }
    assert sent["json_schema"]["messages"] == MESSAGES
    assert sent["grammar"]["messages"] == MESSAGES
    assert sent["grammar"]["extra_body"]["grammar"].startswith("%llguidance")
    for name in ("json_object", "prompted"):
        told = sent[name]["messages"][-1]["content"]
        assert "JSON" in told
        assert json.loads(told.rpartition("\n")[2]) == REQUEST.schema


def test_a_schema_without_bounds_keeps_everything_else() -> None:
    sent = Manner("plain_schema").arguments("m", REQUEST, MESSAGES)
    schema = sent["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["number"]["anyOf"] == [{"type": "integer"}, {"type": "null"}]
    inner = schema["properties"]["inner"]
    assert inner["required"] == ["maxLength", "properties"]
    assert inner["properties"]["maxLength"] == {"type": "string"}
    assert inner["properties"]["properties"] == {
        "type": "array",
        "items": {"type": "string", "enum": ["minimum", "format"]},
    }
    assert inner["additionalProperties"] is False


def test_what_a_server_does_not_take_is_left_out_or_named_otherwise() -> None:
    manner = Manner("json_schema")
    for name in INSTEAD:
        changed = manner.without(name)
        if changed is None:
            assert name in manner.refused
            continue
        manner = changed
    sent = manner.arguments("m", REQUEST, MESSAGES)
    assert sent.keys() == {"model", "messages", "max_completion_tokens", "response_format"}
    assert sent["max_completion_tokens"] == 30
    for name in (*INSTEAD, "messages", "response_format", "", None):
        assert manner.without(name) is None


def test_reasoning_gets_room() -> None:
    sent = Manner("json_schema", reasons=True).arguments("m", REQUEST, MESSAGES)
    assert sent["max_tokens"] == 30 + REASONING_ROOM
