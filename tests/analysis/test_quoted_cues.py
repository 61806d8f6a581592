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


@pytest.mark.parametrize(
    ("text", "kind", "source", "words"),
    [
        # a full stop behind the mark
        ("Ana Lima spoke. “Look at the map and you will see”.", "direct", "Ana", "Look"),
        # the clause goes on behind the marks, then comes who says so
        ("“Strategic patience for all” has ended, Ana Lima said.", "mixed", "Ana Lima", "Strat"),
        ("“We love it,” an adviser to the Chilean team told him.", "direct", "an adv", "We love"),
        ("“Trade must grow,” Tarn quoted Bo Ode as saying.", "direct", "Bo Ode", "Trade must"),
        (
            "Ana Lima told a man who grumbled about noise that “it is over now.”",
            "direct",
            "Ana",
            "it",
        ),
        (
            "It may wait for long, Ana Lima said. “Others may be quicker.”",
            "direct",
            "Ana",
            "Others",
        ),
        (
            "“We all agree on this,” said Ana Lima and Bo Ode.",
            "direct",
            "Ana Lima and Bo",
            "We all",
        ),
    ],
)
def test_a_quotation_of_its_kind(text: str, kind: str, source: str, words: str) -> None:
    found = [said for said in told(text) if said[0] != "indirect"]
    ((as_, who, said),) = found
    assert (as_, who is not None and who.startswith(source)) == (kind, True)
    assert said.startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lima explained that Peru follows a policy of “active help for peace” everywhere.",
        "Ana Lima said the document “Rivers for All” is ready for them.",
        "In a talk on “Face the River,” Ana Lima said that the dam is safe.",
        "Ana Lima spoke.\n\n‘All Bets Are Off’\n\nShe left.",
    ],
)
def test_a_name_in_marks_makes_no_quotation(text: str) -> None:
    assert all(kind == "indirect" for kind, _, _ in told(text))


def test_a_sentence_of_its_own_leads_to_a_quotation_of_its_own() -> None:
    text = (
        "The joint statement said: “The two of us will meet every second week.” It also set a goal "
        "for the talks: “We agree to end the talks this year.”"
    )
    assert [said for _, _, said in told(text)] == [
        "The two of us will meet every second week.",
        "We agree to end the talks this year.",
    ]
