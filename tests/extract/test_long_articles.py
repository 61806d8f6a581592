"""Articles longer than the model's context, with the default prompt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.article import Article, Span
from summarizer.errors import ContextExceeded
from summarizer.extract import summarize_article
from summarizer.model import Answer, EmbeddedServer, Endpoint, find_model, weights_path
from summarizer.prompt import Message, load_prompt
from summarizer.record import Record, check_record

from .long_texts import Small, article, long_article, name, report

T = TypeVar("T", bound=BaseModel)
LONG = long_article(14)


def record_of(text: Article, model: Any) -> Record:
    return summarize_article(text, model=model, prompt=load_prompt("grounded"))


def said(record: Record) -> list[list[Span]]:
    return [statement.spans for statement in record.statements]


def words(record: Record) -> list[str]:
    return [statement.text for statement in record.statements]


@pytest.fixture(scope="module")
def whole() -> Record:
    """What is found with a context that nothing is too long for."""
    return record_of(LONG, Small())


def test_an_article_that_fits_is_shown_whole_whatever_the_context() -> None:
    short = article(report(0), report(1))
    unlimited, large, exact = Small(), Small(context=100_000), Small()
    record_of(short, unlimited)
    record_of(short, large)
    exact.context = round(max(unlimited.sizes) / exact.each) + 200
    record_of(short, exact)
    assert unlimited.asked == large.asked == exact.asked
    kinds = [kind for kind, _ in exact.asked]
    assert len(kinds) == len(set(kinds))
    for _, question in exact.asked:
        assert name(0) in question and name(3) in question


@pytest.mark.parametrize("context", [1_000, 2_000, 3_000])
def test_a_long_article_is_asked_about_in_questions_that_fit(context: int, whole: Record) -> None:
    model = Small(context, context=context)
    record = record_of(LONG, model)
    assert model.refused == 0
    assert max(model.sizes) <= context
    assert said(record) == said(whole)
    assert check_record(record) == []


@settings(max_examples=10)
@given(
    context=st.integers(700, 4_000),
    each=st.floats(0.6, 1.6),
    says=st.booleans(),
    knows=st.booleans(),
)
def test_no_statement_is_lost_however_small_the_context_is(
    context: int, each: float, says: bool, knows: bool
) -> None:
    model = Small(context, context=context if knows else None, each=each, says=says)
    text = long_article(7)
    assert said(record_of(text, model)) == said(record_of(text, Small()))
    assert max(model.sizes) <= context


def test_each_report_gives_what_it_gives_alone(whole: Record) -> None:
    for number in range(14):
        alone = record_of(article(report(number)), Small())
        assert set(words(alone)) <= set(words(whole))
    assert len(set(words(whole))) == len(words(whole))


def test_a_context_that_nobody_knows_is_found_out(whole: Record) -> None:
    for says in (True, False):
        model = Small(2_000, says=says)
        assert said(record_of(LONG, model)) == said(whole)
        assert 0 < model.refused <= 4


def test_a_context_smaller_than_any_question_is_an_error() -> None:
    with pytest.raises(ContextExceeded):
        record_of(LONG, Small(60))


def test_a_question_shows_what_stands_around_and_the_beginning() -> None:
    model = Small(context=2_000)
    record_of(LONG, model)
    asked = [question for kind, question in model.asked if kind == "Speakers"]
    assert len(asked) > 1
    for question in asked:
        shown, listed = question.split("Who is meant by the words in brackets?")
        assert shown.startswith("Report:\nOn 1 May 2021 Chilean Foreign Minister Ana Rojas held")
        for words_before in re.findall(r"^s\d+: .*?([^.]{20})\[", listed, re.MULTILINE):
            assert words_before.strip() in " ".join(shown.split())
        for number in re.findall(r"The rest will follow.*first (\d+) ships", listed):
            assert name(2 * (int(number) - 2)) in shown.split("People named in it:")[1]


def test_every_unclear_source_is_asked_about_once() -> None:
    unlimited, small = Small(), Small(context=1_500)
    record_of(LONG, unlimited)
    record_of(LONG, small)

    def keys(model: Small) -> list[str]:
        questions = [question for kind, question in model.asked if kind == "Speakers"]
        return [key for question in questions for key in re.findall(r"^(s\d+): ", question, re.M)]

    assert keys(small) == keys(unlimited)


class Knowing(Small):
    """Gives for every unclear source the person whom it names in the list."""

    def __init__(self, wanted: str, **options: Any) -> None:
        super().__init__(**options)
        self.wanted = wanted

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        answer = super().ask(messages, answer_type, max_tokens=max_tokens, check=check)
        letter = re.search(rf"^([A-Z]): {self.wanted},", messages[-1].content, re.MULTILINE)
        if answer_type.__name__ != "Speakers" or letter is None:
            return answer
        chosen = {}
        for key, field in answer_type.model_fields.items():
            options = field.annotation.__args__ if field.annotation else ()
            chosen[key] = letter[1] if letter[1] in options else "none"
        return replace(answer, value=answer_type.model_validate(chosen))


def test_more_people_than_letters_can_be_chosen() -> None:
    text = long_article(20)
    late = name(36)
    record = record_of(text, Knowing(late, context=2_500))
    person = next(person for person in record.persons if person.name == late)
    theirs = [s for s in record.statements if s.speaker == person.id and s.decided_by == "model"]
    assert "the first 20 ships would leave in June" in [s.text for s in theirs]


def test_people_keep_one_id_from_the_first_part_to_the_last() -> None:
    last = f"In the end {name(0)} said that the talks had been worth every hour of them."
    record = record_of(article(*map(report, range(14)), last), Small(context=1_500))
    (person,) = [person for person in record.persons if person.name == name(0)]
    spoken = [s for s in record.statements if s.speaker == person.id]
    assert spoken[0].spans[0].start < 1_000
    assert spoken[-1].text == "the talks had been worth every hour of them"


def test_what_is_read_grows_no_faster_than_the_article() -> None:
    read = []
    for reports in (20, 40, 80):
        model = Small(context=2_000)
        record_of(long_article(reports), model)
        read.append(sum(model.sizes))
    assert read[1] < 2.2 * read[0]
    assert read[2] < 2.2 * read[1]


def test_an_article_without_line_ends_is_read_as_well(whole: Record) -> None:
    text = article(" ".join((LONG.text or "").split()))
    model = Small(context=1_500)
    record = record_of(text, model)
    assert words(record) == words(record_of(text, Small()))
    assert len(model.asked) > 4
    assert max(model.sizes) <= 1_500


def test_a_sentence_longer_than_the_context_is_read_as_well() -> None:
    endless = "and the list went on with one more item " * 400
    text = article(report(0), endless, report(1))
    model = Small(1_000, context=1_000)
    record = record_of(text, model)
    assert set(words(record_of(article(report(0)), Small()))) <= set(words(record))


def test_an_article_about_no_meeting_is_judged_by_its_beginning() -> None:
    text = article("Wheat prices rose.", *["The harvest was poor in the north this year."] * 400)
    model = Small(context=1_000)
    record_of(text, model)
    (question,) = [question for kind, question in model.asked if kind == "Report"]
    assert question.startswith("Report:\nWheat prices rose.\nThe harvest was poor")


def test_two_people_of_one_name_are_told_apart() -> None:
    record = record_of(
        article(
            "LONDON, May 4. Mr. Lima met Mrs. Lima on Tuesday. Mr. Lima said that the talks went "
            "well. Mrs. Lima said that she was glad about the results of the talks."
        ),
        Small(),
    )
    assert [person.name for person in record.persons] == ["Lima", "Mrs. Lima"]
    assert [s.speaker for s in record.statements] == ["p1", "p2"]


def test_a_source_that_is_named_again_is_the_same_person() -> None:
    sentence = "The Arax Observer reported that the bridge would be closed for repairs in May."
    record = record_of(article(sentence, report(0), sentence), Small())
    names = [person.name for person in record.persons]
    assert len(names) == len(set(names))


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    """SmolLM2 with a context of 256 tokens."""
    entry = find_model("smollm2-135m-instruct-q4_1")
    server = EmbeddedServer(weights_path(entry), entry.name, n_ctx=256, threads=1)
    with server as address, address.endpoint() as endpoint:
        yield endpoint


def test_a_real_server_with_a_small_context_gives_a_record(model: Endpoint) -> None:
    assert model.context == 256
    model.context = None  # it says so itself when a question is too long
    text = long_article(2)
    record = record_of(text, model)
    assert said(record) == said(record_of(text, Small()))
    assert check_record(record) == []
    assert record.provenance.usage.calls > 3
