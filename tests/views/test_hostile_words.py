"""Whatever words an article holds, each view shows them as words."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from summarizer.article import Article, marked, one_line
from summarizer.record import Record
from summarizer.views import Form, render

PIECES = [
    *("<b>", "</b>", "<script>alert(1)</script>", "<!--", "-->", "&amp;", "&#60;", '"', "'", "`"),
    *("[a](javascript:alert(1))", "![a](b)", "[a]", "(b)", "<http://a.example>", "</mark>"),
    *("http://a.example", "www.a.example", "a@b.example", "# ", "## ", "- ", "+ ", "* ", "1. "),
    *("1) ", "> ", "---", "===", "**", "__", "~~", "|", "|-|", "```", "~~~", "    ", "\t", "\n"),
    *("\n\n", "\r", "\\", "$x$", "[^1]", "\x1b[31m", "\x1b]0;t\x07", "\x9b2J", "\x07", "\x08"),
    *("\x1b]8;;http://a.example\x1b\\", "\x7f", "\x00", "\x85", "\u202e", "\u2066", "\u200f"),
    *("\u061c", "\u200b", "\ufeff", "\xad", "\U000e0041", "\u2028", "=HYPERLINK(1)", "@x"),
    *("{{ 7 }}", "{% raw %}", "words", "слово", "字", "é"),
]
HOSTILE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
anything = settings(
    max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def planted(record: Record, words: str) -> Record:
    """The record with words wherever an article, its source or a model could have put them."""
    record = record.model_copy(deep=True)
    text = f"{record.article.body} {words}"
    kept = {"title": words, "publisher": words, "uri": words, "text": text}
    record.article = Article.model_validate({**record.article.model_dump(), **kept})
    for person in record.persons:
        person.name = person.role = person.rank = person.organization = words
        person.country_text = words
    meeting = record.meetings[0]
    assert meeting.date and meeting.place and record.summary
    meeting.date.text = meeting.date.edtf = meeting.place.name = words
    for item in (*meeting.topics, *meeting.outcomes):
        item.text = words
    for statement in record.statements:
        statement.text = words
        statement.spans = statement.content_spans = [
            span.model_copy(update={"text": words}) for span in statement.spans
        ]
    record.summary.text = words
    for check in record.checks:
        check.message = check.where = words
    made = record.provenance
    made.model = made.endpoint = made.prompt.name = made.prompt.version = words
    return record


def unseen(text: str) -> set[str]:
    """Characters that steer a terminal, reorder what is shown, or show nothing."""
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"}


@anything
@given(words=HOSTILE)
def test_no_words_steer_a_terminal(record: Record, words: str) -> None:
    assert not unseen(render(planted(record, words), "text"))
    coloured = render(planted(record, words), "text", colour=True)
    assert not unseen(re.sub(r"\x1b\[[0-9;]*m", "", coloured))


@anything
@given(words=HOSTILE)
def test_no_words_make_markup_of_markdown(record: Record, words: str) -> None:
    def shape(text: str) -> list[str]:
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        every = [t for token in tokens for t in (token, *(token.children or []))]
        return [t.type for t in every if t.type not in ("text", "text_special")]

    shown = render(planted(record, f"a {words} z"), "md")
    assert shape(shown) == shape(render(planted(record, "words"), "md"))
    assert not unseen(shown)
    assert not re.search(r"https?://|www\.|(?<!\\)@", shown)


@anything
@given(words=HOSTILE)
def test_markdown_shows_the_words_themselves(record: Record, words: str) -> None:
    tokens = MarkdownIt("commonmark").parse(render(planted(record, words), "md"))
    heading = next(token for token in tokens if token.type == "inline")
    told = "".join(child.content for child in heading.children or [])
    if one_line(words):
        assert " ".join(told.split()) == one_line(words)


@anything
@given(words=HOSTILE)
def test_a_page_has_the_same_elements_whatever_the_words(record: Record, words: str) -> None:
    def elements(text: str) -> list[tuple[str, tuple[str, ...]]]:
        page = lxml_html.fromstring(text)
        assert not [e for e in page.iter() if not isinstance(e.tag, str)]
        return [(str(e.tag), tuple(map(str, e.attrib))) for e in page.iter()]

    changed = planted(record, f"a {words} z")
    shown = render(changed, "html")
    assert elements(shown) == elements(render(planted(record, "a z"), "html"))
    page = lxml_html.fromstring(shown)
    (held,) = page.xpath("//script[@class='record']/text()")
    told = "".join(text for _, text, _ in json.loads(held)["pieces"])
    assert told == marked(changed.article.body)
    assert all(value.startswith("#") for value in page.xpath("//@href"))
    assert not page.xpath("//@src")
    assert not unseen(shown) - {"\t"}


@anything
@given(words=HOSTILE)
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_keeps_the_words(record: Record, form: Form, words: str) -> None:
    shown = render(planted(record, words), form)
    assert json.loads(shown)["article"]["title"] == words
    assert form == "json" or shown.count("\n") == 1


@given(st.text())
def test_a_marked_text_is_as_long_as_it_was(text: str) -> None:
    assert len(marked(text)) == len(text)
    assert not unseen(marked(text)) - {"\t", "\u200c", "\u200d"}


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\x1b[31mb", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\u202eb\u202c", "ab"),
        ("a\r\n  b", "a b"),
        ("Li\u200bma", "Lima"),
        ("a\x85b", "a b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_one_line_known_values(text: str, line: str) -> None:
    assert one_line(text) == line
