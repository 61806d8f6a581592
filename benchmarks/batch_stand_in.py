"""A provider of batches that costs nothing, as OpenAI documents its interface.

Files are uploaded and read back, batches begun, looked at, listed and cancelled; results come in
reverse order, errors in a file of their own. A batch is done after so many looks, or expires with
half of its answers. The requests are answered as `stand_in.py` does.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stand_in import StandIn

Json = dict[str, Any]
# What becomes of a request, if not an answer: HTTP status and error, or the code of an error line.
Fault = Callable[[Json], tuple[int, str] | str | None]


@dataclass
class Provider:
    """What it does, and what it saw.

    Args:
        looks: how often a batch is looked at until it is done.
        expires: the numbers of batches that expire, from 0.
        fails: the numbers of batches that fail as a whole.
        fault: what becomes of a request that gets no answer.
        deaths: steps at which the client is killed, each once: `create file`, `create batch`,
            `look`, `list files`, `list batches`, `content`; with `after ` before it once the step
            is taken, but before the client is told.
        client: the process that is killed.

    `billed` counts the answers in full by the request's own words, `live` the requests outside of
    batches and `probed` what they read; `bodies` are the files' contents.
    """

    looks: int = 1
    expires: frozenset[int] = frozenset()
    fails: frozenset[int] = frozenset()
    fault: Fault = lambda body: None
    deaths: list[str] = field(default_factory=list)
    client: int | None = None
    key: str | None = None
    billed: Counter[str] = field(default_factory=Counter)
    live: int = 0
    probed: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    batches: dict[str, Json] = field(default_factory=dict)
    died: list[str] = field(default_factory=list)
    _looked: Counter[str] = field(default_factory=Counter)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _answers: StandIn = field(default_factory=lambda: StandIn(0.0, False, 0.0, 1))

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Answer while the block lasts; the address."""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._do("GET", b"")

            def do_POST(self) -> None:
                self._do("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)))

            def _do(self, method: str, body: bytes) -> None:
                kind = self.headers.get("Content-Type", "")
                status, data = provider._handle(method, self.path, kind, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def _handle(self, method: str, path: str, kind: str, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(path)
        names = parts.path.removeprefix("/v1/").split("/")
        step = _step(method, names)
        self._die(step)
        with self._lock:
            match method, names:
                case "POST", ["chat", "completions"]:
                    self.live += 1
                    answer = self._answers._answer(json.loads(body))
                    self.probed += answer["usage"]["prompt_tokens"]
                    given: Json | bytes = answer
                case "POST", ["files"]:
                    given = self._store(kind, body)
                case "GET", ["files"]:
                    given = {"object": "list", "data": [self._file(one) for one in self.files]}
                case "GET", ["files", file, "content"]:
                    given = self.files[file]
                case "POST", ["batches"]:
                    given = self._begin(json.loads(body))
                case "GET", ["batches"]:
                    given = self._list(parse_qs(parts.query))
                case "GET", ["batches", batch]:
                    given = self._look(batch)
                case "POST", ["batches", batch, "cancel"]:
                    given = self._end(batch, "cancelled", share=0.5)
                case _:
                    given = {"object": "list", "data": []}
        self._die(f"after {step}")
        return 200, given if isinstance(given, bytes) else json.dumps(given).encode()

    def _die(self, step: str) -> None:
        with self._lock:
            if self.client is None or step not in self.deaths:
                return
            self.deaths.remove(step)
            self.died.append(step)
            os.kill(self.client, signal.SIGKILL)
            self.client = None

    def _store(self, kind: str, body: bytes) -> Json:
        message = message_from_bytes(
            b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body, policy=HTTP
        )
        for part in message.iter_parts():
            name = part.get_filename()
            if name:
                payload = part.get_payload(decode=True)
                assert isinstance(payload, bytes)
                return self._file(self._kept(name, payload))
        raise AssertionError(body[:200])

    def _kept(self, name: str, content: bytes) -> str:
        file = f"file-{len(self.files)}"
        self.files[file], self.names[file] = content, name
        return file

    def _file(self, file: str) -> Json:
        return {
            "id": file,
            "object": "file",
            "bytes": len(self.files[file]),
            "created_at": 1,
            "filename": self.names[file],
            "purpose": "batch",
            "status": "processed",
        }

    def _begin(self, given: Json) -> Json:
        assert given["endpoint"] == "/v1/chat/completions"
        assert given["completion_window"] == "24h"
        number = len(self.batches)
        requests = self.files[given["input_file_id"]].splitlines()
        batch = {
            "id": f"batch_{number}",
            "object": "batch",
            "endpoint": given["endpoint"],
            "input_file_id": given["input_file_id"],
            "completion_window": "24h",
            "status": "validating",
            "created_at": 1,
            "metadata": given.get("metadata"),
            "request_counts": {"total": len(requests), "completed": 0, "failed": 0},
        }
        self.batches[str(batch["id"])] = batch
        return batch

    def _list(self, query: dict[str, list[str]]) -> Json:
        found = list(reversed(self.batches.values()))
        after = query.get("after", [""])[0]
        if after:
            found = found[[one["id"] for one in found].index(after) + 1 :]
        limit = int(query.get("limit", ["20"])[0])
        return {"object": "list", "data": found[:limit], "has_more": len(found) > limit}

    def _look(self, batch: str) -> Json:
        self._looked[batch] += 1
        number = int(batch.removeprefix("batch_"))
        if self.batches[batch]["status"] not in ("validating", "in_progress"):
            return self.batches[batch]
        if self._looked[batch] < self.looks:
            self.batches[batch]["status"] = "in_progress"
            return self.batches[batch]
        if number in self.fails:
            error = {"code": "token_limit_exceeded", "message": "too many tokens are enqueued"}
            self.batches[batch] |= {"status": "failed", "errors": {"data": [error]}}
            return self.batches[batch]
        if number in self.expires:
            return self._end(batch, "expired", share=0.5)
        return self._end(batch, "completed", share=1.0)

    def _end(self, batch: str, status: str, share: float) -> Json:
        requests = [json.loads(line) for line in self.files[self._input(batch)].splitlines()]
        begun = requests[: round(len(requests) * share)]
        outputs, errors = [], []
        for request in reversed(begun):  # in another order than they were asked in
            fault = self.fault(request["body"])
            if fault is None:
                self.billed[json.dumps(request["body"], sort_keys=True)] += 1
                outputs.append(_line(request, 200, self._answers._answer(request["body"])))
            elif isinstance(fault, str):
                errors.append(_line(request, None, {"code": fault, "message": fault}))
            else:
                error = {"error": {"message": fault[1], "type": "x", "param": None, "code": None}}
                errors.append(_line(request, fault[0], error))
        if status == "expired":
            gone = {"code": "batch_expired", "message": "This request could not be executed"}
            errors += [_line(request, None, gone) for request in requests[len(begun) :]]
        made = self.batches[batch]
        made["status"] = status
        made["request_counts"] |= {"completed": len(outputs), "failed": len(errors)}
        for name, lines in (("output_file_id", outputs), ("error_file_id", errors)):
            if lines:
                made[name] = self._kept(f"{batch}_{name}.jsonl", b"\n".join(lines) + b"\n")
        return made

    def _input(self, batch: str) -> str:
        return str(self.batches[batch]["input_file_id"])


def _step(method: str, names: list[str]) -> str:
    """The name of a step for `Provider.deaths`."""
    if method == "POST":
        return f"create {names[0].removesuffix('es').removesuffix('s')}".replace("fil", "file")
    if names[-1] == "content":
        return "content"
    return "look" if len(names) > 1 else f"list {names[0]}"


def _line(request: Json, status: int | None, body: Json) -> bytes:
    response = {"status_code": status, "request_id": "r", "body": body}
    line = {"id": "b", "custom_id": request["custom_id"]}
    line |= {"response": response, "error": None} if status else {"response": None, "error": body}
    return json.dumps(line).encode()
