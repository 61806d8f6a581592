"""What the tests of the review page share: a page that must be quiet, and a reader's hands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer.cli import main
from summarizer.record import Record, dump_record, load_record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
Opened = Callable[..., "Page"]


@pytest.fixture(scope="module")
def seed() -> Record:
    """The seed article's record, as the recorded answers of the default model make it."""
    text = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    lines = (ROOT / "evals/baselines/grounded/records.jsonl").read_text(encoding="utf-8")
    first = next(one for one in map(json.loads, lines.splitlines()) if "00-" in one["fixture"])
    return load_record(json.dumps(first["record"]), text)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, in_process: None) -> Iterator[Opened]:
    """`opened(*records, **context)`: the page that `review` writes of them; it must be quiet."""
    said: list[str] = []
    asked: list[str] = []
    contexts: list[Any] = []

    def open_page(*records: Record, text: bool = True, **context: Any) -> Page:
        stored = tmp_path / "records.jsonl"
        lines = [dump_record(one, text=text) + "\n" for one in records]
        stored.write_text("".join(lines), encoding="utf-8")
        path = tmp_path / "review.html"
        assert review(str(stored), "--out", str(path)) == 0
        size = {"width": 1280, "height": 900}
        contexts.append(
            browser.new_context(**{"viewport": size, "accept_downloads": True} | context)
        )
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message) or dialog.dismiss())
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


def review(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["review", *words])
    return int(end.value.code or 0)


def lit(page: Page, pane: str, name: str = "lit") -> str:
    """The words that are lit in a pane."""
    found = page.locator(f"{pane} .{name}").evaluate_all("all => all.map(e => e.textContent)")
    return "".join(found)


def cross_out(text: str) -> str:
    return "".join(text.split())


def select(page: Page, words: str) -> None:
    """Select words of the article, as a reader does with the mouse."""
    page.evaluate(
        """words => {
          const text = document.getElementById('text');
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const at = text.textContent.indexOf(words);
          const range = document.createRange();
          let seen = 0;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const begin = at - seen, end = at + words.length - seen;
            if (begin >= 0 && begin < node.length) range.setStart(node, begin);
            if (end > 0 && end <= node.length) { range.setEnd(node, end); break; }
            seen += node.length;
          }
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )
    page.wait_for_selector("#selection:not([hidden])")


def saved(page: Page, tmp_path: Path) -> Path:
    """The corrections file that the page saves."""
    with page.expect_download() as download:
        page.click("#save")
    path = tmp_path / "corrections.json"
    download.value.save_as(path)
    return path
