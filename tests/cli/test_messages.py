"""What is said on standard error steers no terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.cli import messages
from summarizer.errors import InputError

NAME = "a\x1b[2J\x9b\u202e\u200b\U000e0041b.txt"


@given(st.text())
def test_no_character_steers_or_hides(text: str) -> None:
    shown = messages.shown(text)
    assert len(shown) == len(text)
    assert not {c for c in shown if unicodedata.category(c) == "Cc" and c != "\n"}
    assert not set(shown) & set("\u202a\u202d\u202e\u2066\u2069\u200e\u200f\u061c\u200b\ufeff")


@pytest.mark.parametrize("debug", [False, True])
def test_a_files_name_is_shown_with_signs_in_place_of_controls(
    debug: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_debug", debug)
    messages.error(InputError("is empty", where=NAME))
    said = capsys.readouterr().err
    assert "a?[2J????b.txt" in said
    assert ("Error" in said) is debug
    assert "\x1b" not in said and "\u202e" not in said
