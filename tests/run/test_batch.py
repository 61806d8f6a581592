from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from summarizer.article import Article, article_id
from summarizer.errors import (
    AnswerError,
    InputError,
    ModelUnavailable,
    RefusedAnswer,
    SummarizerError,
    TransportError,
)
from summarizer.record import Record
from summarizer.run import Outcome, exit_code, run


def article(name: str) -> Article:
    return Article(id=article_id(name), uri=name, text=name)


def answering(record: Record, **failures: SummarizerError) -> Callable[[Article], Record]:
    """Gives the record of each article, or the failure with the article's name."""

    def summarize(source: Article) -> Record:
        if source.uri in failures:
            raise failures[source.uri]
        return record.model_copy(update={"article": source})

    return summarize


def test_outcomes_come_in_input_order_with_their_names(record: Record) -> None:
    missing = InputError("does not exist", where="b.txt")
    refused = RefusedAnswer("declined")
    outcomes = list(
        run([article("a"), missing, article("c"), article("d")], answering(record, c=refused))
    )
    assert [outcome.name for outcome in outcomes] == ["a", "b.txt", "c", "d"]
    assert outcomes[1] == Outcome("b.txt", missing)
    assert outcomes[2] == Outcome("c", refused)
    assert isinstance(outcomes[3].result, Record)
    assert outcomes[3].result.article.uri == "d"


def test_nothing_is_read_before_it_is_wanted(record: Record) -> None:
    read: list[str] = []

    def sources() -> Iterator[Article | InputError]:
        for name in "abc":
            read.append(name)
            yield article(name)

    outcomes = run(sources(), answering(record))
    assert read == []
    next(outcomes)
    assert read == ["a"]
    next(outcomes)
    assert read == ["a", "b"]


def test_a_source_without_a_name_is_standard_input(record: Record) -> None:
    nameless = Article(id=article_id("x"), text="x")
    assert next(run([nameless], answering(record))).name == "standard input"


def test_an_unusable_model_stops_the_run_before_any_answer(record: Record) -> None:
    unusable = ModelUnavailable("no weights")
    outcomes = run(
        [InputError("empty", where="x"), article("a"), article("b")], answering(record, a=unusable)
    )
    assert next(outcomes).name == "x"
    with pytest.raises(ModelUnavailable):
        next(outcomes)


@pytest.mark.parametrize("first", [None, TransportError("reset")])
def test_after_an_answer_it_fails_one_article(record: Record, first: AnswerError | None) -> None:
    failures = {"b": ModelUnavailable("gone")} | ({"a": first} if first else {})
    outcomes = list(run([article("a"), article("b"), article("c")], answering(record, **failures)))
    assert isinstance(outcomes[1].result, ModelUnavailable)
    assert isinstance(outcomes[2].result, Record)


def test_a_fault_of_the_program_is_not_hidden() -> None:
    def broken(source: Article) -> Record:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(run([article("a")], broken))


@pytest.mark.parametrize(
    ("failures", "alone", "code"),
    [
        ([], True, 0),
        ([], False, 0),
        ([InputError("empty")], True, 2),
        ([InputError("empty")], False, 3),
        ([RefusedAnswer("no")], True, 3),
        ([InputError("empty"), RefusedAnswer("no")], False, 3),
    ],
)
def test_exit_codes(failures: list[SummarizerError], alone: bool, code: int) -> None:
    assert exit_code(failures, alone=alone) == code
