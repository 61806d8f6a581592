"""Completion in the shells themselves, from the scripts that the program gives them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these shells are not there", allow_module_level=True)

import pty


@pytest.fixture
def shell(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Variables with `summarizer` on the path, and `./prompts` with a prompt of one's own."""
    program = tmp_path / "bin" / "summarizer"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m summarizer "$@"\n')
    program.chmod(0o755)
    return environment | {"PATH": f"{program.parent}{os.pathsep}{environment['PATH']}"}


def needs(name: str) -> str:
    """The path of a shell; in CI it has to be there."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"`{name}` is not installed")
        pytest.skip(f"`{name}` is not installed")
    return found


def bash(line: str, variables: dict[str, str]) -> list[str]:
    words = line.split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    script = (
        'eval "$(_SUMMARIZER_COMPLETE=source_bash summarizer)"; '
        f"COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}; "
        '_summarizer_completion summarizer; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return _lines([needs("bash"), "--norc", "-c", script], variables)


def fish(line: str, variables: dict[str, str]) -> list[str]:
    script = f'_SUMMARIZER_COMPLETE=source_fish summarizer | source; complete -C "{line}"'
    found = _lines([needs("fish"), "--no-config", "-c", script], variables)
    return [line.partition("\t")[0] for line in found]


def _lines(command: list[str], variables: dict[str, str]) -> list[str]:
    done = subprocess.run(
        command, env=variables, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


LINES = [
    ("summarizer summarize --verb", ["--verbose"]),
    ("summarizer summ", ["summarize"]),
    ("summarizer summarize a.txt --prompt gr", ["grounded"]),
    ("summarizer summarize a.txt --model smol", ["smollm2-135m-instruct-q4_1"]),
    ("summarizer models pull smol", ["smollm2-135m-instruct-q4_1"]),
    ("summarizer prompts show sin", ["single"]),
    ("summarizer explain r.json meet", ["meetings"]),
]


@pytest.mark.parametrize(("line", "offered"), LINES)
def test_bash(shell: dict[str, str], line: str, offered: list[str]) -> None:
    assert bash(line, shell) == offered


@pytest.mark.parametrize(("line", "offered"), LINES[2:4])
def test_fish(shell: dict[str, str], line: str, offered: list[str]) -> None:
    assert fish(line, shell) == offered


def test_zsh(shell: dict[str, str], tmp_path: Path) -> None:
    """Zsh completes only where somebody types."""
    zsh = needs("zsh")
    child, handle = pty.fork()
    if child == 0:
        try:
            os.chdir(tmp_path)
            variables = shell | {"PS1": "> ", "TERM": "dumb", "ZDOTDIR": str(tmp_path)}
            os.execve(zsh, ["zsh", "-f", "-i"], variables)
        finally:
            os._exit(127)
    try:
        setup = (
            "unsetopt zle_bracketed_paste; autoload -Uz compinit && compinit -u -D; "
            'eval "$(_SUMMARIZER_COMPLETE=source_zsh summarizer)"; echo rea""dy\n'
        )
        os.write(handle, setup.encode())
        _until(handle, b"ready\r\n")
        os.write(handle, b"summarizer summarize a.txt --prompt gr\t")
        _until(handle, b"ounded")
        os.write(handle, b"\x15exit\n")
    finally:
        os.close(handle)
        os.waitpid(child, 0)


def _until(handle: int, expected: bytes) -> None:
    """Read what the terminal shows until the words are there; an end before that is an error."""
    seen = b""
    while expected not in seen:
        seen += os.read(handle, 4096)


def test_a_prompt_of_ones_own_is_offered_and_a_hostile_name_is_not(
    shell: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = Path(__file__).parents[2] / "prompts" / "single.md"
    Path("prompts").mkdir()
    for name in ("mine", "mi\x1b[31mne"):
        shutil.copy(source, Path("prompts") / f"{name}.md")
    assert bash("summarizer summarize a.txt --prompt mi", shell) == ["mine"]
