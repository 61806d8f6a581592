"""Exports opened by programs that others wrote: an RDF library, Datasette, a brat reader."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span
from summarizer.export import export, record_to_brat, write_brat
from summarizer.record import Record
from tests.digest.two_sources import two_sources
from tests.export.test_exports import hostile


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_an_rdf_library_reads_the_linked_data(tmp_path: Path) -> None:
    from rdflib import Graph, Namespace
    from rdflib.namespace import RDF

    path = tmp_path / "records.jsonld"
    export([*two_sources(), hostile()], "jsonld", path)
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    graph = Graph().parse(path, format="json-ld")
    schema = Namespace("https://schema.org/")
    events = set(graph.subjects(RDF.type, schema.Event))
    assert len(events) == 3
    (quotation, *_) = graph.subjects(schema.text, None)
    asked = """
        PREFIX s: <https://schema.org/>
        SELECT ?name ?said ?date WHERE {
            ?q a s:Quotation ; s:spokenByCharacter ?p ; s:text ?said ; s:recordedAt ?e .
            ?p a s:Person ; s:name ?name . ?e a s:Event ; s:startDate ?date ; s:attendee ?p .
        }
    """
    rows = {tuple(map(str, row)) for row in graph.query(asked)}  # type: ignore[union-attr]
    assert ("Anna Lind", "The ferry will sail in May,", "2024-03-04") in rows
    assert (quotation, schema.isPartOf, None) in graph
    edtf = {str(o.datatype) for o in graph.objects(None, schema.startDate) if o.datatype}  # type: ignore[attr-defined]
    assert edtf == {"http://id.loc.gov/datatypes/edtf/EDTF"}
    people = set(graph.objects(None, schema.spokenByCharacter))
    assert all((person, RDF.type, schema.Person) in graph for person in people)


def test_datasette_opens_the_database_as_it_is(tmp_path: Path) -> None:
    from datasette.app import Datasette

    path = tmp_path / "records.db"
    export([*two_sources(), hostile()], "sqlite", path)

    async def look() -> dict[str, Any]:
        datasette = Datasette([], immutables=[str(path)])
        await datasette.invoke_startup()
        found = {}
        for name, address in {
            "tables": "/records.json",
            "keys": "/records/statements.json?_shape=objects&_labels=on&_facet=quote_type",
            "search": "/records/statements.json?_search=ferry&_shape=objects",
            "view": "/records/who_said_what.json?_shape=objects&speaker=Anna+Lind",
            "page": "/records/who_met_whom",
            "hostile": "/records/people?name__startswith=%3DHYPER",
        }.items():
            answer = await datasette.client.get(address)
            assert answer.status_code == 200, address
            found[name] = answer.json() if ".json" in address else answer.text
        for database in datasette.databases.values():
            database.close()
        datasette.executor.shutdown()
        return found

    found = asyncio.run(look())
    tables = {table["name"]: table for table in found["tables"]["tables"]}
    assert tables["statements"]["fts_table"] == "statements_fts"
    keys = {
        key["column"]: key["other_table"]
        for key in tables["statements"]["foreign_keys"]["outgoing"]
    }
    assert keys == {
        "article": "articles",
        "meeting": "meetings",
        "speaker": "persons",
        "addressee": "persons",
    }
    assert found["keys"]["rows"][0]["speaker"] == {"value": 1, "label": "Anna Lind"}
    assert [row["said"] for row in found["search"]["rows"]] == ["The ferry will sail in May,"]
    assert [row["said"] for row in found["view"]["rows"]] == ["The ferry will sail in May,"]
    assert "Pedro Sousa" in found["page"]
    assert "HYPERLINK" in found["hostile"] and "<script>alert" not in found["hostile"]


def test_a_brat_reader_finds_the_same_spans(tmp_path: Path) -> None:
    brat = pytest.importorskip("bioc.brat")
    records = [*two_sources(), hostile()]
    export(records, "brat", tmp_path / "brat")
    for path, record in zip(sorted((tmp_path / "brat").glob("*.ann")), records, strict=True):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        document = brat.loads(text, path.read_text(encoding="utf-8"))
        lines = record_to_brat(record, text)
        assert {each.id for each in document.annotations} == {line.id for line in lines}
        for entity in document.entities:
            parts = [text[span.begin : span.end] for span in sorted(entity.locations)]
            assert " ".join(parts).replace("\n", " ") == entity.text
        events = {each.id: each for each in document.events}
        assert len(events) == len(record.statements) + len(record.meetings)
        assert all(
            "Content" in each.arguments or "Meeting" in each.type for each in events.values()
        )


@given(st.text(alphabet="ab\t\n\r\x0b\x85\u2028\x1c é"))
def test_a_brat_reader_splits_at_no_character_of_a_text(words: str) -> None:
    from bioc import brat

    record = two_sources()[0]
    assert record.article.text
    words = f"a{words}b"
    text = record.article.text + words
    start = len(record.article.text)
    span = Span(start=start, end=len(text), text=words)
    update = {"spans": [span], "content_spans": [span], "text": words}
    longer: Record = record.model_copy(
        update={"statements": [record.statements[0].model_copy(update=update)]}
    )
    lines = record_to_brat(longer, text)
    document = brat.loads(text, write_brat(lines))
    assert {each.id for each in document.annotations} == {line.id for line in lines}
