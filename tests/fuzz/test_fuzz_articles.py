"""Any bytes as an article, from files of every kind and from the web, read and summarized."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.article import Article, article_id, find_inputs, read_inputs
from summarizer.errors import InputError
from summarizer.extract import summarize_article
from summarizer.prompt import Prompt, load_prompt
from summarizer.record import dump_record, load_record
from summarizer.run import ShortestAnswers
from summarizer.views import VIEWS, render

from .answering import Answering
from .endings import EXAMPLES, check, orderly
from .material import LINES, PAGES, TEXTS, files

_KINDS = st.sampled_from(["text/html", "text/plain; charset=utf-16", "text/markdown", "text/x", ""])


@cache
def web() -> Answering:
    return Answering()


@pytest.fixture(scope="module", autouse=True)
def _web_ends() -> Iterator[None]:
    yield
    web().close()
    web.cache_clear()


@cache
def grounded() -> Prompt:
    return load_prompt("grounded")


@settings(max_examples=EXAMPLES * 2)
@given(
    files(TEXTS | PAGES | LINES), st.sampled_from([".txt", ".md", ".html", ".jsonl", ".weird", ""])
)
def test_any_file(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"article{suffix}")
        path.write_bytes(data)
        with orderly(path):
            check_sources([str(path)])
        assert path.read_bytes() == data


@settings(max_examples=EXAMPLES)
@given(
    st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.0 302 x", b"HTTP/1.1 404 \xff", b"HTTP/1.1 2"]),
    st.lists(
        st.sampled_from(
            [
                b"content-length: 9",
                b"content-length: x",
                b"transfer-encoding: chunked",
                b"content-encoding: gzip",
                b"location: //[",
                b"location: http://127.0.0.1:1/\xff",
                b"location:",
                b"x" * 70_000,
            ]
        ),
        max_size=3,
    ),
    _KINDS,
    files(PAGES),
)
def test_any_web_server(status: bytes, headers: list[bytes], kind: str, body: bytes) -> None:
    head = [status, b"content-type: " + kind.encode(), *headers]
    web().answer = b"\r\n".join(head) + b"\r\n\r\n" + body
    with orderly(network=True):
        check_sources([f"{web().address}/page"], allow_private=True)


@settings(max_examples=EXAMPLES)
@given(files(st.text()))
def test_any_bytes_of_a_web_server(answer: bytes) -> None:
    web().answer = answer
    with orderly(network=True):
        check_sources([f"{web().address}/page"], allow_private=True)


@settings(max_examples=EXAMPLES)
@given(
    st.one_of(
        st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=40),
        st.builds(
            "{}{}{}".format,
            st.sampled_from(["http://", "https://", "HTTP://a@", "ftp://", "http://["]),
            st.text(max_size=12),
            st.sampled_from(["", ":0", ":99999", "/%", ":80/\u202e", "#", "?=&"]),
        ),
    )
)
def test_any_name_of_an_input(name: str) -> None:
    """Addresses are looked at and not fetched; what is none lies in a folder that is not there."""
    with orderly():
        for found in find_inputs([f"no-such-folder/{name}" if "://" not in name else name]):
            if isinstance(found, InputError):
                check(found)


@settings(max_examples=EXAMPLES)
@given(TEXTS | PAGES, st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31"]))
@example("\u200b<!-- -->", None)
@example("<script>Anna Lind met Pedro Sousa.</script>", None)
@example("Minister Anna Lind met Pedro Sousa in Oslo on March 3.", "0001-01-01")
@example("Minister Anna Lind met Pedro Sousa in Oslo yesterday.", "0001-01-01")
@example("Minister Anna Lind will meet Pedro Sousa in Oslo next Monday.", "9999-12-31")
@example("Minister Anna Lind will meet Pedro Sousa in Oslo on March 3.", "0001-01-01")
@example("Minister Anna Lind met Pedro Sousa in Oslo on March 3.", "9999-12-31")
@example("Minister Anna Lind met Pedro Sousa in Oslo on February 29.", "2022-03-01")
@example("Minister Anna Lind met Pedro Sousa in Oslo on February 27-29.", "2022-03-01")
def test_any_text_gives_a_valid_record(text: str, published: str | None) -> None:
    article = read(text, published)
    if article is None:
        return
    with orderly():
        record = summarize_article(article, model=ShortestAnswers(), prompt=grounded())
        assert load_record(dump_record(record)) == record
        for form in VIEWS:
            render(record, form)


def read(text: str, published: str | None) -> Article | None:
    """The article that a file with this text is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        (source,) = read_inputs([str(path)], published=published)
    return None if isinstance(source, InputError) else source


def check_sources(names: list[str], *, allow_private: bool = False) -> None:
    for source in read_inputs(names, allow_private=allow_private):
        if isinstance(source, InputError):
            check(source)
        else:
            assert source.text and source.id == article_id(source.text)
            source.text.encode("utf-8")
