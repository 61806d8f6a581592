"""The catalogue: what it holds, how a model is found, and where its weights are looked for."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from pathlib import Path

import pytest
from pydantic import ValidationError

from summarizer.errors import ModelUnavailable, UsageError
from summarizer.model import (
    Catalogue,
    ModelEntry,
    find_model,
    load_catalogue,
    models_folder,
    remove,
    verify,
    weights_path,
)
from summarizer.model.catalogue import HubSource, LocalSource, WheelSource
from summarizer.model.pull_wheels import read_requirements
from summarizer.model.store import size_of

CATALOGUE = load_catalogue()
SMOLLM2 = "smollm2-135m-instruct-q4_1"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARIZER_MODELS_DIR", str(tmp_path / "models"))
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def tiny_entry(content: bytes, sha256: str | None = None) -> ModelEntry:
    source = WheelSource(
        requirements=Path("none.txt"),
        wheel_bytes=1,
        sha256=sha256 or hashlib.sha256(content).hexdigest(),
    )
    return ModelEntry(name="tiny", bytes=len(content), source=source)


class TestWhatItHolds:
    def test_default_and_names(self) -> None:
        assert CATALOGUE.default == "qwen2.5-coder-1.5b-instruct-q4_k_m"
        assert [entry.name for entry in CATALOGUE.models] == [
            "qwen2.5-coder-1.5b-instruct-q4_k_m",
            "qwen2.5-coder-0.5b-instruct-q4_k_m",
            "smollm2-135m-instruct-q4_1",
            "qwen3-4b-instruct-2507-q4_k_m",
            "qwen3-8b-q4_k_m",
        ]

    @pytest.mark.parametrize("entry", CATALOGUE.models, ids=lambda entry: entry.name)
    def test_every_entry_says_what_a_user_asks(self, entry: ModelEntry) -> None:
        assert entry.license == "Apache-2.0"
        assert entry.parameters is not None and re.fullmatch(r"[\d.]+[BM]", entry.parameters)
        assert entry.about
        assert entry.bytes is not None and entry.bytes > 50_000_000

    @pytest.mark.parametrize(
        ("name", "wheels"),
        [
            ("qwen2.5-coder-1.5b", 22),
            ("qwen2.5-coder-0.5b", 6),
            (SMOLLM2, 1),
        ],
    )
    def test_requirement_files_are_hashed_and_name_no_index(self, name: str, wheels: int) -> None:
        source = find_model(name).source
        assert isinstance(source, WheelSource)
        lines = [wheel.line for wheel in read_requirements(source.requirement_file)]
        assert len(set(lines)) == wheels
        for line in lines:
            assert re.fullmatch(r"[a-z0-9-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}", line)

    @pytest.mark.parametrize("name", ["qwen3-4b", "qwen3-8b"])
    def test_hub_entries_pin_a_commit_and_state_no_checksum(self, name: str) -> None:
        source = find_model(name).source
        assert isinstance(source, HubSource)
        assert re.fullmatch(r"[0-9a-f]{40}", source.revision)
        assert source.file.endswith(".gguf")
        assert "sha256" not in HubSource.model_fields


class TestTheForm:
    def entry(self, **changes: object) -> dict[str, object]:
        hub = {"kind": "hub", "repository": "a/b", "file": "c.gguf", "revision": "main"}
        return {"name": "one", "bytes": 5, "source": hub} | changes

    def test_a_plain_one(self) -> None:
        read = Catalogue.model_validate({"default": "one", "models": [self.entry()]})
        assert read.models[0].source == HubSource(repository="a/b", file="c.gguf", revision="main")

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"colour": "red"}, "colour"),
            ({"bytes": 0}, "bytes"),
            ({"bytes": None}, "`bytes` is missing: one"),
            ({"aliases": ["one"]}, "named twice: one"),
            ({"aliases": ["Not A Name"]}, "aliases"),
            ({"source": {"kind": "ftp"}}, "ftp"),
            ({"source": {"kind": "hub", "repository": "b", "file": "c", "revision": "m"}}, "repo"),
        ],
    )
    def test_what_is_refused(self, changes: dict[str, object], complaint: str) -> None:
        with pytest.raises(ValidationError, match=complaint):
            Catalogue.model_validate({"default": "one", "models": [self.entry(**changes)]})

    def test_a_default_that_is_not_there(self) -> None:
        with pytest.raises(ValidationError, match="`two` is not in the catalogue"):
            Catalogue.model_validate({"default": "two", "models": [self.entry()]})

    def test_entries_are_frozen(self) -> None:
        with pytest.raises(ValidationError, match="frozen"):
            CATALOGUE.models[0].name = "other"  # type: ignore[misc]


class TestFinding:
    @pytest.mark.parametrize("name", [SMOLLM2, "smollm2-135m", "SmolLM2-135M-Instruct-Q4_1"])
    def test_by_name_alias_and_in_any_case(self, name: str) -> None:
        assert find_model(name).name == SMOLLM2

    def test_every_name_and_alias_leads_to_its_entry(self) -> None:
        for entry in CATALOGUE.models:
            assert all(find_model(name) is entry for name in entry.names)

    def test_a_misspelt_name_gets_the_nearest(self) -> None:
        with pytest.raises(UsageError) as error:
            find_model("qwen2.5-coder-1.5")
        assert error.value.exit_code == 2
        assert "`qwen2.5-coder-1.5`" in error.value.message
        assert error.value.hint is not None
        assert error.value.hint.startswith("did you mean `qwen2.5-coder-1.5b`")

    def test_a_name_like_nothing_gets_no_guess(self) -> None:
        with pytest.raises(UsageError) as error:
            find_model("§§§")
        assert error.value.hint is not None
        assert error.value.hint.startswith("`summarizer models list`")

    def test_a_path_is_a_model(self, tmp_path: Path) -> None:
        path = tmp_path / "My Model.Q8.GGUF"
        path.write_bytes(b"GGUF and more")
        entry = find_model(str(path))
        assert entry.name == "My Model.Q8"
        assert entry.source == LocalSource(path=path)
        assert weights_path(entry) == path

    def test_a_path_under_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        (tmp_path / "own.gguf").write_bytes(b"GGUF")
        assert weights_path(find_model("~/own.gguf")) == tmp_path / "own.gguf"


class TestWeightsPath:
    def test_absent(self) -> None:
        with pytest.raises(ModelUnavailable) as error:
            weights_path(find_model("smollm2-135m"))
        assert error.value.exit_code == 5
        assert error.value.hint == f"run `summarizer models pull {SMOLLM2}`"

    def test_present(self, folder: Path) -> None:
        (folder / "tiny.gguf").write_bytes(b"GGUF....")
        assert weights_path(tiny_entry(b"GGUF....")) == folder / "tiny.gguf"

    @pytest.mark.parametrize("content", [b"", b"GGUF...", b"GGUF....."])
    def test_another_size_is_damage(self, folder: Path, content: bytes) -> None:
        (folder / "tiny.gguf").write_bytes(content)
        with pytest.raises(ModelUnavailable, match="damaged") as error:
            weights_path(tiny_entry(b"GGUF...."))
        assert error.value.hint is not None and "models pull tiny" in error.value.hint
        assert error.value.where == str(folder / "tiny.gguf")

    def test_own_file_absent(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnavailable, match="no such weights file"):
            weights_path(find_model(str(tmp_path / "none.gguf")))

    def test_own_file_that_is_something_else(self, tmp_path: Path) -> None:
        path = tmp_path / "page.gguf"
        path.write_bytes(b"<html>")
        with pytest.raises(ModelUnavailable, match="not a GGUF file") as error:
            weights_path(find_model(str(path)))
        assert error.value.where == str(path)

    def test_the_folder_follows_the_environment(self, folder: Path) -> None:
        assert models_folder() == folder

    def test_the_folder_without_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SUMMARIZER_MODELS_DIR")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        assert models_folder().parts[-2:] == ("summarizer", "models")
        assert not models_folder().exists()


class TestVerify:
    def test_whole(self, folder: Path) -> None:
        (folder / "tiny.gguf").write_bytes(b"GGUF....")
        seen: list[tuple[str, int, int]] = []
        found = verify(tiny_entry(b"GGUF...."), lambda *report: seen.append(report))
        assert found == hashlib.sha256(b"GGUF....").hexdigest()
        assert seen == [("check", 8, 8)]

    def test_one_changed_byte(self, folder: Path) -> None:
        (folder / "tiny.gguf").write_bytes(b"GGUF...!")
        with pytest.raises(ModelUnavailable, match="wrong checksum"):
            verify(tiny_entry(b"GGUF...."))

    def test_own_file_has_nothing_to_differ_from(self, tmp_path: Path) -> None:
        path = tmp_path / "own.gguf"
        path.write_bytes(b"GGUF own")
        assert verify(find_model(str(path))) == hashlib.sha256(b"GGUF own").hexdigest()

    def test_hub_file_whose_checksum_was_lost(self, folder: Path) -> None:
        source = HubSource(repository="a/b", file="c.gguf", revision="main")
        (folder / "hub.gguf").write_bytes(b"GGUF....")
        with pytest.raises(ModelUnavailable, match="wrong checksum"):
            verify(ModelEntry(name="hub", bytes=8, source=source))


class TestRemove:
    def test_weights_and_leftovers(self, folder: Path) -> None:
        (folder / "tiny.gguf").write_bytes(b"12345678")
        (folder / "tiny.part").write_bytes(b"123")
        (folder / "tiny.wheels").mkdir()
        (folder / "tiny.wheels" / "one.whl").write_bytes(b"12")
        (folder / "other.gguf").write_bytes(b"stays")
        assert remove(tiny_entry(b"12345678")) == 13
        assert [path.name for path in folder.iterdir()] == ["other.gguf"]

    def test_nothing_there(self) -> None:
        assert remove(tiny_entry(b"12345678")) == 0

    def test_own_file_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "own.gguf"
        path.write_bytes(b"GGUF")
        with pytest.raises(UsageError, match="not in the models folder"):
            remove(find_model(str(path)))
        assert path.exists()


def test_sizes_are_taken_while_files_come_and_go(tmp_path: Path) -> None:
    (tmp_path / "stays").write_bytes(b"12345")
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            deep = tmp_path / "a" / "b" / "c"
            deep.mkdir(parents=True)
            (deep / "file").write_bytes(b"123")
            shutil.rmtree(tmp_path / "a")

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        sizes = {size_of(tmp_path) for _ in range(3000)}
    finally:
        stop.set()
        thread.join()
    assert sizes <= {5, 8}
    assert size_of(tmp_path) == 5
    assert size_of(tmp_path / "stays") == 5
