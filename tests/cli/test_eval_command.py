"""`summarizer eval run` as people run it, against a server that answers anything it is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FIXTURES = str(ROOT / "evals" / "fixtures")
TWO = "00-tsamto-shoigu-dong,15-tashkent-peregovory"
Eval = Callable[..., int]
Server = Any


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
    evaluate: Eval, server: Server, made: list[str]
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
