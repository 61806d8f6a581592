from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from rich.cells import cell_len

from summarizer.article import Article, article_id
from summarizer.record import Check, Record, Supported, load_record
from summarizer.views import VIEWS, Form, Look, render
from summarizer.views.page import page_record

DATA = "//script[@class='record']/text()"
HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "back\x08\x7fspace",
    "over\rwritten",
    "right \u202eto left\u202c",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[link](http://example.org) ![image](x.png)",
    "**bold** _it_ `code` ~~gone~~ # no | cell |",
    "&lt;b&gt; &amp;",
    "1. one\n- two\n> three\n# four\n    five\n---\n```",
    "{{ 7 * 7 }} {% raw %}",
    "'\" onmouseover='x'",
]


def data(page: str) -> list[dict[str, Any]]:
    """The records that a page holds."""
    return [json.loads(block) for block in lxml_html.fromstring(page).xpath(DATA)]


def hostile(record: Record, text: str) -> Record:
    """The record with `text` wherever an article or a model could have put it; not verified."""
    record.article = record.article.model_copy(
        update={
            "title": text,
            "publisher": text,
            "uri": text,
            "text": f"{text} {record.article.text}",
        }
    )
    for person in record.persons:
        person.name = person.role = person.country_text = text
    meeting = record.meetings[0]
    assert meeting.date and meeting.place
    meeting.date.text = meeting.place.name = meeting.topics[0].text = text
    for statement in record.statements:
        statement.text = text
    assert record.summary
    record.summary.text = record.checks[0].message = record.checks[0].where = text
    record.provenance.model = record.provenance.prompt.name = text
    return record


def test_the_forms_of_the_contract_are_there() -> None:
    assert list(VIEWS) == ["text", "json", "jsonl", "md", "html"]
    assert len(VIEWS) == 5
    with pytest.raises(KeyError):
        VIEWS["pdf"]  # type: ignore[index]


def test_a_form_is_imported_only_when_it_is_used() -> None:
    code = (
        "import sys, summarizer.views as v; v.VIEWS['jsonl'];"
        "print(sorted(m for m in ('rich', 'jinja2', 'summarizer.views.html') if m in sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_json_is_one_object_and_jsonl_one_line(record: Record) -> None:
    assert load_record(render(record, "json")) == record
    assert render(record, "json").count("\n") > 100
    line = render(record, "jsonl")
    assert line.endswith("\n") and line.count("\n") == 1
    assert load_record(line) == record
    view = VIEWS["json"]
    assert view.part(record, Look(), alone=False) == line


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_the_text_may_be_left_out(record: Record, form: Form) -> None:
    assert json.loads(render(record, form, text=False))["article"]["text"] is None


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_a_reader_finds_who_when_where_how_and_what_was_said(record: Record, form: Form) -> None:
    shown = render(record, form)
    for part in (
        "Anna Lind",
        "Pedro Sousa",
        "Foreign Minister",
        "Admiral",
        "NOR",
        "XXXX-03-03",
        "On March 3",
        "Oslo",
        "in person",
        "“We will send 12 ships,”",
        "“They will sail in May.”",
        "the plan “fully meets our needs” this year",
        "talks would go on",
        "direct",
        "mixed",
        "indirect",
        "Both spoke of 12 ships.",
        "the article gives no year",
        "example-model",
        "grounded 1",
        "900 read",
    ):
        assert part in shown, part


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_what_the_article_does_not_give_is_said(record: Record, form: Form) -> None:
    meeting = record.meetings[0]
    meeting.date = meeting.place = None
    meeting.participants, meeting.mode = [], "unknown"
    record.statements[0].speaker = None
    shown = render(record, form)
    if form == "html":
        (shown_record,) = data(shown)
        (held,) = shown_record["meetings"]
        assert (held["when"], held["where"], held["participants"]) == ("not given", "not given", [])
        assert held["mode"] == "how is not given"
        assert shown_record["statements"][0]["speaker"] is None
        (look,) = [one for one in shown_record["looks"] if one["item"] == "statements[0]"]
        assert "does not tell who says this" in look["message"]
        return
    assert shown.count("not given") == 4
    assert "Speaker not told by the article" in shown


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_an_article_without_a_meeting_says_so(record: Record, form: Form) -> None:
    record.meetings, record.statements, record.summary, record.checks = [], [], None, []
    shown = render(record, form)
    assert "reports no meeting" in shown
    if form == "html":
        (shown_record,) = data(shown)
        assert not any(
            shown_record[part] for part in ("meetings", "statements", "summary", "looks")
        )
        return
    for heading in ("STATEMENTS", "Statements", "SUMMARY", "Summary", "CHECKS", "Checks"):
        assert heading not in shown


@pytest.mark.parametrize("width", [1, 40, 41, 60, 100, 200])
def test_the_text_view_wraps_to_the_window(record: Record, width: int) -> None:
    lines = render(record, "text", width=width).splitlines()
    assert max(map(cell_len, lines)) <= max(40, width)
    assert all(line == line.rstrip() for line in lines)


def test_wide_characters_and_long_words_wrap_too(record: Record) -> None:
    assert record.summary
    record.summary.text = "会談は東京で行われた。" * 12 + "x" * 150
    lines = render(record, "text", width=40).splitlines()
    assert max(map(cell_len, lines)) <= 40
    assert "".join("".join(lines).split()).count("会談は東京で行われた。") == 12


def test_colour_only_when_asked(record: Record) -> None:
    assert "\x1b" not in render(record, "text")
    coloured = render(record, "text", colour=True)
    assert "\x1b[1" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == render(record, "text").split()


@pytest.mark.parametrize("attack", HOSTILE)
@pytest.mark.parametrize("colour", [True, False])
def test_nothing_steers_the_terminal(record: Record, attack: str, colour: bool) -> None:
    shown = render(hostile(record, attack), "text", colour=colour)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown) if colour else shown
    controls = [c for c in plain if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160]
    assert controls == []
    assert not set(plain) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "[31m" not in plain and "]0;title" not in plain


@pytest.mark.parametrize("attack", HOSTILE)
def test_markdown_shows_the_characters_and_nothing_else(record: Record, attack: str) -> None:
    calm = MarkdownIt("commonmark").enable(["strikethrough", "table"])

    def shape(text: str) -> list[str]:
        tokens = calm.parse(text)
        inner = [child for token in tokens for child in token.children or []]
        return [t.type for t in [*tokens, *inner] if t.type not in ("text", "text_special")]

    quiet = shape(render(hostile(record.model_copy(deep=True), "plain words"), "md"))
    assert shape(render(hostile(record, f"{attack} end"), "md")) == quiet


@pytest.mark.parametrize(
    "start", ["+ a", "- a", "1. a", "12) a", "= =", "===", "# a", "> a", "---"]
)
def test_a_line_of_markdown_cannot_begin_a_block(record: Record, start: str) -> None:
    assert record.summary
    record.summary.text = start
    html = MarkdownIt("commonmark").render(render(record, "md"))
    escaped = start.replace(">", "&gt;")
    assert f"<p>{escaped}</p>" in html


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_page_holds_no_tag_of_the_article(record: Record, attack: str) -> None:
    quiet = Page(render(hostile(record.model_copy(deep=True), "plain words"), "html"))
    page = Page(render(hostile(record, attack), "html"))
    assert sorted(page.tags) == sorted(quiet.tags)
    assert [name for name, _ in page.attributes] == [name for name, _ in quiet.attributes]


def test_a_page_is_whole_and_asks_for_nothing(record: Record) -> None:
    html = render(record, "html")
    assert html.startswith("<!doctype html>") and html.rstrip().endswith("</html>")
    page = Page(html)
    assert not {"link", "img", "iframe", "object", "embed", "base"} & set(page.tags)
    assert not {"src", "style"} & {name for name, _ in page.attributes}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttpRequest|WebSocket", html)


def test_only_the_page_s_own_script_may_run(record: Record) -> None:
    page = lxml_html.fromstring(render(record, "html"))
    (script,) = page.xpath("//script[not(@type)]/text()")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.split("; ")[:3] == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        f"script-src 'sha256-{digest}'",
    ]
    assert set(page.xpath("//script/@type")) == {"application/json"}


def test_a_page_holds_each_record_with_its_article(record: Record) -> None:
    view = VIEWS["html"]
    part = view.part(record, Look(), alone=False)
    first, second = data(view.start + part + view.between + part + view.end)
    assert first == second == json.loads(json.dumps(page_record(record)))
    assert "".join(text for _, text, _ in first["pieces"]) == record.article.body


def test_a_page_says_how_sure_the_model_was(record: Record) -> None:
    for sure, doubtful in ((0.55, True), (0.95, False)):
        record.statements[0] = record.statements[0].model_copy(update={"confidence": sure})
        shown = page_record(record)
        assert shown["statements"][0]["confidence"] == sure
        assert shown["statements"][0]["doubtful"] is doubtful
    assert [one["severity"] for one in page_record(record)["looks"]] == ["info"]
    for told, words in (("model", "the model was"), ("carried", "told this way are right")):
        update = {"confidence": 0.3, "decided_by": told}
        record.statements[0] = record.statements[0].model_copy(update=update)
        message = page_record(record)["looks"][0]["message"]
        assert message.startswith("30%: ") and words in message


def test_the_gravest_is_looked_at_first(record: Record) -> None:
    record.statements[2].speaker = None
    record.checks.append(
        Check(code="x", severity="error", where="meetings[0].place", message="no such place")
    )
    looks = page_record(record)["looks"]
    assert [(one["severity"], one["item"]) for one in looks] == [
        ("error", "meetings[0]"),
        ("warning", "statements[2]"),
        ("info", "meetings[0]"),
    ]
    assert list(looks[0]["fields"]) == ["meetings[0].place"]
    assert "statements[2].content_spans" in looks[1]["fields"]


def test_a_statement_has_the_topics_of_its_words(record: Record) -> None:
    record.meetings[0].topics[0] = Supported(text="ships", support=[record.statements[0].spans[0]])
    assert [one["topics"] for one in page_record(record)["statements"]] == [["ships"], [], []]


def test_a_page_without_the_text_holds_none(record: Record) -> None:
    stored = record.model_copy(
        update={"article": Article(id=article_id("x"), length=500, text=None)}
    )
    for (shown,) in (data(render(record, "html", text=False)), data(render(stored, "html"))):
        assert shown["pieces"] is None
        assert len(shown["statements"]) == 3
