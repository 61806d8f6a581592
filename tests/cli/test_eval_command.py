"""`summarizer eval` as people run it, against a server that answers anything it is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from summarizer.cli import main

ROOT = Path(__file__).parents[2]
FIXTURES = str(ROOT / "evals" / "fixtures")
TWO = "00-tsamto-shoigu-dong,15-tashkent-peregovory"
Eval = Callable[..., int]


def least(schema: dict[str, Any]) -> Any:
    """An answer that fits a schema: the first of everything."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return least(schema["anyOf"][0])
    kind = schema.get("type")
    if kind == "object":
        return {name: least(part) for name, part in schema["properties"].items()}
    if kind == "array":
        return [least(schema["items"])] * max(1, schema.get("minItems", 0))
    plain: dict[Any, Any] = {"string": "talks", "integer": schema.get("minimum", 1)}
    return plain.get(kind, kind == "boolean" or None)


class Server:
    """An endpoint; `status` is what it answers with, `asked` counts what it was asked."""

    def __init__(self, httpserver: HTTPServer) -> None:
        self.status = 200
        self.asked = 0
        httpserver.expect_request("/v1/chat/completions").respond_with_handler(self.answer)
        self.url = httpserver.url_for("/v1")

    def answer(self, request: Request) -> Response:
        self.asked += 1
        if self.status != 200:
            return Response('{"error": {"message": "busy"}}', self.status)
        sent = request.get_json()
        content = json.dumps(least(sent["response_format"]["json_schema"]["schema"]))
        message = {"role": "assistant", "content": content}
        answer = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": sent["model"],
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        }
        return Response(json.dumps(answer), 200, content_type="application/json")


@pytest.fixture
def server(httpserver: HTTPServer) -> Server:
    return Server(httpserver)


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_process: None) -> Eval:
    """`evaluate(*words)`: the exit code of `summarizer eval` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> int:
        with pytest.raises(SystemExit) as end:
            main(["eval", *words])
        return int(end.value.code or 0)

    return run


@pytest.fixture(scope="module")
def first_made() -> dict[str, bytes]:
    """The files of the run that `made` makes, once it has been made."""
    return {}


@pytest.fixture
def made(
    evaluate: Eval,
    server: Server,
    first_made: dict[str, bytes],
    capsys: pytest.CaptureFixture[str],
) -> list[str]:
    """The options of a run of two articles, which lies in `a`; the server was asked for it."""
    options = ["--fixtures", FIXTURES, "--only", TWO, "--base-url", server.url]
    options += ["--model", "example", "--repeat", "1"]
    folder = Path("a")
    if first_made:
        folder.mkdir()
        for name, content in first_made.items():
            (folder / name).write_bytes(content)
        server.asked = first_made["answers.jsonl"].count(b"\n") - 1
        return options
    assert evaluate("run", *options, "--out", "a") == 0
    capsys.readouterr()
    first_made |= {path.name: path.read_bytes() for path in folder.iterdir()}
    return options


# `eval run`.


def test_a_run_is_scored_shown_and_kept(
    evaluate: Eval, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--fixtures", FIXTURES, "--only", TWO, "--base-url", server.url]
    assert evaluate("run", *options, "--model", "example", "--out", "a") == 0
    told = capsys.readouterr()
    assert "Joint statement F1" in told.out
    assert "K = 3" in told.out, "a model that may vary is asked three times"
    assert "answers live" in told.out
    assert "[6/6] 15-tashkent-peregovory: done" in told.err
    assert {path.name for path in Path("a").iterdir()} == {
        "run.json",
        "scores.json",
        "records.jsonl",
        "answers.jsonl",
    }
    lines = Path("a/records.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    records = [json.loads(line) for line in lines]
    assert [(each["run"], each["fixture"][:2]) for each in records] == [
        (run, name) for run in (1, 2, 3) for name in ("00", "15")
    ]
    assert all(each["record"]["article"]["text"] is None for each in records)


def test_scoring_again_asks_no_model(
    evaluate: Eval, server: Server, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = server.asked
    before = {path.name: path.read_bytes() for path in Path("a").iterdir()}
    assert evaluate("run", *made, "--out", "a") == 0
    assert server.asked == asked > 0
    assert "answers recorded" in capsys.readouterr().out
    after = {path.name: path.read_bytes() for path in Path("a").iterdir()}
    for name in ("answers.jsonl", "records.jsonl", "scores.json"):
        assert after[name] == before[name]


def test_an_interrupted_run_goes_on(
    evaluate: Eval, server: Server, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = server.asked
    path = Path("a/answers.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]) + lines[-1][:40], encoding="utf-8")
    for name in ("run.json", "scores.json", "records.jsonl"):
        Path("a", name).unlink()
    assert evaluate("run", *made, "--out", "a") == 0
    assert server.asked == asked + 1
    assert "answers live and recorded" in capsys.readouterr().out


def test_a_run_can_begin_anew(evaluate: Eval, server: Server, made: list[str]) -> None:
    asked = server.asked
    assert evaluate("run", *made, "--out", "a", "--restart") == 0
    assert server.asked == 2 * asked


def test_fewer_articles_keep_the_answers_to_the_others(
    evaluate: Eval, server: Server, made: list[str]
) -> None:
    asked = server.asked
    assert evaluate("run", *made, "--limit", "1", "--out", "a") == 0
    assert len(json.loads(Path("a/scores.json").read_bytes())["articles"]) == 1
    assert evaluate("run", *made, "--out", "a") == 0
    assert server.asked == asked


def test_a_recorded_run_is_replayed_without_a_model(
    evaluate: Eval, server: Server, made: list[str], httpserver: HTTPServer
) -> None:
    asked = server.asked
    options = ["--fixtures", FIXTURES, "--only", TWO]
    assert evaluate("run", "--recorded", "a", *options, "--out", "b") == 0
    assert server.asked == asked
    assert Path("b/scores.json").read_bytes() == Path("a/scores.json").read_bytes()
    assert Path("b/answers.jsonl").read_bytes() == Path("a/answers.jsonl").read_bytes()


def test_a_replay_that_lacks_answers_is_incomplete(
    evaluate: Eval, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--fixtures", FIXTURES, "--only", f"{TWO},11-missile-test,44-zh-oman-phone"]
    assert evaluate("run", "--recorded", "a", *options, "--out", "b") == 3
    told = capsys.readouterr()
    assert "not_recorded" in told.out
    assert "4 articles" in told.out


def test_a_model_of_its_own_goes_with_no_recorded_run(
    evaluate: Eval, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("run", "--recorded", "a", *made) == 2
    assert "--recorded" in capsys.readouterr().err


def test_an_endpoint_that_fails_costs_the_articles_and_is_tried_again(
    evaluate: Eval, server: Server, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The first article's answers are kept; those of the second meet a busy server."""
    path = Path("a/answers.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "15-tashkent" not in line]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")
    server.status = 400
    assert evaluate("run", *made, "--out", "a") == 3
    told = capsys.readouterr()
    assert "no record: transport" in told.err
    assert "failures  1 transport" in told.out
    assert json.loads(Path("a/run.json").read_bytes())["failures"] == {"transport": 1}
    server.status = 200
    assert evaluate("run", *made, "--out", "a") == 0


def test_a_model_that_cannot_be_used_ends_with_5(
    evaluate: Eval, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--fixtures", FIXTURES, "--only", TWO, "--base-url", "http://127.0.0.1:9/v1"]
    assert evaluate("run", *options, "--model", "example") == 5
    assert "cannot be reached" in capsys.readouterr().err


def test_several_models_are_runs_of_their_own_side_by_side(
    evaluate: Eval, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--fixtures", FIXTURES, "--limit", "1", "--base-url", server.url, "--repeat", "1"]
    assert evaluate("run", *options, "--model", "one/x", "--model", "two", "--out", "runs") == 0
    assert {path.name for path in Path("runs").iterdir()} == {"grounded-x", "grounded-two"}
    table = capsys.readouterr().out.partition("over\n")[0].splitlines()[-1]
    assert "grounded, one/x" in table
    assert "grounded, two" in table


def test_the_answers_of_another_model_are_not_mixed_in(
    evaluate: Eval, server: Server, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    changed = ["other" if word == "example" else word for word in made]
    assert evaluate("run", *changed, "--out", "a") == 2
    assert "`example`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fixtures", "nowhere"], "nowhere: is no folder"),
        (["--fixtures", "polnear:nowhere"], "nowhere: holds no PolNeAR"),
        (["--fixtures", FIXTURES, "--only", "99-none"], "`99-none`"),
        (["--fixtures", FIXTURES, "--only", "none.txt"], "none.txt"),
        (["--recorded", "nowhere", "--fixtures", FIXTURES], "nowhere: is no run"),
        (["--prompt", "nowhere", "--fixtures", FIXTURES], "nowhere"),
    ],
)
def test_what_is_missing_is_named(
    evaluate: Eval, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert evaluate("run", *words) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_set_by_path_is_named_without_its_path(
    evaluate: Eval, made: list[str], tmp_path: Path
) -> None:
    identity = json.loads(Path("a/run.json").read_bytes())
    assert identity["fixtures"] == "fixtures"
    for path in Path("a").iterdir():
        assert str(ROOT) not in path.read_text(encoding="utf-8")


# `eval show`.


@pytest.mark.parametrize("form", ["text", "json", "junit", "html"])
def test_a_run_is_shown_in_every_form(
    evaluate: Eval, made: list[str], capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert evaluate("show", "a", "--format", form, "--fixtures", FIXTURES) == 0
    shown = capsys.readouterr().out
    assert "Joint statement F1" in shown
    assert evaluate("show", "a", "--format", form, "--fixtures", FIXTURES, "--out", "x/y") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "written to" in told.err
    assert Path("x/y").read_text(encoding="utf-8") == shown


def test_a_page_without_the_articles_says_so(
    evaluate: Eval, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("show", "a", "--format", "html", "--fixtures", "nowhere") == 0
    told = capsys.readouterr()
    assert "without articles" in told.err
    assert "their texts were not at hand" in told.out


# `eval compare`.


def test_runs_models_and_prompts_are_compared(
    evaluate: Eval, server: Server, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("compare", "a", "a") == 0
    assert "verdict on B: no difference shown" in capsys.readouterr().out
    others = [word for word in made if word not in ("--model", "example")]
    assert evaluate("compare", "a", "other", *others) == 0
    told = capsys.readouterr().out
    assert "A  grounded, example" in told
    assert "B  grounded, other" in told
    assert Path("eval-runs/grounded-other/run.json").is_file()
    with pytest.raises(SystemExit):
        main(["prompts", "new", "mine"])
    assert evaluate("compare", "grounded", "mine", *made, "--format", "json") == 0
    data = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (data["a"]["prompt"]["name"], data["b"]["prompt"]["name"]) == ("grounded", "mine")


@pytest.mark.parametrize(
    ("words", "said"),
    [(["a", "nothing"], "nothing: is no run, no prompt and no model"), (["a", "a"], "`joynt`")],
)
def test_what_cannot_be_compared_is_named(
    evaluate: Eval,
    made: list[str],
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    assert evaluate("compare", *words, "--metric", "joynt", "--fixtures", FIXTURES) == 2
    assert said in capsys.readouterr().err


# `eval gate`.


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--min", "joint=0"], 0),
        (["--min", "joint=0", "--max", "invented/quotations=0"], 0),
        (["--min", "joint=1.01"], 4),
        (["--max", "joint=-1", "--min", "joint=0"], 4),
        (["--baseline", "a"], 0),
        (["--baseline", "a", "--min", "joint=1.01"], 4),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_the_gate_s_verdict_is_its_exit_code(
    evaluate: Eval,
    made: list[str],
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    form: str,
) -> None:
    assert evaluate("gate", "a", *words, "--format", form) == code
    shown = capsys.readouterr().out
    if form == "text":
        passed = shown.splitlines()[-1] == "gate passed"
    elif form == "json":
        passed = json.loads(shown)["passed"]
    else:
        passed = ET.fromstring(shown).find(".//failure") is None
    assert passed is (code == 0)


def test_a_run_of_no_article_does_not_pass(
    evaluate: Eval, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path("a/scores.json")
    scores = json.loads(path.read_bytes())
    path.write_text(json.dumps({**scores, "articles": []}), encoding="utf-8")
    for words in (["--min", "joint=0"], ["--baseline", "a"]):
        assert evaluate("gate", "a", *words) == 4
        assert capsys.readouterr().out.endswith("gate failed\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "asks for nothing"),
        (["--min", "joint"], "METRIC=VALUE"),
        (["--max", "joint=nan"], "METRIC=VALUE"),
        (["--min", "=1"], "METRIC=VALUE"),
        (["--min", "joynt=1"], "`joynt`"),
        (["--baseline", "nowhere"], "is no run"),
    ],
)
def test_a_gate_that_asks_wrongly_is_wrong_usage(
    evaluate: Eval,
    made: list[str],
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    assert evaluate("gate", "a", *words) == 2
    assert said in capsys.readouterr().err
