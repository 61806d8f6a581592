"""One web page, fetched so that neither its address nor its server can do harm.

The name in an address is looked up once; what it gives is checked, and the connection is made to
that very place, so that a second look-up cannot lead elsewhere. TLS still checks the name. Each
redirect starts anew. Proxies of the environment are not used: a proxy would look the name up
itself, and the check would be worth nothing.
"""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Literal, cast
from urllib.parse import urljoin

from summarizer import __version__
from summarizer.article.address import WebAddress, parse_address
from summarizer.article.connection import Deadline, connect
from summarizer.article.decode import MAX_BYTES
from summarizer.errors import InputError

# The content types that are read, and as what.
KINDS: dict[str, Literal["html", "text", "markdown", "xml"]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "application/rdf+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
}
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 65_536
_LONGEST = 200

_SAVE = "Save the page as `.html` in a browser and give that file."
_LATER = "Try again later."
_HINTS = {401: _SAVE, 403: _SAVE, 404: "Check the address.", 410: "Check the address."}


@dataclass(frozen=True)
class WebPage:
    """A page as its server sent it, any compression undone.

    `url` is the address that was asked for, `final_url` the one that redirects led to; `charset`
    is the one the server names, if any.
    """

    url: str
    final_url: str
    content_type: str
    charset: str | None
    data: bytes


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    limit: int = MAX_BYTES,
    timeout: float = 30.0,
    max_redirects: int = 5,
) -> WebPage:
    """The page at `url`.

    Args:
        url: an `http` or `https` address without name and password.
        allow_private: also read addresses of this machine and of private networks.
        limit: the largest page in bytes, as it is sent and as it is once unpacked.
        timeout: the seconds that everything may take together. Only the look-up of a name cannot
            be cut short; the system has its own limit for it.
        max_redirects: how often the server may send elsewhere.

    Raises:
        InputError: there is no such page, or it is not read; `where` is `url`.
    """
    deadline = Deadline(timeout)
    place = parse_address(url).url
    for turn in range(max_redirects + 1):
        try:
            address = parse_address(place)
            with _response(address, allow_private, deadline) as response:
                if response.status not in _REDIRECTS:
                    kind = _content_type(response)
                    charset = response.headers.get_content_charset()
                    return WebPage(url, address.url, kind, charset, _body(response, limit))
                following = _location(address, response)
        except InputError as error:
            raise _told(error, url, place if turn else None) from None
        except (OSError, HTTPException, zlib.error, ValueError) as error:
            raise _told(_failure(error, timeout), url, place if turn else None) from None
        place = following
    raise InputError(f"is redirected more than {max_redirects} times", where=url)


@contextmanager
def _response(
    address: WebAddress, allow_private: bool, deadline: Deadline
) -> Iterator[HTTPResponse]:
    """The answer of the address's server, its head read and its body not."""
    request = (
        f"GET {address.target} HTTP/1.1\r\n"
        f"Host: {address.authority}\r\n"
        f"User-Agent: summarizer/{__version__}\r\n"
        f"Accept: {', '.join(KINDS)}\r\n"
        "Accept-Encoding: gzip\r\n"
        "Connection: close\r\n\r\n"
    )
    with closing(connect(address, allow_private=allow_private, deadline=deadline)) as connection:
        connection.send(request.encode("ascii"))
        # A response is typed for a socket, and uses only its `makefile`.
        with HTTPResponse(cast(socket.socket, connection), method="GET") as response:
            response.begin()
            yield response


def _location(address: WebAddress, response: HTTPResponse) -> str:
    """Where a redirect leads; servers write it in UTF-8 where they do not escape it."""
    found = response.headers.get("Location", "").strip()
    if not found:
        raise InputError("is redirected nowhere")
    try:
        found = found.encode("latin-1").decode("utf-8")
        return urljoin(address.url, found)
    except ValueError:
        return found


def _content_type(response: HTTPResponse) -> str:
    """The kind of a page that is there and can be read."""
    if response.status != 200:
        status = f"{response.status} {' '.join(response.reason.split())[:_LONGEST]}"
        hint = _HINTS.get(response.status, _LATER)
        raise InputError(f"gives `{status.strip()}`", hint=hint)
    named = response.headers.get("Content-Type", "")
    kind = named.partition(";")[0].strip().lower()
    if kind not in KINDS:
        what = f"is `{kind[:_LONGEST]}`" if kind else "does not say what kind of page it is"
        raise InputError(
            f"{what}, and only HTML, feeds, plain text and Markdown are read", hint=_SAVE
        )
    return kind


def _body(response: HTTPResponse, limit: int) -> bytes:
    """The whole body, unpacked; hardly more than `limit` bytes of it are ever held."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise InputError(f"is packed as `{packing[:_LONGEST]}`, which was not asked for")
    gzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in packing else None
    data, taken = bytearray(), 0
    while chunk := response.read(_CHUNK):
        taken += len(chunk)
        data += gzip.decompress(chunk, limit + 1 - len(data)) if gzip else chunk
        if max(taken, len(data)) > limit:
            raise InputError(
                f"is larger than {limit / 1_000_000:g} MB", hint="One input is one article."
            )
    if response.length or (gzip and (not gzip.eof or gzip.unused_data)):
        raise IncompleteRead(b"")
    return bytes(data)


def _failure(error: Exception, timeout: float) -> InputError:
    """What a failure on the way to a page is to the user."""
    match error:
        case socket.gaierror() | UnicodeError():
            return InputError("cannot be found", hint="Check the address and the connection.")
        case TimeoutError():
            return InputError(f"took too long: a page has {timeout:g} seconds", hint=_LATER)
        case ssl.SSLCertVerificationError():
            return InputError(f"has a certificate that does not hold: {error.verify_message}")
        case IncompleteRead() | zlib.error():
            return InputError("broke off before its end, or arrived damaged", hint=_LATER)
        case OSError():
            reason = error.strerror or str(error) or type(error).__name__
            hint = "Check the address and the connection; proxies are not used."
            return InputError(f"cannot be reached: {reason}", hint=hint)
    return InputError("answers with something that is not HTTP")


def _told(error: InputError, url: str, place: str | None) -> InputError:
    """The error at the address that was given; `place` is where redirects had led."""
    message = error.message
    if place is not None:
        message = f"is redirected to `{(error.where or place)[:_LONGEST]}`, which {message}"
    # A server's own words are in it, and a terminal would obey some of them.
    message = "".join(c if c.isprintable() else "�" for c in message)
    return InputError(message, where=url, hint=error.hint)
