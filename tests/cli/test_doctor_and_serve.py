from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

Run = Callable[..., subprocess.CompletedProcess[str]]

SMALL = "smollm2-135m-instruct-q4_1"


@pytest.fixture
def weights(models_dir: Path) -> Path:
    """The real weights of SmolLM2: `SUMMARIZER_TEST_SMOLLM`, or where `models pull` puts them."""
    path = Path(os.environ.get("SUMMARIZER_TEST_SMOLLM") or models_dir / f"{SMALL}.gguf")
    if not path.is_file():
        pytest.fail(f"bring the test model first: `summarizer models pull {SMALL}`")
    return path.resolve()


def completion(content: str) -> dict[str, object]:
    message = {"role": "assistant", "content": content}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "example",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def serve_chat(server: HTTPServer, answer: Callable[[Request], Response]) -> str:
    models = {"object": "list", "data": [{"id": "example", "object": "model", "created": 0}]}
    server.expect_request("/v1/models").respond_with_json(models)
    server.expect_request("/v1/chat/completions").respond_with_handler(answer)
    return server.url_for("/v1")


def right(request: Request) -> Response:
    """What a server with structured output writes: some of the values that the schema allows."""
    schema = request.get_json()["response_format"]["json_schema"]["schema"]
    word = schema["properties"]["word"]["enum"][0]
    answer = {"word": word, "languages": ["English"], "number": None}
    return Response(json.dumps(completion(json.dumps(answer))), mimetype="application/json")


def prose(request: Request) -> Response:
    return Response(json.dumps(completion("Hello!")), mimetype="application/json")


def test_an_endpoint_that_works(run_program: Run, httpserver: HTTPServer) -> None:
    url = serve_chat(httpserver, right)
    done = run_program("doctor", "--base-url", url, "--model", "example")
    assert done.returncode == 0, done.stderr + done.stdout
    assert "structured output works" in done.stdout
    assert "example answers" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("next: summarizer summarize")


def test_a_model_that_is_not_in_the_list_is_said(run_program: Run, httpserver: HTTPServer) -> None:
    url = serve_chat(httpserver, right)
    done = run_program("doctor", "--base-url", url, "--model", "other")
    assert done.returncode == 0
    assert "other is not in the address's list (example)" in done.stdout


def test_a_model_without_structured_output_ends_with_5(
    run_program: Run, httpserver: HTTPServer
) -> None:
    url = serve_chat(httpserver, prose)
    done = run_program("doctor", "--base-url", url, "--model", "example")
    assert done.returncode == 5
    assert "does not keep to a JSON Schema" in done.stdout
    assert "`json_object` was ignored" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("next: Choose a larger model")


def test_a_key_that_is_not_accepted_ends_with_5_and_is_not_shown(
    run_program: Run,
    httpserver: HTTPServer,
) -> None:
    key = "sk-test-1234567890"
    httpserver.expect_request("/v1/models").respond_with_json(
        {"error": {"message": f"Incorrect API key provided: {key}"}}, status=401
    )
    done = run_program(
        "doctor", "--base-url", httpserver.url_for("/v1"), "--model", "m", OPENAI_API_KEY=key
    )
    assert done.returncode == 5
    assert "OPENAI_API_KEY" in done.stdout
    assert key not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        ([], 5, "next: run `summarizer models pull"),
        (["--model", "gpt-4o-mini"], 5, "OPENAI_API_KEY"),
        (["--model", "nonsense"], 2, "nonsense"),
        (["--prompt", "nonsense"], 2, "nonsense"),
        (["--base-url", "http://127.0.0.1:9/v1"], 2, "--model"),
        (["--base-url", "http://127.0.0.1:9/v1", "--model", "m"], 5, "127.0.0.1:9"),
    ],
)
def test_what_is_missing_is_said_with_the_next_step(
    args: list[str],
    code: int,
    word: str,
    run_program: Run,
) -> None:
    done = run_program("doctor", *args)
    assert done.returncode == code
    assert word in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_damaged_weights_are_found(run_program: Run, tmp_path: Path) -> None:
    (tmp_path / f"{SMALL}.gguf").write_bytes(b"GGUF, cut short")
    done = run_program("doctor", "--model", SMALL, SUMMARIZER_MODELS_DIR=str(tmp_path))
    assert done.returncode == 5
    assert "damaged" in done.stdout


def answers(url: str, key: str) -> bool:
    request = urllib.request.Request(f"{url}/models", headers={"Authorization": f"Bearer {key}"})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return bool(response.status == 200)
    except urllib.error.URLError:
        return False


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_serve_keeps_a_model_that_doctor_finds_until_it_is_ended(
    end: signal.Signals,
    run_program: Run,
    environment: dict[str, str],
    weights: Path,
    work: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "summarizer", "serve", "--model", str(weights)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=work,
        text=True,
    ) as process:
        try:
            assert process.stdout and process.stderr
            url = process.stdout.readline().strip()
            assert url.startswith("http://127.0.0.1:")
            said = process.stderr.readline()
            note = Path(said.partition("the key is in ")[2].partition(";")[0])
            key = json.loads(note.read_text())["api_key"]
            assert key not in said
            assert answers(url, key)
            assert not answers(url, "another")
            done = run_program("doctor", "--model", str(weights))
            assert done.returncode == 0, done.stdout + done.stderr
            process.send_signal(end)
            code = process.wait(timeout=20)
        finally:
            process.kill()
    assert code == (0 if end == signal.SIGINT else 128 + signal.SIGTERM)
    assert not note.exists()
    deadline = time.monotonic() + 20
    while answers(url, key) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not answers(url, key)


def test_serve_of_what_cannot_be_served_ends_with_its_code(run_program: Run) -> None:
    assert run_program("serve", "--model", "gpt-4o").returncode == 2
    assert run_program("serve").returncode == 5
