"""Which words are said, and by whom: the cues around English quotations."""

from __future__ import annotations

import pytest

from summarizer.analysis import read
from summarizer.article import Article, article_id


def told(text: str) -> list[tuple[str, str | None, str]]:
    article = Article(id=article_id(text), text=text, language="en", published=None, uri="x")
    return [
        (a.quote_type, a.source.span.text if a.source else None, " ".join(s.text for s in a.spans))
        for a in read(article, ()).attributions
    ]


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("\"They say, 'Wait a bit,'\" said Ana Lima.", "Ana Lima", "They say, 'Wait a bit,'"),
        ("''We don't know that yet,'' Ana Lima said.", "Ana Lima", "We don't know that yet,"),
        ("“We do not know that yet.” ― Ana Lima", "Ana Lima", "We do not know that yet."),
        ("Ana Lima spoke.\n\nMr. Ode said:\n\n“We all lost that.”", "Mr. Ode", "We all lost that."),
        ("Ana Lima condemned what she called a “clear breach” of it.", "Ana Lima", "clear breach"),
        ("Ana Lima said she hopes it “will be over soon.”", "Ana Lima", "will be over soon."),
        ("Ana Lima is calling the plan “quite unfair.”", "Ana Lima", "quite unfair."),
        ("Said Ana Lima: “We all lost that.”", "Ana Lima", "We all lost that."),
        (
            "They doubted Ana Lima's claim that there are “many such cases.”",
            "Ana Lima",
            "many such cases.",
        ),
    ],
)
def test_a_quotation_and_who_said_it(text: str, source: str, words: str) -> None:
    assert (source, words) in [(who, said) for _, who, said in told(text)]


def test_a_name_in_marks_is_no_statement() -> None:
    assert all(
        kind == "indirect" for kind, _, _ in told("Ana Lima said the “one house” rule ends.")
    )
