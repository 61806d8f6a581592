"""Who the sources of statements are: several at once, the unnamed, a ministry called `it`."""

from __future__ import annotations

from summarizer.analysis import read
from summarizer.article import Article, article_id
from summarizer.extract.cast import Cast
from summarizer.extract.sources import Sources


def speakers(text: str) -> list[str | None]:
    article = Article(id=article_id(text), text=text, language="en", published=None, uri="x")
    reading = read(article, ())
    cast = Cast(reading)
    sources = Sources(reading, cast, [])
    figures = [sources.resolve(attribution).figure for attribution in reading.attributions]
    return [figure.name if figure else None for figure in figures]


def test_two_who_speak_together_are_named_both() -> None:
    text = "Ana Lima came from Bo Ode's house. Mr Ode and Ms Lima stressed that the dam is safe."
    assert speakers(text) == ["Bo Ode and Ana Lima"]


def test_an_official_without_a_name_stays_the_same_one() -> None:
    text = (
        "Senator Ana Lima visited Arica. A senior river official said that the dam is safe. The "
        "senator looked on. The official said that it is high."
    )
    assert speakers(text) == ["A senior river official"] * 2


def test_it_is_the_house_that_spoke_last() -> None:
    text = (
        "Minister Ana Lima called Bo Ode. The ministry said that the dam is safe. They noted the "
        "need for a dam, it added."
    )
    assert speakers(text) == ["The ministry"] * 2


def test_who_is_the_one_named_right_before() -> None:
    text = "The words of Ana Lima were echoed by Bo Ode, who said that the dam is safe."
    assert speakers(text) == ["Bo Ode"]


def test_a_message_speaks_for_the_one_who_sent_it() -> None:
    text = "Ana Lima sent a message to Bo Ode. The message said that the dam is safe."
    assert speakers(text) == ["Ana Lima"]
