"""A socket that gives the same bytes to everyone who asks."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from threading import Thread

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Answering:
    """`answer` is what is sent before the connection is closed; `asked` counts connections."""

    def __init__(self) -> None:
        self.answer = b""
        self.asked = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.asked += 1
            with connection, suppress(OSError):
                connection.settimeout(5)
                self._take(connection)
                connection.sendall(self.answer)

    def _take(self, connection: socket.socket) -> None:
        """Read the whole request: a connection that is closed before would be reset."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += (more := connection.recv(65_536))
            if not more:
                return
        head, _, body = data.partition(b"\r\n\r\n")
        found = _LENGTH.search(head)
        missing = int(found[1]) - len(body) if found else 0
        while missing > 0 and (more := connection.recv(missing)):
            missing -= len(more)
