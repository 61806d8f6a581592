"""A socket that answers as a profile says, and what its answers are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

Json = dict[str, Any]
Reply = tuple[int, Json | str]
# The status and body for the arguments of the nth request.
Behaviour = Callable[[Json, int], Reply]

MODEL = "some-model"
_SCHEMA_IN_PROMPT = "JSON Schema:\n"


class Server:
    """A socket that answers; `sent` is what it was asked."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.sent: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._lock = Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                listed = {"object": "list", "data": [{"id": MODEL, "object": "model"}]}
                self._give(200, listed)

            def do_POST(self) -> None:
                sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with server._lock:
                    server.sent.append(sent)
                    server.headers.append(dict(self.headers))
                    server.paths.append(self.path)
                    number = len(server.sent)
                self._give(*behaviour(sent, number))

            def _give(self, status: int, body: Json | str) -> None:
                data = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with suppress(ConnectionError):  # of a client that did not wait
                    self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Answer while the context lasts."""
        thread = Thread(target=self._http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            thread.join()
            self._http.server_close()


def right(schema: Json) -> Any:
    """An answer that fits a schema, the first of everything."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return right(schema["anyOf"][0])
    kind = schema["type"]
    if kind == "object":
        return {name: right(part) for name, part in schema["properties"].items()}
    if kind == "array":
        return [right(schema["items"])] * schema.get("minItems", 1)
    return {"string": "said", "integer": schema.get("minimum", 1), "null": None}[kind]


def schema_of(sent: Json) -> Json | None:
    """The schema that a request names, in its format or in its prompt."""
    form = sent.get("response_format") or {}
    if form.get("type") == "json_schema":
        schema: Json = form["json_schema"]["schema"]
        return schema
    return prompted_schema(sent)


def prompted_schema(sent: Json) -> Json | None:
    """The schema that stands in the prompt."""
    for message in sent["messages"]:
        _, found, schema = message["content"].rpartition(_SCHEMA_IN_PROMPT)
        if found:
            read: Json = json.loads(schema)
            return read
    return None


def written(sent: Json) -> str:
    """What a model writes that is held to the schema, or told it."""
    schema = schema_of(sent)
    return json.dumps(right(schema)) if schema else "Hello! How can I help you today?"


def completion(
    content: Any, *, usage: Any = ..., choice: Json | None = None, **message: Any
) -> Json:
    """A chat completion."""
    if usage is ...:
        usage = {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29}
    said = {"role": "assistant", "content": content, **message}
    chosen = {"index": 0, "message": said, "finish_reason": "stop", "logprobs": None}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": MODEL}
    return {**body, "choices": [{**chosen, **(choice or {})}], "usage": usage}


def error(message: str, **more: Any) -> Json:
    """An error as OpenAI words it."""
    given = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return {"error": {**given, **more}}
