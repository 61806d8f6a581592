"""Where a page is fetched from: private places in every disguise, names, redirects, TLS."""

from __future__ import annotations

import itertools
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import connection as connections
from summarizer.article.fetch import fetch
from summarizer.errors import InputError

if TYPE_CHECKING:
    from .conftest import Web

PAGE = "<p>The Finnish minister met his Swedish colleague in Turku.</p>"


def get(url: str) -> bytes:
    return fetch(url, allow_private=True).data


def failure(url: str, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        fetch(url, **{"allow_private": True, **options})
    assert caught.value.where == url
    assert str(caught.value).replace("\n", "").isprintable()
    return caught.value


def leads_to(*addresses: str) -> Callable[..., list[tuple[Any, ...]]]:
    """A look-up that gives these addresses, one at a time, the last one for ever."""
    turns = itertools.chain(addresses, itertools.repeat(addresses[-1]))

    def look_up(host: str, port: int, *args: Any, **options: Any) -> list[tuple[Any, ...]]:
        address = next(turns)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    return look_up


# --- places -------------------------------------------------------------------------------------


def test_this_machine_is_private_however_it_is_written(web: Web) -> None:
    web.page("/", PAGE)
    for host in (
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1",
        "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "0.0.0.0", "[::]",
        "１２７.0.0.1",
    ):  # fmt: skip
        error = failure(f"http://{host}:{web.port}/", allow_private=False)
        assert "leads to a private address" in error.message, host
        assert "--allow-private-addresses" in (error.hint or "")
    assert web.seen == []


@given(
    st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="169.254.0.0/16"),
    st.sampled_from(
        [
            lambda n: str(n),
            lambda n: hex(n),
            lambda n: oct(n).replace("o", ""),
            lambda n: f"{n >> 24}.{n & 0xFFFFFF}",
            lambda n: f"{n >> 24:#x}.{n >> 16 & 255:#x}.{n & 0xFFFF:#x}",
            lambda n: f"[::ffff:{n >> 16:x}:{n & 0xFFFF:x}]",
            lambda n: f"[64:ff9b::{n >> 16:x}:{n & 0xFFFF:x}]",
            lambda n: f"[2002:{n >> 16:x}:{n & 0xFFFF:x}::]",
        ]
    ),
)
def test_a_private_network_is_told_in_every_form(address: Any, form: Callable[[int], str]) -> None:
    error = failure(f"http://{form(int(address))}/", allow_private=False)
    assert "leads to a private address" in error.message


def test_one_private_address_among_others_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [leads_to(address)("", 80)[0] for address in ("8.8.8.8", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: both)
    assert "(10.0.0.7)" in failure("http://news.example/", allow_private=False).message


def test_a_name_is_looked_up_once(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look-up, which could give another address, would meet nothing here."""
    monkeypatch.setattr(socket, "getaddrinfo", leads_to("127.0.0.1", "0.0.0.1"))
    web.page("/", PAGE)
    assert get(f"http://news.example:{web.port}/") == PAGE.encode()
    assert f"Host: news.example:{web.port}" in web.seen[0]


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []

    def connect(self: socket.socket, place: Any) -> None:
        asked.append(place)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", leads_to("8.8.8.8", "127.0.0.1"))
    monkeypatch.setattr(socket.socket, "connect", connect)
    error = failure("https://news.example/", allow_private=False)
    assert asked == [("8.8.8.8", 443)]
    assert error.message == "cannot be reached: Connection refused"


def test_the_next_address_is_tried(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    places = [leads_to(address)("", web.port)[0] for address in ("0.0.0.1", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: places)
    web.page("/", PAGE)
    assert get("http://news.example/") == PAGE.encode()


@pytest.mark.parametrize(
    ("to", "complaint"),
    [
        ("http://10.0.0.1/admin", "`http://10.0.0.1/admin`, which leads to a private address"),
        ("//169.254.169.254/latest", "`http://169.254.169.254/latest`, which leads to a private"),
        ("http://localhost:{port}/", "which leads to a private address"),
        ("http://inside.example/", "which leads to a private address (10.0.0.7)"),
        ("http://[::ffff:10.0.0.1]/", "which leads to a private address"),
        ("file:///etc/passwd", "which is not a web address"),
        ("ftp://example.org/", "which is an address of the kind `ftp`"),
        ("javascript:alert(1)", "which is not a web address"),
        ("http://name:pass-word@8.8.8.8/", "which holds a name or password"),
        ("http://8.8.8.8:22/", "which has the port 22"),
        ("http://[x", "which is not a web address"),
        ("", "is redirected nowhere"),
        ("http://10.0.0.1/\x1b[31m" + "x" * 1000, "is redirected to `"),
    ],
)
def test_every_redirect_is_checked_again(
    web: Web, monkeypatch: pytest.MonkeyPatch, to: str, complaint: str
) -> None:
    """As if the test's server were somewhere else: for the first request it counts as public."""
    outside, inside = socket.getaddrinfo, leads_to("10.0.0.7")

    def look_up(host: str, *args: Any, **options: Any) -> Any:
        return (inside if host == "inside.example" else outside)(host, *args, **options)

    def is_public(address: str) -> bool:
        return address == "127.0.0.1" and not web.seen

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(connections, "is_public", is_public)
    url = web.redirect("/", to.replace("{port}", str(web.port)))
    error = failure(url, allow_private=False)
    assert complaint in error.message
    assert "pass-word" not in str(error)
    assert len(error.message) < 400
    assert len(web.seen) == 1


def test_redirects_that_do_not_end(web: Web) -> None:
    url = web.redirect("/", "/")
    assert failure(url).message == "is redirected more than 5 times"
    assert len(web.seen) == 6
    assert "more than 0 times" in failure(url, max_redirects=0).message


# --- TLS ----------------------------------------------------------------------------------------


@pytest.fixture
def secure(serve: Callable[..., Web], monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server with a certificate for `news.example`, whose issuer is trusted."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example").configure_cert(context)
    monkeypatch.setattr(socket, "getaddrinfo", leads_to("127.0.0.1"))
    connections._tls.cache_clear()
    authority.configure_trust(connections._tls())
    yield serve(lambda sock: context.wrap_socket(sock, server_side=True))
    connections._tls.cache_clear()


def test_the_name_in_the_address_is_what_a_certificate_is_for(secure: Web) -> None:
    secure.page("/", PAGE)
    assert get(f"https://news.example:{secure.port}/") == PAGE.encode()
    error = failure(f"https://other.example:{secure.port}/")
    assert "certificate that does not hold" in error.message
    assert "Hostname mismatch" in error.message
    assert len(secure.seen) == 1


def test_a_certificate_of_nobody_known(secure: Web) -> None:
    connections._tls.cache_clear()
    error = failure(f"https://news.example:{secure.port}/")
    assert "certificate that does not hold" in error.message
    assert secure.seen == []
