"""The review page in a real browser: highlights, keys, filters, corrections, hostile words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer.article import Article, Span, article_id
from summarizer.cli import main
from summarizer.corrections import history_of
from summarizer.evals import check_fixtures
from summarizer.record import Check, Record, dump_record, load_record, load_records

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
HOSTILE = (
    "</script></mark><script>document.title='taken'</script>"
    "<img src=//x.example/y onerror=alert(1)> {{ 7 }} ${7} \u202e &lt;b&gt; 😀 '\"` "
)
TARGETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


def test_a_field_lights_its_words_and_words_their_field(opened: Opened, seed: Record) -> None:
    page = opened(seed)
    items = page.locator("#statements > li")
    assert items.count() == len(seed.statements)
    for number, statement in enumerate(seed.statements):
        item = items.nth(number)
        item.locator(".words").dispatch_event("mouseover")
        assert lit(page, "#text") == "".join(span.text for span in statement.content_spans)
        if statement.cue:
            item.locator(".cue").dispatch_event("mouseover")
            assert lit(page, "#text") == statement.cue.text
    meeting = seed.meetings[0]
    assert meeting.date
    page.locator(".meeting dd > .field").first.dispatch_event("mouseover")
    assert lit(page, "#text") == meeting.date.span.text
    page.locator(".people .speaker").first.dispatch_event("mouseover")
    assert cross_out(lit(page, "#text")) == cross_out(
        "".join(span.text for span in seed.persons[0].mentions)
    )
    word = page.locator("#text mark", has_text="We regularly conduct").first
    word.dispatch_event("mouseover")
    assert "We regularly conduct" in lit(page, "#record")
    page.locator("#text mark.fact", has_text="January 31").dispatch_event("mouseover")
    assert "XXXX-01-31" in lit(page, "#record")


def test_overlapping_spans_keep_the_article_as_it_is(opened: Opened, record: Record) -> None:
    page = opened(record)
    assert page.locator("#text").evaluate("e => e.textContent") == record.article.body
    talks = page.locator("#text .seg", has_text="talks").first
    talks.dispatch_event("mouseover")
    both = lit(page, "#record")
    assert "talks would go on" in both and "talks" in both.replace("talks would go on", "")


def test_speakers_types_and_confidence_are_seen(opened: Opened, record: Record) -> None:
    record.statements[0] = record.statements[0].model_copy(update={"confidence": 0.42})
    page = opened(record)
    items = page.locator("#statements > li")
    assert [items.nth(n).locator(".type").inner_text() for n in range(3)] == [
        "direct",
        "mixed",
        "indirect",
    ]
    colour = "e => getComputedStyle(e).borderLeftColor"
    first, second, third = [items.nth(n).evaluate(colour) for n in range(3)]
    assert first != second == third
    assert "42 % sure" in items.nth(0).inner_text()
    assert items.nth(0).locator(".doubtful").count() == 1
    looks = page.locator(".looks li")
    assert "42%" in looks.nth(0).inner_text()
    assert page.locator("#record > section").first.get_attribute("class") == "looks"


def test_everything_goes_with_the_keyboard(opened: Opened, record: Record) -> None:
    page = opened(record)
    focused = "document.activeElement.textContent"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Skip to the content"
    assert page.locator(".skip").first.bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("j")
    assert page.evaluate(focused) == "The article gives no year"
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "On March 3"
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "The article gives no year"
    page.keyboard.press("n")
    first = page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) != first
    page.keyboard.press("p")
    assert page.evaluate(focused) == first
    assert page.locator("#text [tabindex='0']").count() == 1
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    assert page.locator("#key-list dt").count() > 12
    page.uncheck("#single")
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    before = page.evaluate(focused)
    page.keyboard.press("j")
    assert page.evaluate(focused) == before


def test_a_statement_is_corrected_by_keys_alone(
    opened: Opened, record: Record, tmp_path: Path
) -> None:
    page = opened(record)
    page.locator("#statements .words").nth(2).focus()
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "edit-speaker"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("talks would go")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("form.edit").count() == 0
    assert "Anna Lind" in page.locator("#statements > li").nth(2).inner_text()
    page.keyboard.press("j")
    with page.expect_download() as download:
        page.keyboard.press("s")
    changes = json.loads(Path(download.value.path()).read_text())["articles"][0]["changes"]
    assert [(one["kind"], one["id"]) for one in changes] == [("speaker", "s3"), ("content", "s3")]
    page.keyboard.press("u")
    page.keyboard.press("u")
    assert page.locator("#saving").is_hidden()


def test_statements_are_filtered(opened: Opened, record: Record) -> None:
    record.statements[2].speaker = None
    page = opened(record)
    visible = page.locator("#statements > li:not([hidden])")
    page.select_option("#of-speaker", label="Pedro Sousa")
    assert visible.count() == 1
    assert page.inner_text("#shown") == "1 of 3"
    assert cross_out(lit(page, "#text", "said:not(.out)")) == cross_out(
        "the plan “fully meets our needs” this year"
    )
    page.select_option("#of-speaker", "")
    page.select_option("#of-topic", "ships")
    assert [visible.nth(n).get_attribute("data-item") for n in range(visible.count())] == [
        "statements[0]"
    ]
    page.select_option("#of-topic", "")
    page.keyboard.press("d")
    assert page.inner_text("#shown") == "3"  # The keys of a list box are its own.
    page.locator("#record").focus()
    page.keyboard.press("d")
    assert page.inner_text("#shown") == "1 of 3"
    assert visible.first.get_attribute("data-item") == "statements[2]"


def test_corrections_made_by_clicking_are_saved_and_applied(
    opened: Opened, seed: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = opened(seed)
    items = page.locator("#statements > li")
    # A speaker.
    items.nth(0).get_by_role("button", name="Edit statement 1").click()
    page.select_option("#edit-speaker", "=p2")
    page.click("form.edit .main")
    # A span: some words are selected in the article, and set as content.
    items.nth(1).locator(".words").click()
    select(page, "We are aimed at the unconditional implementation of all agreements reached")
    page.click("#selection button:has-text('Set as content')")
    lit_words = items.nth(1).locator(".words")
    lit_words.dispatch_event("mouseover")
    assert lit(page, "#text").startswith("We are aimed")
    # A statement that is none, one that was left out, by someone new.
    items.nth(4).get_by_role("button", name="Remove statement 5").click()
    select(page, "the Ministry of Defense of the Russian Federation")
    page.click("#selection button:has-text('New statement')")
    page.select_option("#edit-speaker", "+")
    page.get_by_label("Their name in the article").fill("Department of Information")
    page.click("form.edit .main")
    # A date, and who took part.
    page.get_by_role("button", name="Edit meeting 1").click()
    page.get_by_label("Its words in the article").fill("On January 31")
    page.locator("form.edit fieldset input").last.check()
    page.click("form.edit .main")
    page.get_by_label("Your name").fill("Ada")
    file = saved(page, tmp_path)
    out, fixtures = tmp_path / "corrected.jsonl", tmp_path / "gold"
    stored = str(tmp_path / "records.jsonl")
    words = [str(file), stored, "--out", str(out), "--fixture", str(fixtures)]
    assert review("apply", *words) == 0, capsys.readouterr().err
    (made,) = load_records(out)
    by_id = {one.id: one for one in made.statements}
    assert by_id["s1"].speaker == "p2"
    assert by_id["s2"].text.startswith("We are aimed") and by_id["s2"].quote_type == "direct"
    assert "s5" not in by_id
    (new,) = [one for one in made.statements if one.id == "s14"]
    assert new.text == "the Ministry of Defense of the Russian Federation"
    assert [one.name for one in made.persons if one.id == new.speaker] == [
        "Department of Information"
    ]
    assert made.meetings[0].date and made.meetings[0].date.text == "On January 31"
    assert made.meetings[0].participants == ["p1", "p2", "p3"]
    assert {one.by for one in history_of(made)} == {"Ada"}
    assert len(history_of(made)) == 7
    assert check_fixtures(fixtures) == []
    assert len(list(fixtures.iterdir())) == 2


def test_corrections_come_back(
    opened: Opened, browser: Browser, record: Record, tmp_path: Path
) -> None:
    page = opened(record)
    page.get_by_role("button", name="Remove statement 2").click()
    assert page.inner_text("#count") == "1 correction"
    page.reload()
    assert page.inner_text("#count") == "1 correction"
    assert page.locator(".statement.removed").count() == 1
    file = saved(page, tmp_path)
    other = opened(record)
    assert other.locator("#saving").is_hidden()
    other.set_input_files("#file", file)
    other.wait_for_selector(".statement.removed")
    assert "corrections of 1 record" in other.inner_text(".told")
    other.click("text=Put back")
    assert other.locator("#saving").is_hidden()
    other.set_input_files("#file", {"name": "x.json", "mimeType": "a/b", "buffer": b"{}"})
    other.wait_for_selector("text=This is no corrections file.")


def test_corrections_of_an_earlier_record_are_left_out_and_told(
    opened: Opened, record: Record, tmp_path: Path
) -> None:
    change = {"kind": "speaker", "id": "s1", "old": "p9", "new": "p2"}
    given = {"format": "summarizer-corrections", "version": 1, "by": "Ada", "saved": None}
    file = tmp_path / "old.json"
    articles = [{"article": record.article.id, "title": None, "changes": [change]}]
    file.write_text(json.dumps(given | {"articles": articles}), encoding="utf-8")
    page = opened(record)
    page.set_input_files("#file", file)
    page.wait_for_selector("text=did not fit this one")
    assert page.locator("#saving").is_hidden()


def test_words_that_the_article_does_not_have_are_refused(opened: Opened, record: Record) -> None:
    page = opened(record)
    page.get_by_role("button", name="Edit statement 1").click()
    page.get_by_label("Words", exact=True).first.fill("We will send 13 ships")
    page.click("form.edit .main")
    assert page.locator("form.edit .wrong >> nth=1").inner_text().startswith("The article does not")
    assert page.get_by_label("Words", exact=True).first.get_attribute("aria-invalid") == "true"
    page.keyboard.press("Escape")
    assert page.locator("form.edit").count() == 0
    assert page.locator("#saving").is_hidden()


def shifted(part: Any, by: int) -> Any:
    """A record's JSON with every span moved."""
    if isinstance(part, list):
        return [shifted(each, by) for each in part]
    if not isinstance(part, dict):
        return part
    if part.keys() == {"start", "end", "text"}:
        return part | {"start": part["start"] + by, "end": part["end"] + by}
    return {key: shifted(value, by) for key, value in part.items()}


def hostile(record: Record) -> Record:
    """The record with hostile words in front of its text, in its title and in its names."""
    text = HOSTILE + record.article.body
    moved = Record.model_validate(shifted(record.model_dump(), len(HOSTILE)))
    article = Article(id=article_id(text), uri=HOSTILE, title=HOSTILE, publisher=HOSTILE, text=text)
    moved.article = article
    name = HOSTILE.strip()
    moved.persons[0].name = name
    moved.persons[0].mentions.insert(0, Span(start=0, end=len(name), text=name))
    moved.checks.append(Check(code="x", severity="error", where="meetings[0]", message=HOSTILE))
    return load_record(dump_record(moved))


def test_hostile_words_are_words(opened: Opened, record: Record, tmp_path: Path) -> None:
    planted = hostile(record)
    page = opened(planted, record)
    assert page.locator("#list li").count() == 2
    page.click("#list a >> nth=0")
    for element in ("img", "#text script", "#record script", "#title *"):
        assert page.locator(element).count() == 0
    assert page.title().startswith("</script>")
    shown = page.locator("#text").evaluate("e => e.textContent")
    assert shown == planted.article.body.replace("\u202e", "\ufffd")
    assert "onerror=alert(1)" in page.inner_text(".people")
    # Beyond a letter that is two units of UTF-16, places are still right.
    page.locator("#statements .words").nth(2).dispatch_event("mouseover")
    assert lit(page, "#text") == "talks would go on"
    page.locator("#statements .words").nth(2).click()
    select(page, "talks would")
    page.click("#selection button:has-text('Set as content')")
    file = saved(page, tmp_path)
    out = tmp_path / "out.jsonl"
    assert review("apply", str(file), str(tmp_path / "records.jsonl"), "--out", str(out)) == 0
    first, second = load_records(out)
    assert first.statements[2].text == "talks would"
    assert second == record


def test_the_index_finds_records_and_only_the_open_one_is_drawn(
    opened: Opened, record: Record, seed: Record
) -> None:
    page = opened(record, seed, record)
    assert page.inner_text("#found") == "3 records"
    assert page.locator(".statement").count() == 0
    page.fill("#search", "SHOIGU held")
    assert page.inner_text("#found") == "1 of 3"
    page.click("#list a")
    assert "Shoigu" in page.inner_text("h1")
    assert page.locator(".statement").count() == len(seed.statements)
    page.locator("#record").focus()
    page.keyboard.press("]")
    assert page.inner_text("#position") == "3 of 3"
    assert page.locator(".statement").count() == 3
    page.keyboard.press("i")
    assert page.locator("#index").is_visible()
    page.go_back()
    assert page.inner_text("#position") == "3 of 3"


def test_a_record_without_its_article_says_what_is_missing(opened: Opened, record: Record) -> None:
    page = opened(record, text=False)
    assert "--no-text" in page.inner_text("#text")
    assert "--articles PATH" in page.inner_text("#text")
    assert page.locator("#statements > li").count() == 3
    assert page.get_by_role("button", name="Edit statement 1").count() == 0


def many(record: Record, count: int) -> Record:
    """The record with its first statement so many times, one after the other."""
    line = "“We will send 12 ships,” Lind said.\n"
    begin = len(record.article.body) + 1
    text = record.article.body + "\n" + line * count
    data = record.model_dump()
    data["article"] |= {"id": article_id(text), "text": text}
    for number in range(count):
        at = begin + number * len(line)
        words = {"start": at + 1, "end": at + 23, "text": text[at + 1 : at + 23]}
        said = {"id": f"n{number}", "quote_type": "direct", "speaker": "p1", "text": words["text"]}
        cue = {"start": at + 30, "end": at + 34, "text": "said"}
        data["statements"].append(
            said | {"spans": [words], "content_spans": [words], "cue": cue, "meeting": "m1"}
        )
    return Record.model_validate(data)


def test_a_thousand_statements_are_all_there(opened: Opened, record: Record) -> None:
    page = opened(many(record, 997))
    assert page.locator("#statements > li").count() == 1000
    page.select_option("#of-speaker", label="Pedro Sousa")
    assert page.locator("#statements > li:not([hidden])").count() == 2
    page.select_option("#of-speaker", "")
    page.locator("#statements .words").nth(999).click()
    assert lit(page, "#text", "pinned").strip() == "We will send 12 ships,"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_rule_of_accessibility_is_broken(
    opened: Opened, record: Record, scheme: str, width: int
) -> None:
    import axe_playwright_python

    rules = (Path(axe_playwright_python.__path__[0]) / "axe.min.js").read_text(encoding="utf-8")
    record.statements[0] = record.statements[0].model_copy(update={"confidence": 0.42})
    record.statements[2].speaker = None
    size = {"width": width, "height": 800}
    page = opened(record, record, color_scheme=scheme, viewport=size, reduced_motion="reduce")
    page.evaluate(rules)

    def broken() -> list[str]:
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags})",
            TARGETS,
        )
        return [
            f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    assert broken() == []
    page.click("#list a >> nth=0")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Remove statement 2").click()
    page.get_by_role("button", name="Edit statement 1").click()
    select(page, "On March 3")
    assert broken() == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit meeting 1").click()
    page.locator("#statements .words").nth(0).click()
    assert broken() == []
    page.click("#show-keys")
    assert broken() == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 21, 24)"
    assert dark is (scheme == "dark")


def test_a_printed_page_has_all_of_it_and_no_buttons(opened: Opened, seed: Record) -> None:
    page = opened(seed)
    page.emulate_media(media="print")
    for name in ("#show-keys", ".filters", "#saving"):
        assert not page.locator(name).is_visible()
    height = page.evaluate("document.documentElement.scrollHeight")
    last = page.locator(".made").bounding_box()
    article = page.locator("#article").bounding_box()
    assert last and article and article["y"] + article["height"] < last["y"] < height
    assert page.evaluate(
        "e => e.scrollHeight <= e.clientHeight + 1", page.query_selector("#article")
    )


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("review", {}),
        ("review-dark", {"color_scheme": "dark"}),
        ("review-phone", {"viewport": {"width": 390, "height": 800}, "device_scale_factor": 2}),
    ],
)
def test_pictures_for_the_pages(
    opened: Opened, seed: Record, name: str, context: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    """With `--screenshots` they are written to `docs/images`; without, they are only taken."""
    page = opened(seed, reduced_motion="reduce", **context)
    page.locator("#statements .words").nth(1).click()
    page.mouse.move(0, 0)
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    if request.config.getoption("--screenshots"):
        IMAGES.mkdir(exist_ok=True)
        (IMAGES / f"{name}.png").write_bytes(picture)
