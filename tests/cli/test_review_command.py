"""`summarizer review` and `review apply`, and what `eval show` says of corrected records."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from summarizer.cli import main
from summarizer.corrections import ArticleCorrections, apply_corrections
from summarizer.record import Record, dump_record, load_records
from summarizer.run import Entry, open_database

ROOT = Path(__file__).parents[2]
SPEAKER = {"kind": "speaker", "id": "s3", "old": "p2", "new": "p1"}
Command = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_process: None) -> Command:
    """`command(*words)`: the exit code of the program in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> int:
        with pytest.raises(SystemExit) as end:
            main(words)
        return int(end.value.code or 0)

    return run


@pytest.fixture
def stored(record: Record, tmp_path: Path) -> str:
    (tmp_path / "records.jsonl").write_text(dump_record(record) + "\n", encoding="utf-8")
    return "records.jsonl"


def write_corrections(record: Record, *changes: dict[str, Any], article: str | None = None) -> str:
    articles = [{"article": article or record.article.id, "title": "T", "changes": list(changes)}]
    given = {"format": "summarizer-corrections", "version": 1, "by": "Ada", "articles": articles}
    Path("corrections.json").write_text(json.dumps(given), encoding="utf-8")
    return "corrections.json"


def test_a_page_goes_to_a_file_or_to_standard_output(
    command: Command, stored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("review", stored, "--out", "deep/review.html") == 0
    assert capsys.readouterr().out == ""
    assert command("review", stored) == 0
    shown = capsys.readouterr()
    assert shown.out == Path("deep/review.html").read_text(encoding="utf-8")
    assert len(lxml_html.fromstring(shown.out).xpath("//script[@class='record']")) == 1
    assert command("review", "page", stored) == 0
    assert capsys.readouterr().out == shown.out


def test_every_form_that_the_program_writes_is_read(
    command: Command, record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("one.json").write_text(dump_record(record, indent=2), encoding="utf-8")
    line = dump_record(record) + "\n"
    Path("two.jsonl").write_text(line * 2, encoding="utf-8")
    with open_database(Path("three.db"), text=True) as database:
        for _ in range(3):
            database.add(Entry(0, "a", "a.txt", None, None, None, None, dump_record(record)))
    for number, name in enumerate(("one.json", "two.jsonl", "three.db"), 1):
        assert command("review", name) == 0
        page = lxml_html.fromstring(capsys.readouterr().out)
        assert len(page.xpath("//script[@class='entry']")) == number


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("missing.jsonl", None, 2, "cannot be read"),
        ("empty.jsonl", b"", 2, "holds no record"),
        ("other.jsonl", b"{}\n", 3, "does not fit the record"),
        ("broken.db", b"SQLite format 3\x00" + b"x" * 4000, 2, "broken.db"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_written(
    command: Command,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    code: int,
    said: str,
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    assert command("review", name, "--out", "page.html") == code
    shown = capsys.readouterr().err
    assert said in shown and name in shown and "Traceback" not in shown
    assert not list(Path().glob("*page.html*"))


def test_a_record_without_its_article_gets_it_or_is_told(
    command: Command, record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("r.jsonl").write_text(dump_record(record, text=False) + "\n", encoding="utf-8")
    assert command("review", "r.jsonl", "--out", "without.html") == 0
    assert "1 records have no article" in capsys.readouterr().err
    Path("oslo.txt").write_text(record.article.body, encoding="utf-8")
    assert command("review", "r.jsonl", "--articles", "oslo.txt", "--out", "with.html") == 0
    assert "no article" not in capsys.readouterr().err
    (held,) = lxml_html.fromstring(Path("with.html").read_text()).xpath("//script[2]/text()")
    assert json.loads(held)["pieces"]


def test_corrections_make_a_corrected_record(
    command: Command, record: Record, stored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = record.model_copy(deep=True)
    file = write_corrections(record, SPEAKER)
    assert command("review", "apply", file, stored, "--out", "c.jsonl", "--fixture", "gold") == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "1 of 1 records corrected" in shown.err
    (made,) = load_records(Path("c.jsonl"))
    assert made.statements[2].speaker == "p1"
    assert record == other
    assert [path.name for path in sorted(Path("gold").iterdir())] == [
        "00-oslo.gold.json",
        "00-oslo.txt",
    ]


@pytest.mark.parametrize(
    ("change", "article", "said"),
    [
        (SPEAKER | {"old": "p1"}, None, "is out of date"),
        (SPEAKER, "sha256:0", "corrects an article that is not in"),
        (SPEAKER | {"new": "p9"}, None, "no person `p9`"),
    ],
)
def test_stale_corrections_are_refused_and_nothing_is_written(
    command: Command,
    record: Record,
    stored: str,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, Any],
    article: str | None,
    said: str,
) -> None:
    file = write_corrections(record, change, article=article)
    assert command("review", "apply", file, stored, "--out", "c.jsonl", "--fixture", "gold") == 2
    assert said in capsys.readouterr().err
    assert not Path("c.jsonl").exists() and not Path("gold").exists()


def test_what_was_corrected_is_a_row_of_the_eval_report(
    command: Command, record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ROOT / "evals" / "baselines" / "grounded"
    shutil.copytree(run, "run")
    model = json.loads((run / "run.json").read_text(encoding="utf-8"))["model"]
    record.provenance = record.provenance.model_copy(update={"model": model})
    given = {"article": record.article.id, "changes": [SPEAKER]}
    made = apply_corrections(record, ArticleCorrections.model_validate(given))
    Path("c.jsonl").write_text(dump_record(made) + "\n", encoding="utf-8")
    assert command("eval", "show", "run", "--corrected", "c.jsonl") == 0
    (row,) = [one for one in capsys.readouterr().out.split("\n") if "Corrected speakers" in one]
    assert "1 of 3" in row
    assert command("eval", "show", "run", "--corrected", "c.jsonl", "--format", "json") == 0
    lines = json.loads(capsys.readouterr().out)["headlines"]
    (line,) = [one for one in lines if one["name"] == "corrected/speaker"]
    assert (line["value"], line["n"]) == (1, 3)
    html = ("--format", "html", "--fixtures", "nowhere")
    assert command("eval", "show", "run", "--corrected", "c.jsonl", *html) == 0
    assert "Corrected speakers" in capsys.readouterr().out
    Path("plain.jsonl").write_text(dump_record(record) + "\n", encoding="utf-8")
    assert command("eval", "show", "run", "--corrected", "plain.jsonl") == 2
    assert "holds no corrected record of grounded" in capsys.readouterr().err
