"""Draws the pictures of `digest.md` anew, with the system's Chromium: `python docs/pictures.py`."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from summarizer.digest import digest, html_page
from summarizer.record import Record

ROOT = Path(__file__).resolve().parents[1]
_RECORDS = ROOT / "evals" / "baselines" / "grounded" / "records.jsonl"
_IMAGES = ROOT / "docs" / "images"
_WIDE, _NARROW = (1120, 820), (390, 820)
# The picture, the window, light or dark, and what stands at its top.
_SHOTS = {
    "digest": (_WIDE, "light", "body"),
    "digest-network": (_WIDE, "light", "#network-part"),
    "digest-dark": (_WIDE, "dark", ".voice:has(ul + h4)"),
    "digest-phone": (_NARROW, "light", ".event:has(.people)"),
}


def main() -> int:
    """Write the pictures of the digest of all fixtures."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("there is no Chromium on the PATH", file=sys.stderr)
        return 2
    lines = (json.loads(line) for line in _RECORDS.read_text(encoding="utf-8").splitlines())
    records = [Record.model_validate(line["record"]) for line in lines if line.get("record")]
    _IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "digest.html"
        page.write_text(html_page(digest(records)), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name in _SHOTS:
            _shoot(browser, page, name)
        browser.close()
    return 0


def _shoot(browser: Browser, path: Path, name: str) -> None:
    (width, height), scheme, top = _SHOTS[name]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(top).first.evaluate("each => each.scrollIntoView()")
    page.screenshot(path=_IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
