from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.errors import InputError, RecordError
from summarizer.record import Record, dump_record, load_record, load_records


def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert load_record(dump_record(record)) == record
    assert load_record(dump_record(record, indent=2).encode()) == record


def test_one_line_in_the_order_of_the_contract_with_letters_as_they_are(record: Record) -> None:
    line = dump_record(record)
    assert "\n" not in line
    assert "“We will send" in json.loads(line)["article"]["text"]
    assert "“" in line
    assert list(json.loads(line)) == [
        "schema_version",
        "article",
        "persons",
        "meetings",
        "statements",
        "summary",
        "checks",
        "provenance",
    ]
    assert dump_record(load_record(line)) == line


def test_line_ends_of_unicode_are_escaped(record: Record) -> None:
    record.checks[0].message = "one\u2028two\u2029three\u0085four"
    line = dump_record(record)
    assert len(line.splitlines()) == 1
    assert load_record(line) == record


def test_without_its_text_a_record_keeps_offsets_and_length(record: Record) -> None:
    text = record.article.body
    line = dump_record(record, text=False)
    stored = json.loads(line)
    assert stored["article"]["text"] is None
    assert stored["article"]["length"] == len(text)
    assert record.article.text == text
    loaded = load_record(line)
    assert loaded.statements == record.statements
    assert load_record(line, text).article.text == text
    assert dump_record(loaded, text=False) == line


def test_a_text_that_is_not_the_articles_is_refused(record: Record) -> None:
    line = dump_record(record, text=False)
    with pytest.raises(RecordError, match=r"article\.id"):
        load_record(line, record.article.body.replace("Oslo", "Rome"))


def test_bounds_are_checked_without_the_text(record: Record) -> None:
    stored = json.loads(dump_record(record, text=False))
    stored["persons"][0]["mentions"][0] = {"start": 9000, "end": 9004, "text": "Lind"}
    with pytest.raises(RecordError) as caught:
        load_record(json.dumps(stored))
    assert caught.value.where == "persons[0].mentions[0]"


def test_unknown_fields_of_later_programs_are_kept(record: Record) -> None:
    stored = json.loads(dump_record(record))
    stored["meetings"][0]["mood"] = "friendly"
    assert json.loads(dump_record(load_record(json.dumps(stored))))["meetings"][0]["mood"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Invalid JSON"),
        ("[]", "object"),
        ("{}", "article"),
        ('{"article": {"id": "x", "text": "y"}}', "provenance"),
    ],
)
def test_what_is_no_record_is_refused_without_showing_it(content: str, message: str) -> None:
    with pytest.raises(RecordError) as caught:
        load_record(content)
    assert message in str(caught.value)


def test_another_schema_version_is_refused(record: Record) -> None:
    stored = json.loads(dump_record(record)) | {"schema_version": "2"}
    with pytest.raises(RecordError, match="schema_version"):
        load_record(json.dumps(stored))


@pytest.mark.parametrize("form", ["jsonl", "blank lines", "object", "one line", "array"])
def test_every_kind_of_file_is_read(record: Record, tmp_path: Path, form: str) -> None:
    line, wide = dump_record(record), dump_record(record, indent=2)
    content, count = {
        "jsonl": (f"{line}\n{line}\n{line}\n", 3),
        "blank lines": (f"\n{line}\n\n\n{line}", 2),
        "object": (f"\n{wide}\n", 1),
        "one line": (line, 1),
        "array": (f"[{wide},\n{wide}]", 2),
    }[form]
    path = tmp_path / "records.json"
    path.write_text(content, encoding="utf-8")
    assert list(load_records(path)) == [record] * count


def test_lines_are_read_one_at_a_time(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(f"{dump_record(record)}\nnot a record\n", encoding="utf-8")
    records = load_records(path)
    assert next(records) == record
    with pytest.raises(RecordError) as caught:
        next(records)
    assert caught.value.where == f"{path}:2"


def test_the_file_line_and_field_are_named(record: Record, tmp_path: Path) -> None:
    bad = json.loads(dump_record(record))
    bad["statements"][0]["speaker"] = "p9"
    path = tmp_path / "records.jsonl"
    path.write_text(f"{dump_record(record)}\n{json.dumps(bad)}\n", encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        list(load_records(path))
    assert caught.value.where == f"{path}:2: statements[0].speaker"


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_holds_no_record(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no record"):
        list(load_records(path))


def test_a_missing_or_broken_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(load_records(tmp_path / "none.jsonl"))
    path = tmp_path / "broken.json"
    path.write_bytes(b"[{]")
    with pytest.raises(RecordError, match="not JSON"):
        list(load_records(path))
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecordError):
        list(load_records(path))
