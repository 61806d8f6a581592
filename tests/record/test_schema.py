from __future__ import annotations

import json

import jsonschema
import pytest

from summarizer.record import Record, dump_record, record_schema

SCHEMA = record_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_it_is_a_schema_of_the_draft_it_names() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", [True, False])
def test_a_record_as_it_is_written_fits(record: Record, text: bool) -> None:
    VALIDATOR.validate(json.loads(dump_record(record, text=text)))


FIELDS = {
    "": "schema_version article persons meetings statements summary checks provenance",
    "Article": "id uri title publisher published language text",
    "PageCopy": "file url fetched",
    "Person": "id type name role rank organization country country_text evidence mentions",
    "PersonEvidence": "role rank country",
    "Meeting": "id status kind mode date place participants evidence topics outcomes",
    "MeetingDate": "edtf text span",
    "Place": "name country span",
    "MeetingEvidence": "status kind mode",
    "Supported": "text support",
    "Statement": "id meeting quote_type speaker confidence decided_by speaker_mention cue addressee"
    " spans content_spans text gist topics",
    "Summary": "text sentences",
    "Check": "code severity where message span",
    "Provenance": "prompt model endpoint parameters summarizer_version created seconds usage",
    "PromptIdentity": "name version sha256",
    "RecordUsage": (
        "calls attempts from_cache prompt_tokens cached_tokens completion_tokens cost_usd"
    ),
    "Span": "start end text",
}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_the_contract_is_required_in_its_order(name: str) -> None:
    part = SCHEMA["$defs"][name] if name else SCHEMA
    assert part["required"] == FIELDS[name].split()
    assert part["title"]
    assert part["description"]
    named = [field for field in part["properties"].values() if "$ref" not in json.dumps(field)]
    assert all(field["title"] for field in named)


def test_nothing_else_is_described() -> None:
    assert set(SCHEMA["$defs"]) == set(FIELDS) - {""}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("meetings", 0, "status"), "done"),
        (("meetings", 0, "mode"), None),
        (("persons", 0, "country"), "Norway"),
        (("persons", 0, "mentions"), []),
        (("statements", 0, "spans"), []),
        (("statements", 0, "spans", 0, "start"), -1),
        (("summary", "sentences", 0, "support"), []),
        (("article",), None),
    ],
)
def test_what_does_not_fit_is_refused(
    record: Record, path: tuple[str | int, ...], value: object
) -> None:
    dumped = json.loads(dump_record(record))
    part = dumped
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    assert not VALIDATOR.is_valid(dumped)
