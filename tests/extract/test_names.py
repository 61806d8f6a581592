"""The names that a model points out where no capital letters show them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest
from pydantic import BaseModel, ValidationError

from summarizer.article import Article, article_id
from summarizer.errors import ContextExceeded, InvalidAnswer, TransportError
from summarizer.extract import summarize_article
from summarizer.extract.asking import Asker
from summarizer.extract.names import Names, names
from summarizer.extract.room import tokens
from summarizer.model import Answer, Parameters, Request, Usage
from summarizer.prompt import Message, load_prompt
from summarizer.record import check_record

T = TypeVar("T", bound=BaseModel)

ZH = "中国外长王平在北京会见挪威首相安娜·罗哈斯。王平说：“我们欢迎各位来访。”"
AR = (
    "التقى وزير الخارجية التونسي سامي نور نظيره المصري كمال درة في القاهرة.\n\n"
    "وقال نور إن الحدود ستبقى مفتوحة. واتفق الوزيران على أن اللجنة ستجتمع قريبا."
)


class Queue:
    """Gives its answers one after another, and again for a wrong one; the last stays as it is."""

    name, label = "queue", "local"
    context: int | None = None

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.problems: list[str] = []

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """An endpoint's way: what fits the type is kept though the check refuses it."""
        self.asked.append(messages[-1].content)
        while True:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            raw = json.dumps(answer)
            value = answer_type.model_validate_json(raw)
            try:
                if check:
                    check(value)
            except ValueError as error:
                self.problems.append(str(error))
                if self.answers:
                    continue
            request = Request(tuple(messages), "Names", {}, Parameters(max_tokens=max_tokens))
            return Answer(value, raw, Usage(1, 1, 10, 0, 5), request)


def asked(text: str, queue: Queue) -> tuple[str, ...]:
    return names(text, Asker(load_prompt("grounded"), queue))


def test_names_of_the_text_are_kept_in_the_model_s_order() -> None:
    queue = Queue({"names": ["安娜·罗哈斯", "王平", "王平"]})
    assert asked(ZH, queue) == ("安娜·罗哈斯", "王平")
    assert ZH in queue.asked[0]


def test_a_text_with_capital_letters_is_not_asked_about() -> None:
    queue = Queue()
    assert asked("Ana Rojas met Ola Berg.", queue) == ()
    assert queue.asked == []


def test_white_space_may_differ_and_the_article_s_form_counts() -> None:
    text = AR.replace("كمال درة", "كمال \u00a0درة")
    assert asked(text, Queue({"names": ["كمال درة"]})) == ("كمال \u00a0درة",)


def test_a_name_that_is_not_in_the_text_is_asked_about_again() -> None:
    queue = Queue({"names": ["王平", "李四"]}, {"names": ["王平"]})
    assert asked(ZH, queue) == ("王平",)
    assert queue.problems == ["`names[1]` is not written like this in the report"]


def test_after_the_last_attempt_what_is_in_the_text_is_kept() -> None:
    assert asked(ZH, Queue({"names": ["王平", "李四", " "]})) == ("王平",)


def test_no_valid_answer_gives_no_names() -> None:
    assert asked(ZH, Queue(InvalidAnswer("wrong"))) == ()


def test_a_model_that_cannot_be_reached_is_an_error() -> None:
    with pytest.raises(TransportError):
        asked(ZH, Queue(TransportError("gone")))


@pytest.mark.parametrize("found", [["王"] * 13, ["王" * 41]])
def test_answers_are_bounded(found: list[str]) -> None:
    with pytest.raises(ValidationError):
        Names(names=found)


def test_only_the_beginning_of_a_long_article_is_shown() -> None:
    queue = Queue({"names": []})
    asked(ZH * 500, queue)
    assert len(queue.asked[0]) < 4000


@pytest.mark.parametrize("context", [900, 2_000, 5_000])
def test_all_of_an_article_that_is_too_long_is_read(context: int) -> None:
    late = "周明出席了会谈。"
    queue = Queue(*[{"names": ["王平", "周明"]}] * 60)
    queue.context = context
    assert asked(ZH * 250 + late, queue) == ("王平", "周明")
    assert len(queue.asked) >= 4
    assert late in queue.asked[-1]
    assert all(tokens(question) + 240 <= context for question in queue.asked)
    shown = "".join(question.split("\n")[1] for question in queue.asked)
    assert shown == ZH * 250 + late


def test_a_part_that_the_server_finds_too_long_is_halved() -> None:
    queue = Queue(ContextExceeded("too long"), *[{"names": ["王平"]}] * 8)
    assert asked(ZH * 60, queue) == ("王平",)
    first, *halves = queue.asked
    assert len(halves) >= 2
    assert all(len(half) < len(first) for half in halves)


def record_of(text: str, language: str, *answers: object) -> list[tuple[str, str | None]]:
    article = Article(id=article_id(text), text=text, language=language)
    record = summarize_article(article, model=Queue(*answers), prompt=load_prompt("grounded"))
    assert check_record(record) == []
    people = {p.id: p.name for p in record.persons}
    assert len(record.meetings) == 1
    return [(s.text, people.get(s.speaker or "")) for s in record.statements]


def test_a_chinese_article_becomes_a_verified_record() -> None:
    said = record_of(ZH, "zh", {"names": ["王平", "安娜·罗哈斯"]}, {"topics": [1]})
    assert said == [("我们欢迎各位来访。", "王平")]


def test_an_arabic_article_becomes_a_verified_record() -> None:
    answers = ({"names": ["سامي نور", "كمال درة"]}, {"topics": [1]}, {"sentence": 1})
    said = record_of(AR, "ar", *answers)
    assert said[0] == ("الحدود ستبقى مفتوحة", "سامي نور")
    assert said[1][1] is not None and said[1][1].startswith("سامي نور, ")
