from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import pytest
import typer

from summarizer import __version__
from summarizer.cli import main, messages
from summarizer.cli.app import COMMANDS
from summarizer.errors import SummarizerError, UsageError

Run = Callable[..., subprocess.CompletedProcess[str]]

HEAVY = (
    "openai instructor pydantic pydantic_settings rich jinja2 yaml xllamacpp trafilatura babel "
    "huggingface_hub dateparser edtf pycountry py3langid nupunkt"
)


def test_help_lists_every_command_and_imports_none(environment: dict[str, str]) -> None:
    code = (
        "import sys\n"
        "from summarizer.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    code = end.code\n"
        "ours = [m for m in sys.modules if m.startswith('summarizer.') and '.cli' not in m]\n"
        f"heavy = [m for m in {HEAVY.split()!r} if m in sys.modules]\n"
        "print(code, ours, heavy, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stderr == "0 ['summarizer.controls', 'summarizer.errors'] []\n"
    for name, entry in COMMANDS.items():
        assert f"  {name} " in done.stdout
        assert entry.help in " ".join(done.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_called_the_same_in_both_places(name: str) -> None:
    command = typer.main.get_command(import_module(f"summarizer.cli.{COMMANDS[name].module}").app)
    assert command.help
    assert command.help.replace("\n", " ").startswith(COMMANDS[name].help.rstrip("."))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, run_program: Run) -> None:
    done = run_program(name, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: summarizer {name}")
    assert done.stderr == ""


def test_version(run_program: Run) -> None:
    done = run_program("--version")
    assert (done.returncode, done.stdout) == (0, f"summarizer {__version__}\n")


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ([], "Usage"),
        (["sumarize"], "summarize"),
        (["nonsense"], "nonsense"),
        (["summarize"], "INPUT"),
        (["summarize", "a.txt", "--nonsense"], "--nonsense"),
        (["summarize", "a.txt", "--format", "pdf"], "pdf"),
        (["summarize", "a.txt", "--model"], "--model"),
        (["models", "pull"], "NAME"),
        (["models", "nonsense"], "nonsense"),
        (["serve", "--port", "99999"], "--port"),
        (["--jobs", "3"], "--jobs"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what(
    args: list[str], word: str, run_program: Run
) -> None:
    done = run_program(*args)
    assert done.returncode == 2
    assert word in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_schema_is_json_on_standard_output(run_program: Run) -> None:
    done = run_program("schema", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["title"] == "Record"


def test_a_closed_pipe_is_quiet(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "summarizer", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode != 0


def fail_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> dict[str, object]:
        raise error

    monkeypatch.setattr("summarizer.record.record_schema", fail)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("is wrong", where="a:3", hint="Do so."), 2, "error: a:3: is wrong\n  Do so.\n"),
        (SummarizerError("broke"), 1, "error: broke\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
    ],
)
def test_each_end_has_its_code_and_message(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fail_with(error, monkeypatch)
    with pytest.raises(SystemExit) as end:
        main(["schema"])
    assert end.value.code == code
    assert capsys.readouterr() == ("", said)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_of_the_program_shows_its_trace_only_when_asked(
    debug: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail_with(ZeroDivisionError("by\nnothing"), monkeypatch)
    with pytest.raises(SystemExit) as end:
        main([*(["--debug"] if debug else []), "schema"])
    assert end.value.code == 1
    said = capsys.readouterr().err
    assert ("Traceback" in said) is debug
    assert ("--debug" in said) is not debug
    assert "error: unexpected ZeroDivisionError: by nothing\n" in said


def test_no_control_character_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    messages.error(UsageError("no\x1b[2J such\rfile", where="\x9b\x07x"), name="a\tb")
    said = capsys.readouterr().err
    assert said == "error: a?b: ??x: no?[2J such?file\n"
