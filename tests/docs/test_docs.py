"""The README and the pages: what is generated is fresh, what is shown as a command works."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
import yaml

from summarizer.record import Record, dump_record

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!<?https?:)(?P<path>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


class Block(NamedTuple):
    """A fenced block: `info` is what stands behind the fence."""

    page: str
    info: str
    code: str

    @property
    def language(self) -> str:
        return self.info.split()[0] if self.info.split() else ""


BLOCKS = [
    Block(page.name, found["info"], found["code"])
    for page in PAGES
    for found in _FENCE.finditer(page.read_text(encoding="utf-8"))
]
RUNNABLE = [block for block in BLOCKS if "runnable" in block.info.split()]


def names(blocks: list[Block]) -> list[str]:
    return [f"{block.page}-{number}" for number, block in enumerate(blocks)]


@pytest.fixture
def generate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    monkeypatch.chdir(ROOT)
    return import_module("generate")


def test_generated_parts_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_every_part_stands_on_a_page(generate: ModuleType) -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    used = set(re.findall(r"<!-- generated: ([\w-]+) -->", pages))
    assert used == {*generate.PARTS, *generate.MEASURED}
    assert pages.count("<!-- generated: ") == pages.count("<!-- end -->")


def test_a_part_is_replaced_and_the_rest_is_kept(generate: ModuleType) -> None:
    page = "a\n<!-- generated: layers -->\nold\n<!-- end -->\nb <!-- end -->\n"
    fresh = generate.rewritten(page, {"layers": lambda: "new\n"})
    assert fresh == "a\n<!-- generated: layers -->\n\nnew\n\n<!-- end -->\nb <!-- end -->\n"
    assert generate.rewritten(fresh, {"layers": lambda: "new"}) == fresh
    assert generate.rewritten(page, {"layers": lambda: None}) == page
    assert generate.rewritten(page, {}) == page


def test_a_part_that_nothing_makes_is_an_error(generate: ModuleType) -> None:
    with pytest.raises(KeyError, match="`wonders`"):
        generate.rewritten("<!-- generated: wonders -->\n<!-- end -->\n", generate.PARTS)


def test_check_writes_nothing_and_names_the_stale_page(
    generate: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = "<!-- generated: layers -->\nold\n<!-- end -->\n"
    (tmp_path / "README.md").write_text(page, encoding="utf-8")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == "README.md is out of date: `make docs`\n"
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == page
    assert generate.main([]) == 0
    assert capsys.readouterr().out == "README.md written\n"
    assert generate.main(["--check"]) == 0


def test_measured_parts_come_from_what_was_measured(
    generate: ModuleType, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = import_module("parts")
    for module in (parts, import_module("shown")):
        monkeypatch.setattr(module, "BUILD", tmp_path)
    assert parts.seed_record() is None
    assert parts.benchmark("some_speed") is None
    (tmp_path / "seed.json").write_text(dump_record(record), encoding="utf-8")
    assert "Anna Lind" in parts.seed_record()
    kept = {"caption": "Said.", "columns": ["a", "b"], "rows": [["1", "2"]]}
    kept |= {"machine": "2 cores", "date": "2024-01-31"}
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "some_speed.json").write_text(json.dumps(kept), encoding="utf-8")
    assert parts.benchmark("some_speed") == (
        "Said.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\nMeasured on 2024-01-31: 2 cores."
    )


@pytest.mark.parametrize("block", RUNNABLE, ids=names(RUNNABLE))
def test_a_runnable_block_runs(block: Block, tmp_path: Path) -> None:
    """In a folder with the seeds and nothing else, as someone who has set nothing."""
    work, commands = tmp_path / "work", tmp_path / "bin"
    commands.mkdir()
    shutil.copytree(ROOT / "seeds", work / "seeds")
    program = commands / "summarizer"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m summarizer "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SUMMARIZER_", "OPENAI_"))}
    own = {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
    }
    starts = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}
    done = subprocess.run(
        [*starts[block.language], block.code],
        cwd=work,
        env=kept | own,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_some_blocks_of_both_kinds_run() -> None:
    assert {block.language for block in RUNNABLE} == {"sh", "python"}


@pytest.mark.parametrize("block", BLOCKS, ids=names(BLOCKS))
def test_a_block_is_what_it_says(block: Block) -> None:
    match block.language:
        case "python":
            ast.parse(block.code)
        case "toml":
            tomllib.loads(block.code)
        case "yaml":
            assert list(yaml.safe_load_all(block.code))
        case "sh":
            subprocess.run(["bash", "-n", "-c", block.code], check=True)
        case language:
            assert language in ("text", "mermaid", "json", "markdown", "sql")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    for found in _LINK.finditer(page.read_text(encoding="utf-8")):
        assert (page.parent / found["path"]).exists(), found[0]


def test_the_readme_links_every_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name})" in readme
