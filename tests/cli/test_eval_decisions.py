"""`summarizer eval show`, `compare` and `gate`, on runs that lie in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from summarizer.cli import main

FIXTURES = str(Path(__file__).parents[2] / "evals" / "fixtures")
Eval = Callable[..., int]


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
    evaluate: Eval, made: list[str], capsys: pytest.CaptureFixture[str]
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
