"""Runs over many articles as people start them, against a stand-in server on a real socket."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from chaos import check, counts, run_and_kill, stand_in
from reports import report, write_reports

from summarizer.run import LedgerReader

Run = Callable[..., subprocess.CompletedProcess[str]]
KEY = "sk-test-0123456789abcdef"


@pytest.fixture
def url() -> Iterator[str]:
    with stand_in() as address:
        yield address


@pytest.fixture
def summarize(run_program: Run, url: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`summarize(*args)` over `reports.jsonl` to `out.jsonl` with the stand-in server."""

    def run(*args: str, **variables: str) -> subprocess.CompletedProcess[str]:
        given = ["summarize", "reports.jsonl", "--base-url", url, "--model", "m"]
        return run_program(*given, "--out", "out.jsonl", *args, **variables)

    return run


def uris(path: Path) -> list[str]:
    return [record["article"]["uri"] for record in records(path)]


def first_done(out: Path) -> int:
    """How many inputs from the first on have their record; those behind a gap do not count."""
    path = Path(f"{out}.ledger")
    if not path.exists():
        return 0
    with LedgerReader(path) as ledger:
        return len(list(takewhile(lambda entry: entry.result is not None, ledger.entries())))


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_run_and_the_same_again(summarize: Run, run_program: Run, work: Path, url: str) -> None:
    write_reports(work / "reports.jsonl", 12)
    first = summarize("--jobs", "4")
    assert first.returncode == 0, first.stderr
    assert first.stdout == ""
    assert "12 records in out.jsonl" in first.stderr
    assert uris(work / "out.jsonl") == [f"reports.jsonl#{n}" for n in range(12)]
    asked, before = counts(url), (work / "out.jsonl").read_bytes()
    assert asked["answered_again"] == 0
    again = summarize()
    assert again.returncode == 0
    assert "12 of 12 were answered before" in again.stderr
    assert counts(url) == asked
    assert (work / "out.jsonl").read_bytes() == before
    # Anew, but for the cache.
    restarted = summarize("--restart")
    assert restarted.returncode == 0
    assert counts(url) == asked
    usage = records(work / "out.jsonl")[0]["provenance"]["usage"]
    assert usage["from_cache"] == usage["attempts"] > 0
    assert usage["prompt_tokens"] == 0
    paid = summarize("--restart", "--no-cache")
    assert paid.returncode == 0
    assert counts(url)["answered_again"] == asked["distinct"] - 1  # all but the probe


def test_an_edited_prompt_and_an_edited_article_are_new_work_and_said(
    summarize: Run, run_program: Run, work: Path, url: str
) -> None:
    write_reports(work / "reports.jsonl", 3)
    run_program("prompts", "new", "mine")
    assert summarize("--prompt", "mine").returncode == 0
    lines = (work / "reports.jsonl").read_text().splitlines()
    edited = json.loads(lines[1])
    edited["text"] = edited["text"].replace("Tuesday", "Monday")
    lines[1] = json.dumps(edited)
    (work / "reports.jsonl").write_text("\n".join(lines))
    asked = counts(url)["requests"]
    again = summarize("--prompt", "mine")
    assert "1 inputs are other articles than in the last run" in again.stderr
    assert "2 of 3 were answered before" in again.stderr
    assert counts(url)["requests"] > asked
    prompt = next((work / "prompts" / "mine").glob("report.md"))
    prompt.write_text(prompt.read_text() + "\nThink of the reader.\n")
    changed = summarize("--prompt", "mine")
    assert "the prompt `mine` has changed since the last run, so every" in changed.stderr
    assert "answered before" not in changed.stderr
    other = summarize("--prompt", "mine", "--model", "n")
    assert "the model is `n` instead of `m`" in other.stderr


def test_a_database_and_copies_of_one_article(run_program: Run, work: Path, url: str) -> None:
    for name in "abc":
        (work / f"{name}.txt").write_text(report(1))
    done = run_program(
        "summarize", ".", "--base-url", url, "--model", "m", "--out", "out.db", "--jobs", "3"
    )
    assert done.returncode == 0, done.stderr
    assert "2 of 3 were answered before" in done.stderr
    with closing(sqlite3.connect(work / "out.db")) as database:
        rows = database.execute("SELECT uri, record FROM records ORDER BY position").fetchall()
    assert [Path(uri).name for uri, _ in rows] == ["a.txt", "b.txt", "c.txt"]
    assert [json.loads(record)["article"]["uri"] for _, record in rows] == [uri for uri, _ in rows]


def test_token_budget_stops_with_6_and_the_same_command_goes_on(
    summarize: Run, run_program: Run, work: Path, url: str
) -> None:
    write_reports(work / "reports.jsonl", 8)
    stopped = summarize("--max-tokens-total", "2400", "--jobs", "1")
    assert stopped.returncode == 6, stopped.stderr
    assert "inputs skipped: " in stopped.stderr
    assert "of 2,400 tokens are spent" in stopped.stderr
    done = uris(work / "out.jsonl")
    assert 0 < len(done) < 8
    shown = run_program("runs", "show", "out.jsonl")
    assert f"{len(done)} ok" in shown.stdout
    assert f"{8 - len(done)} budget" in shown.stdout
    rest = summarize()
    assert rest.returncode == 0
    assert len(uris(work / "out.jsonl")) == 8
    assert counts(url)["answered_again"] == 0


def test_money(summarize: Run, run_program: Run, work: Path, url: str) -> None:
    write_reports(work / "reports.jsonl", 6)
    unknown = summarize("--max-cost", "1")
    assert unknown.returncode == 2
    assert "the price of `m` is not known" in unknown.stderr
    assert counts(url)["requests"] == 0
    (work / "prices.toml").write_text(
        f'[[prices]]\nhosts = ["{url.split("/")[2]}"]\nsource = "contract"\ndate = 2026-01-01\n'
        "[prices.models]\nm = {input = 1000, output = 2000}\n"
    )
    stopped = summarize("--max-cost", "2.4", "--jobs", "1", SUMMARIZER_PRICES="prices.toml")
    assert stopped.returncode == 6, stopped.stderr
    usage = records(work / "out.jsonl")[0]["provenance"]["usage"]
    expected = usage["prompt_tokens"] * 0.001 + usage["completion_tokens"] * 0.002
    assert usage["cost_usd"] == pytest.approx(expected)
    assert "USD" in run_program("runs", "show", "out.jsonl").stdout


def test_dry_run_estimates_and_asks_nothing(
    summarize: Run, run_program: Run, work: Path, url: str
) -> None:
    write_reports(work / "reports.jsonl", 5)
    guess = summarize("--dry-run")
    assert guess.returncode == 0, guess.stderr
    assert "articles  5 new, 0 answered before" in guess.stdout
    assert "cost      unknown" in guess.stdout
    assert counts(url)["requests"] == 0
    assert [path.name for path in work.iterdir()] == ["reports.jsonl"]
    assert summarize().returncode == 0
    calls = int(guess.stdout.split("about ")[1].split()[0])
    assert calls == counts(url)["answered"] - 1  # the probe
    assert "0 new, 5 answered before" in summarize("--dry-run").stdout


def test_what_fails_for_good_is_tried_again_on_request_only(run_program: Run, work: Path) -> None:
    with stand_in("--faults") as url:
        write_reports(work / "reports.jsonl", 150)
        command = ["reports.jsonl", "--base-url", url, "--model", "m"]
        first = run_program(
            "summarize", *command, "--out", "o.jsonl", "--jobs", "16", SUMMARIZER_TIMEOUT="2"
        )
        assert first.returncode == 3, first.stderr
        listed = run_program("runs", "list").stdout
        assert "o.jsonl  " in listed and "finished" in listed
        assert (
            "`lost` is no state" in run_program("runs", "show", "o.jsonl", "--state", "lost").stderr
        )
        cut = run_program("runs", "show", "o.jsonl", "--state", "truncated").stdout
        assert cut.count("the answer was cut before its end") == 4
        assert "the answer was wrong" not in cut
        before = counts(url)["requests"]
        assert run_program("summarize", *command, "--out", "o.jsonl").returncode == 3
        assert counts(url)["requests"] == before
        again = run_program(
            "runs", "retry", "o.jsonl", *command[:1], "--state", "truncated", *command[1:]
        )
        assert again.returncode == 3
        assert counts(url)["requests"] > before


@pytest.mark.usefixtures("run_program")
def test_killed_again_and_again_over_a_server_that_fails(
    work: Path, environment: dict[str, str]
) -> None:
    articles, kills, jobs = 80, 5, 8
    with stand_in("--faults", "--latency", "0.05") as url:
        reports, out = work / "reports.jsonl", work / "out.jsonl"
        write_reports(reports, articles)
        command = [sys.executable, "-m", "summarizer", "summarize", str(reports)]
        command += ["--base-url", url, "--model", "m", "--out", str(out), "--jobs", str(jobs)]
        killed = run_and_kill(command, environment | {"SUMMARIZER_TIMEOUT": "2"}, kills, 6.0)
        wrong = check(out, counts(url), articles=articles, kills=killed, jobs=jobs)
    assert wrong == []
    assert sorted(path.name for path in work.iterdir() if path.suffix == ".part") == []


def test_worker_processes_give_the_same_and_die_with_the_program(
    run_program: Run, work: Path, environment: dict[str, str]
) -> None:
    write_reports(work / "reports.jsonl", 60)
    with stand_in("--latency", "0.3") as url:
        command = [sys.executable, "-m", "summarizer", "summarize", "reports.jsonl"]
        command += ["--base-url", url, "--model", "m", "--out", "out.jsonl", "--jobs", "40"]
        with subprocess.Popen(
            command, cwd=work, env=environment, stderr=subprocess.DEVNULL
        ) as process:
            while counts(url)["requests"] < 20:
                time.sleep(0.05)
            os.kill(process.pid, signal.SIGKILL)
        time.sleep(0.5)
        seen = counts(url)["requests"]
        time.sleep(1.0)
        assert counts(url)["requests"] == seen
        done = run_program(*command[3:], SUMMARIZER_TIMEOUT="20")
        assert done.returncode == 0, done.stderr
        assert uris(work / "out.jsonl") == [f"reports.jsonl#{n}" for n in range(60)]
        assert counts(url)["answered_again"] <= 40


@pytest.mark.usefixtures("run_program")
def test_ctrl_c_twice_stops_at_once_and_keeps_what_is_done(
    work: Path, environment: dict[str, str]
) -> None:
    write_reports(work / "reports.jsonl", 40)
    out = work / "out.jsonl"
    with stand_in("--latency", "0.4") as url:
        command = [sys.executable, "-m", "summarizer", "summarize", "reports.jsonl"]
        command += ["--base-url", url, "--model", "m", "--out", "out.jsonl", "--jobs", "2"]
        with subprocess.Popen(
            command, cwd=work, env=environment, stderr=subprocess.PIPE, text=True
        ) as process:
            while counts(url)["answered"] < 6 or first_done(out) < 3:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            assert process.stderr
            while "press Ctrl-C again" not in process.stderr.readline():
                pass
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
        assert process.returncode == 130
        assert "interrupted" in said
        assert 3 <= len(uris(out)) <= 12


def test_a_key_is_nowhere_afterwards(
    summarize: Run, work: Path, environment: dict[str, str]
) -> None:
    write_reports(work / "reports.jsonl", 2)
    done = summarize("--debug", OPENAI_API_KEY=KEY)
    assert done.returncode == 0
    assert KEY not in done.stderr + done.stdout
    home = Path(environment["HOME"])
    files = [path for root in (work, home) for path in root.rglob("*") if path.is_file()]
    assert len(files) >= 4
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []


@pytest.mark.usefixtures("run_program")
@pytest.mark.skipif(sys.platform != "linux", reason="needs a bound on the size of files")
def test_a_full_disk_stops_the_run_and_says_so(
    work: Path, environment: dict[str, str], url: str
) -> None:
    write_reports(work / "reports.jsonl", 300)
    program = (
        "from summarizer.article import detect_language;"
        "detect_language('The ministers met on Tuesday and spoke of trade in the region.');"
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        "from summarizer.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", program, "summarize", "reports.jsonl"]
    command += ["--base-url", url, "--model", "m", "--out", "out.jsonl", "--no-cache"]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_cache_command(summarize: Run, run_program: Run, work: Path) -> None:
    assert "answers  0" in run_program("cache", "info").stdout
    write_reports(work / "reports.jsonl", 3)
    assert summarize().returncode == 0
    told = run_program("cache", "info").stdout
    count = int(told.split("answers  ")[1].split()[0])
    assert count >= 3
    assert run_program("cache", "clear").stdout == f"{count} answers removed\n"
    assert "answers  0" in run_program("cache", "info").stdout
