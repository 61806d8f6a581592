"""The embedded server: it starts, is closed to others, and ends whatever happens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel

from summarizer.errors import ModelUnavailable, TransportError
from summarizer.model import EmbeddedServer, ServerAddress
from summarizer.model import embedded as embedded_module
from summarizer.prompt import Message

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")

# Starts a server, says where, and waits; at Ctrl-C it says whether the server is still there.
PARENT = """
import socket, sys, time
from pathlib import Path
from urllib.parse import urlsplit
from summarizer.model import EmbeddedServer

with EmbeddedServer(Path(sys.argv[1]), "smollm2", n_ctx=256, threads=1) as address:
    try:
        print(address.base_url, flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        time.sleep(0.5)
        parts = urlsplit(address.base_url)
        socket.create_connection((parts.hostname, parts.port), 5).close()
        print("still there", flush=True)
        if sys.argv[2] == "raise":
            raise RuntimeError("on purpose")
"""


class Word(BaseModel):
    word: Literal["yes", "no"]


def listens(base_url: str) -> bool:
    parts = urlsplit(base_url)
    try:
        socket.create_connection((parts.hostname, parts.port), 5).close()
        return True
    except ConnectionRefusedError:
        return False


def ends(base_url: str, within: float = 10) -> bool:
    """Whether nobody listens any more, soon."""
    deadline = time.monotonic() + within
    while listens(base_url):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def get(
    address: ServerAddress, path: str, headers: dict[str, str], method: str = "GET"
) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(
        address.base_url.removesuffix("/v1") + path, headers=headers, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, dict(response.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers)


@pytest.fixture
def parent(smollm: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """`parent(how)`: another process that holds a server, and the server's address."""
    started: list[subprocess.Popen[str]] = []

    def start(how: str = "leave") -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(smollm), how],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(embedded_module.__file__).parents[2])},
            process_group=0,
        )
        started.append(process)
        assert process.stdout
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_it_answers_and_ends_with_the_context(smollm: Path) -> None:
    server = EmbeddedServer(smollm, "smollm2", n_ctx=256, n_parallel=2, threads=1)
    server.stop()
    with server as address:
        assert address.name == "smollm2"
        assert address.base_url.startswith("http://127.0.0.1:")
        with address.endpoint() as endpoint:
            assert endpoint.label == "local"
            assert endpoint.ask([Message("user", "Well?")], Word, max_tokens=20).value.word
            # Each of the two slots has the whole context.
            endpoint.ask([Message("user", "well " * 180)], Word, max_tokens=20)
    assert server.pid is None
    assert not listens(address.base_url)


def test_it_ends_when_the_body_fails(smollm: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="on purpose"),
        EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1) as address,
    ):
        raise RuntimeError("on purpose")
    assert not listens(address.base_url)


def test_two_servers_have_their_own_address_and_key(smollm: Path, llama: ServerAddress) -> None:
    with EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1) as other:
        assert other.base_url != llama.base_url
        assert other.api_key != llama.api_key
        assert len(other.api_key.get_secret_value()) >= 32


def test_a_port_of_ones_own_choice(smollm: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    with EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1, port=port) as address:
        assert address.base_url == f"http://127.0.0.1:{port}/v1"


def test_a_port_that_is_taken(smollm: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
        server = EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1, port=port)
        with pytest.raises(ModelUnavailable, match="could not start"), server:
            pass
        assert server.pid is None


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_it_wants_its_key(llama: ServerAddress, headers: dict[str, str]) -> None:
    assert get(llama, "/v1/models", headers)[0] == 401


def test_pages_of_other_origins_are_not_let_in(llama: ServerAddress) -> None:
    asked = {
        "Origin": "http://example.org",
        "Access-Control-Request-Method": "POST",
        "Authorization": f"Bearer {llama.api_key.get_secret_value()}",
    }
    for path, method in [("/v1/models", "GET"), ("/v1/chat/completions", "OPTIONS")]:
        headers = get(llama, path, asked, method)[1]
        assert headers.get("Access-Control-Allow-Origin", "") == ""
        assert headers.get("Access-Control-Allow-Credentials", "false") == "false"


def test_there_is_no_page(llama: ServerAddress) -> None:
    key = {"Authorization": f"Bearer {llama.api_key.get_secret_value()}"}
    assert get(llama, "/", key)[0] == 404
    assert get(llama, "/slots", key)[0] in (404, 501)


@proc
def test_the_key_is_on_no_command_line_and_in_no_environment(smollm: Path) -> None:
    server = EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1)
    with server as address:
        key = address.api_key.get_secret_value()
        shown = b"".join(
            Path(f"/proc/{server.pid}/{name}").read_bytes() for name in ("cmdline", "environ")
        )
    assert b"server_process" in shown
    assert key.encode() not in shown
    assert key not in repr(address)


def test_nothing_is_printed(smollm: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1):
        pass
    assert capfd.readouterr() == ("", "")


@posix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_a_killed_parent(
    parent: Callable[..., tuple[subprocess.Popen[str], str]], number: signal.Signals
) -> None:
    process, base_url = parent()
    assert listens(base_url)
    process.send_signal(number)
    assert process.wait(10) == -number
    assert ends(base_url)


@posix
@pytest.mark.parametrize(("how", "code"), [("leave", 0), ("raise", 1)])
def test_ctrl_c_reaches_only_the_parent(
    parent: Callable[..., tuple[subprocess.Popen[str], str]], how: str, code: int
) -> None:
    process, base_url = parent(how)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert "still there" in out, err
    assert process.returncode == code
    assert ends(base_url)


@posix
@pytest.mark.parametrize("answered", [False, True])
def test_a_server_that_dies(smollm: Path, answered: bool) -> None:
    server = EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1)
    with server as address, address.endpoint() as endpoint:
        if answered:
            endpoint.ask([Message("user", "Well?")], Word, max_tokens=20)
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
        assert ends(address.base_url)
        with pytest.raises(TransportError if answered else ModelUnavailable):
            endpoint.ask([Message("user", "Well?")], Word, max_tokens=20)


class TestWeights:
    def failure(self, path: Path) -> ModelUnavailable:
        started = time.monotonic()
        with pytest.raises(ModelUnavailable) as caught, EmbeddedServer(path, "broken", threads=1):
            pass
        assert time.monotonic() - started < 60
        assert caught.value.where == str(path)
        assert caught.value.hint
        return caught.value

    def test_missing(self, tmp_path: Path) -> None:
        assert "no such file" in str(self.failure(tmp_path / "none.gguf"))

    def test_a_folder(self, tmp_path: Path) -> None:
        assert "directory" in str(self.failure(tmp_path))

    @pytest.mark.parametrize("content", [b"", b"GG", b"PK\x03\x04 a zip", b"<html>"])
    def test_something_else(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "other.gguf"
        path.write_bytes(content)
        assert "not a GGUF file" in str(self.failure(path))

    def test_damaged(self, tmp_path: Path) -> None:
        path = tmp_path / "damaged.gguf"
        path.write_bytes(b"GGUF\x03\x00\x00\x00" + b"\xff" * 100)
        assert "the engine could not start: number of" in str(self.failure(path))

    def test_cut(self, tmp_path: Path, smollm: Path) -> None:
        path = tmp_path / "cut.gguf"
        with smollm.open("rb") as whole:
            path.write_bytes(whole.read(20_000_000))
        assert "corrupted or incomplete" in str(self.failure(path))


def test_without_the_engine(smollm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_module, "find_spec", lambda name: None)
    with (
        pytest.raises(ModelUnavailable, match=r"python -m pip install xllamacpp"),
        EmbeddedServer(smollm, "smollm2"),
    ):
        pass


def test_an_engine_that_does_not_load(
    smollm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('built for another machine')")
    monkeypatch.setattr(
        embedded_module, "_SOURCE", f"{tmp_path}{os.pathsep}{embedded_module._SOURCE}"
    )
    with (
        pytest.raises(ModelUnavailable, match="built for another machine"),
        EmbeddedServer(smollm, "smollm2"),
    ):
        pass


def test_a_file_in_the_working_folder_is_not_run(
    smollm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('taken from the working folder')")
    monkeypatch.chdir(tmp_path)
    with EmbeddedServer(smollm, "smollm2", n_ctx=256, threads=1) as address:
        assert listens(address.base_url)
    assert not list(tmp_path.glob("__pycache__"))
