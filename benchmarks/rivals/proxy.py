"""A proxy on this machine that counts what every request took, the same way for every system."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

_PASSED_ON = ("authorization", "content-type", "accept")


@dataclass(frozen=True)
class Call:
    """One request: when it came and went (seconds of a monotonic clock), and the tokens of it.

    `read` are all tokens of the prompt and `cached` those of them that were not read again.
    `engine` are the milliseconds that the engine itself counts; 0 where it gives none. `cut`: the
    answer ended at the bound of what may be written.
    """

    began: float
    ended: float
    status: int
    read: int = 0
    cached: int = 0
    written: int = 0
    engine: float = 0.0
    cut: bool = False


@dataclass
class Used:
    """What some calls took together; `busy` are the seconds in which at least one was open."""

    calls: int = 0
    read: int = 0
    cached: int = 0
    written: int = 0
    engine: float = 0.0
    busy: float = 0.0
    cut: int = 0
    refused: int = 0

    @classmethod
    def of(cls, calls: list[Call]) -> Used:
        """The sums."""
        used, until = cls(), 0.0
        for call in sorted(calls, key=lambda call: call.began):
            used.calls += 1
            used.read += call.read
            used.cached += call.cached
            used.written += call.written
            used.engine += call.engine / 1000
            used.cut += call.cut
            used.refused += call.status != 200
            used.busy += max(0.0, call.ended - max(until, call.began))
            until = max(until, call.ended)
        return used

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass
class Proxy(AbstractContextManager["Proxy"]):
    """Passes every request on to `upstream`, an address ending in `/v1`, and counts."""

    upstream: str
    calls: list[Call] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _open: set[http.client.HTTPConnection] = field(default_factory=set)
    _server: ThreadingHTTPServer | None = None

    @property
    def base_url(self) -> str:
        """Its own address."""
        assert self._server
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Proxy:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._server
        self.drop()
        self._server.shutdown()
        self._server.server_close()

    def taken(self) -> Used:
        """What the calls since the last time took."""
        with self._lock:
            calls, self.calls = self.calls, []
        return Used.of(calls)

    def drop(self) -> None:
        """Break off what is open, so that the engine does not go on with it."""
        with self._lock:
            still = list(self._open)
        for connection in still:
            if connection.sock:
                with suppress(OSError):
                    connection.sock.shutdown(2)

    def exchange(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, str, bytes]:
        """Status, content type and body of the answer from upstream."""
        began = time.monotonic()
        parts = urlsplit(self.upstream)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=1800)
        with self._lock:
            self._open.add(connection)
        status, kind, content = 502, "application/json", b'{"error": {"message": "broken off"}}'
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            status, content = answer.status, answer.read()
            kind = answer.headers.get("content-type", kind)
        except (OSError, http.client.HTTPException):
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()
        if method == "POST":
            call = _counted(content, began, time.monotonic(), status)
            with self._lock:
                self.calls.append(call)
        return status, kind, content


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 65536

        def _pass(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(size)
            headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
            status, kind, content = proxy.exchange(self.command, self.path, headers, body)
            with suppress(OSError):
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                self.wfile.flush()

        do_GET = do_POST = _pass

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def _counted(content: bytes, began: float, ended: float, status: int) -> Call:
    try:
        answer = json.loads(content)
        usage = answer.get("usage") or {}
        timings = answer.get("timings") or {}
        choices = answer.get("choices") or [{}]
    except (ValueError, AttributeError):
        return Call(began, ended, status)
    details = usage.get("prompt_tokens_details") or {}
    return Call(
        began,
        ended,
        status,
        read=usage.get("prompt_tokens", 0),
        cached=details.get("cached_tokens") or timings.get("cache_n", 0),
        written=usage.get("completion_tokens", 0),
        engine=timings.get("prompt_ms", 0.0) + timings.get("predicted_ms", 0.0),
        cut=choices[0].get("finish_reason") == "length",
    )
