"""Saved web pages: readable text, and only what the page itself states."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article, read_inputs
from summarizer.article.html import read_page
from summarizer.article.page_facts import PageFacts
from summarizer.errors import InputError

BODY = """
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Ministers meet in Turku</h1>
<p>The Finnish   minister met his <b>Swedish</b> colleague in Turku
on Monday.</p><p>“We agree,” he said.</p><p>Short.</p>
<blockquote>“It was a good day &amp; a long one.”</blockquote></article>
<script>var tracking = 1;</script><footer>Copyright 2020 The Daily</footer>
"""


def page(head: str = "", body: str = BODY) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_the_readable_text_has_a_blank_line_between_paragraphs() -> None:
    assert read_page(page(), where="x").text == (
        "Ministers meet in Turku\n\n"
        "The Finnish minister met his Swedish colleague in Turku on Monday.\n\n"
        "“We agree,” he said.\n\n"
        "Short.\n\n"
        "“It was a good day & a long one.”"
    )


def test_what_the_page_says_of_itself() -> None:
    found = read_page(
        page(
            "<title>Ministers meet in Turku</title>"
            '<meta property="og:site_name" content="The Daily">'
            '<meta property="article:published_time" content="2024-02-01T23:30:00+02:00">'
        ),
        where="x",
    )
    assert (found.facts.title, found.facts.publisher) == ("Ministers meet in Turku", "The Daily")
    assert found.facts.published == "2024-02-01"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2024-02-01">',
        '<meta itemprop="datePublished" content="2024-02-01T10:00:00Z">',
        '<meta name="DC.date.issued" content="20240201">',
        '<meta name="pubdate" content="Thu, 01 Feb 2024 10:00:00 GMT">',
        '<script type="application/ld+json">{"datePublished": "2024-02-01"}</script>',
        '<script type="application/ld+json">[{"@graph": [{"datePublished": "2024-02-01"}]}]'
        "</script>",
        '<time itemprop="datePublished" datetime="2024-02-01">x</time>',
        '<time pubdate datetime="2024-02-01T08:00">x</time>',
        '<meta name="date" content="soon"><meta name="date" content="2024-02-01">',
    ],
)
def test_where_a_page_states_its_date(head: str) -> None:
    assert read_page(page(head), where="x").facts.published == "2024-02-01"


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta name="last-modified" content="2024-02-01">',
        '<meta property="article:modified_time" content="2024-02-01">',
        '<meta name="date" content="2024">',
        '<meta name="date" content="2024-02">',
        '<meta name="date">',
        '<script type="application/ld+json">{"datePublished": 5}</script>',
        '<script type="application/ld+json">{broken</script>',
        '<script type="application/ld+json">{"copyrightYear": 2020}</script>',
        "<time datetime='2024-02-01'>Monday</time>",
        "<p class='date'>1 February 2024</p>",
    ],
)
def test_a_date_is_never_guessed(head: str) -> None:
    assert read_page(page(head), where="x").facts.published is None


def test_a_page_that_says_nothing_of_itself() -> None:
    found = read_page("<p>The minister met his colleague.</p>", where="x")
    assert found.facts == PageFacts()


@pytest.mark.parametrize(
    "html", ["<html></html>", "<p>", "<script>x()</script>", page(body="<nav></nav>")]
)
def test_a_page_without_readable_text(
    html: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(InputError, match="no readable text"):
        read_page(html, where="x")
    assert capsys.readouterr().err == ""


def test_the_declared_charset_of_a_file(tmp_path: Path) -> None:
    body = "<article><p>Министр встретился с коллегой в городе.</p></article>"
    path = tmp_path / "news.html"
    path.write_bytes(page('<meta charset="windows-1251">', body).encode("cp1251"))
    [article] = read_inputs([str(path)])
    assert isinstance(article, Article)
    assert article.text == "Министр встретился с коллегой в городе."


def test_the_users_date_stands_over_the_pages(tmp_path: Path) -> None:
    path = tmp_path / "news.htm"
    path.write_text(page('<meta name="date" content="2024-02-01">'), encoding="utf-8")
    [article] = read_inputs([str(path)], published="2020-05-06")
    assert isinstance(article, Article) and article.published == "2020-05-06"


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<!--", "<script>", "<title>", "&#0;", "&amp", "a "]
)


@given(st.lists(TAGS).map("".join) | st.text())
def test_any_page_gives_text_or_an_input_error(html: str) -> None:
    with suppress(InputError):
        assert read_page(html, where="x").text.strip()
