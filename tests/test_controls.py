"""Characters that steer what shows them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.controls import quiet, spelled

STEERING = "\x00\x07\x08\r\x1b\x7f\x85\x9b\u2028\u2029\u202e\u2066\u206a\ufff9\udcff\U000e0041"


@pytest.mark.parametrize("character", STEERING)
def test_what_steers_is_taken_out_or_spelled(character: str) -> None:
    assert quiet(f"a{character}b") == "ab"
    assert quiet(f"a{character}b", "?") == "a?b"
    document = json.dumps({"a": character}, ensure_ascii=False)
    assert character not in spelled(document)
    assert json.loads(spelled(document)) == {"a": character}


def test_what_shapes_words_stays() -> None:
    text = "line\n\ttab é 字 می\u200cخواهم 👨\u200d👩 a\u200eb"
    assert quiet(text) == text
    assert spelled(text) == text


@given(st.dictionaries(st.text(), st.text()))
def test_spelled_json_means_the_same_and_can_be_written(value: dict[str, str]) -> None:
    document = spelled(json.dumps(value, ensure_ascii=False))
    assert json.loads(document) == value
    assert document.encode("utf-8")
    assert len(document.splitlines()) == 1
