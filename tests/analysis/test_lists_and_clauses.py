"""A list of labels is no transcript; a quotation that ends a clause is a part of it."""

from __future__ import annotations

from summarizer.analysis import read
from summarizer.article import Article, article_id


def said(text: str) -> list[tuple[str | None, list[str]]]:
    article = Article(id=article_id(text), language="en", text=text)
    return [
        (a.source.span.text if a.source else None, [span.text for span in a.content])
        for a in read(article).attributions
    ]


def test_a_list_of_labels_is_no_transcript() -> None:
    assert said("DATE: 3 May 2030\n\nPLACE: Madrid\n\nHOST: Minister Klaus Ebner") == []


def test_turns_that_end_as_speech_does_are_a_transcript() -> None:
    text = "GLEB ARSENTYEV: Welcome to Moscow.\n\nZOYA TIKHOMOLOVA: Thank you!"
    assert said(text) == [
        ("GLEB ARSENTYEV", ["Welcome to Moscow."]),
        ("ZOYA TIKHOMOLOVA", ["Thank you!"]),
    ]


def test_a_comma_inside_the_marks_ends_the_clause() -> None:
    text = (
        "The Ministry ruled that his statement about “thousands of cases” in the city is “true,” "
        "but in the course of its report it could not resist pointing out that not all were grave."
    )
    contents = [content for _, content in said(text)]
    assert any("thousands of cases" in content[0] and "true," in content[0] for content in contents)
    assert all(len(content) == 1 for content in contents)
