"""The review page in a real browser: highlights, keys, filters, hostile words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article, Span, article_id
from summarizer.record import Check, Record, dump_record, load_record, load_records

from .review_pages import ROOT, Opened, cross_out, lit, review, saved, select

IMAGES = ROOT / "docs" / "images"
HOSTILE = (
    "</script></mark><script>document.title='taken'</script>"
    "<img src=//x.example/y onerror=alert(1)> {{ 7 }} ${7} \u202e &lt;b&gt; 😀 '\"` "
)
TARGETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
    page.locator("#of-topic").focus()
    page.keyboard.press("d")
    assert page.inner_text("#shown") == "3"  # The keys of a list box are its own.
    page.locator("#record").focus()
    page.keyboard.press("d")
    assert page.inner_text("#shown") == "1 of 3"
    assert visible.first.get_attribute("data-item") == "statements[2]"


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
    page.locator("#index").wait_for()
    page.go_back()
    page.get_by_text("3 of 3").wait_for()


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
    page.locator("#statements .words").nth(10).click()
    page.mouse.move(0, 0)
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    if request.config.getoption("--screenshots"):
        IMAGES.mkdir(exist_ok=True)
        (IMAGES / f"{name}.png").write_bytes(picture)
