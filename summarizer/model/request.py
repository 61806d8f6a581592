"""One request to a model, and the hash that says exactly what was asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.prompt import Message


@dataclass(frozen=True)
class Parameters:
    """How an answer is written; null is left to the server.

    `max_tokens` bounds the written tokens of an answer. `top_logprobs` asks for the probabilities
    of that many tokens at each place.
    """

    max_tokens: int
    temperature: float | None = 0
    seed: int | None = None
    top_logprobs: int | None = None

    def __post_init__(self) -> None:
        if self.max_tokens < 1:
            raise ValueError(f"`max_tokens` must be at least 1, not {self.max_tokens}")

    def given(self) -> dict[str, int | float]:
        """The parameters that are not null."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Request:
    """The exact messages, schema and parameters of one request."""

    messages: tuple[Message, ...]
    schema_name: str
    schema: Mapping[str, object]
    parameters: Parameters

    def canonical_json(self) -> str:
        """The same text for the same request.

        Keys keep their order: a model writes the fields in the order in which the schema has them.
        """
        content = {
            "messages": [{"role": m.role, "content": m.content} for m in self.messages],
            "schema_name": self.schema_name,
            "schema": self.schema,
            "parameters": self.parameters.given(),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def request_sha256(request: Request) -> str:
    """The SHA-256 of a request's canonical JSON, in hexadecimal."""
    return _sha256(request.canonical_json())


def requests_sha256(requests: Iterable[Request]) -> str:
    """The SHA-256 of several requests in the order in which they were made, in hexadecimal."""
    return _sha256("[" + ",".join(request.canonical_json() for request in requests) + "]")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
