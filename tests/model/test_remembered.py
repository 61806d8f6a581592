"""How servers are spoken to, from one run to the next."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.model import remembered
from summarizer.model.dialect import INSTEAD, LADDER, Manner
from summarizer.model.remembered import forget, manners_folder, recall, remember

URL = "https://api.example.org/v1"
MANNER = Manner("json_object", frozenset({"seed", "max_tokens"}), reasons=True)


def only_file() -> Path:
    (file,) = remembered.manners_folder().iterdir()
    return file


def test_what_was_found_out_is_there_the_next_time() -> None:
    assert recall(URL, "m") is None
    remember(URL, "m", MANNER)
    assert recall(URL, "m") == MANNER
    assert recall(URL, "other") is None
    assert recall(URL + "/x", "m") is None
    remember(URL, "m", Manner("prompted"))
    assert recall(URL, "m") == Manner("prompted")
    forget(URL, "m")
    forget(URL, "m")
    assert recall(URL, "m") is None


def test_every_dialect_of_the_ladder_can_be_kept() -> None:
    for dialect in LADDER:
        remember(URL, "m", Manner(dialect, frozenset(INSTEAD)))
        assert recall(URL, "m") == Manner(dialect, frozenset(INSTEAD))


@pytest.mark.parametrize(("days", "there"), [(0, True), (29, True), (30, False), (-1, False)])
def test_after_thirty_days_it_counts_for_nothing(
    days: int, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(URL, "m", MANNER)
    later = remembered._today() + timedelta(days=days)
    monkeypatch.setattr(remembered, "_today", lambda: later)
    assert (recall(URL, "m") is not None) == there


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"model": "other"},
        {"day": "yesterday"},
        {"day": 7},
        {"dialect": "grammar"},
        {"dialect": "esperanto"},
        {"dialect": ["prompted"]},
        {"refused": ["messages"]},
        {"refused": None},
        {"reasons": "no"},
    ],
)
def test_a_file_that_was_changed_counts_for_nothing(change: dict[str, Any]) -> None:
    remember(URL, "m", MANNER)
    file = only_file()
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    assert recall(URL, "m") is None


def test_a_file_that_is_damaged_counts_for_nothing() -> None:
    remember(URL, "m", MANNER)
    file = only_file()
    whole = file.read_bytes()
    for content in (b"", b"\xff\xfe", b"[]", b"null", b'"x"', whole[: len(whole) // 2]):
        file.write_bytes(content)
        assert recall(URL, "m") is None
    remember(URL, "m", MANNER)
    assert recall(URL, "m") == MANNER


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(["version", "day", "model", "dialect", "refused", "reasons"])


@given(st.dictionaries(names, json_values | st.just(date.today().isoformat())))
def test_no_content_of_a_file_is_a_failure(content: dict[str, Any]) -> None:
    remember(URL, "m", MANNER)
    file = only_file()
    file.write_text(json.dumps(json.loads(file.read_text()) | content))
    found = recall(URL, "m")
    assert found is None or found.dialect in LADDER


def test_many_writers_leave_one_whole_file() -> None:
    manners = [Manner(dialect) for dialect in LADDER] * 20
    with ThreadPoolExecutor(8) as pool:
        written = [pool.submit(remember, URL, "m", manner) for manner in manners]
        while not all(one.done() for one in written):
            assert recall(URL, "m") in (None, *manners)
    for one in written:
        one.result()
    assert only_file().suffix == ".json"
    assert recall(URL, "m") in manners


def test_a_folder_that_cannot_be_written_to_is_no_failure(tmp_path: Path) -> None:
    remembered.manners_folder().parent.mkdir(parents=True, exist_ok=True)
    remembered.manners_folder().write_text("a file in its place")
    remember(URL, "m", MANNER)
    forget(URL, "m")
    assert recall(URL, "m") is None


def test_it_is_kept_in_the_users_own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path in manners_folder().parents
