"""`summarizer prompts` by its own commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from summarizer.cli.prompts import app
from summarizer.errors import UsageError

PROMPT = """\
---
name: quick
version: "1"
description: one call
asks: [record]
system: Be brief.
parameters: {temperature: 0}
---
{{ article }}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("summarizer.prompt.library.shipped_folder", lambda: tmp_path / "none")
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "quick.md").write_text(PROMPT, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_list(here: Path) -> None:
    (here / "prompts" / "broken.md").write_text("x", encoding="utf-8")
    result = run("list")
    assert result.stdout == "quick  1  one call  (record)\n"
    assert "broken.md:1: the front matter is missing" in result.stderr
    assert result.exit_code == 0


def test_show() -> None:
    for args in (["show", "quick"], ["show", "quick", "--ask", "record"]):
        out = run(*args).stdout
        assert "quick 1: one call" in out
        assert "=== record temperature=0" in out
        assert "--- system, " in out and "Be brief." in out
        assert "--- user, " in out and "{{ article }}" in out


def test_show_an_ask_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="has no ask `topics`"):
        run("show", "quick", "--ask", "topics")


def test_check_everything(here: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 checked, nothing wrong" in result.stderr


def test_check_names_every_problem(here: Path) -> None:
    path = here / "prompts" / "quick.md"
    path.write_text(PROMPT.replace("{{ article }}", "{{ articel }}"), encoding="utf-8")
    for args in (["check"], ["check", "quick"], ["check", "prompts/quick.md"]):
        result = run(*args)
        assert result.exit_code == 2
        assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
            "prompts/quick.md:9",
            "prompts/quick.md:9",
        ]


def test_check_an_unknown_prompt() -> None:
    with pytest.raises(UsageError, match="no prompt `quik`"):
        run("check", "quik")


def test_new_and_diff() -> None:
    assert run("new", "mine", "--from", "quick").stdout == "prompts/mine.md\n"
    out = run("diff", "quick", "mine").stdout
    assert "-name: quick\n+name: mine\n" in out
    assert run("diff", "quick", "quick").stdout == ""


def test_new_overwrites_nothing(here: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        run("new", "quick", "--from", "quick")
    assert (here / "prompts" / "quick.md").read_text(encoding="utf-8") == PROMPT
