"""The program run as people run it: in a process, in a folder and a home of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from summarizer.cli import main, messages
from summarizer.model import models_folder

from .review_pages import opened as opened
from .review_pages import seed as seed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
EVAL_FIXTURES = str(ROOT / "evals" / "fixtures")
TWO = "00-tsamto-shoigu-dong,15-tashkent-peregovory"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def models_dir() -> Path:
    """Where the weights of the person who runs the tests are."""
    return models_folder().resolve()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Variables of a person who has set nothing: an empty home, no weights."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SUMMARIZER_", "OPENAI_"))}
    home = tmp_path / "home"
    home.mkdir()
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH")) if part)
    own = {"HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    return kept | own | {"PYTHONPATH": path, "COLUMNS": "80"}


@pytest.fixture
def run_program(tmp_path: Path, environment: dict[str, str]) -> Run:
    """`run_program(*args, stdin=b"", **variables)`: the program's exit code and output."""
    folder = tmp_path / "work"
    folder.mkdir()

    def run(*args: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "summarizer", *args],
            cwd=folder,
            env=environment | variables,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The folder that `run_program` runs in."""
    return tmp_path / "work"


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Iterator[None]:
    """The same variables for a test that calls `main` itself; what `main` sets is set back."""
    import signal

    for name in [name for name in os.environ if name.startswith(("SUMMARIZER_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "COLUMNS"):
        monkeypatch.setenv(name, environment[name])
    monkeypatch.setattr(messages, "_debug", False)
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


# For pages.


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; where there is none the test is skipped, or fails in CI."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("there is no Chromium, which `.ci/run` installs")
        pytest.skip("there is no Chromium on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


# For `summarizer eval`.

Eval = Callable[..., int]


def least(schema: dict[str, Any]) -> Any:
    """An answer that fits a schema: the first of everything."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return least(schema["anyOf"][0])
    kind = schema.get("type")
    if kind == "object":
        return {name: least(part) for name, part in schema["properties"].items()}
    if kind == "array":
        return [least(schema["items"])] * max(1, schema.get("minItems", 0))
    plain: dict[Any, Any] = {"string": "talks", "integer": schema.get("minimum", 1)}
    return plain.get(kind, kind == "boolean" or None)


class Server:
    """An endpoint; `status` is what it answers with, `asked` counts what it was asked.

    What finds out how it is spoken to does not count.
    """

    def __init__(self, httpserver: HTTPServer) -> None:
        self.status = 200
        self.asked = 0
        httpserver.expect_request("/v1/chat/completions").respond_with_handler(self.answer)
        self.url = httpserver.url_for("/v1")

    def answer(self, request: Request) -> Response:
        sent = request.get_json()
        form = sent["response_format"]["json_schema"]
        self.asked += form["name"] != "Greeting"
        if self.status != 200:
            return Response('{"error": {"message": "busy"}}', self.status)
        content = json.dumps(least(form["schema"]))
        message = {"role": "assistant", "content": content}
        answer = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": sent["model"],
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        }
        return Response(json.dumps(answer), 200, content_type="application/json")


@pytest.fixture
def server(httpserver: HTTPServer) -> Server:
    return Server(httpserver)


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_process: None) -> Eval:
    """`evaluate(*words)`: the exit code of `summarizer eval` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> int:
        with pytest.raises(SystemExit) as end:
            main(["eval", *words])
        return int(end.value.code or 0)

    return run


@pytest.fixture(scope="module")
def first_made() -> dict[str, bytes]:
    """The files of the run that `made` makes, once it has been made."""
    return {}


@pytest.fixture
def made(
    evaluate: Eval,
    server: Server,
    first_made: dict[str, bytes],
    capsys: pytest.CaptureFixture[str],
) -> list[str]:
    """The options of a run of two articles, which lies in `a`; the server was asked for it."""
    options = ["--fixtures", EVAL_FIXTURES, "--only", TWO, "--base-url", server.url]
    options += ["--model", "example", "--repeat", "1"]
    folder = Path("a")
    if first_made:
        folder.mkdir()
        for name, content in first_made.items():
            (folder / name).write_bytes(content)
        server.asked = first_made["answers.jsonl"].count(b"\n") - 1
        return options
    assert evaluate("run", *options, "--out", "a") == 0
    capsys.readouterr()
    first_made |= {path.name: path.read_bytes() for path in folder.iterdir()}
    return options
