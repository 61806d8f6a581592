"""Reading what is long or begins oddly."""

from __future__ import annotations

import pytest
from reports import report

from summarizer.analysis import Reading, read
from summarizer.article import Article, article_id


def reading_of(text: str) -> Reading:
    return read(Article(id=article_id(text), text=text, language="en"))


def statements(reading: Reading) -> list[str]:
    return [" ".join(span.text for span in a.content) for a in reading.attributions]


@pytest.mark.parametrize("count", [3, 12, 40])
def test_reports_in_a_row_are_read_as_each_of_them_alone(count: int) -> None:
    reports = [report(number) for number in range(count)]
    together = reading_of("\n\n".join(reports))
    alone = [reading_of(text) for text in reports]
    assert statements(together) == [said for one in alone for said in statements(one)]
    assert len(together.quotations) == sum(len(one.quotations) for one in alone)
    assert len(together.mentions) == sum(len(one.mentions) for one in alone)
    names = {person.name for one in alone for person in one.people}
    assert sorted(person.name for person in together.people) == sorted(names)


def test_an_article_may_begin_with_a_quotation_that_nothing_reports() -> None:
    (said,) = reading_of("“We will go there soon, all of us.”\n\nThey went home.").attributions
    assert said.spans[0].text == "We will go there soon, all of us."
    assert said.source is None


def test_a_title_that_men_and_women_share_parts_nobody_from_themselves() -> None:
    text = "Dr Ana Lima met Mr Ola Berg in Oslo. Dr Ana Lima said that the talks would go on."
    names = [person.name for person in reading_of(text).people]
    assert names == ["Ana Lima", "Ola Berg"]


def test_clauses_of_a_sentence_with_many_cues_end_where_the_next_begins() -> None:
    parts = [f"Minister Ola Berg{n} said that plan {n} would go on as it was" for n in range(40)]
    text = ", and ".join(parts) + "."
    assert statements(reading_of(text)) == [f"plan {n} would go on as it was" for n in range(40)]
