"""A web server that says exactly what a test wants it to, on a real socket of this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pytest

Wrap = Callable[[socket.socket], socket.socket]


class Web:
    """A server of raw answers by target; `seen` has the requests, head by head, as they came."""

    def __init__(self, wrap: Wrap | None = None) -> None:
        self.answers: dict[str, bytes | Iterable[bytes]] = {}
        self.seen: list[str] = []
        self._wrap = wrap or (lambda sock: sock)
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def page(
        self,
        target: str,
        body: bytes | str,
        kind: str | None = "text/html; charset=utf-8",
        *headers: str,
        status: str = "200 OK",
    ) -> str:
        """Answer `target` with a page; returns its address."""
        data = body.encode() if isinstance(body, str) else body
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", *headers]
        if kind is not None:
            lines.append(f"Content-Type: {kind}")
        self.answers[target] = "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + data
        return self.url + target

    def redirect(self, target: str, to: str, status: int = 302) -> str:
        """Answer `target` with a redirect; returns its address."""
        return self.page(target, "", None, f"Location: {to}", status=f"{status} Elsewhere")

    def pause(self, seconds: float) -> None:
        """Wait, but not past the end of the test."""
        self._over.wait(seconds)

    def close(self) -> None:
        """End the server and its thread."""
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with sock, suppress(OSError):
                self._serve(sock)

    def _serve(self, plain: socket.socket) -> None:
        with self._wrap(plain) as sock:
            sock.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                received = sock.recv(65_536)
                if not received:
                    return
                head += received
            self.seen.append(head.decode("ascii"))
            answer = self.answers.get(head.split()[1].decode("ascii"), b"")
            for part in [answer] if isinstance(answer, bytes) else answer:
                sock.sendall(part)


@pytest.fixture
def serve() -> Iterator[Callable[..., Web]]:
    """`serve()`: a new server, ended with the test."""
    servers: list[Web] = []

    def start(wrap: Wrap | None = None) -> Web:
        servers.append(Web(wrap))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def web(serve: Callable[..., Web]) -> Web:
    """A server with no pages yet."""
    return serve()
