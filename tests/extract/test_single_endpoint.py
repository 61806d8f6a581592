"""The prompt `single` over a real socket: asking again, giving up a claim, honest failures."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from summarizer.article import Article, article_id
from summarizer.errors import TruncatedAnswer
from summarizer.extract import summarize_article
from summarizer.model import Endpoint, usage_of
from summarizer.prompt import load_prompt
from summarizer.record import Record, check_record

Answer = dict[str, Any]


def completion(content: str, finish_reason: str = "stop") -> Response:
    usage = {"prompt_tokens": 1000, "completion_tokens": 400, "total_tokens": 1400}
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
    full = {**body, "choices": [choice], "usage": usage}
    return Response(json.dumps(full), content_type="application/json")


class Server:
    """A socket that gives the queued completions."""

    def __init__(self, server: HTTPServer, report: str) -> None:
        self.replies: list[Response] = []
        self.sent: list[dict[str, Any]] = []
        self._report = report
        self._url = server.url_for("/v1")
        server.expect_request("/v1/chat/completions").respond_with_handler(self._reply)

    def _reply(self, request: Request) -> Response:
        self.sent.append(request.get_json())
        return self.replies.pop(0)

    def record(self, *replies: Response) -> Record:
        self.replies = list(replies)
        article = Article(id=article_id(self._report), text=self._report, language="en")
        with Endpoint(
            "strong", self._url, SecretStr("sk-x"), max_retries=0, dialect="json_schema"
        ) as model:
            return summarize_article(article, model=model, prompt=load_prompt("single"))


@pytest.fixture
def server(httpserver: HTTPServer, report: str) -> Server:
    return Server(httpserver, report)


@pytest.fixture
def wrong(answer: Answer) -> Answer:
    """An answer with an altered quotation."""
    changed = copy.deepcopy(answer)
    changed["statements"][2]["quotations"] = ["never meets our needs"]
    return changed


def test_an_altered_quotation_is_asked_again(server: Server, answer: Answer, wrong: Answer) -> None:
    record = server.record(completion(json.dumps(wrong)), completion(json.dumps(answer)))
    assert record.checks == []
    assert len(record.statements) == 3
    asked = server.sent[1]["messages"][-1]["content"]
    assert "`statements[2].spans`: `never meets our needs` does not stand in the article" in asked
    assert record.provenance.usage.attempts == 2
    assert record.provenance.usage.completion_tokens == 800
    schema = server.sent[0]["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert schema["schema"]["properties"]["statements"]["maxItems"] == 30
    assert server.sent[0]["max_tokens"] == 1600


def test_what_stays_wrong_is_left_out_and_the_record_stands(server: Server, wrong: Answer) -> None:
    record = server.record(*[completion(json.dumps(wrong))] * 3)
    assert len(server.sent) == 3
    assert [c.code for c in record.checks] == ["quotation_not_in_article"]
    # The clause around it stands, and its marks tell what is quoted.
    assert record.statements[2].text == "fully meets our needs"
    assert check_record(record) == []


def test_a_re_ask_that_fails_does_not_lose_the_record(server: Server, wrong: Answer) -> None:
    record = server.record(completion(json.dumps(wrong)), completion("{", "length"))
    assert [c.code for c in record.checks] == ["quotation_not_in_article"]
    assert record.provenance.usage.attempts == 2


def test_a_cut_answer_is_a_failure(server: Server) -> None:
    with pytest.raises(TruncatedAnswer, match="was cut") as caught:
        server.record(completion('{"persons": [', "length"))
    assert usage_of(caught.value).completion_tokens == 400
