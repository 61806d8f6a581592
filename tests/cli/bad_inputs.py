"""Bad inputs, tried through the front door; docs/reliability.md lists them and what each gave."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

TEXT = "President Ana Rojas met Premier Ola Berg in Oslo on May 4.\n"
PAGE = "<html><body><p>" + "Anna Lind met Pedro Sousa in Oslo on Monday. " * 9 + "</p></body></html>"
DEAD = ("--base-url", "http://127.0.0.1:9/v1", "--model", "m")
OUT = ("a.txt", "--out", "out.jsonl")

Prepare = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """One thing that is wrong.

    Args:
        name: what it is, for people.
        args: of `summarizer summarize`, or of another command that comes first.
        code: the exit code.
        says: words of the message; empty where nothing is wrong after all.
        prepare: makes the files, in a folder that has `a.txt` already.
        variables: of the environment.
        stdin: what standard input gives.
        as_root: whether the case means anything to root, who may read and write everything.
    """

    name: str
    args: tuple[str, ...]
    code: int
    says: str
    prepare: Prepare = lambda folder: None
    variables: Mapping[str, str] = field(default_factory=dict)
    stdin: str = ""
    as_root: bool = True


def write(name: str, content: bytes | str) -> Prepare:
    """Makes one file."""

    def prepare(folder: Path) -> None:
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    return prepare


def _newer(name: str) -> Prepare:
    def prepare(folder: Path) -> None:
        with closing(sqlite3.connect(folder / name)) as database:
            database.execute("PRAGMA user_version = 99")

    return prepare


def _no_access(folder: Path) -> None:
    (folder / "b.txt").write_text(TEXT)
    (folder / "b.txt").chmod(0)


def _read_only(folder: Path) -> None:
    (folder / "locked").mkdir()
    (folder / "locked").chmod(0o500)


def _loop(folder: Path) -> None:
    (folder / "b.txt").symlink_to("b.txt")


def _prompt(name: str, content: str) -> Prepare:
    return write(f"{name}.md", content)


def _line(**values: object) -> str:
    return json.dumps(values) + "\n"


_FRONT = "---\nname: p\nversion: '1'\ndescription: d\nasks: [record]\n---\n"

CASES: tuple[Case, ...] = (
    Case("a file that is not there", ("b.txt",), 2, "does not exist"),
    Case("an empty file", ("b.txt",), 2, "empty", write("b.txt", b"")),
    Case("nothing but white space", ("b.txt",), 2, "b.txt", write("b.txt", b" \n\t\r\n")),
    Case("a binary file", ("b.txt",), 2, "b.txt", write("b.txt", bytes(range(256)) * 20)),
    Case("a picture with a text's name", ("b.txt",), 2, "b.txt",
         write("b.txt", b"\x89PNG\r\n\x1a\n" + bytes(200))),
    Case("UTF-16 cut in the middle of a letter", ("b.txt",), 2, "b.txt",
         write("b.txt", TEXT.encode("utf-16")[:-1])),
    Case("a text larger than the limit", ("b.txt",), 2, "larger than",
         write("b.txt", b"Lind met Sousa. " * 700_000)),
    Case("a file that may not be read", ("b.txt",), 2, "cannot be read", _no_access,
         as_root=False),
    Case("a link to itself", ("b.txt",), 2, "cannot be read", _loop),
    Case("a folder without articles", ("empty",), 2, "holds no articles",
         lambda folder: (folder / "empty").mkdir()),
    Case("empty standard input", ("-",), 2, "standard input"),
    Case("an empty JSON Lines file", ("b.jsonl",), 2, "no article", write("b.jsonl", b"")),
    Case("a line that is not JSON", ("b.jsonl",), 2, "b.jsonl:1: is not JSON",
         write("b.jsonl", "{]\n")),
    Case("a line that is no object", ("b.jsonl",), 2, "is not a JSON object",
         write("b.jsonl", "[1]\n")),
    Case("a line without a text", ("b.jsonl",), 2, "has no `text`",
         write("b.jsonl", _line(id="1"))),
    Case("a line whose text is a number", ("b.jsonl",), 2, "`text` has the wrong type",
         write("b.jsonl", _line(text=7))),
    Case("a line with half of a surrogate pair", ("b.jsonl",), 2, "b.jsonl:1",
         write("b.jsonl", '{"text": "\\ud800 Lind met Sousa."}\n')),
    Case("a line nested ten thousand deep", ("b.jsonl",), 2, "b.jsonl:1",
         write("b.jsonl", '{"text":' + "[" * 10_000 + "\n")),
    Case("a line with a date that no calendar has", ("b.jsonl",), 2, "is not a date",
         write("b.jsonl", _line(text=TEXT, published="2024-02-30"))),
    Case("a line that is not UTF-8", ("b.jsonl",), 2, "is not UTF-8",
         write("b.jsonl", b'{"text": "Z\xfcrich"}\n')),
    Case("front matter and no article", ("b.md",), 2, "no article",
         write("b.md", "---\ntitle: x\n---\n")),
    Case("a page without a text", ("b.html",), 2, "b.html",
         write("b.html", "<html><body><script>1</script></body></html>")),
    Case("`--published` that is no date", ("a.txt", "--published", "yesterday"), 2, "--published"),
    Case("an unknown form", ("a.txt", "--format", "xml"), 2, "--format"),
    Case("an output of unknown form", ("a.txt", "--out", "x.csv"), 2, "`.csv` is no form"),
    Case("an output that is an input", ("b.md", "--out", "b.md"), 2, "is one of the inputs",
         write("b.md", TEXT)),
    Case("an output below a file", ("a.txt", "--out", "a.txt/x.json", *DEAD), 2,
         "cannot be written"),
    Case("an output in a folder that may not be written",
         ("a.txt", "--out", "locked/x.json", *DEAD), 2, "cannot be written", _read_only,
         as_root=False),
    Case("a ledger of a newer version", (*OUT, *DEAD), 2, "newer version",
         _newer("out.jsonl.ledger")),
    Case("a ledger that is no database", (*OUT, *DEAD), 2, "no ledger, or a damaged one",
         write("out.jsonl.ledger", b"no database" * 500)),
    Case("a cache that is no database", ("cache", "info"), 2, "no cache, or a damaged one",
         write("home/summarizer/answers.db", b"no database" * 500)),
    Case("no jobs", ("a.txt", "--jobs", "0"), 2, "--jobs"),
    Case("no number of tokens", ("a.txt", "--max-tokens-total", "many"), 2, "--max-tokens-total"),
    Case("money limited where the price is not known", ("a.txt", *DEAD, "--max-cost", "1"), 2,
         "is not known"),
    Case("prices that are no numbers", ("a.txt", *DEAD), 2, "prices[0].models.m.output",
         write("p.toml", '[[prices]]\nhosts = ["h"]\nsource = "s"\ndate = 2026-01-01\n'
               '[prices.models]\nm = {input = 1, output = "two"}\n'),
         {"SUMMARIZER_PRICES": "p.toml"}),
    Case("an unknown prompt", ("a.txt", "--prompt", "nonsense"), 2, "nonsense"),
    Case("a prompt without front matter", ("a.txt", "--prompt", "./p.md"), 2, "p.md",
         _prompt("p", "Read {{ article }}.")),
    Case("a prompt with a variable that is not given", ("a.txt", "--prompt", "./p.md"), 2, "p.md",
         _prompt("p", _FRONT + "Read {{ article }} {{ secrets }}.")),
    Case("a prompt that includes a file", ("a.txt", "--prompt", "./p.md"), 2, "include",
         _prompt("p", _FRONT + "{{ article }} {% include '/etc/passwd' %}")),
    Case("a prompt with a broken template", ("a.txt", "--prompt", "./p.md"), 2, "p.md:",
         _prompt("p", _FRONT + "{{ article }\n{% if %}")),
    Case("an unknown model", ("a.txt", "--model", "nonsense"), 2, "nonsense"),
    Case("weights that are none", ("a.txt", "--model", "w.gguf"), 5, "not a GGUF file",
         write("w.gguf", "no weights")),
    Case("weights that are not on this machine", ("a.txt",), 5, "models pull"),
    Case("a hosted model without a key", ("a.txt", "--model", "gpt-4o-mini"), 5,
         "OPENAI_API_KEY"),
    Case("an address without a model", ("a.txt", "--base-url", "http://127.0.0.1:9/v1"), 2,
         "--model"),
    Case("an address that is none", ("a.txt", "--base-url", "127.0.0.1:9", "--model", "m"), 2,
         "base URL"),
    Case("an address with a password", ("a.txt", "--base-url", "http://u:p@h/v1", "--model", "m"),
         2, "name or password"),
    Case("an address where nothing listens", ("a.txt", *DEAD), 5, "cannot be reached"),
    Case("an unknown setting in the project file", ("a.txt",), 2, "summarizer.toml:1",
         write("summarizer.toml", "modle = 'x'\n")),
    Case("a key in the project file", ("a.txt",), 2, "does not belong in a file",
         write("summarizer.toml", "api_key = 'sk-0'\n")),
    Case("a project file that is not TOML", ("a.txt",), 2, "is not TOML",
         write("summarizer.toml", "[[[\n")),
    Case("a page of this machine", ("http://127.0.0.1:8000/x",), 2, "127.0.0.1"),
    Case("a page of this machine, written as a number", ("http://2130706433/x",), 2, "2130706433"),
    Case("a page of a private network", ("http://192.168.1.1/",), 2, "192.168.1.1"),
    Case("the address of a cloud's secrets", ("http://169.254.169.254/latest/",), 2,
         "169.254.169.254"),
    Case("a page with a password in its address", ("https://u:p@example.org/",), 2, "example.org"),
    Case("a port where no web server is", ("http://example.org:25/",), 2, "25"),
    Case("a ledger that is not there", ("runs", "show", "none.jsonl"), 2, "no such ledger"),
    Case("a folder without ledgers", ("runs", "list", "."), 2, "holds no ledger"),
)  # fmt: skip


def arguments(case: Case) -> list[str]:
    """The arguments of the program."""
    commands = ("cache", "runs")
    return [*case.args] if case.args[0] in commands else ["summarize", *case.args]


def applies(case: Case) -> bool:
    """Whether the case means anything to whoever runs this."""
    return case.as_root or not hasattr(os, "geteuid") or os.geteuid() != 0
