"""The page of an eval in a real browser: figures, articles, and hostile words."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer.cli import main
from summarizer.evals import FixtureSet, headlines, load_fixtures, oracle
from summarizer.evals.report.words import share
from summarizer.evals.runs import (
    AnswerFile,
    RecordedModel,
    Result,
    SavedRun,
    identify,
    save_run,
)
from summarizer.prompt import load_prompt

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
HOSTILE = "</div><script>document.title='taken'</script><img src=//x.example/y onerror=alert(1)>"


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles of the project, one with hostile words in it."""
    folder = tmp_path_factory.mktemp("fixtures")
    source = ROOT / "evals" / "fixtures"
    for name in ("00-tsamto-shoigu-dong", "11-missile-test"):
        for suffix in (".txt", ".gold.json"):
            shutil.copy(source / f"{name}{suffix}", folder)
    path = folder / "11-missile-test.txt"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{HOSTILE}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def runs(fixtures: Path, tmp_path_factory: pytest.TempPathFactory) -> list[SavedRun]:
    """A perfect run, and one in which speakers are confused."""
    chosen = FixtureSet(tuple(load_fixtures(fixtures)))
    made = []
    for name in ("perfect", "confused"):
        folder = tmp_path_factory.mktemp("runs") / name
        outcomes: dict[str, Any] = {each.id: oracle(each) for each in chosen.fixtures}
        if name == "confused":
            record = outcomes["00-tsamto-shoigu-dong"]
            others = {"p1": "p2", "p2": "p1"}
            said = [
                each.model_copy(update={"speaker": others.get(each.speaker, each.speaker)})
                for each in record.statements
            ]
            outcomes["00-tsamto-shoigu-dong"] = record.model_copy(update={"statements": said})
        results = [Result(each, 1, outcome, 1.0) for each, outcome in outcomes.items()]
        scores = chosen.score([outcomes])
        answers = AnswerFile(folder / "answers.jsonl", name, "local")
        identity = identify(
            chosen,
            name="two",
            split=scores.split,
            prompt=load_prompt("grounded"),
            model=RecordedModel(name, "local", answers, None),
            results=results,
            runs=1,
        )
        made.append(save_run(folder, identity, results, scores))
    return made


@pytest.fixture
def opened(
    browser: Browser,
    runs: list[SavedRun],
    fixtures: Path,
    tmp_path: Path,
    in_process: None,
) -> Iterator[Callable[..., Page]]:
    """`opened(*command, **context)`: the page that a command writes; it must be quiet."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(*command: str, **context: Any) -> Page:
        path = tmp_path / "page.html"
        words = [*command, "--format", "html", "--fixtures", str(fixtures), "--out", str(path)]
        with pytest.raises(SystemExit) as end:
            main(["eval", *words])
        assert end.value.code == 0
        contexts.append(browser.new_context(viewport={"width": 1200, "height": 900}, **context))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_a_run_s_page_shows_its_figures_and_articles(
    opened: Callable[..., Page], runs: list[SavedRun]
) -> None:
    page = opened("show", str(runs[1].folder))
    table = page.inner_text("#figures table")
    for line in headlines(runs[1].scores):
        assert line.label in table
        assert share(line) in table
    assert page.locator("#figures svg circle").count() >= 8
    assert page.locator("details.article").count() == 2
    assert page.locator("#verdict").count() == 0
    assert "Dong Jun" in page.inner_text("#confusions")


def test_hostile_words_of_an_article_are_words(
    opened: Callable[..., Page], runs: list[SavedRun]
) -> None:
    page = opened("show", str(runs[1].folder))
    page.click("#article-11-missile-test > summary")
    assert HOSTILE in page.inner_text("#article-11-missile-test .sides > div:first-child")
    assert page.title() == "grounded, confused"
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1


def test_a_comparison_s_page_shows_the_verdict_and_what_flipped(
    opened: Callable[..., Page], runs: list[SavedRun]
) -> None:
    page = opened("compare", *(str(run.folder) for run in runs))
    assert "no difference shown" in page.inner_text("#verdict h2")
    assert page.locator("#flips tbody tr").count() > 2
    article = page.locator("#article-00-tsamto-shoigu-dong")
    assert not article.evaluate("each => each.open")
    page.click("#flips a >> nth=0")
    assert article.evaluate("each => each.open")
    assert article.locator(".sides > div").count() == 3
    assert article.locator("mark.wrong").count() > 0
    assert article.locator("td.wrong").count() > 0


def test_articles_are_filtered(opened: Callable[..., Page], runs: list[SavedRun]) -> None:
    page = opened("compare", *(str(run.folder) for run in runs))
    visible = page.locator("details.article:not([hidden])")
    assert page.inner_text("#count") == "2 of 2"
    page.select_option("#which", "flipped")
    assert visible.count() == 1
    page.select_option("#which", "failed")
    assert visible.count() == 0
    page.select_option("#which", "all")
    page.fill("#words", "SHOIGU")
    assert visible.count() == 1
    assert page.inner_text("#count") == "1 of 2"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_does_not_scroll_sideways(
    opened: Callable[..., Page], runs: list[SavedRun], scheme: str
) -> None:
    page = opened("compare", *(str(run.folder) for run in runs), color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 700})
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    background, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    dark = background == "rgb(21, 23, 27)"
    assert dark is (scheme == "dark")
    assert ink != background
