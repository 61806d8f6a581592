"""Whether an address can be reached at all, found out at once and before anything is paid."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from summarizer.errors import ModelUnavailable

_PATIENCE = 10.0  # seconds
_PORTS = {"http": 80, "https": 443}
_HERE = ("localhost", "127.0.0.1", "::1")  # the client uses no proxy to get there


def check_reachable(base_url: str) -> None:
    """Open a connection and close it again; not where a proxy is in between.

    The client would repeat a failed connection many times, as is right in the middle of a run.

    Raises:
        ModelUnavailable: nothing listens there.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if host not in _HERE and parts.scheme in getproxies() and not proxy_bypass(host):
        return
    try:
        socket.create_connection((host, parts.port or _PORTS[parts.scheme]), _PATIENCE).close()
    except OSError as error:
        raise ModelUnavailable(
            f"the address cannot be reached: {error.strerror or error}",
            where=parts.netloc,
            hint="Is the server running, and is `--base-url` right? Try `summarizer doctor`.",
        ) from None
