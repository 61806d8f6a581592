"""Fetching weights from a hub: a local server that speaks as much of its protocol as is needed."""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from summarizer.errors import ModelUnavailable
from summarizer.model import ModelEntry, pull, verify, weights_path
from summarizer.model.catalogue import HubSource

COMMIT = "0123456789abcdef0123456789abcdef01234567"
# More than two of the library's blocks of 10 MiB, so that a download can stop in the middle.
CONTENT = b"GGUF" + random.Random(7).randbytes(22_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
ENTRY = ModelEntry(
    name="hub-model",
    bytes=len(CONTENT),
    source=HubSource(repository="org/repo-GGUF", file="Model-Q4.gguf", revision=COMMIT),
)
CDN = "/blobs/signed"


@dataclass
class Hub:
    """The hub: metadata and a redirect at the file's address, the bytes at another host's."""

    server: HTTPServer
    content: bytes = CONTENT
    etag: str | None = SHA256
    status: int = 200
    cut_at: list[int] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    @property
    def ranges(self) -> list[str | None]:
        """The `Range` header of each request for the bytes."""
        return [each.headers.get("Range") for each in self.requests if each.path == CDN]

    def resolve(self, request: Request) -> Response:
        self.requests.append(request)
        if self.status != 200:
            return Response("no", self.status)
        response = Response("", 302)
        # The other name of this machine, so that it counts as another host.
        response.headers["Location"] = f"http://localhost:{self.server.port}{CDN}?signature=s3cret"
        response.headers["X-Repo-Commit"] = COMMIT
        response.headers["X-Linked-Size"] = str(len(CONTENT))
        if self.etag is not None:
            response.headers["X-Linked-Etag"] = f'"{self.etag}"'
        return response

    def blob(self, request: Request) -> Response:
        self.requests.append(request)
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        end = self.cut_at.pop(0) if self.cut_at else len(self.content)
        chunks = (self.content[at : min(at + 65536, end)] for at in range(start, end, 65536))
        response = Response(chunks, 206 if asked else 200, direct_passthrough=True)
        response.headers["Content-Length"] = str(len(self.content) - start)
        if asked:
            last = len(self.content) - 1
            response.headers["Content-Range"] = f"bytes {start}-{last}/{len(self.content)}"
        return response


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("SUMMARIZER_MODELS_DIR", str(folder))
    return folder


@pytest.fixture
def hub(httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    hub = Hub(httpserver)
    address = f"/org/repo-GGUF/resolve/{COMMIT}/Model-Q4.gguf"
    httpserver.expect_request(address).respond_with_handler(hub.resolve)
    httpserver.expect_request(CDN).respond_with_handler(hub.blob)
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{httpserver.port}")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    return hub


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def stop_after(limit: int) -> Callable[[str, int, int], None]:
    """A progress callback that behaves like Ctrl-C once so many bytes are here."""

    def report(stage: str, done: int, total: int) -> None:
        if stage == "download" and done >= limit:
            raise KeyboardInterrupt

    return report


def test_a_whole_pull(hub: Hub, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[str, int, int]] = []
    path = pull(ENTRY, lambda *report: seen.append(report))
    assert path == weights_path(ENTRY)
    assert path.read_bytes() == CONTENT
    assert verify(ENTRY) == SHA256
    assert visible(folder) == ["hub-model.gguf", "hub-model.sha256"]
    downloads = [done for stage, done, _ in seen if stage == "download"]
    assert downloads == sorted(downloads)
    assert downloads[-1] == len(CONTENT)
    assert hub.ranges == [None]
    assert capfd.readouterr() == ("", "")


def test_the_token_goes_to_the_hub_only(hub: Hub, folder: Path) -> None:
    pull(ENTRY)
    sent = {request.path: request.headers.get("Authorization") for request in hub.requests}
    assert sent.pop(CDN) is None
    assert list(sent.values()) == ["Bearer hf_secret"]


def test_a_second_pull_asks_nobody(hub: Hub, folder: Path) -> None:
    pull(ENTRY)
    asked = len(hub.requests)
    pull(ENTRY)
    assert len(hub.requests) == asked


def test_an_interrupted_download_goes_on(hub: Hub, folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        pull(ENTRY, stop_after(10_000_000))
    here = (folder / "hub-model.part").stat().st_size
    assert 0 < here < len(CONTENT)
    assert not (folder / "hub-model.gguf").exists()
    assert pull(ENTRY).read_bytes() == CONTENT
    assert hub.ranges == [None, f"bytes={here}-"]
    assert visible(folder) == ["hub-model.gguf", "hub-model.sha256"]


def test_a_killed_process_goes_on(hub: Hub, folder: Path) -> None:
    code = (
        "import os, signal\n"
        "from summarizer.model import ModelEntry, pull\n"
        f"entry = ModelEntry.model_validate_json({ENTRY.model_dump_json()!r})\n"
        "pull(entry, lambda stage, done, total: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], env=os.environ, check=False)
    assert ended.returncode == -9
    here = (folder / "hub-model.part").stat().st_size
    assert here > 0
    assert pull(ENTRY).read_bytes() == CONTENT
    assert hub.ranges == [None, f"bytes={here}-"]


def test_a_cut_connection_is_taken_up_again(hub: Hub, folder: Path) -> None:
    hub.cut_at = [15_000_000]
    assert pull(ENTRY).read_bytes() == CONTENT
    assert len(hub.ranges) == 2
    assert hub.ranges[1] is not None


def test_damaged_contents_are_not_kept(hub: Hub, folder: Path) -> None:
    hub.content = CONTENT[:-1] + b"?"
    with pytest.raises(ModelUnavailable, match="wrong checksum, and were not kept"):
        pull(ENTRY)
    assert visible(folder) == []
    hub.content = CONTENT
    assert pull(ENTRY).read_bytes() == CONTENT


def test_a_damaged_beginning_is_noticed_at_the_end(hub: Hub, folder: Path) -> None:
    folder.mkdir()
    (folder / "hub-model.part").write_bytes(b"x" * 1000)
    with pytest.raises(ModelUnavailable, match="wrong checksum"):
        pull(ENTRY)
    assert visible(folder) == []


def test_a_beginning_that_is_too_long_is_dropped(hub: Hub, folder: Path) -> None:
    folder.mkdir()
    (folder / "hub-model.part").write_bytes(CONTENT + b"more")
    assert pull(ENTRY).read_bytes() == CONTENT
    assert hub.ranges == [None]


@pytest.mark.parametrize("etag", [None, "d41d8cd98f00b204e9800998ecf8427e", "W/" + "a" * 60])
def test_no_checksum_no_download(hub: Hub, folder: Path, etag: str | None) -> None:
    hub.etag = etag
    with pytest.raises(ModelUnavailable, match=r"states no SHA-256") as error:
        pull(ENTRY)
    assert error.value.where == "org/repo-GGUF/Model-Q4.gguf"
    assert hub.ranges == []


def test_another_size_than_the_catalogue_says(hub: Hub, folder: Path) -> None:
    other = ENTRY.model_copy(update={"bytes": 17})
    with pytest.raises(ModelUnavailable, match=f"has {len(CONTENT)} bytes; the catalogue says 17"):
        pull(other)
    assert hub.ranges == []


@pytest.mark.parametrize(
    ("status", "said"), [(404, "answered 404"), (401, "HF_TOKEN"), (403, "HF_TOKEN")]
)
def test_refusals(hub: Hub, folder: Path, status: int, said: str) -> None:
    hub.status = status
    with pytest.raises(ModelUnavailable, match=said) as error:
        pull(ENTRY)
    assert error.value.message.startswith("`org/repo-GGUF` cannot be fetched: ")
    assert "secret" not in str(error.value)


def test_nobody_there(hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailable, match="no usable answer from the hub") as error:
        pull(ENTRY)
    assert error.value.hint is not None and "models pull hub-model" in error.value.hint


def test_no_disk_space(hub: Hub, folder: Path) -> None:
    with pytest.raises(ModelUnavailable, match="not enough disk space") as error:
        pull(ENTRY, free_bytes=lambda _: 1000)
    assert f"{len(CONTENT):,} bytes are needed, 1,000 are free" in error.value.message
    assert hub.ranges == []


def test_what_is_here_needs_no_space(hub: Hub, folder: Path) -> None:
    folder.mkdir()
    (folder / "hub-model.part").write_bytes(CONTENT[:20_000_000])
    assert pull(ENTRY, free_bytes=lambda _: len(CONTENT) - 20_000_000).read_bytes() == CONTENT


def test_without_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ModelUnavailable, match="the extra `hub` is not installed") as error:
        pull(ENTRY)
    assert error.value.hint is not None
    assert "`python -m pip install huggingface-hub`" in error.value.hint


def test_the_library_is_loaded_only_when_needed() -> None:
    code = (
        "import sys, summarizer.model\n"
        "from summarizer.model import load_catalogue\n"
        "load_catalogue()\n"
        "print([name for name in ('huggingface_hub', 'httpx2', 'filelock', 'openai')"
        " if name in sys.modules])\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
