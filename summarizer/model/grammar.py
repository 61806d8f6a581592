"""The grammar that makes llama.cpp write an answer without white space.

A token that is written costs as much as several that are read, and small models like to indent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

PREFIX = "%llguidance"
_COMPACT = {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":"}


def compact_grammar(schema: Mapping[str, object]) -> str:
    """An llguidance grammar of a JSON Schema, without white space between its tokens."""
    compact = {"x-guidance": _COMPACT, **schema}
    return f"{PREFIX} {{}}\nstart: %json {json.dumps(compact, ensure_ascii=False)}"
