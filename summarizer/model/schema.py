"""The JSON Schema of an answer, in the form that strict structured output asks for.

Strict mode wants every object closed and every property required, and knows no `oneOf` and no
defaults. References are written out, because a `$ref` may have no neighbours there and small
servers do not follow it. Bounds (`maxLength`, `maxItems`, `enum`) stay: servers honour them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_DROPPED = {"$defs", "default", "title", "discriminator", "examples"}
_SUBSCHEMAS = {"items", "additionalProperties", "not"}
_SUBSCHEMA_LISTS = {"anyOf", "oneOf", "allOf", "prefixItems"}
_NAME_LIMIT = 64


def strict_schema(answer_type: type[BaseModel]) -> dict[str, Any]:
    """The schema of an answer: no references, closed objects, all properties required.

    Raises:
        ValueError: the type refers to itself, or has an object with free keys.
    """
    schema = answer_type.model_json_schema()
    strict = _strict(schema, schema.get("$defs", {}), ())
    assert isinstance(strict, dict)
    return strict


def schema_name(answer_type: type[BaseModel]) -> str:
    """The name of the answer's class, in the characters that endpoints allow."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", answer_type.__name__)[:_NAME_LIMIT]


def _strict(node: Any, defs: Mapping[str, Any], inside: tuple[str, ...]) -> Any:
    if not isinstance(node, Mapping):
        return node
    if "$ref" in node:
        name = str(node["$ref"]).removeprefix("#/$defs/")
        if name in inside:
            raise ValueError(f"an answer's schema cannot refer to itself: `{name}`")
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _strict({**defs[name], **beside}, defs, (*inside, name))
    result: dict[str, Any] = {}
    for key, value in node.items():
        if key in _DROPPED:
            continue
        if key == "properties":
            result[key] = {name: _strict(sub, defs, inside) for name, sub in value.items()}
        elif key in _SUBSCHEMA_LISTS:
            name = "anyOf" if key == "oneOf" else key
            result[name] = [_strict(sub, defs, inside) for sub in value]
        elif key in _SUBSCHEMAS:
            result[key] = _strict(value, defs, inside)
        else:
            result[key] = value
    return _closed(result) if node.get("type") == "object" else result


def _closed(node: dict[str, Any]) -> dict[str, Any]:
    if "properties" not in node and node.get("additionalProperties", True) is not False:
        raise ValueError("an answer's schema cannot have an object with free keys")
    properties = node.get("properties", {})
    return {**node, "required": list(properties), "additionalProperties": False}
