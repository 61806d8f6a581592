"""Asking for everything in one call: what is sent, and what is asked again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article, article_id
from summarizer.errors import InvalidAnswer
from summarizer.extract import summarize_article
from summarizer.prompt import load_prompt
from summarizer.record import Record

Make = Callable[..., Record]
Answer = dict[str, Any]
SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def codes(record: Record) -> list[tuple[str, str]]:
    return [(check.code, check.where) for check in record.checks]


def test_claims_that_do_not_hold_are_asked_again(hosted: Any, answer: Answer, report: str) -> None:
    wrong = json.loads(json.dumps(answer))
    wrong["statements"][0]["quotations"][1] = "We need 6,000 tonnes of fuel."
    wrong["meetings"][0]["place"] = "Santiago"
    model = hosted(wrong, answer, max_reasks=2)
    article = Article(id=article_id(report), text=report, language="en")
    record = summarize_article(article, model=model, prompt=load_prompt("single"))
    assert record.checks == []
    assert len(record.statements[0].spans) == 2
    (complaint,) = model.complaints
    assert "`statements[0].spans`: `We need 6,000 tonnes of fuel.` does not stand" in complaint
    assert "`meetings[0].place`: `Santiago` does not stand in the article" in complaint
    assert record.provenance.usage.attempts == 2


def test_after_the_last_try_the_claims_go_and_the_record_stands(
    hosted: Any, answer: Answer, report: str
) -> None:
    answer["meetings"][0]["place"] = "Santiago"
    model = hosted(answer, answer, answer, max_reasks=2)
    article = Article(id=article_id(report), text=report, language="en")
    record = summarize_article(article, model=model, prompt=load_prompt("single"))
    assert len(model.complaints) == 3
    assert codes(record) == [("words_not_in_article", "meetings[0].place")]
    assert record.provenance.usage.attempts == 3


def test_many_problems_are_told_in_a_few_lines(hosted: Any, answer: Answer, report: str) -> None:
    answer["meetings"][0]["participants"] = [f"Nobody{n}" for n in range(12)]
    model = hosted(answer)
    article = Article(id=article_id(report), text=report, language="en")
    summarize_article(article, model=model, prompt=load_prompt("single"))
    assert "and 4 more" in model.complaints[0]
    assert len(model.complaints[0].splitlines()) == 10


def test_an_answer_that_never_fits_the_schema_is_a_failure(record_of: Make, answer: Answer) -> None:
    answer["meetings"][0]["status"] = "rumoured"
    with pytest.raises(InvalidAnswer):
        record_of(answer)


@pytest.mark.parametrize(
    ("part", "field", "most"),
    [("persons", "name", 100), ("statements", "clause", 600), ("meetings", "place", 160)],
)
def test_what_is_written_is_bounded(
    record_of: Make, answer: Answer, part: str, field: str, most: int
) -> None:
    answer[part][0][field] = "x" * (most + 1)
    with pytest.raises(InvalidAnswer):
        record_of(answer)
    answer[part] = [answer[part][1]] * 40
    with pytest.raises(InvalidAnswer):
        record_of(answer)


def test_written_tokens_are_bounded_and_grow_with_the_article(
    hosted: Any, answer: Answer, report: str
) -> None:
    for text, most in ((report, 1600), (report + "\nNo more." * 1000, 3180)):
        model = hosted(answer)
        article = Article(id=article_id(text), text=text, language="en")
        summarize_article(article, model=model, prompt=load_prompt("single"))
        assert abs(model.max_tokens - most) < 30


def test_the_model_reads_the_whole_article_and_the_day_of_publication(
    hosted: Any, answer: Answer, report: str
) -> None:
    model = hosted(answer)
    article = Article(id=article_id(report), text=report, language="en", published="2021-05-05")
    summarize_article(article, model=model, prompt=load_prompt("single"))
    content = model.asked[0][-1].content
    assert f"<article>\n{report}\n</article>" in content
    assert "published on 2021-05-05" in content
