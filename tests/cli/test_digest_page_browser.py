"""The page of a digest in a real browser: quiet, readable on a telephone, and accessible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer.digest import digest, html_page
from summarizer.record import Record
from tests.digest.two_sources import two_sources
from tests.export.test_exports import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = "</title></svg><script>document.title='taken'</script><img src=//x.example/y onerror=a()>"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest of two articles of one meeting, and of one whose words are hostile."""
    record = hostile(HOSTILE)
    article = record.article.model_copy(update={"title": HOSTILE, "publisher": HOSTILE})
    records: list[Record] = [*two_sources(), record.model_copy(update={"article": article})]
    path = tmp_path_factory.mktemp("digest") / "digest.html"
    path.write_text(html_page(digest(records)), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, page_file: Path) -> Iterator[Callable[..., Page]]:
    """`opened(**context)`: the page; it must say nothing and ask for nothing."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(**context: Any) -> Page:
        contexts.append(
            browser.new_context(**{"viewport": {"width": 1200, "height": 900}} | context)
        )
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert said == []
    assert [url for url in asked if not url.startswith("file:")] == []


def test_a_meeting_of_two_articles_shows_what_they_differ_on(opened: Callable[..., Page]) -> None:
    page = opened()
    event = page.locator(".event", has_text="Anna Lind and Pedro Sousa")
    rows = event.locator("table.differing tbody tr")
    assert [rows.nth(at).inner_text().split("\t") for at in range(2)] == [
        ["Lind and Sousa in Oslo", "4 March 2024", "Oslo"],
        ["Lind and Sousa in Bergen", "4 March, year not given", "Bergen"],
    ]
    assert page.locator("svg.picture text", has_text="Anna Lind").count() == 1
    link = page.locator(".sayings a", has_text="Lind and Sousa in Oslo").first
    assert link.get_attribute("href") == (
        "https://herald.example/lind-sousa#:~:text=The%20ferry%20will%20sail%20in%20May%2C"
    )


def test_a_name_leads_to_what_its_bearer_said(opened: Callable[..., Page]) -> None:
    page = opened()
    page.locator(".people a", has_text="Anna Lind").first.click()
    assert page.locator(".voice:target h3").inner_text().startswith("Anna Lind")
    page.locator(".voice:target a", has_text="the meeting").first.click()
    assert page.locator(".event:target").count() == 1


def test_the_table_says_what_the_picture_shows(opened: Callable[..., Page]) -> None:
    page = opened()
    page.click("#network-part summary")
    rows = page.locator("#network-part tbody tr")
    assert "Anna Lind" in rows.first.inner_text()
    assert (
        rows.count()
        == page.locator("#network-part svg path").count()
        - page.locator("#network-part svg text").count()
    )


def test_hostile_words_are_words(opened: Callable[..., Page]) -> None:
    page = opened()
    assert page.title() == "Meetings, all dates"
    assert page.locator("img, script").count() == 0
    assert HOSTILE in page.inner_text("#articles")
    assert HOSTILE in page.inner_text("#timeline")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(opened: Callable[..., Page], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"
    assert dark is (scheme == "dark")


def test_a_narrow_window_does_not_scroll_sideways(opened: Callable[..., Page]) -> None:
    page = opened(viewport={"width": 360, "height": 700})
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_printed_page_has_all_of_the_picture(opened: Callable[..., Page]) -> None:
    page = opened()
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    width = page.evaluate("document.body.clientWidth")
    assert page.locator("svg.picture").first.bounding_box()["width"] <= width  # type: ignore[index]
