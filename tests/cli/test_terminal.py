"""What a person sees: the program in a real pseudo-terminal of one width and kind."""

from __future__ import annotations

import json
import os
import re
import struct
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

import fcntl
import pty
import termios

if TYPE_CHECKING:
    from .conftest import Run, Server

Terminal = Callable[..., tuple[int, str]]
_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TEXT = (
    "On March 3, Norwegian Foreign Minister Anna Lind met Admiral Pedro Sousa of Brazil in Oslo. "
    "They discussed military cooperation, maritime security and joint fishery patrols.\n\n"
    "“We will send 12 ships, and they will sail in May,” Lind said. Sousa noted that the plan "
    "meets the needs of both navies.\n"
)
CHINESE = (
    "新华社北京2月1日电 外交部长王毅1日在北京会见了挪威外交大臣。王毅说：“中方愿同挪威加强合作。”\n"
)
ARABIC = (
    "التقى وزير الخارجية أيمن الصفدي في عمّان نظيره التونسي. "
    "وقال الصفدي: «سَنُواصل التعاون بين البلدين».\n"
)


@pytest.fixture
def terminal(environment: dict[str, str], work: Path, run_program: Run) -> Terminal:
    """`terminal(*args, columns=80, **variables)`: the exit code and all that the terminal got."""

    def run(*args: str, columns: int = 80, **variables: str) -> tuple[int, str]:
        given = {k: v for k, v in environment.items() if k not in ("COLUMNS", "NO_COLOR", "TERM")}
        given |= {"TERM": "xterm-256color", "PYTHONWARNINGS": "ignore"} | variables
        child, handle = pty.fork()
        if child == 0:
            try:
                os.chdir(work)
                size = struct.pack("HHHH", 24, columns, 0, 0)
                fcntl.ioctl(1, termios.TIOCSWINSZ, size)
                errors = os.open(os.devnull, os.O_WRONLY)
                os.dup2(errors, 2)
                os.execve(sys.executable, [sys.executable, "-m", "summarizer", *args], given)
            finally:
                os._exit(127)
        received = b""
        while True:
            try:
                chunk = os.read(handle, 65_536)
            except OSError:  # Linux says so that the other side is closed
                break
            if not chunk:
                break
            received += chunk
        os.close(handle)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, received.decode("utf-8").replace("\r\n", "\n")

    return run


def columns_of(line: str) -> int:
    """The columns that a line takes, told from Unicode's own tables."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return wide + sum(unicodedata.category(c) not in ("Mn", "Me", "Cf") for c in line)


@pytest.fixture
def asked(server: Server, work: Path) -> list[str]:
    """The words of a command that summarizes `a.txt` with an endpoint."""
    (work / "a.txt").write_text(TEXT, encoding="utf-8")
    return ["summarize", "a.txt", "--base-url", server.url, "--model", "example"]


@pytest.mark.parametrize("columns", [40, 80, 132])
def test_the_view_fits_the_window(terminal: Terminal, asked: list[str], columns: int) -> None:
    code, shown = terminal(*asked, columns=columns)
    assert code == 0
    assert "\x1b[" in shown
    lines = _STEERING.sub("", shown).splitlines()
    widest = max(map(columns_of, lines))
    assert widest <= columns
    assert columns > 80 or widest > columns // 2
    said = " ".join(" ".join(lines).split())
    assert "Anna Lind" in said and "XXXX-03-03" in said
    assert "“We will send 12 ships, and they will sail in May,”" in said


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(
    terminal: Terminal, asked: list[str], variables: dict[str, str]
) -> None:
    code, shown = terminal(*asked, **variables)
    assert code == 0 and "\x1b" not in shown and "Anna Lind" in shown
    assert "\x1b[" in terminal(*asked, NO_COLOR="")[1]


def test_piped_it_is_plain(run_program: Run, asked: list[str]) -> None:
    done = run_program(*asked)
    assert done.returncode == 0 and "\x1b" not in done.stdout and "Anna Lind" in done.stdout


@pytest.mark.parametrize(("text", "part"), [(CHINESE, "王毅"), (ARABIC, "الصفدي")])
@pytest.mark.parametrize("columns", [40, 61])
def test_wide_and_right_to_left_letters_stay_whole(
    terminal: Terminal, asked: list[str], work: Path, text: str, part: str, columns: int
) -> None:
    (work / "a.txt").write_text(text, encoding="utf-8")
    code, shown = terminal(*asked, "--verbose", columns=columns)
    assert code == 0
    lines = _STEERING.sub("", shown).splitlines()
    assert max(map(columns_of, lines)) <= columns
    assert part in "".join(lines)
    # No line begins with a sign that belongs on the letter before it, none reorders the next.
    starts = [line.lstrip()[0] for line in lines if line.strip()]
    assert not any(unicodedata.combining(c) for c in starts)
    assert not any(unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE") for c in shown)


# --- each call ----------------------------------------------------------------------------------


def test_verbose_tells_each_call(run_program: Run, asked: list[str], work: Path) -> None:
    first = run_program(*asked, "--verbose", "--format", "json")
    assert first.returncode == 0
    record = json.loads(first.stdout)
    lines = first.stderr.splitlines()
    assert len(lines) == record["provenance"]["usage"]["calls"] > 0
    form = r"a\.txt: \w+ +10 tokens read \(0 cached\), 5 written, \d+ ms, live"
    assert all(re.fullmatch(form, line) for line in lines), lines
    again = run_program(*asked, SUMMARIZER_VERBOSE="1")
    assert [line.split()[1] for line in again.stderr.splitlines()] == [
        line.split()[1] for line in lines
    ]
    assert all("from the answer cache" in line for line in again.stderr.splitlines())
    assert run_program(*asked).stderr == ""


def test_verbose_with_many_articles_in_several_processes(
    run_program: Run, asked: list[str], work: Path
) -> None:
    for number in range(3):
        (work / f"{number}.txt").write_text(TEXT + f"Number {number}.\n", encoding="utf-8")
    words = ["summarize", "0.txt", "1.txt", "2.txt", *asked[2:], "--verbose", "--jobs", "40"]
    done = run_program(*words, "--format", "jsonl", "--no-cache")
    assert done.returncode == 0
    told = [line for line in done.stderr.splitlines() if line.endswith("live")]
    assert {line.split(":")[0] for line in told} == {"0.txt", "1.txt", "2.txt"}
    calls = sum(json.loads(r)["provenance"]["usage"]["calls"] for r in done.stdout.splitlines())
    assert len(told) == calls


def test_verbose_tells_a_call_that_fails(
    run_program: Run, asked: list[str], server: Server
) -> None:
    assert run_program(*asked).returncode == 0  # so that it is known how the server is spoken to
    server.status = 400
    done = run_program(*asked, "--no-cache", "--verbose")
    assert done.returncode in (3, 5)
    assert "no answer: " in done.stderr.splitlines()[0]
