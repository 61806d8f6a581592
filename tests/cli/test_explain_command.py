"""`--explain` and `summarizer explain`, with an endpoint that gives probabilities."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from .conftest import Server

if TYPE_CHECKING:
    from .conftest import Run

TEXT = (
    "On March 3, Norwegian Foreign Minister Anna Lind met Admiral Pedro Sousa of Brazil in Oslo. "
    "They discussed military cooperation. They also discussed the security of fishing grounds.\n"
)


class Sure(Server):
    """An endpoint that gives each number with 75 % and the next one with 25 %, if it is asked."""

    def answer(self, request: Request) -> Response:
        answered = super().answer(request)
        if not request.get_json().get("logprobs"):
            return answered
        body = json.loads(answered.get_data())
        choice = body["choices"][0]
        tokens = []
        for text in re.findall(r"\d+|\D", choice["message"]["content"]):
            others = {text: 0.75, str(int(text) + 1): 0.25} if text.isdigit() else {text: 1.0}
            shares = [
                {"token": t, "logprob": math.log(s), "bytes": None} for t, s in others.items()
            ]
            tokens.append({**shares[0], "top_logprobs": shares})
        choice["logprobs"] = {"content": tokens}
        return Response(json.dumps(body), 200, content_type="application/json")


@pytest.fixture
def asked(httpserver: HTTPServer, work: Path) -> list[str]:
    (work / "a.txt").write_text(TEXT, encoding="utf-8")
    return ["a.txt", "--base-url", Sure(httpserver).url, "--model", "example"]


def test_one_article_explained_while_it_is_made(run_program: Run, asked: list[str]) -> None:
    fields = ["--explain", "meetings[0].topics", "--explain", "meetings[0].date"]
    done = run_program("summarize", *asked, *fields, "--out", "r.json", "--verbose")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert said.startswith("meetings[0].topics = [")
    assert "the question `topics` was answered `1`" in said
    assert "75.0% 1 " in said and "25.0% 2 " in said
    assert (
        "meetings[0].date = XXXX-03-03" in said and "[[On March 3]]" in said
    ) or "[[March 3]]" in said
    assert "a.txt: topics" in done.stderr and "1 record in r.json" in done.stderr
    again = run_program("explain", "r.json", "meetings[0].topics")
    assert again.returncode == 0
    assert "75.0%" not in again.stdout and "`summarize --explain` shows it" in " ".join(
        again.stdout.split()
    )


def test_what_cannot_be_explained_is_told(run_program: Run, asked: list[str], work: Path) -> None:
    wrong = run_program("summarize", *asked, "--explain", "people[0]")
    assert wrong.returncode == 2 and "`persons`" in wrong.stderr and not wrong.stdout
    late = run_program("summarize", *asked, "--explain", "persons[9].name", "--out", "r.json")
    assert late.returncode == 2 and "`persons` has `[0]` to `[1]`." in late.stderr
    assert (work / "r.json").exists()
    (work / "b.txt").write_text(TEXT + "More.", encoding="utf-8")
    many = run_program("summarize", "b.txt", *asked, "--explain", "persons")
    assert many.returncode == 2 and "one article" in many.stderr
    both = run_program("summarize", *asked, "--explain", "persons", "--format", "json")
    assert both.returncode == 2 and "--format" in both.stderr
    few = run_program("explain", "r.json", "persons", "--number", "2")
    assert few.returncode == 2 and "fewer than 2" in few.stderr
    gone = run_program("explain", "none.json", "persons")
    assert gone.returncode == 2 and "none.json" in gone.stderr
