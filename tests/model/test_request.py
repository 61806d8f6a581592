from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.model import Parameters, Request, request_sha256, requests_sha256
from summarizer.prompt import Message

SCHEMA = {"type": "object", "properties": {"b": {"type": "string"}, "a": {"type": "string"}}}
REQUEST = Request(
    messages=(Message("system", "Read."), Message("user", "“Да,” said Łukasz.")),
    schema_name="Answer",
    schema=SCHEMA,
    parameters=Parameters(max_tokens=50),
)


def test_canonical_json_is_compact_and_keeps_the_order_of_fields() -> None:
    assert REQUEST.canonical_json() == (
        '{"messages":[{"role":"system","content":"Read."},'
        '{"role":"user","content":"“Да,” said Łukasz."}],'
        '"schema_name":"Answer",'
        '"schema":{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"string"}}},'
        '"parameters":{"max_tokens":50,"temperature":0}}'
    )


def test_sha256_is_of_the_canonical_json() -> None:
    expected = hashlib.sha256(REQUEST.canonical_json().encode()).hexdigest()
    assert request_sha256(REQUEST) == expected


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, messages=REQUEST.messages[::-1]),
        replace(REQUEST, messages=REQUEST.messages[:1]),
        replace(REQUEST, messages=(Message("user", "Read."), REQUEST.messages[1])),
        replace(REQUEST, schema_name="Other"),
        replace(
            REQUEST,
            schema=SCHEMA | {"properties": dict(reversed(SCHEMA["properties"].items()))},  # type: ignore[attr-defined]
        ),
        replace(REQUEST, parameters=Parameters(max_tokens=51)),
        replace(REQUEST, parameters=Parameters(max_tokens=50, temperature=0.5)),
        replace(REQUEST, parameters=Parameters(max_tokens=50, seed=1)),
        replace(REQUEST, parameters=Parameters(max_tokens=50, top_logprobs=8)),
    ],
)
def test_whatever_changes_the_request_changes_the_hash(other: Request) -> None:
    assert request_sha256(other) != request_sha256(REQUEST)


def test_the_hash_of_several_requests_depends_on_their_order_and_bounds() -> None:
    other = replace(REQUEST, schema_name="Other")
    hashes = {
        requests_sha256(requests)
        for requests in ([], [REQUEST], [REQUEST, other], [other, REQUEST], [REQUEST, REQUEST])
    }
    assert len(hashes) == 5
    assert requests_sha256([REQUEST]) == requests_sha256(iter([replace(REQUEST)]))


@given(st.text(st.characters()))
def test_any_text_can_be_hashed(content: str) -> None:
    request = replace(REQUEST, messages=(Message("user", content),))
    assert len(request_sha256(request)) == 64
    assert json.loads(request.canonical_json())["messages"][0]["content"] == content


@pytest.mark.parametrize("max_tokens", [0, -1])
def test_written_tokens_are_always_bounded(max_tokens: int) -> None:
    with pytest.raises(ValueError, match="max_tokens"):
        Parameters(max_tokens=max_tokens)


def test_given_parameters_leave_out_null() -> None:
    assert Parameters(max_tokens=5).given() == {"max_tokens": 5, "temperature": 0}
    assert Parameters(max_tokens=5, temperature=None, seed=0).given() == {
        "max_tokens": 5,
        "seed": 0,
    }
