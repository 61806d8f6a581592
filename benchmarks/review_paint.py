"""How soon the review page of 1,000 statements is there: the median of five openings.

First paint is the browser's own figure; all is drawn when every statement stands in the document
and a further frame is there. Both are waiting times, which a busy machine makes longer; the work is
the time that the page's thread had a core for itself until then.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from report import Report, publish

from summarizer.article import Article, Span, article_id
from summarizer.record import (
    Meeting,
    MeetingEvidence,
    Person,
    PromptIdentity,
    Provenance,
    Record,
    RecordUsage,
    Statement,
    verify,
)
from summarizer.views import render

RUNS = 5
STATEMENTS = 1000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SPEAKERS = ("Anna Lind", "Pedro Sousa", "Ivo Horvat", "Mary Obi")
OPENING = "Anna Lind, Pedro Sousa, Ivo Horvat and Mary Obi held talks.\n"
_DRAWN = """async () => {
  const began = performance.timeOrigin;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return [paint ? paint.startTime : null, performance.timeOrigin - began + performance.now()];
}"""
_FILTERED = """async () => {
  const began = performance.now();
  const select = document.getElementById('of-speaker');
  select.selectedIndex = 2;
  select.dispatchEvent(new Event('change'));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


def main() -> None:
    """Measure, print and keep."""
    from playwright.sync_api import sync_playwright

    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit("there is no Chromium on the PATH")
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "review.html"
        page.write_text(render(_record(), "html"), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        figures = [_opened(browser, page.as_uri()) for _ in range(RUNS + 1)][1:]
        browser.close()
        for number, name in enumerate(("first paint", "all drawn", "a filter", "work")):
            taken = [each[number] for each in figures]
            rows.append([name, *(f"{t:.0f} ms" for t in (median(taken), min(taken), max(taken)))])
        size = page.stat().st_size / 1e6
    caption = f"The review page of {STATEMENTS:,} statements ({size:.1f} MB), opened {RUNS} times."
    publish("review_paint", Report(caption, ("", "median", "fastest", "slowest"), rows))


def _opened(browser: Any, address: str) -> tuple[float, float, float, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    page.wait_for_function("document.querySelectorAll('#statements > li').length >= 1000")
    first, drawn = page.evaluate(_DRAWN)
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    filtered = page.evaluate(_FILTERED)
    page.close()
    return float(first), float(drawn), float(filtered), 1000 * float(metrics["TaskDuration"])


def _record() -> Record:
    parts = [OPENING]
    at = len(OPENING)
    statements = []
    for number in range(STATEMENTS):
        who = number % len(SPEAKERS)
        words = f"We will send {number + 2} ships to the harbour, and they will stay there"
        line = f"“{words},” {SPEAKERS[who]} said.\n"
        said = [_span(words, at + 1)]
        statements.append(
            Statement(
                id=f"s{number + 1}",
                meeting="m1",
                quote_type="direct",
                speaker=f"p{who + 1}",
                speaker_mention=_span(SPEAKERS[who], at + len(words) + 4),
                cue=_span("said", at + len(line) - 6),
                spans=said,
                content_spans=said,
                text=words,
            )
        )
        parts.append(line)
        at += len(line)
    text = "".join(parts)
    persons = [
        Person(id=f"p{n + 1}", name=name, mentions=[_span(name, text.index(name))])
        for n, name in enumerate(SPEAKERS)
    ]
    held = _span("held talks", text.index("held talks"))
    meeting = Meeting(
        id="m1",
        status="held",
        participants=[person.id for person in persons],
        evidence=MeetingEvidence(status=[held]),
    )
    provenance = Provenance(
        prompt=PromptIdentity(name="example", version="1", sha256="0" * 64),
        model="example",
        endpoint="local",
        parameters={},
        summarizer_version="0",
        created="2024-01-31T00:00:00Z",
        seconds=0.0,
        usage=RecordUsage(),
    )
    return verify(
        Record(
            article=Article(id=article_id(text), uri="long.txt", language="en", text=text),
            persons=persons,
            meetings=[meeting],
            statements=statements,
            provenance=provenance,
        )
    )


def _span(text: str, start: int) -> Span:
    return Span(start=start, end=start + len(text), text=text)


if __name__ == "__main__":
    main()
