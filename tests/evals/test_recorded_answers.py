"""Answers are kept as they come, and a kept answer is as good as a new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.errors import (
    AnswerError,
    InputError,
    InvalidAnswer,
    NotRecorded,
    TransportError,
    UsageError,
)
from summarizer.evals.runs import AnswerFile, RecordedModel, read_answers
from summarizer.evals.runs.answers import Kept, likely_tokens
from summarizer.model import (
    LOCAL_CONTEXT,
    Answer,
    Parameters,
    Request,
    Token,
    Usage,
    schema_name,
    strict_schema,
)
from summarizer.prompt import Message


class Choice(BaseModel):
    choice: int


class OtherChoice(BaseModel):
    choice: int


@dataclass
class Live:
    """A model that gives what is queued: the JSON of an answer, or an error."""

    queue: list[str | AnswerError]
    name: str = "queued"
    label: str = "local"
    tokens: tuple[Token, ...] = ()
    asked: list[Sequence[Message]] = field(default_factory=list)

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: Any,
        *,
        max_tokens: int,
        check: Callable[[Any], None] | None = None,
    ) -> Answer[Any]:
        self.asked.append(messages)
        given = self.queue.pop(0)
        if isinstance(given, AnswerError):
            given.usage = Usage(calls=1, attempts=3, completion_tokens=9)
            raise given
        request = Request(
            tuple(messages),
            schema_name(answer_type),
            strict_schema(answer_type),
            Parameters(max_tokens, seed=7, top_logprobs=8),
        )
        usage = Usage(calls=1, attempts=1, prompt_tokens=5, completion_tokens=2)
        return Answer(answer_type.model_validate_json(given), given, usage, request, self.tokens)


def opened(folder: Path, live: Live | None) -> RecordedModel:
    answers = AnswerFile(folder / "answers.jsonl", "queued", "local")
    return RecordedModel("queued", "local", answers, (lambda: live) if live else None)


def test_an_article_is_asked_about_alike_whether_answers_are_kept_or_new(tmp_path: Path) -> None:
    answers = AnswerFile(tmp_path / "answers.jsonl", "m", "example.org")
    assert opened(tmp_path / "one", None).context == LOCAL_CONTEXT
    assert RecordedModel("m", "example.org", answers, None).context is None


def ask(model: RecordedModel, words: str = "which?", **changes: Any) -> Answer[Choice]:
    given = {"answer_type": Choice, "max_tokens": 10, **changes}
    return model.ask([Message("user", words)], **given)


def test_an_answer_is_asked_for_once_and_the_same_when_replayed(tmp_path: Path) -> None:
    tokens = (Token("{", -0.00001234, {"{": -0.00001234, "[": -11.0, "\n": -8.5}),)
    live = Live(['{"choice": 3}'], tokens=tokens)
    first = ask(opened(tmp_path, live))
    again = ask(opened(tmp_path, None))
    assert first == again
    assert again.value.choice == 3
    assert again.raw == '{"choice": 3}'
    assert again.usage == Usage(calls=1, attempts=1, prompt_tokens=5, completion_tokens=2)
    assert again.request.parameters == Parameters(10, seed=7, top_logprobs=8)
    assert len(live.asked) == 1


@pytest.mark.parametrize(
    "changes",
    [{"words": "another?"}, {"max_tokens": 11}, {"answer_type": OtherChoice}],
    ids=["messages", "max_tokens", "type"],
)
def test_another_request_is_another_answer(tmp_path: Path, changes: dict[str, Any]) -> None:
    model = opened(tmp_path, Live(['{"choice": 1}', '{"choice": 2}']))
    ask(model)
    assert ask(model, **changes).value.choice == 2


def test_each_of_k_runs_has_answers_of_its_own(tmp_path: Path) -> None:
    model = opened(tmp_path, Live(['{"choice": 1}', '{"choice": 2}']))
    ask(model)
    model.run = 2
    assert ask(model).value.choice == 2
    replay = opened(tmp_path, None)
    assert ask(replay).value.choice == 1
    replay.run = 2
    assert ask(replay).value.choice == 2
    replay.run = 3
    with pytest.raises(NotRecorded):
        ask(replay)


def test_a_failure_of_the_model_is_kept(tmp_path: Path) -> None:
    live = Live([InvalidAnswer("never fitted")])
    for source in (live, None):
        model = opened(tmp_path, source)
        with pytest.raises(InvalidAnswer, match="never fitted") as failure:
            ask(model)
        assert failure.value.usage == Usage(calls=1, attempts=3, completion_tokens=9)
        assert model.usage == failure.value.usage


def test_a_failure_of_the_connection_is_tried_again(tmp_path: Path) -> None:
    live = Live([TransportError("lost"), '{"choice": 4}'])
    model = opened(tmp_path, live)
    with pytest.raises(TransportError):
        ask(model)
    assert ask(model).value.choice == 4
    assert model.asked == 1


def test_without_a_live_model_what_is_not_kept_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotRecorded, match="recorded"):
        ask(opened(tmp_path, None))


def test_what_was_asked_and_replayed_is_counted(tmp_path: Path) -> None:
    ask(opened(tmp_path, Live(['{"choice": 1}'])))
    model = opened(tmp_path, Live(['{"choice": 2}']))
    ask(model)
    ask(model, "another?")
    assert (model.asked, model.replayed) == (1, 1)
    assert model.usage.calls == 2


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    model = opened(tmp_path, Live(['{"choice": 1}', '{"choice": 2}']))
    ask(model)
    ask(model, "another?")
    path = tmp_path / "answers.jsonl"
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    again = opened(tmp_path, Live(['{"choice": 5}']))
    assert ask(again).value.choice == 1
    assert ask(again, "another?").value.choice == 5
    assert len(read_answers(path)[1]) == 2


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "answers.jsonl:1"),
        ("[]\n", "answers.jsonl:1"),
        ('{"model": "queued", "endpoint": "local"}\n{}\n{}\n', "answers.jsonl:2"),
        ('{"model": "queued", "endpoint": "local"}\n{}\n', "answers.jsonl:2"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: str, where: str) -> None:
    (tmp_path / "answers.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        opened(tmp_path, None)
    assert refused.value.where is not None
    assert refused.value.where.endswith(where)


def test_the_answers_of_another_model_are_refused(tmp_path: Path) -> None:
    ask(opened(tmp_path, Live(['{"choice": 1}'])))
    with pytest.raises(UsageError, match="`queued`"):
        AnswerFile(tmp_path / "answers.jsonl", "another", "local")


def test_tidying_leaves_what_is_about_other_articles(tmp_path: Path) -> None:
    model = opened(tmp_path, Live([f'{{"choice": {n}}}' for n in range(4)]))
    for article, words in (("a", "old"), ("a", "kept"), ("b", "other")):
        model.article = article
        ask(model, words)
    answers = AnswerFile(tmp_path / "answers.jsonl", "queued", "local")
    again = RecordedModel("queued", "local", answers, None)
    ask(again, "kept")
    answers.tidy({"a"})
    _, left = read_answers(tmp_path / "answers.jsonl")
    assert [(kept.article, kept.raw) for kept in left] == [
        ("a", '{"choice": 1}'),
        ("b", '{"choice": 2}'),
    ]


TOKENS = st.builds(
    Token,
    text=st.text(st.characters(), max_size=4) | st.just("\udce2\udc80"),
    logprob=st.floats(-20, 0),
    alternatives=st.dictionaries(st.text(max_size=3), st.floats(-30, 0), max_size=3),
)


@given(tokens=st.lists(TOKENS, max_size=4), raw=st.text(), message=st.text())
def test_an_answer_survives_its_line(tokens: list[Token], raw: str, message: str) -> None:
    usage = Usage(calls=1, attempts=2, prompt_tokens=3)
    for failure in (None, "invalid"):
        kept = Kept(
            "0" * 64,
            "article",
            2,
            raw=raw if failure is None else None,
            failure=failure,
            message=message if failure else "",
            usage=usage,
            seconds=1.25,
            parameters={"temperature": 0, "max_tokens": 5},
            tokens=likely_tokens(tokens),
        )
        line = kept.line()
        assert line.count("\n") == 1
        read = Kept.read(line)
        assert read == Kept(**{**vars(kept), "tokens": read.tokens})
        for one, other in zip(read.tokens, kept.tokens, strict=True):
            assert (one.text, one.logprob) == (other.text, other.logprob)
            own = {other.text: other.logprob}
            assert one.alternatives == {**other.alternatives, **own}


def test_a_line_holds_no_character_that_others_split_at(tmp_path: Path) -> None:
    ask(opened(tmp_path, Live(['{"choice": 1, "x": "\u2028"}'])))
    content = (tmp_path / "answers.jsonl").read_text(encoding="utf-8")
    assert len(content.splitlines()) == 2
    assert all(isinstance(json.loads(line), dict) for line in content.splitlines())
