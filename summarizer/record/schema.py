"""The JSON Schema of a record."""

from __future__ import annotations

from typing import Any

from summarizer.record.models import Record

_OPTIONAL = {"source_id", "length", "page"}


def record_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record as it is written: every field is there."""
    schema = Record.model_json_schema(mode="serialization")
    for part in [schema, *schema["$defs"].values()]:
        part["required"] = [name for name in part["properties"] if name not in _OPTIONAL]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
