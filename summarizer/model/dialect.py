"""How a server is asked for JSON, and what else is sent differently to it.

A request says what is asked; a dialect says how. Nothing here changes the request itself: its
messages, schema and parameters stay what provenance names and what recorded answers are found by.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from summarizer.model.grammar import compact_grammar
from summarizer.model.request import Request

DialectName = Literal["grammar", "json_schema", "plain_schema", "json_object", "prompted"]
Arguments = dict[str, Any]

# The part of a request that says how the answer is formed, as servers name it.
FORMAT = "response_format"
# Parameters that some servers do not take, and what they take instead.
INSTEAD: Mapping[str, str | None] = {
    "max_tokens": "max_completion_tokens",
    "temperature": None,
    "seed": None,
    "logprobs": None,
    "top_logprobs": None,
}
_LOGPROBS = frozenset({"logprobs", "top_logprobs"})
# Written tokens for a model's reasoning, which servers count as part of the answer.
REASONING_ROOM = 8_192
_BOUNDS = frozenset(
    {"minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum"}
    | {"exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems"}
)
_VALUES = frozenset({"enum", "const"})


@dataclass(frozen=True)
class Dialect:
    """One way to ask for JSON.

    Args:
        about: what the server does for it, for people.
        bound: whether the schema binds what can be written, or is only asked for.
        format: the type of `response_format` that is sent, if any is.
        shape: adds to the arguments of a chat completion what asks for the request's JSON.
    """

    about: str
    bound: bool
    format: str | None
    shape: Callable[[Arguments, Request], Arguments]


def _grammar(arguments: Arguments, request: Request) -> Arguments:
    return {**arguments, "extra_body": {"grammar": compact_grammar(request.schema)}}


def _json_schema(arguments: Arguments, request: Request) -> Arguments:
    return _with_schema(arguments, request.schema_name, request.schema)


def _plain_schema(arguments: Arguments, request: Request) -> Arguments:
    return _with_schema(arguments, request.schema_name, _without_bounds(request.schema))


def _json_object(arguments: Arguments, request: Request) -> Arguments:
    return {**_prompted(arguments, request), FORMAT: {"type": "json_object"}}


def _prompted(arguments: Arguments, request: Request) -> Arguments:
    """The schema stands at the end of the request's last message, before any re-ask."""
    messages = [dict(message) for message in arguments["messages"]]
    last = messages[len(request.messages) - 1]
    schema = json.dumps(request.schema, ensure_ascii=False, separators=(",", ":"))
    last["content"] = (
        f"{last['content']}\n\nAnswer with one JSON object and nothing else. "
        f"It has to fit this JSON Schema:\n{schema}"
    )
    return {**arguments, "messages": messages}


DIALECTS: Mapping[DialectName, Dialect] = {
    "grammar": Dialect("keeps to a grammar made of the JSON Schema", True, None, _grammar),
    "json_schema": Dialect("keeps to a JSON Schema", True, "json_schema", _json_schema),
    "plain_schema": Dialect(
        "keeps to a JSON Schema without bounds of lengths and numbers",
        True,
        "json_schema",
        _plain_schema,
    ),
    "json_object": Dialect(
        "writes JSON, and is told the schema in the prompt", False, "json_object", _json_object
    ),
    "prompted": Dialect(
        "is told in the prompt to write JSON, and the schema", False, None, _prompted
    ),
}
# What is tried at an address that nothing is known about, the strictest first.
LADDER: tuple[DialectName, ...] = ("json_schema", "plain_schema", "json_object", "prompted")


@dataclass(frozen=True)
class Manner:
    """How one server is spoken to.

    Args:
        dialect: how it is asked for JSON.
        refused: parameters that it does not take, of those in `INSTEAD`.
        reasons: its model reasons before it answers, which takes written tokens of its own.
    """

    dialect: DialectName
    refused: frozenset[str] = frozenset()
    reasons: bool = False

    def without(self, parameter: str | None) -> Manner | None:
        """The same without a parameter; None if that is not to be had."""
        if parameter is None or parameter not in INSTEAD or parameter in self.refused:
            return None
        more = _LOGPROBS if parameter in _LOGPROBS else {parameter}
        return replace(self, refused=self.refused | more)

    def arguments(
        self, model: str, request: Request, messages: Sequence[Mapping[str, Any]]
    ) -> Arguments:
        """The arguments of the chat completion that makes a request.

        Args:
            model: the name of the model.
            request: what is asked.
            messages: the request's own messages, and those of re-asks after them.
        """
        given: Arguments = dict(request.parameters.given())
        if self.reasons:
            given["max_tokens"] += REASONING_ROOM
        if "top_logprobs" in given:
            given["logprobs"] = True
        for name in self.refused:
            value = given.pop(name, None)
            instead = INSTEAD[name]
            if instead is not None and value is not None:
                given[instead] = value
        arguments = {"model": model, "messages": list(messages), **given}
        return DIALECTS[self.dialect].shape(arguments, request)


def _with_schema(arguments: Arguments, name: str, schema: Mapping[str, Any]) -> Arguments:
    described = {"name": name, "strict": True, "schema": schema}
    return {**arguments, FORMAT: {"type": "json_schema", "json_schema": described}}


def _without_bounds(node: Any, *, names: bool = False) -> Any:
    """A schema without the keywords that some servers refuse; with `names`, keys are fields."""
    if isinstance(node, list):
        return [_without_bounds(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    if names:
        return {name: _without_bounds(part) for name, part in node.items()}
    return {
        key: part if key in _VALUES else _without_bounds(part, names=key == "properties")
        for key, part in node.items()
        if key not in _BOUNDS
    }
