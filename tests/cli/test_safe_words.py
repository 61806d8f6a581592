"""Names of files, words of prompts and of servers: none of them steers the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Run

ATTACK = "\x1b]0;title\x07\x1b[2J"
PROMPT = """---
name: mine
version: "1"
description: "one \\e[31m call"
asks: [record]
system: "Be \\e[2J brief."
parameters: {{temperature: 0}}
---
{attack}\t{{{{ article }}}} می‌شود
"""


@pytest.fixture
def prompt(work: Path) -> str:
    (work / "prompts").mkdir()
    path = Path("prompts") / f"mine{ATTACK.replace('/', '')}.md"
    (work / path).write_text(PROMPT.format(attack=ATTACK), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "words",
    [
        ["prompts", "list"],
        ["prompts", "show", "PROMPT"],
        ["prompts", "check", "PROMPT"],
        ["prompts", "diff", "PROMPT", "grounded"],
        ["prompts", "new", "x", "--from", "PROMPT"],
        ["doctor", "--prompt", "PROMPT", "--model", "gpt-4o"],
        ["runs", "list"],
        ["runs", "show", "RUN"],
        ["models", "path", f"a{ATTACK}.gguf"],
        ["explain", f"a{ATTACK}.json", "persons"],
        ["summarize", f"a{ATTACK}.txt", "--explain", f"per{ATTACK}"],
    ],
)
def test_nothing_steers_the_terminal(
    run_program: Run, work: Path, prompt: str, words: list[str]
) -> None:
    run = f"a{ATTACK}.jsonl"
    if words[0] == "runs":
        made = run_program(
            "summarize", "none.txt", f"gone{ATTACK}.txt", "--out", run, "--model", "smollm2-135m"
        )
        assert made.returncode == 3
        assert "\x1b" not in made.stderr and "\x07" not in made.stderr
    done = run_program(*[{"PROMPT": prompt, "RUN": run}.get(word, word) for word in words])
    assert done.returncode in (0, 2, 5)
    both = done.stdout + done.stderr
    assert both and not {"\x1b", "\x07"} & set(both)
    assert "?]0;title??[2J" in both or words[:2] == ["prompts", "list"] or "new" in words


def test_the_words_of_a_prompt_are_shown_as_they_are(run_program: Run, work: Path) -> None:
    text = PROMPT.format(attack="\x9b2J").replace("\\e", "")
    (work / "mine.md").write_text(text, encoding="utf-8")
    done = run_program("prompts", "show", "./mine.md")
    assert done.returncode == 0, done.stderr
    shown = done.stdout
    assert "?2J\t{{ article }} می‌شود" in shown
