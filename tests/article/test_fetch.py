"""Fetching pages: what comes back, and everything that an address or a server may try."""

from __future__ import annotations

import gzip
import itertools
import socket
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from summarizer import __version__
from summarizer.article.fetch import WebPage, fetch
from summarizer.errors import InputError

if TYPE_CHECKING:
    from .conftest import Web

LINE = "The Finnish minister met his Swedish colleague in Turku."
PAGE = f"<html><body><article><p>{LINE}</p></article></body></html>"


def get(url: str, **options: Any) -> WebPage:
    return fetch(url, allow_private=True, **options)


def failure(url: str, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        fetch(url, **{"allow_private": True, **options})
    assert caught.value.where == url
    assert str(caught.value).replace("\n", "").isprintable()
    return caught.value


# --- pages --------------------------------------------------------------------------------------


def test_a_page(web: Web) -> None:
    url = web.page("/a?b=c", PAGE)
    assert get(f"{url}#part") == WebPage(f"{url}#part", url, "text/html", "utf-8", PAGE.encode())
    head = web.seen[0].split("\r\n")
    assert head[0] == "GET /a?b=c HTTP/1.1"
    assert f"Host: 127.0.0.1:{web.port}" in head
    assert f"User-Agent: summarizer/{__version__}" in head
    assert not any(line.lower().startswith(("cookie", "referer", "authorization")) for line in head)


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 4\r\n\r\ntext",
        b"\r\ntext",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nte\r\n2\r\nxt\r\n0\r\n\r\n",
        b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"text"),
        b"Content-Encoding: identity\r\nContent-Length: 4\r\n\r\ntext and more",
    ],
)
def test_the_ways_a_body_comes(web: Web, body: bytes) -> None:
    web.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + body
    assert get(web.url).data == b"text"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(web: Web, status: int) -> None:
    web.redirect("/a/first", "../b/second", status)
    web.redirect("/b/second", f"{web.url}/Turku_é", status)
    web.page("/Turku_%C3%A9", PAGE)
    page = get(f"{web.url}/a/first")
    assert (page.url, page.final_url) == (f"{web.url}/a/first", f"{web.url}/Turku_%C3%A9")


def test_no_proxy_is_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert get(web.page("/", PAGE)).data == PAGE.encode()


# --- limits -------------------------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@pytest.mark.parametrize(
    ("start", "part"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"x"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),
    ],
    ids=["silence", "line", "lines", "continue", "length", "open", "chunks", "trailer"],
)
def test_a_slow_server_has_only_the_time_of_the_whole(web: Web, start: bytes, part: bytes) -> None:
    """Each part comes well within the limit; all of them would take 20 times as long."""

    def drip() -> Iterator[bytes]:
        yield start
        for _ in range(80):
            web.pause(0.05)
            yield part

    web.answers["/"] = drip()
    assert failure(f"{web.url}/", timeout=0.2).message == "took too long: a page has 0.2 seconds"


def test_the_time_is_for_all_redirects_together(web: Web) -> None:
    def slow() -> Iterator[bytes]:
        web.pause(0.1)
        yield b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"

    web.answers["/"] = itertools.chain.from_iterable(slow() for _ in itertools.count())
    assert "took too long" in failure(f"{web.url}/", timeout=0.25, max_redirects=100).message


def test_a_handshake_that_is_never_made(web: Web) -> None:
    error = failure(f"https://127.0.0.1:{web.port}/", timeout=0.2)
    assert "took too long" in error.message


@pytest.mark.parametrize(
    "start",
    [
        HEAD + b"\r\n",
        HEAD + b"Content-Length: 1000000000000\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n",
    ],
)
def test_a_page_without_end(web: Web, start: bytes) -> None:
    web.answers["/"] = itertools.chain([start], itertools.repeat(b"x" * 65_536))
    error = failure(f"{web.url}/", limit=1_000_000)
    assert error.message == "is larger than 1 MB"


def test_the_limit_is_exact(web: Web) -> None:
    url = web.page("/", "x" * 100, "text/plain")
    packed = web.page("/packed", gzip.compress(b"x" * 100), "text/plain", "Content-Encoding: gzip")
    for address in (url, packed):
        assert len(get(address, limit=100).data) == 100
        assert "is larger than" in failure(address, limit=99).message


def test_a_bomb_is_not_unpacked(web: Web) -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    url = web.page("/", bomb, "text/html", "Content-Encoding: gzip")
    tracemalloc.start()
    error = failure(url, limit=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.message == "is larger than 1 MB"
    assert peak < 5_000_000


# --- what is no page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "application/json", "TEXT/CSS", "html", "", None]
)
def test_kinds_that_are_not_read(web: Web, kind: str | None) -> None:
    error = failure(web.page("/", PAGE, kind))
    assert "only HTML, feeds, plain text and Markdown are read" in error.message
    assert error.hint is not None and ".html" in error.hint


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        ("404 Not Found", "gives `404 Not Found`", "address"),
        ("410 Gone", "gives `410 Gone`", "address"),
        ("403 Forbidden", "gives `403 Forbidden`", ".html"),
        ("500 ", "gives `500`", "later"),
        ("503 Busy \x1b[2J", "gives `503 Busy �[2J`", "later"),
        ("204 Nothing", "gives `204 Nothing`", "later"),
        ("304 Same", "gives `304 Same`", "later"),
    ],
)
def test_answers_that_are_no_page(web: Web, status: str, said: str, hint: str) -> None:
    error = failure(web.page("/", "", status=status))
    assert error.message == said
    assert error.hint is not None and hint in error.hint


def test_an_error_after_a_redirect_names_both_addresses(web: Web) -> None:
    web.page("/b", "", status="404 Not Found")
    error = failure(web.redirect("/a", "/b"))
    assert error.message == f"is redirected to `{web.url}/b`, which gives `404 Not Found`"


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 10\r\n\r\nshort",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nsho",
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"text" * 100)[:-10],
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"text") + b"more",
        HEAD + b"Content-Encoding: gzip\r\n\r\nno gzip",
        HEAD + b"Content-Encoding: gzip\r\n\r\n",
    ],
)
def test_half_a_page_is_no_page(web: Web, answer: bytes) -> None:
    web.answers["/"] = answer
    assert "broke off before its end" in failure(f"{web.url}/").message


def test_a_packing_that_was_not_asked_for(web: Web) -> None:
    error = failure(web.page("/", b"x", "text/html", "Content-Encoding: br"))
    assert error.message == "is packed as `br`, which was not asked for"


@pytest.mark.parametrize("answer", [b"", b"\r\n\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_not_http(web: Web, answer: bytes) -> None:
    web.answers["/"] = answer
    message = failure(f"{web.url}/").message
    assert "not HTTP" in message or "cannot be reached" in message


def test_nobody_there(web: Web) -> None:
    web.close()
    error = failure(f"{web.url}/")
    assert error.message == "cannot be reached: Connection refused"
    assert "proxies are not used" in (error.hint or "")


def test_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **options: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert failure("https://none.example/").message == "cannot be found"


SCRAPS = [
    b"HTTP/1.1 200 OK", b"HTTP/1.1 302 x", b"\r\n", b"Content-Type: text/html", b"Location: ",
    b"Content-Length: ", b"5", b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", b"-1",
    b": ", b"/", b"\xff", b"\x1f\x8b\x08", b"charset=",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.lists(st.sampled_from(SCRAPS)).map(b"".join))
@example(HEAD + b"Content-Length: -5\r\n\r\nx")
@example(b"HTTP/1.1 302 x\r\nLocation: //[\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset*=x'y'%FF\r\n\r\nx")
def test_any_answer_gives_a_page_or_an_input_error(web: Web, answer: bytes) -> None:
    web.answers.clear()
    web.answers["/"] = answer
    with suppress(InputError):
        assert get(f"{web.url}/", max_redirects=2).content_type
