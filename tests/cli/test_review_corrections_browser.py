"""Corrections that are made on the review page, saved there, and applied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.corrections import history_of
from summarizer.evals import check_fixtures
from summarizer.record import Record, load_records

from .review_pages import Opened, lit, review, saved, select


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


def test_corrections_come_back(opened: Opened, record: Record, tmp_path: Path) -> None:
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


def test_selected_words_go_to_the_open_form(opened: Opened, record: Record, tmp_path: Path) -> None:
    page = opened(record)
    page.get_by_role("button", name="Edit meeting 1").click()
    select(page, "March 3")
    page.get_by_role("button", name="Use as “Its words in the article”").click()
    page.click("form.edit .main")
    page.get_by_role("button", name="Edit statement 1").click()
    select(page, "We will send")
    page.get_by_role("button", name="Use as “Words”").click()
    page.click("form.edit .main")
    page.click("#reviewed")
    assert page.locator("#reviewed").get_attribute("aria-pressed") == "true"
    file, out = saved(page, tmp_path), tmp_path / "out.jsonl"
    assert review("apply", str(file), str(tmp_path / "records.jsonl"), "--out", str(out)) == 0
    (made,) = load_records(out)
    assert made.meetings[0].date and made.meetings[0].date.text == "March 3"
    assert made.statements[0].spans[0].text == "We will send"
    assert [one.kind for one in history_of(made)] == ["date", "content", "reviewed"]
