"""Hidden elements of a page: no reader sees them, and no event is planted with them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import read
from summarizer.article import Article, read_inputs
from summarizer.article.html import read_page
from summarizer.errors import InputError

PLANTED = "President Aldo Lima met Admiral Pedro Sousa of Brazil for talks in Oslo on May 4."
SHOWN = (
    "Ferry fares between the islands will rise by a tenth in June, the operator wrote.",
    "The company carried two million passengers last year and has ordered four new ships.",
)


def page(body: str, head: str = "") -> str:
    first, last = (f"<p>{line}</p>" for line in SHOWN)
    return (
        f"<html><head><title>Fares</title>{head}</head><body><article><h1>Fares rise</h1>"
        f"{first}{body}{last}</article></body></html>"
    )


HIDDEN = [
    f'<p style="display:none">{PLANTED}</p>',
    f'<p style="color:red; DISPLAY : NONE !important">{PLANTED}</p>',
    f"<div hidden><p>{PLANTED}</p></div>",
    f'<div hidden="until-found"><section><p>{PLANTED}</p></section></div>',
    f'<p style="visibility: hidden">{PLANTED}</p>',
    f'<p>The fares hold. <span style="font-size:0">{PLANTED}</span></p>',
    f'<p style="font-size: 1px;">{PLANTED}</p>',
    f'<p style="position:absolute;left:-9999px">{PLANTED}</p>',
    f'<p style="text-indent:-999em">{PLANTED}</p>',
    f'<p style="opacity:0">{PLANTED}</p>',
    f'<p style="opacity: 0.00">{PLANTED}</p>',
    f'<p style="color:#FFF">{PLANTED}</p>',
    f'<p style="color: transparent">{PLANTED}</p>',
    f'<p style="height:0;overflow:hidden">{PLANTED}</p>',
    f'<p style="clip: rect(0 0 0 0)">{PLANTED}</p>',
    f'<p style="clip-path: inset(50%)">{PLANTED}</p>',
    f'<p style="transform:scale(0)">{PLANTED}</p>',
    f'<p class="visually-hidden">{PLANTED}</p>',
    f'<div class="teaser SR-ONLY"><p>{PLANTED}</p></div>',
    f'<p class="d-none">{PLANTED}</p>',
    f"<template><p>{PLANTED}</p></template>",
    f"<noscript><p>{PLANTED}</p></noscript>",
    f"<textarea>{PLANTED}</textarea>",
    f"<svg><text>{PLANTED}</text></svg>",
    f"<svg><desc>{PLANTED}</desc></svg>",
    f"<dialog><p>{PLANTED}</p></dialog>",
    f"<iframe>{PLANTED}</iframe>",
    f"<object><p>{PLANTED}</p></object>",
    f"<select><option>{PLANTED}</option></select>",
    f"<!-- {PLANTED} -->",
    f"<p>The fares hold.<!-- <p> --> <span hidden>{PLANTED}</span></p>",
    f'<meta name="description" content="{PLANTED}">',
    f"<script>{PLANTED}</script>",
    f'<script type="text/template"><p>{PLANTED}</p></script>',
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_plants_no_event(hidden: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(hidden), encoding="utf-8")
    [article] = read_inputs([str(path)])
    assert isinstance(article, Article)
    assert "Lima" not in article.body and "Sousa" not in article.body
    assert all(line in article.body for line in SHOWN)
    assert read(article).events == ()


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (".x{display:none}", f'<p class="y x">{PLANTED}</p>'),
        ("p.x , .z { visibility : hidden }", f'<p class="x">{PLANTED}</p>'),
        ("#secret{position:absolute;left:-5000px}", f'<p id="secret">{PLANTED}</p>'),
        ("h2{display:none!important}h2{display:block}", f"<h2>{PLANTED}</h2>"),
        ("/* .x{} */ .x.y{font-size:0}", f'<p class="x y">{PLANTED}</p>'),
        (".x{display:block}.x{display:none}", f'<p class="x">{PLANTED}</p>'),
    ],
)
def test_a_style_sheet_hides_too(sheet: str, body: str) -> None:
    assert "Lima" in read_page(page(body), where="x").text
    assert "Lima" not in read_page(page(body, f"<style>{sheet}</style>"), where="x").text


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f"<p>{PLANTED}</p>"),
        ("", f'<p style="font-size:small; opacity:0.9; color:#fffde0">{PLANTED}</p>'),
        ("", f'<p style="color:white;background:navy">{PLANTED}</p>'),
        ("", f'<p class="hidden md:block">{PLANTED}</p>'),
        ("", f'<p class="d-none d-md-block">{PLANTED}</p>'),
        ("", f"<dialog open><p>{PLANTED}</p></dialog>"),
        ("", f"<details><summary>More</summary><p>{PLANTED}</p></details>"),
        ("<style>@media print{.x{display:none}}</style>", f'<p class="x">{PLANTED}</p>'),
        ('<style media="print">.x{display:none}</style>', f'<p class="x">{PLANTED}</p>'),
        ("<style>.x{display:none}.x.on{display:block}</style>", f'<p class="x on">{PLANTED}</p>'),
        ("<style>.x{display:none}</style>", f'<p class="x" style="display:block">{PLANTED}</p>'),
        ("<style>.menu .x{display:none}</style>", f'<p class="x">{PLANTED}</p>'),
        ("<style>body{display:none}</style>", f"<p>{PLANTED}</p>"),
        ("<style>p{color:#fff}body{background:#000}</style>", f"<p>{PLANTED}</p>"),
        ("<style>.x{display:none</style>}}", f'<p class="y">{PLANTED}</p>'),
    ],
)
def test_what_is_shown_stays(head: str, body: str) -> None:
    assert "Aldo Lima" in read_page(page(body, head), where="x").text


def test_the_text_behind_a_hidden_element_stays() -> None:
    body = "<p>The quay<span hidden>PLANTED</span> is closed, <i hidden>x</i>so ferries wait.</p>"
    assert "The quay is closed, so ferries wait." in read_page(page(body), where="x").text


def test_a_page_whose_every_word_is_hidden_has_no_text() -> None:
    with pytest.raises(InputError, match="no readable text"):
        read_page(f"<body><div hidden><p>{PLANTED}</p></div></body>", where="x")


PIECES = st.sampled_from(
    ['<p class="x">', "<style>", ".x{display:none}", "@media x{", "}", "</style>", "#", ".", ",",
     "{", '<p style="', "display:none", '">', "</p>", "<template>", "words", "/*", "\\", "!"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_style_breaks_the_reading(html: str) -> None:
    with suppress(InputError):
        assert read_page(html, where="x").text.strip()
