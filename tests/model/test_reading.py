"""The JSON in what a model wrote: examples of what models do, and what holds for any text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.model.reading import json_objects, shows_reasoning, without_reasoning

ONE = '{"word": "heron"}'
TWO = '{"word": "quartz"}'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ONE, [ONE]),
        (f"\n  {ONE}\n", [ONE]),
        (f"```json\n{ONE}\n```", [ONE]),
        (f"Here it is: {ONE} Anything else?", [ONE]),
        (f"First {ONE}, then {TWO}.", [ONE, TWO]),
        (f"<think>Perhaps {TWO}?</think>\n{ONE}", [ONE]),
        (f"<THINKING>{TWO}</THINKING>{ONE}", [ONE]),
        (f"[THINK]{TWO}[/THINK]{ONE}", [ONE]),
        (f"Perhaps {TWO}?\n</think>\n{ONE}", [ONE]),
        (f"<think></think><think>{TWO}</think>{ONE}", [ONE]),
        (f"<think>It is {TWO} or {ONE}", [ONE]),
        (f"<think>It is this:\n```json\n{ONE}\n```\n", [ONE]),
        (f"<think>{TWO} would be one, but I am not", []),
        (f"{ONE}\n<think>Was that right?", [ONE]),
        ('{"word": "</think> <think>"}', ['{"word": "</think> <think>"}']),
        ('{"a": {"b": [{}]}}', ['{"a": {"b": [{}]}}']),
        # What is inside of something else is no answer, whole, broken or cut.
        (f"[{ONE}]", []),
        (f'{{"words": [{ONE}, oops]}}', []),
        (f'{{"words": [{ONE}, {{"wo', []),
        (f"[{ONE}, ", []),
        (f"{{{ONE}}}", []),
        (f'{{"text": "{{", {ONE}}}', []),
        # Brackets of prose are passed over.
        (f"{{name}} says [as asked, {{see}}]: {ONE}", [ONE]),
        (f"[1] {ONE} [2]", [ONE]),
        ("", []),
        ("null", []),
        ('"{}"', ["{}"]),
        ("{", []),
        ("{'word': 'heron'}", []),
        ("{" * 100_000, []),
        ('{"a":' * 100_000, []),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert json_objects(text) == found


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.text(), values, max_size=4)
prose = st.text().map(lambda text: "".join(c for c in text if c not in '{}[]<"'))


@given(objects, prose, prose, st.booleans(), st.sampled_from([None, 1]))
@example({"a": "</think>", "b": "{"}, "", "", True, None)
def test_an_object_is_found_as_it_is_written(
    value: dict[str, Any], before: str, after: str, ascii_only: bool, indent: int | None
) -> None:
    written = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert json_objects(f"{before}{written}{after}") == [written]


@given(objects, objects, prose, prose)
def test_reasoning_is_left_out(
    draft: dict[str, Any], value: dict[str, Any], before: str, after: str
) -> None:
    thought = f"{before}{json.dumps(draft, ensure_ascii=True)}{after}".replace("</think>", "")
    written = json.dumps(value)
    assert json_objects(f"<think>{thought}</think>{written}") == [written]
    assert json_objects(f"{thought}</think>{written}") == [written]
    assert without_reasoning(f"<think>{thought}</think>\nNo.") == "No."


@given(st.text() | st.text(alphabet='{}[]",:\\ a1`</think>', max_size=60))
@example('{"a": [{}], <think>{}')
def test_what_is_found_stands_in_the_text_and_is_an_object(text: str) -> None:
    position = 0
    for found in json_objects(text):
        assert isinstance(json.loads(found), dict)
        position = text.index(found, position) + len(found)


@given(objects.filter(bool), st.data())
def test_nothing_is_found_in_an_object_that_is_cut(
    value: dict[str, Any], data: st.DataObject
) -> None:
    written = json.dumps(value)
    end = data.draw(st.integers(min_value=0, max_value=len(written) - 1))
    assert json_objects(written[:end]) == []


def test_a_mark_of_reasoning_shows_only_at_the_beginning() -> None:
    assert shows_reasoning("\n<think>\nWell.")
    assert shows_reasoning("[THINK]Well.")
    assert not shows_reasoning('{"cue": "<think>"}')
    assert not shows_reasoning("[1] {}")
