"""Whose words an English sentence reports, and which words these are: rules of reported clauses."""

from __future__ import annotations

import pytest

from summarizer.analysis import read
from summarizer.article import Article, article_id


def told(text: str) -> list[tuple[str | None, str]]:
    article = Article(id=article_id(text), text=text, language="en", published=None, uri="x")
    return [
        (a.source.span.text if a.source else None, " ".join(s.text for s in a.spans))
        for a in read(article, ()).attributions
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Mr Lima and Mr Ode stressed that the dam is safe.", "Mr Lima and Mr Ode"),
        ("Both Ana Lima and Bo Ode said that the dam is safe.", "Ana Lima and Bo Ode"),
        (
            "During the call, Foreign Minister Ana Lima and her counterpart Bo Ode of Peru said "
            "that the dam is safe.",
            "Foreign Minister Ana Lima and her counterpart Bo Ode of Peru",
        ),
        ("Peru, Chile and Norway said that the dam is safe.", "Peru, Chile and Norway"),
        ("Ana Lima met Bo Ode and Carl Ux said the dam is safe.", "Carl Ux"),
        ("The paper cited Ana Lima as saying that the dam is safe.", "Ana Lima"),
        ("Ana Lima was quoted by the Tarn paper as saying that the dam is safe.", "Ana Lima"),
        (
            "Two officials familiar with the plan said that the dam is safe.",
            "Two officials familiar with the plan",
        ),
        ("A source in the ministry said that the dam is safe.", "A source in the ministry"),
        ("According to the joint communique, the dam is safe.", "the joint communique"),
        ("A diplomat who was in the room said that the dam is safe.", "A diplomat"),
        ("A diplomat who was in the delegation said that the dam is safe.", "A diplomat"),
        ("Ana Lima spoke to Bo Ode to inform him that the dam is safe.", "Ana Lima"),
        ("Ana Lima told reporters the dam is safe.", "Ana Lima"),
        ("Ana Lima told Tarn Radio the dam is safe.", "Ana Lima"),
        ("The joint statement notes that the dam is safe.", "The joint statement"),
        ("Ana Lima noted in talks held with Bo Ode last Monday that the dam is safe.", "Ana Lima"),
        ("Ana Lima, who noted that the dam is safe, came by train.", "who"),
        ("In her opinion, the dam is safe.", "her"),
        ("As noted by Ana Lima, the dam is safe.", "Ana Lima"),
        ("The two ministers shared the view that the dam is safe.", "two ministers"),
        ("1. At noon, Ana Lima said that the dam is safe.", "Ana Lima"),
    ],
)
def test_who_says_that_the_dam_is_safe(text: str, source: str) -> None:
    assert told(text) == [(source, "the dam is safe")]


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("The dam is safe, the press office of the ministry reports.", "the press office of", "T"),
        ("They noted the need for a dam, the ministry added.", "the ministry", "They noted"),
        ("Ana Lima said Bo Ode had told her that it is safe.", "Ana Lima", "Bo Ode had told"),
    ],
)
def test_the_outer_source_says_it_all(text: str, source: str, words: str) -> None:
    ((who, said),) = told(text)
    assert who is not None
    assert who.startswith(source)
    assert said.startswith(words)


def test_two_clauses_of_one_sentence_are_two_statements() -> None:
    assert told("Ana Lima said that she saw some progress but warned that time was short.") == [
        ("Ana Lima", "she saw some progress"),
        ("Ana Lima", "time was short"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. At the beginning, Minister Lima congratulated Minister Ode on his election.",
        "In Arica, where the talks were held, Ana Lima appealed to both sides to go on.",
        "The Chilean observer, Ana Lima, came late and offered to publish the data.",
        "The meeting addressed safety, and how the river changes the town.",
        "Ana Lima commented on the conflicts that had been troubling the town.",
        "Ana Lima refused to say why the dam is closed.",
        "Ana Lima did not say that the dam is closed.",
        "Asked about it, Ana Lima took notes.",
        "Ana Lima said this at a briefing in Arica on Monday.",
        "This was announced by the ministry, Tarn reports.",
        "Peru warns Norway over the dam",
        "The share of the bank added 3.1 per cent.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert told(text) == []
