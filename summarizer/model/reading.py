"""The JSON in what a model wrote, whatever stands around it.

Reasoning (`<think>…</think>`), code fences and stray text are left out; what is given is a part of
the text as it stands, never mended. Only objects at the top level count: one inside of an object
or array that is broken or cut is none.
"""

from __future__ import annotations

import json
import re

_DECODER = json.JSONDecoder()
_TAGS = "think|thinking|thought|reasoning|reflection"
# Where an object or array may begin, and the marks around reasoning.
_LANDMARK = re.compile(rf"<(?P<end>/)?(?:{_TAGS})>|\[(?P<end2>/)?THINK\]|[{{\[]", re.IGNORECASE)
_END_OF_REASONING = re.compile(rf"</(?:{_TAGS})>|\[/THINK\]", re.IGNORECASE)
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]]', re.DOTALL)
_AFTER_THE_LAST = re.compile(r"[\s`]*\Z")


def json_objects(text: str) -> list[str]:
    """The JSON objects at the top level of an answer, in their order, outside of its reasoning.

    Reasoning may lack its first mark, which chat templates write themselves; then all before the
    second is reasoning. It may lack its second mark, if it was never closed; then an object counts
    only if the text ends with it.
    """
    found: list[str] = []
    position = 0
    while landmark := _LANDMARK.search(text, position):
        if landmark["end"] or landmark["end2"]:
            found = []
            position = landmark.end()
        elif len(landmark[0]) > 1:
            end = _END_OF_REASONING.search(text, landmark.end())
            if end is None:
                return found or _at_the_end(text[landmark.end() :])
            position = end.end()
        else:
            value, position = _value(text, landmark.start())
            if value is not None:
                found.append(value)
    return found


def without_reasoning(text: str) -> str:
    """What a model wrote after its reasoning; all of it where that cannot be told."""
    *_, last = [0, *(mark.end() for mark in _END_OF_REASONING.finditer(text))]
    return text[last:].strip()


def shows_reasoning(text: str) -> bool:
    """Whether a mark of reasoning begins a text."""
    mark = _LANDMARK.match(text.lstrip())
    return mark is not None and len(mark[0]) > 1


def _at_the_end(text: str) -> list[str]:
    """The object that ends a text, if one does."""
    found, position, end = None, 0, 0
    while landmark := _LANDMARK.search(text, position):
        if len(landmark[0]) > 1:
            position = landmark.end()
            continue
        found, position = _value(text, landmark.start())
        end = position
    return [found] if found is not None and _AFTER_THE_LAST.match(text, end) else []


def _value(text: str, start: int) -> tuple[str | None, int]:
    """The object at a bracket, None for anything else; and where what it opens ends."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, _closed(text, start)
    return (text[start:end] if isinstance(value, dict) else None), end


def _closed(text: str, start: int) -> int:
    """Where a bracket is closed again, whatever is between; the end of the text if it is not."""
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(text, start):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
            if depth == 0:
                return token.end()
    return len(text)
