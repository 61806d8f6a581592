from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.cli import main
from summarizer.errors import InvalidAnswer, ModelUnavailable, RefusedAnswer
from summarizer.record import Record, load_record, load_records

Run = Callable[..., subprocess.CompletedProcess[str]]

ENDPOINT = ["--base-url", "http://127.0.0.1:9/v1", "--model", "example"]


# What goes wrong before any model is asked, in a process of its own.


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("missing.txt", None, "does not exist"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "missing.txt"),
        ("binary.txt", b"\x00\x01\x02\xff" * 50, "binary.txt"),
        ("empty.jsonl", b"", "no article"),
        ("bad.jsonl", b"{]\n", "bad.jsonl:1"),
        ("page.html", b"<html></html>", "page.html"),
    ],
)
def test_the_only_input_that_cannot_be_read_ends_with_2(
    name: str,
    content: bytes | None,
    word: str,
    run_program: Run,
    work: Path,
) -> None:
    if content is not None:
        (work / name).write_bytes(content)
    done = run_program("summarize", name)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert name in done.stderr
    assert word in done.stderr or name == "blank.txt"
    assert len(done.stderr.splitlines()) <= 2


def test_a_folder_without_articles_ends_with_2(run_program: Run, work: Path) -> None:
    (work / "folder").mkdir()
    done = run_program("summarize", "folder")
    assert done.returncode == 2
    assert "folder" in done.stderr


def test_empty_standard_input_ends_with_2(run_program: Run) -> None:
    done = run_program("summarize", "-", stdin="")
    assert done.returncode == 2
    assert "standard input" in done.stderr


def test_several_inputs_that_cannot_be_read_end_with_3_and_each_is_named(
    run_program: Run,
    work: Path,
) -> None:
    (work / "empty.txt").write_text("")
    done = run_program("summarize", "empty.txt", "missing.txt", "--out", "out.jsonl")
    assert done.returncode == 3
    assert "empty.txt" in done.stderr and "missing.txt" in done.stderr
    assert not (work / "out.jsonl").exists()
    assert "nothing was written" in done.stderr
    assert "no model chosen" not in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["--published", "yesterday"], 2, "--published"),
        (["--published", "2024-02-30"], 2, "--published"),
        (["--out", "records"], 2, "records"),
        (["--out", "a.txt"], 2, "`.txt`"),
        (["--out", "work.md/x.json", "--model", "smollm2-135m"], 2, "cannot be written"),
        (["--prompt", "nonsense"], 2, "nonsense"),
        (["--prompt", "./none"], 2, "none"),
        (["--model", "nonsense"], 2, "nonsense"),
        (["--base-url", "http://127.0.0.1:9/v1"], 2, "--model"),
        (["--base-url", "127.0.0.1:9", "--model", "m"], 2, "base URL"),
        (["--model", "gpt-4o-mini"], 5, "OPENAI_API_KEY"),
        (["--model", "none.gguf"], 5, "none.gguf"),
        (["--model", "a.txt.gguf"], 5, "GGUF"),
        ([], 5, "summarizer models pull"),
    ],
)
def test_each_mistake_has_its_code_and_message(
    args: list[str],
    code: int,
    word: str,
    run_program: Run,
    work: Path,
) -> None:
    (work / "a.txt").write_text("Anna Lind met Pedro Sousa in Oslo.")
    (work / "a.txt.gguf").write_text("no weights")
    (work / "work.md").write_text("in the way")
    done = run_program("summarize", "a.txt", *args)
    assert done.returncode == code, done.stderr
    assert word in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert (work / "a.txt").read_text().startswith("Anna")


def test_an_input_is_never_written_over(run_program: Run, work: Path) -> None:
    (work / "a.md").write_text("Anna Lind met Pedro Sousa in Oslo.")
    done = run_program("summarize", "a.md", "--out", "./a.md")
    assert done.returncode == 2
    assert "is one of the inputs" in done.stderr


def test_a_key_alone_selects_no_endpoint_and_is_never_shown(run_program: Run, work: Path) -> None:
    (work / "a.txt").write_text("Anna Lind met Pedro Sousa in Oslo.")
    key = "sk-test-1234567890"
    done = run_program("summarize", "a.txt", "--debug", OPENAI_API_KEY=key)
    assert done.returncode == 5
    assert "no model chosen: using the local" in done.stderr
    assert key not in done.stderr


def test_a_mistake_in_the_project_file_is_named(run_program: Run, work: Path) -> None:
    (work / "summarizer.toml").write_text('prompt = "grounded"\nmodle = "x"\n')
    done = run_program("summarize", "a.txt")
    assert done.returncode == 2
    assert "summarizer.toml:2: unknown key `modle`" in done.stderr


# What comes out, with records that are given instead of asked for.

Extract = Callable[[Article], Record]


@pytest.fixture
def articles(tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three files with the article of `record`, and a line of their own, in the current folder."""
    folder = tmp_path / "articles"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in "abc":
        text = f"{record.article.body}\n{name.upper()}."
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return ["a.txt", "b.txt", "c.txt"]


@pytest.fixture
def extract(record: Record, monkeypatch: pytest.MonkeyPatch) -> dict[str, BaseException]:
    """Every article gives the record, but for those whose names are put into the result."""
    failures: dict[str, BaseException] = {}

    def summarize_article(article: Article, *, model: Any, **_: Any) -> Record:
        assert model.name == "example"
        failure = failures.get(article.uri or "")
        if isinstance(failure, KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)
        elif failure is not None:
            raise failure
        return record.model_copy(update={"article": article})

    monkeypatch.setattr("summarizer.extract.summarize_article", summarize_article, raising=False)
    monkeypatch.setattr("summarizer.model.check_reachable", lambda base_url: None)
    return failures


def summarize(*args: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["summarize", *args, *ENDPOINT, "--jobs", "1"])
    assert isinstance(end.value.code, int)
    return end.value.code


pytestmark = pytest.mark.usefixtures("in_process")


def test_piped_output_is_the_plain_text_view(
    articles: list[str], extract: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summarize("a.txt") == 0
    out, said = capsys.readouterr()
    assert "who        Anna Lind" in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert said == ""


def test_one_article_with_json_is_one_object(
    articles: list[str], extract: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summarize("a.txt", "--format", "json") == 0
    out = capsys.readouterr().out
    assert load_record(out).article.uri == "a.txt"
    assert out.startswith("{\n")


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_several_are_json_lines_in_input_order(
    form: str, articles: list[str], extract: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summarize("c.txt", "a.txt", "a.txt", "--format", form) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["article"]["uri"] for line in lines] == ["c.txt", "a.txt", "a.txt"]


@pytest.mark.parametrize("form", ["md", "html", "text"])
def test_several_make_one_readable_document(
    form: str, articles: list[str], extract: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summarize(*articles, "--format", form) == 0
    out = capsys.readouterr().out
    assert out.count("talks would go on") >= 3
    assert out.count("<!doctype html>") == out.count("</html>") == (form == "html")


def test_a_folder_a_line_and_standard_input_are_inputs(
    articles: list[str], extract: object, record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("more").mkdir()
    lines = [{"text": record.article.body, "id": "x7"}, {"text": record.article.body}]
    Path("more/b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    Path("more/a.md").write_text(record.article.body, encoding="utf-8")
    assert summarize("more", "--format", "jsonl", "--published", "2024-03-04") == 0
    stored = [json.loads(line)["article"] for line in capsys.readouterr().out.splitlines()]
    uris = [article["uri"].replace(os.sep, "/") for article in stored]
    assert uris == ["more/a.md", "more/b.jsonl#x7", "more/b.jsonl#2"]
    assert stored[1]["source_id"] == "x7"
    assert {article["published"] for article in stored} == {"2024-03-04"}


def test_no_text_leaves_the_text_out(
    articles: list[str], extract: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summarize("a.txt", "--format", "json", "--no-text") == 0
    assert json.loads(capsys.readouterr().out)["article"]["text"] is None


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("r.json", "{\n"),
        ("r.jsonl", '{"schema'),
        ("r.md", "# Anna"),
        ("deep/R.HTML", "<!doctype"),
        ("r.db", "SQLite format 3"),
    ],
)
def test_out_takes_its_form_from_the_suffix(
    name: str,
    beginning: str,
    articles: list[str],
    extract: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert summarize("a.txt", "--out", name) == 0
    assert Path(name).read_bytes().startswith(beginning.encode())
    assert capsys.readouterr() == ("", f"1 record in {name}\n")


def test_out_and_format_give_both(
    articles: list[str], extract: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summarize("a.txt", "--out", "r.json", "--format", "text") == 0
    out, said = capsys.readouterr()
    assert "who        Anna Lind" in out
    assert said == "1 record in r.json\n"
    assert len(list(load_records(Path("r.json")))) == 1


def test_on_a_terminal_one_article_is_shown_in_colour_too(
    articles: list[str],
    extract: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert summarize("a.txt", "--out", "r.json") == 0
    assert "\x1b[1mAnna Lind" in capsys.readouterr().out
    assert summarize("a.txt", "b.txt", "--out", "r.jsonl") == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setenv("NO_COLOR", "1")
    assert summarize("a.txt") == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_failed_article_costs_only_itself(
    articles: list[str], extract: dict[str, BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    extract["b.txt"] = InvalidAnswer("never fitted", where="example")
    assert summarize(*articles, "missing.txt", "--out", "r.jsonl") == 3
    assert [r.article.uri for r in load_records(Path("r.jsonl"))] == ["a.txt", "c.txt"]
    said = capsys.readouterr().err
    assert "error: b.txt: example: never fitted\n" in said
    assert "error: missing.txt: does not exist\n" in said
    assert "2 records in r.jsonl\n" in said


def test_one_article_without_a_record_ends_with_3(
    articles: list[str], extract: dict[str, BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    extract["a.txt"] = RefusedAnswer("the model declined")
    Path("r.json").write_text("older")
    assert summarize("a.txt", "--out", "r.json") == 3
    assert Path("r.json").read_text() == "older"
    assert capsys.readouterr().out == ""


def test_fail_fast_stops_and_keeps_what_is_done(
    articles: list[str], extract: dict[str, BaseException]
) -> None:
    extract["b.txt"] = RefusedAnswer("the model declined")
    assert summarize(*articles, "--out", "r.jsonl", "--fail-fast") == 3
    assert [r.article.uri for r in load_records(Path("r.jsonl"))] == ["a.txt"]
    assert summarize("missing.txt", *articles, "--fail-fast") == 3


def test_an_unusable_model_ends_with_5_before_any_answer(
    articles: list[str], extract: dict[str, BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    extract["a.txt"] = ModelUnavailable("cannot be reached", where="127.0.0.1:9")
    assert summarize(*articles, "--out", "r.jsonl") == 5
    assert not Path("r.jsonl").exists()
    extract["b.txt"] = extract.pop("a.txt")
    capsys.readouterr()
    assert summarize(*articles, "--out", "r.jsonl") == 3
    assert len(list(load_records(Path("r.jsonl")))) == 2


def test_ctrl_c_finishes_what_is_in_flight_and_keeps_what_is_done(
    articles: list[str], extract: dict[str, BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    extract["b.txt"] = KeyboardInterrupt()
    assert summarize(*articles, "--out", "r.jsonl") == 130
    assert [r.article.uri for r in load_records(Path("r.jsonl"))] == ["a.txt", "b.txt"]
    said = capsys.readouterr().err
    assert "stopping: 1 in flight are finished first" in said
    assert said.endswith("2 records in r.jsonl\ninterrupted\n")
    names = sorted(path.name for path in Path().iterdir())
    assert names == [*articles, "r.jsonl", "r.jsonl.ledger"]
    del extract["b.txt"]
    assert summarize(*articles, "--out", "r.jsonl") == 0
    assert len(list(load_records(Path("r.jsonl")))) == 3


def test_a_fault_of_the_program_costs_only_its_article(
    articles: list[str], extract: dict[str, BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    extract["b.txt"] = ZeroDivisionError()
    assert summarize(*articles, "--out", "r.jsonl") == 3
    assert [r.article.uri for r in load_records(Path("r.jsonl"))] == ["a.txt", "c.txt"]
    said = capsys.readouterr().err
    assert "error: b.txt: unexpected ZeroDivisionError\n  This is a fault of the program." in said
    assert "Traceback" not in said
    assert summarize("b.txt", "--debug") == 1
    assert "in summarize_article" in capsys.readouterr().err


def test_variables_and_the_project_file_are_heard(
    articles: list[str],
    extract: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("summarizer.toml").write_text('format = "json"\nno_text = true\n')
    assert summarize("a.txt") == 0
    assert json.loads(capsys.readouterr().out)["article"]["text"] is None
    monkeypatch.setenv("SUMMARIZER_FORMAT", "md")
    assert summarize("a.txt") == 0
    assert capsys.readouterr().out.startswith("# Anna")
    assert summarize("a.txt", "--format", "jsonl", "--text") == 0
    assert json.loads(capsys.readouterr().out)["article"]["text"]
