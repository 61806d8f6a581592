"""Each form of an export: what is in it, and that it is read back."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span, article_id
from summarizer.controls import quiet
from summarizer.errors import InputError, UsageError
from summarizer.export import (
    EXPORTS,
    export,
    read_brat,
    read_cell,
    record_to_brat,
    written_cell,
)
from summarizer.export.csv import read
from summarizer.record import Record, load_record, verify
from summarizer.run import read_records
from summarizer.views import render
from tests.conftest import build_record
from tests.digest.two_sources import courier, herald, two_sources
from tests.export.questions import QUESTIONS, example_records

HOSTILE = '=HYPERLINK("http://x.example","a")\x1b[31m\u202e'
_VIEWS = {
    "meetings": "meetings_reported",
    "participants": "who_took_part",
    "statements": "who_said_what",
}


def hostile(name: str = HOSTILE) -> Record:
    """A record with a name that a spreadsheet or terminal would run."""
    record = build_record()
    text = f"{record.article.body}\n{name}"
    article = record.article.model_copy(update={"text": text, "id": article_id(text)})
    mention = Span(start=len(text) - len(name), end=len(text), text=name)
    update = {"name": name, "mentions": [*record.persons[0].mentions, mention]}
    persons = [record.persons[0].model_copy(update=update), *record.persons[1:]]
    return verify(record.model_copy(update={"article": article, "persons": persons}))


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [*two_sources(), build_record(), hostile()]


@pytest.fixture(scope="module")
def database(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "records.db"
    assert export(records, "sqlite", path) == len(records)
    return path


def query(path: Path, sql: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def test_a_database_gives_back_its_records(records: list[Record], database: Path) -> None:
    assert list(read_records(database)) == records


def test_a_database_keeps_its_own_rules(database: Path) -> None:
    assert query(database, "PRAGMA foreign_key_check") == []
    assert query(database, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    (counts,) = query(
        database,
        "SELECT (SELECT count(*) FROM statements) AS statements, "
        "(SELECT count(*) FROM statements_fts) AS indexed, "
        "(SELECT count(*) FROM people) AS people, (SELECT count(*) FROM events) AS events",
    )
    # Lind is in three articles and Sousa in all four; the other meetings have another day or name.
    assert counts == {"statements": 8, "indexed": 8, "people": 3, "events": 3}


def test_csv_is_read_back_and_runs_nothing(
    records: list[Record], database: Path, tmp_path: Path
) -> None:
    assert export(records, "csv", tmp_path / "tables") == len(records)
    for name, view in _VIEWS.items():
        path = tmp_path / "tables" / f"{name}.csv"
        wanted = [
            {key: (quiet(v) if isinstance(v, str) else v) or None for key, v in row.items()}
            for row in query(database, f"SELECT * FROM {view}")
        ]
        found = [{key: v or None for key, v in row.items()} for row in read(path)]
        assert found == wanted
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert not {0x1B, 0x07} & set(content)
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+@\t\r")]
    rows = list(read(tmp_path / "tables" / "participants.csv"))
    assert quiet(HOSTILE) in [row["name"] for row in rows]


@given(st.text() | st.text(alphabet="'=+-@\t\r\n ＝a"))
def test_a_cell_is_read_as_it_was(text: str) -> None:
    cell = written_cell(text)
    assert read_cell(cell) == text
    assert cell.lstrip(" ")[:1] not in set("=+-@＝＋－＠\t\r\n") or not cell


def test_parquet_is_read_back(records: list[Record], database: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    export(records, "parquet", tmp_path / "tables")
    for name, view in _VIEWS.items():
        table = pq.read_table(tmp_path / "tables" / f"{name}.parquet")
        assert table.to_pylist() == query(database, f"SELECT * FROM {view}")


def test_brat_is_read_back(records: list[Record], tmp_path: Path) -> None:
    export(records, "brat", tmp_path / "brat")
    annotated = sorted((tmp_path / "brat").glob("*.ann"))
    assert len(annotated) == len(records)
    for path, record in zip(annotated, records, strict=True):
        text = path.with_suffix(".txt").read_bytes().decode()
        assert text == record.article.text
        content = path.read_text(encoding="utf-8")
        assert read_brat(content, text, where=path.name) == record_to_brat(record, text)
    assert annotated[0].name == "00001-lind-sousa.ann"


def test_popolo_tells_once_what_two_articles_share(tmp_path: Path) -> None:
    export(two_sources(), "popolo", tmp_path / "popolo.json")
    found = json.loads((tmp_path / "popolo.json").read_text(encoding="utf-8"))
    assert [(p["name"], p.get("other_names")) for p in found["persons"]] == [
        ("Anna Lind", [{"name": "Lind"}]),
        ("Pedro Sousa", None),
    ]
    (event,) = found["events"]
    assert (event["start_date"], event["status"], len(event["sources"])) == (
        "2024-03-04",
        "held",
        2,
    )
    assert [each["id"] for each in event["attendees"]] == [p["id"] for p in found["persons"]]
    assert {each["event_id"] for each in found["speeches"]} == {event["id"]}


def test_ninjs_keeps_to_its_form(records: list[Record], tmp_path: Path) -> None:
    export(records, "ninjs", tmp_path / "items.jsonl")
    lines = (tmp_path / "items.jsonl").read_text(encoding="utf-8").splitlines()
    named = {"type": "array", "items": {"type": "object", "required": ["name"]}}
    valued = {"type": "array", "items": {"type": "object", "required": ["value"]}}
    schema = {
        "type": "object",
        "required": ["uri"],
        "properties": {
            "uri": {"type": "string", "pattern": "^ni:///sha-256;"},
            "type": {"const": "text"},
            "people": named,
            "events": named,
            "places": named,
            "bodies": valued,
            "headlines": valued,
        },
    }
    for line, record in zip(lines, records, strict=True):
        item = json.loads(line)
        jsonschema.validate(item, schema)
        assert item["bodies"][0]["value"] == record.article.text
    assert json.loads(lines[0])["headlines"] == [
        {"role": "main", "value": "Lind and Sousa in Oslo"}
    ]


def test_markdown_is_the_view(record: Record, tmp_path: Path) -> None:
    export([record], "md", tmp_path / "one.md")
    assert (tmp_path / "one.md").read_text(encoding="utf-8") == render(record, "md")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "records.db"
    export(example_records(), "sqlite", path)
    return path


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_as_the_records_have_it(name: str, answers: Path) -> None:
    rows = [tuple(row.values()) for row in query(answers, QUESTIONS[name].sql)]
    assert sorted(map(repr, rows)) == sorted(map(repr, by_hand(name, example_records())))


def by_hand(name: str, records: list[Record]) -> Iterator[tuple[object, ...]]:
    """The same answers, straight from the records."""
    if name == "several":
        places = (("The Herald", "2024-03-04", "Oslo"), ("The Courier", "XXXX-03-04", "Bergen"))
        yield from (("Anna Lind, Pedro Sousa: talks", *each, "date, place") for each in places)
        return
    for record in records:
        people = {person.id: person for person in record.persons}
        for statement in record.statements:
            said = " ".join(span.text for span in statement.content_spans)
            who = people[statement.speaker].name if statement.speaker else None
            sure = statement.confidence
            if name == "doubtful" and (who is None or (sure is not None and sure < 0.5)):
                yield said, who, sure, record.article.uri
            if name == "said" and who == "Sergei Shoigu" and "cooperat" in said.casefold():
                yield statement.quote_type, said
        for meeting in record.meetings:
            day = meeting.date.edtf if meeting.date else None
            place = meeting.place.name if meeting.place else None
            there = [people[each] for each in meeting.participants]
            if name == "cancelled" and meeting.status == "cancelled":
                yield day, f"{', '.join(p.name for p in there)}: {meeting.kind}", place
            if name == "met" and meeting.status == "held" and (day or "").startswith("2024-10"):
                named = [person.name for person in there if person.type != "group"]
                for at, one in enumerate(named):
                    yield from ((day, one, other, place) for other in named[at + 1 :])


def test_each_question_has_an_answer(answers: Path) -> None:
    assert all(query(answers, question.sql) for question in QUESTIONS.values())


def test_a_confidence_is_kept(tmp_path: Path) -> None:
    data = herald().model_dump(mode="json")
    data["statements"][0]["confidence"] = 0.25
    export([load_record(json.dumps(data))], "sqlite", tmp_path / "a.db")
    assert query(tmp_path / "a.db", "SELECT confidence FROM who_said_what") == [
        {"confidence": 0.25}
    ]


def test_what_was_there_stays_if_the_export_fails(tmp_path: Path) -> None:
    def broken() -> Iterator[Record]:
        yield courier()
        raise InputError("gone")

    for name, form in EXPORTS.items():
        out = tmp_path / name
        if form.folder:
            out.mkdir()
        else:
            out.write_text("before")
        with pytest.raises(InputError):
            export(broken(), name, out)
        assert list(out.iterdir()) == [] if form.folder else out.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(EXPORTS)


def test_a_folder_with_other_files_is_left_alone(record: Record, tmp_path: Path) -> None:
    export([record], "csv", tmp_path / "out")
    export([record, record], "csv", tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("kept")
    with pytest.raises(UsageError, match=r"`mine\.txt`"):
        export([record], "csv", tmp_path / "out")
    assert len((tmp_path / "out" / "meetings.csv").read_text().splitlines()) == 3
    with pytest.raises(UsageError, match="is a folder"):
        export([record], "sqlite", tmp_path / "out")


def test_without_pyarrow_parquet_says_what_to_install(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="pip install pyarrow"):
        export([record], "parquet", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
