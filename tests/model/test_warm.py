from __future__ import annotations

import dataclasses
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from summarizer.model import ServerAddress, announce, find_warm
from summarizer.model.warm import warm_folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smollm: Path) -> Path:
    """A home folder of the test's own; the weights are found before it moves."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def test_nothing_is_warm_at_first() -> None:
    assert find_warm("smollm2") is None
    assert not warm_folder().exists()


def test_a_warm_server_is_found_while_it_is_announced(llama: ServerAddress) -> None:
    with announce(llama) as note:
        assert note.is_relative_to(warm_folder())
        assert find_warm("smollm2") == llama
        assert find_warm("another-model") is None
    assert not note.exists()
    assert find_warm("smollm2") is None


def test_the_note_goes_when_the_body_fails(llama: ServerAddress) -> None:
    with pytest.raises(RuntimeError), announce(llama) as note:
        raise RuntimeError
    assert not note.exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_its_user_can_read_the_note(llama: ServerAddress) -> None:
    umask = os.umask(0)
    try:
        with announce(llama) as note:
            assert stat.S_IMODE(note.stat().st_mode) == 0o600
            assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700
    finally:
        os.umask(umask)


def test_a_server_that_does_not_take_the_key_is_ignored(llama: ServerAddress) -> None:
    with announce(dataclasses.replace(llama, api_key=SecretStr("another"))):
        assert find_warm("smollm2") is None


def test_a_server_that_is_gone_is_ignored(llama: ServerAddress) -> None:
    with announce(dataclasses.replace(llama, base_url="http://127.0.0.1:9/v1")):
        assert find_warm("smollm2") is None


@pytest.mark.skipif(os.name != "posix", reason="elsewhere only asking the server tells")
def test_the_note_of_a_process_that_ended_is_removed(llama: ServerAddress) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with announce(llama) as note:
        stale = note.with_name(f"{ended.pid}.json")
        stale.write_bytes(note.read_bytes())
        odd = note.with_name("odd.json")
        odd.write_text("{}")
        assert find_warm("smollm2") == llama
        assert find_warm("another-model") is None
    assert not stale.exists()
    assert not odd.exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"name": "smollm2"}', "\ufffd"])
def test_a_damaged_note_is_ignored(content: str, llama: ServerAddress) -> None:
    with announce(llama) as note:
        note.write_text(content, encoding="utf-8")
        assert find_warm("smollm2") is None


def test_a_note_need_not_tell_the_context(llama: ServerAddress) -> None:
    with announce(llama) as note:
        content = json.loads(note.read_text(encoding="utf-8"))
        assert content.pop("context") == 512
        note.write_text(json.dumps(content), encoding="utf-8")
        assert find_warm("smollm2") == dataclasses.replace(llama, context=None)


def test_announcing_again_replaces_the_note(llama: ServerAddress) -> None:
    folder = warm_folder()
    folder.mkdir(parents=True)
    (folder / f"{os.getpid()}.json").write_text("left over")
    with announce(llama) as note:
        assert json.loads(note.read_text())["base_url"] == llama.base_url
        assert find_warm("smollm2") == llama
