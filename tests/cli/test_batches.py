"""The provider's batch interface, through the real client on a real socket."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batch_stand_in import Provider
from reports import write_reports
from stand_in import MARK

from summarizer.cli import main
from summarizer.run import LedgerReader

KEY = "sk-test-0123456789abcdef"
ARTICLES = 5
Command = Callable[..., int]


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def same(path: Path) -> list[dict[str, Any]]:
    """The records without what differs between two runs."""
    found = records(path)
    for record in found:
        for name in ("created", "seconds", "usage"):
            del record["provenance"][name]
    return found


def is_about(body: dict[str, Any], number: int) -> bool:
    return f"{MARK}{number}." in json.dumps(body)


@pytest.fixture
def run(
    in_process: None, work: Path, run_program: object, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """`run(*words)`: the exit code of the program, in a folder with some reports."""
    monkeypatch.chdir(work)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SUMMARIZER_BATCH_POLL", "0.01")
    write_reports(work / "reports.jsonl", ARTICLES)

    def do(*words: str) -> int:
        with pytest.raises(SystemExit) as end:
            main(words)
        return int(end.value.code or 0)

    return do


@pytest.fixture
def batch(run: Command) -> Command:
    """`batch(url, *options)`: the run through batches, to its end."""
    given = ["summarize", "reports.jsonl", "--model", "m", "--out", "out.jsonl"]
    return lambda url, *more: run(*given, "--engine", "openai-batch", "--base-url", url, *more)


@pytest.fixture
def priced(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A price for the stand-in: a dollar for a thousand tokens, half of it in batches."""
    (work / "prices.toml").write_text(
        '[[prices]]\nhosts = ["127.0.0.1"]\nsource = "contract"\ndate = 2026-01-01\nbatch = 0.5\n'
        "[prices.models]\nm = {input = 1000, output = 1000}\n"
    )
    monkeypatch.setenv("SUMMARIZER_PRICES", "prices.toml")


def test_the_records_are_those_of_a_local_run_and_nothing_is_paid_twice(
    run: Command, batch: Command, work: Path, priced: None, capsys: pytest.CaptureFixture[str]
) -> None:
    provider = Provider(looks=2)
    with provider.serving() as url:
        assert batch(url) == 0
        said = capsys.readouterr()
        assert said.out == ""
        assert "they go on if this is ended" in said.err
        assert set(provider.billed.values()) == {1}
        assert provider.live == 1  # what found out how the server is spoken to
        assert batch(url) == 0
        assert f"{ARTICLES} of {ARTICLES} were answered before" in capsys.readouterr().err
        rounds = len(provider.batches)
        local = ["reports.jsonl", "--base-url", url, "--model", "m", "--out", "local.jsonl"]
        assert run("summarize", *local, "--no-cache") == 0
        assert len(provider.batches) == rounds
    assert same(work / "out.jsonl") == same(work / "local.jsonl")
    usages = zip(records(work / "out.jsonl"), records(work / "local.jsonl"), strict=True)
    for ours, theirs in usages:
        ours, theirs = (one["provenance"]["usage"] for one in (ours, theirs))
        assert ours["cost_usd"] == pytest.approx(theirs["cost_usd"] / 2)
        assert {**ours, "cost_usd": 0} == {**theirs, "cost_usd": 0}
    with LedgerReader(work / "out.jsonl.ledger") as ledger:
        usage, cost = ledger.spent()
        assert cost == pytest.approx(usage.tokens * 0.0005)
        assert ledger.states() == {"ok": ARTICLES}
        assert ledger.runs()[-1].ending == "finished"
    files = [path for path in work.parent.rglob("*") if path.is_file()]
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []


def test_files_keep_to_the_limits(
    batch: Command, monkeypatch: pytest.MonkeyPatch, work: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_BATCH_SIZE", "2")
    provider = Provider()
    with provider.serving() as url:
        assert batch(url) == 0
        inputs = [provider.files[b["input_file_id"]] for b in provider.batches.values()]
        assert max(content.count(b"\n") for content in inputs) == 2
        assert len(inputs) > ARTICLES / 2
        one = max(map(len, inputs[0].splitlines()))
        monkeypatch.setenv("SUMMARIZER_BATCH_SIZE", "50000")
        monkeypatch.setattr("summarizer.run.batch_crew.MOST_BYTES", one + 100)
        (work / "out.jsonl.ledger").unlink()
        assert batch(url, "--restart") == 0  # all of it lies in the cache
        assert len(provider.batches) == len(inputs)
        monkeypatch.setenv("XDG_CACHE_HOME", str(work / "other"))
        assert batch(url, "--restart") == 0
        later = list(provider.batches.values())[len(inputs) :]
    assert {provider.files[b["input_file_id"]].count(b"\n") for b in later} == {1}


def test_what_expires_or_passes_is_asked_again_and_what_lasts_is_told(
    batch: Command, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: Counter[str] = Counter()
    lasting = True

    def fault(body: dict[str, Any]) -> tuple[int, str] | str | None:
        seen[str(body["messages"])] += 1
        if is_about(body, 1) and seen[str(body["messages"])] == 1:
            return 500, "try again"
        if is_about(body, 2) and lasting:
            return 400, "this is no request"
        return None

    provider = Provider(expires=frozenset({0}), fails=frozenset({2}), fault=fault)
    with provider.serving() as url:
        assert batch(url) == 3
        said = capsys.readouterr().err
        assert "reports.jsonl#2: 127.0.0.1" in said and "HTTP 400: this is no request" in said
        assert set(provider.billed.values()) == {1}
        with LedgerReader(work / "out.jsonl.ledger") as ledger:
            assert ledger.states() == {"ok": ARTICLES - 1, "transport": 1}
        statuses = [one["status"] for one in provider.batches.values()]
        assert statuses[0] == "expired" and statuses[2] == "failed"
        lasting = False
        assert batch(url) == 0
        assert set(provider.billed.values()) == {1}


def test_what_never_gets_an_answer_is_given_up(
    batch: Command, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    provider = Provider(fails=frozenset(range(99)))
    with provider.serving() as url:
        assert batch(url) == 3
    assert len(provider.batches) == 3
    assert "too many tokens are enqueued" in capsys.readouterr().err
    with LedgerReader(work / "out.jsonl.ledger") as ledger:
        assert ledger.states() == {"transport": ARTICLES}


def test_a_budget_holds_before_anything_is_sent(
    batch: Command, work: Path, priced: None, capsys: pytest.CaptureFixture[str]
) -> None:
    provider = Provider()
    with provider.serving() as url:
        assert batch(url, "--max-cost", "2") == 6
        assert "US dollars are spent" in capsys.readouterr().err
        with LedgerReader(work / "out.jsonl.ledger") as ledger:
            _, cost = ledger.spent()
            assert cost is not None and cost < 2
            assert ledger.states()["budget"] > 0
        assert batch(url) == 0
    assert set(provider.billed.values()) == {1}


def test_one_step_at_a_time(run: Command, work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    provider = Provider(looks=3)
    with provider.serving() as url:
        submit = ["batch", "submit", "out.jsonl", "reports.jsonl", "--base-url", url]
        submit += ["--model", "m"]
        assert run(*submit) == 0
        assert not (work / "out.jsonl").exists()
        assert run("batch", "status", "out.jsonl") == 0
        assert f"batch_0  in_progress, 0 of {ARTICLES}" in capsys.readouterr().out
        assert run("batch", "cancel", "out.jsonl") == 0
        assert "batch_0  cancelled" in capsys.readouterr().out
        assert run("batch", "collect", "out.jsonl") == 0
        assert "2 answers taken in" in capsys.readouterr().err
        provider.looks = 1
        for _ in range(9):
            assert run(*submit) == 0
        assert len(records(work / "out.jsonl")) == ARTICLES
        assert run("batch", "status", "out.jsonl") == 0
        assert "batch_0  cancelled, " in capsys.readouterr().out
    assert set(provider.billed.values()) == {1}
    assert run("batch", "status", "none.jsonl") == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--out", "o.jsonl"], "a local model has no batches"),
        (["--base-url", "http://127.0.0.1:1/v1", "--model", "m"], "entered in a ledger"),
        (
            ["--base-url", "http://127.0.0.1:1/v1", "--model", "m", "--out=o.jsonl", "--no-cache"],
            "are kept in the cache",
        ),
        (["-", "--out", "o.jsonl"], "standard input only once"),
    ],
)
def test_what_cannot_be_done_in_rounds(
    words: list[str], says: str, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("summarize", "reports.jsonl", "--engine", "openai-batch", *words) == 2
    assert says in capsys.readouterr().err


def test_killed_between_every_two_steps(
    run: Command, work: Path, environment: dict[str, str]
) -> None:
    steps = [
        f"{when}{what}"
        for what in ("create file", "create batch", "look", "content")
        for when in ("", "after ")
    ]
    steps += ["list files", "list batches"]
    provider = Provider(deaths=list(steps))
    variables = environment | {"SUMMARIZER_BATCH_POLL": "0.01"}
    with provider.serving() as url:
        command = [sys.executable, "-m", "summarizer", "summarize", "reports.jsonl"]
        command += ["--base-url", url, "--model", "m", "--out", "out.jsonl"]
        command += ["--engine", "openai-batch"]
        for _ in range(len(steps) + 2):
            with subprocess.Popen(
                command, cwd=work, env=variables, stderr=subprocess.PIPE, text=True
            ) as process:
                provider.client = process.pid
                _, said = process.communicate()
            if process.returncode == 0:
                break
            assert process.returncode == -9, said
    assert process.returncode == 0
    assert sorted(provider.died) == sorted(steps)
    assert len(records(work / "out.jsonl")) == ARTICLES
    assert set(provider.billed.values()) == {1}
    # What the ledger counts is what was paid: each answer once, in whichever run it was taken in.
    with LedgerReader(work / "out.jsonl.ledger") as ledger:
        spent, _ = ledger.spent()
    usages = [record["provenance"]["usage"] for record in records(work / "out.jsonl")]
    assert spent.prompt_tokens - provider.probed == sum(one["prompt_tokens"] for one in usages)
