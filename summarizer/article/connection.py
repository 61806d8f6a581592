"""A connection to the very place that was checked, held until one moment in time and not longer."""

from __future__ import annotations

import io
import socket
import ssl
import time
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import certifi

from summarizer.article.address import WebAddress, is_public
from summarizer.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CONNECT = 10.0  # seconds for one of a host's places

Place = tuple[socket.AddressFamily, Any]  # the second as the family writes its addresses


class Deadline:
    """The moment, `seconds` from now, by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds until then, more than 0.

        Raises:
            TimeoutError: it has passed.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is over")
        return left


class Connection:
    """A connection whose every read has only the time that is left.

    The time limit of a socket is for one read: a server that sends a byte now and then never meets
    it.
    """

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def send(self, data: bytes) -> None:
        """Send all of `data`."""
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What comes in, as a stream; `mode` is always `rb`."""
        return io.BufferedReader(_Incoming(self._sock, self._deadline))

    def close(self) -> None:
        """Leave, without waiting for the other side."""
        with suppress(OSError):
            self._sock.close()


class _Incoming(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


def connect(address: WebAddress, *, allow_private: bool, deadline: Deadline) -> Connection:
    """A connection to the address's host, with TLS for `https`.

    The host's name is looked up here, once, and nowhere later.

    Raises:
        InputError: the name leads to a private address, among others or alone.
        OSError: there is no such name, or no connection.
    """
    sock = _first_open(_places(address, allow_private), deadline)
    if address.scheme == "https":
        try:
            sock.settimeout(deadline.left())
            sock = _tls().wrap_socket(sock, server_hostname=address.host)
        except BaseException:
            sock.close()
            raise
    return Connection(sock, deadline)


def _places(address: WebAddress, allow_private: bool) -> list[Place]:
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    places: list[Place] = list(dict.fromkeys((place[0], place[4]) for place in found))
    for _, sockaddr in places:
        if not (allow_private or is_public(str(sockaddr[0]))):
            raise InputError(
                f"leads to a private address ({sockaddr[0]})",
                hint="If you trust it, `--allow-private-addresses` reads it.",
            )
    return places


def _first_open(places: list[Place], deadline: Deadline) -> socket.socket:
    """A connection to the first of the places that takes one."""
    failure = OSError("no address")
    for family, sockaddr in places:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(_CONNECT, deadline.left()))
            sock.connect(sockaddr)
            return sock
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
    raise failure


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Trust in the system's certificates, and in Mozilla's for systems that have none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
