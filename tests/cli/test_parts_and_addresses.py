"""Articles from, and records to, folders and addresses that fsspec knows."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from reports import report
from stand_in import MARK

pytest.importorskip("fsspec", reason="the extra `ray` is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `ray` is not installed")

from chaos import stand_in  # noqa: E402

from summarizer.article import Article, read_inputs  # noqa: E402
from summarizer.errors import InputError, UsageError  # noqa: E402
from summarizer.run import open_parts  # noqa: E402
from summarizer.run.entry import Entry  # noqa: E402

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with stand_in() as address:
        yield address


def write_inputs(folder: Path) -> None:
    """Two partitions: JSON Lines, and Parquet, which holds a row without a text."""
    from pyarrow import table

    (folder / "a").mkdir(parents=True)
    lines = [json.dumps({"id": n, "text": report(n)}) for n in range(2)]
    (folder / "a" / "part-0.jsonl").write_text("\n".join(lines))
    rows = {"id": [2, 3], "text": [report(2), None], "published": ["2024-02-01", None]}
    parquet.write_table(table(rows), folder / "b.parquet")
    (folder / "_SUCCESS").touch()
    (folder / "_note.jsonl").write_text("{")


def test_a_run_from_partitions_to_partitions(run_program: Run, work: Path, url: str) -> None:
    write_inputs(work / "in")
    address = (work / "in").as_uri()
    given = ["summarize", address, "--base-url", url, "--model", "m", "--out", "run.ledger"]
    done = run_program(*given, "--parts", (work / "out").as_uri(), "--parts-format", "parquet")
    assert done.returncode == 3, done.stderr
    assert "b.parquet:2: `text` has the wrong type" in done.stderr
    assert done.stdout == ""
    names = sorted(path.name for path in (work / "out").iterdir())
    assert names == ["_SUCCESS", "part-00000.parquet"]
    rows = parquet.read_table(work / "out" / "part-00000.parquet").to_pylist()
    assert [row["position"] for row in rows] == [0, 1, 2]
    assert [row["source_id"] for row in rows] == ["0", "1", "2"]
    record = json.loads(rows[2]["record"])
    assert MARK + "2." in record["article"]["text"]
    assert record["article"]["published"] == "2024-02-01"
    assert record["article"]["uri"] == f"{address}/b.parquet#2"
    # The ledger alone is enough to write them anew, in the other form.
    again = run_program(*given, "--parts", str(work / "out"))
    assert "3 of 4 were answered before" in again.stderr
    assert sorted(path.name for path in (work / "out").iterdir()) == [
        "_SUCCESS",
        "part-00000.jsonl",
    ]
    lines = (work / "out" / "part-00000.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[2]) == record


def test_an_address_in_memory() -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    files = MemoryFileSystem()
    files.pipe_file("/reports/b.txt", b"The ministers met on Monday.")
    files.pipe_file("/reports/a.jsonl", b'{"text": "They met."}\n{"text": 1}\n')
    try:
        found = list(read_inputs(["memory://reports"]))
        assert [type(one) for one in found] == [Article, InputError, Article]
        assert isinstance(found[2], Article)
        assert (found[2].uri, found[2].text) == (
            "memory:///reports/b.txt",
            "The ministers met on Monday.",
        )
        (only,) = read_inputs(["memory://reports/*.txt"])
        assert only == found[2]
        (missing,) = read_inputs(["memory://reports/c.txt"])
        assert isinstance(missing, InputError) and missing.message == "does not exist"
    finally:
        files.rm("/reports", recursive=True)


def test_addresses_that_are_none() -> None:
    (unknown,) = read_inputs(["nowhere://a/b.txt"])
    assert isinstance(unknown, InputError)
    assert "no address is read that starts with `nowhere`" in unknown.message
    (secret,) = read_inputs(["s3://me:hidden@bucket/a.txt"])
    assert isinstance(secret, InputError)
    assert "hidden" not in str(secret)
    (damaged,) = read_inputs([f"{Path(__file__).as_uri()}"])
    assert isinstance(damaged, Article)


def test_parquet_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("no Parquet")
    (wrong,) = read_inputs([str(tmp_path / "a.parquet")])
    assert isinstance(wrong, InputError)
    assert "is not Parquet" in wrong.message


def test_parts_are_whole_and_those_of_an_earlier_run_go(
    record: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarizer.record import Record, dump_record

    assert isinstance(record, Record)
    monkeypatch.setattr("summarizer.run.parts.ROWS", 2)

    none = [None] * (len(fields(Entry)) - 3)

    def write(count: int) -> list[str]:
        with open_parts(str(tmp_path / "out"), "jsonl", text=False) as parts:
            for n in range(count):
                entry = Entry(n, f"{n}", *none, dump_record(record))
                parts.add(entry)
            assert not (tmp_path / "out" / "_SUCCESS").exists()
        return sorted(path.name for path in (tmp_path / "out").iterdir())

    assert write(5) == ["_SUCCESS", *(f"part-0000{n}.jsonl" for n in range(3))]
    assert write(1) == ["_SUCCESS", "part-00000.jsonl"]
    (tmp_path / "file").touch()
    with (
        pytest.raises(UsageError, match="cannot be written"),
        open_parts(str(tmp_path / "file" / "out"), "jsonl", text=False),
    ):
        pass
