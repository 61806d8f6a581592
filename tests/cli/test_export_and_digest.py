"""`summarizer export` and `summarizer digest` as people run them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from summarizer.cli import main
from summarizer.cli.export import Form
from summarizer.export import EXPORTS, ExportName
from summarizer.record import dump_record
from tests.digest.two_sources import two_sources


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_process: None) -> str:
    """A file of records in the current folder."""
    monkeypatch.chdir(tmp_path)
    lines = [dump_record(record) + "\n" for record in two_sources()]
    Path("records.jsonl").write_text("".join(lines), encoding="utf-8")
    return "records.jsonl"


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(end.value.code or 0)


def test_the_forms_of_the_command_are_those_there_are() -> None:
    assert Form == ExportName
    assert all(form.about for form in EXPORTS.values())


def test_an_exported_database_is_exported_again(
    records: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", records, "--to", "sqlite", "--out", "new/a.db") == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "2 records in new/a.db\n")
    for source in (records, "new/a.db"):
        assert run("export", source, "--to", "csv", "--out", f"csv-{Path(source).name}") == 0
    files = sorted(path.name for path in Path("csv-a.db").iterdir())
    assert files == ["meetings.csv", "participants.csv", "statements.csv"]
    for name in files:
        a, b = (Path(f"csv-{each}", name).read_bytes() for each in (records, "a.db"))
        assert a == b


def test_a_run_s_database_is_the_exported_one(records: str) -> None:
    from summarizer.run import open_database, read_records

    run("export", records, "--to", "sqlite", "--out", "a.db")
    with open_database(Path("b.db"), text=True) as database:
        for record in read_records(Path(records)):
            database.add_record(record)
    dumps = []
    for path in ("a.db", "b.db"):
        with closing(sqlite3.connect(path)) as connection:
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["export", "gone.jsonl", "--to", "csv", "--out", "x"], "gone.jsonl: cannot be read"),
        (["export", "gone.db", "--to", "csv", "--out", "x"], "gone.db: is not there"),
        (["export", "records.jsonl", "--to", "md", "--out", "records.jsonl"], "one of the inputs"),
        (["digest", "records.jsonl", "--out", "a.pdf"], "`.pdf` is no form of a digest"),
        (["digest", "records.jsonl", "--from", "March"], "--from March: is no day"),
        (
            ["digest", "records.jsonl", "--from", "2024-03-02", "--to", "2024-03-01"],
            "ends before it begins",
        ),
    ],
)
def test_wrong_usage_is_told(
    words: list[str], says: str, records: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(records).read_bytes()
    assert run(*words) == 2
    assert says in capsys.readouterr().err
    assert [path.name for path in Path().iterdir() if path.name != "home"] == [records]
    assert Path(records).read_bytes() == before


def test_a_record_without_its_text_is_no_annotation(
    records: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = "".join(dump_record(record, text=False) + "\n" for record in two_sources())
    Path("bare.jsonl").write_text(bare, encoding="utf-8")
    assert run("export", "bare.jsonl", "--to", "brat", "--out", "x") == 2
    assert "`--no-text`" in capsys.readouterr().err
    assert not Path("x").exists()
    for form in EXPORTS:
        if form != "brat":
            assert run("export", "bare.jsonl", "--to", form, "--out", f"bare-{form}") == 0


def test_a_digest_is_printed_or_written(records: str, capsys: pytest.CaptureFixture[str]) -> None:
    march = ["digest", records, "--from", "2024-03-01", "--to", "2024-03-31"]
    assert run(*march) == 0
    printed = capsys.readouterr().out
    assert "The articles differ** on date and place" in printed
    assert (
        run("digest", records, "--from", "2024-03-01", "--to", "2024-03-31", "--out", "a.md") == 0
    )
    assert Path("a.md").read_text(encoding="utf-8") == printed
    assert run("digest", records, "--out", "a.html") == 0
    assert capsys.readouterr().err.endswith("1 meeting in a.html\n")
    assert Path("a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
