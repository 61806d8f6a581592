"""What grows with the number of articles: python benchmarks/ledger_growth.py [ROWS...].

A ledger and a cache grow to a million rows, of a real record each. At each size: how long the
program takes to open the ledger and begin where a run stopped, to look up an article, to write a
record out, and to find an answer; and the most memory that any of it took. Linux only.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from report import Report, publish
from reports import brief

from summarizer.article import Article, article_id
from summarizer.extract import summarize_article
from summarizer.model import AnswerCache, Usage
from summarizer.prompt import load_prompt
from summarizer.record import dump_record
from summarizer.run import Done, Identity, Ledger, ShortestAnswers, Spent

ROWS = (10_000, 100_000, 1_000_000)
_COMMIT = 10_000  # rows; filling is not what is measured
_SAMPLE = 2_000  # rows that are looked up
_IDENTITY = Identity("grounded", "0" * 64, "m", "http://127.0.0.1:1/v1")
_USAGE = Usage(calls=2, attempts=2, prompt_tokens=900, completion_tokens=60)
_ANSWER = {"choices": [{"message": {"content": '{"speaker": 1}'}}], "usage": {"prompt_tokens": 450}}


def _article(number: int) -> Article:
    text = f"The text of report number {number}."
    return Article(id=article_id(text), uri=f"reports.jsonl#{number}", text=text)


def _record() -> str:
    text = brief(1)
    article = Article(id=article_id(text), uri="1", language="en", text=text)
    return dump_record(
        summarize_article(article, model=ShortestAnswers(), prompt=load_prompt("grounded"))
    )


def grow(path: Path, begin: int, end: int, record: str) -> None:
    """Enter finished articles."""
    with Ledger(path) as ledger:
        ledger.begin(_IDENTITY)
        for number in range(begin, end):
            article = _article(number)
            key = _IDENTITY.key(article)
            ledger.place(number, article, key)
            ledger.spend(Spent(key, _USAGE, 0.001))
            ledger.finish(Done(key, record, 1.0))
            if number % _COMMIT == 0:
                ledger.commit()
        ledger.commit()


def fill(path: Path, begin: int, end: int) -> None:
    """Keep answers."""
    cache = AnswerCache(path, limit=10**12)
    for number in range(begin, end, _COMMIT):
        cache.put_all({_key(n): _ANSWER for n in range(number, min(end, number + _COMMIT))})
    cache.close()


def _key(number: int) -> str:
    return _IDENTITY.key(_article(number))


def timed(do: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = time.monotonic()
    do()
    return time.monotonic() - started


def resume(path: Path, rows: int) -> tuple[float, float, float]:
    """Seconds to begin again, to look up an article, and to write one out."""
    started = time.monotonic()
    with Ledger(path) as ledger:
        ledger.last_run()
        ledger.begin(_IDENTITY)
        begun = time.monotonic() - started
        step = max(1, rows // _SAMPLE)
        places = range(0, rows, step)
        looked = timed(lambda: [ledger.state(_key(n)) for n in places])
        written = timed(lambda: [ledger.entry(n).line() for n in places])
    return begun, looked / len(places), written / len(places)


def found(path: Path, rows: int) -> float:
    """Seconds to find an answer."""
    cache = AnswerCache(path, limit=10**12)
    places = range(0, rows, max(1, rows // _SAMPLE))
    seconds = timed(lambda: [cache.get(_key(n)) for n in places])
    cache.close()
    return seconds / len(places)


def _most_memory() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) / 1000


def main() -> None:
    """Grow, measure, print and keep; leaves with 1 if a run takes ten seconds to begin again."""
    sizes = tuple(int(size) for size in sys.argv[1:]) or ROWS
    record, slowest = _record(), 0.0
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        ledger, cache = Path(folder) / "out.jsonl.ledger", Path(folder) / "answers.db"
        for before, size in pairwise((0, *sizes)):
            grow(ledger, before, size, record)
            fill(cache, before, size)
            begun, looked, written = resume(ledger, size)
            slowest = max(slowest, begun)
            rows.append(
                (
                    f"{size:,}",
                    f"{begun:.2f} s",
                    f"{looked * 1e6:.0f} µs",
                    f"{written * 1e6:.0f} µs",
                    f"{found(cache, size) * 1e6:.0f} µs",
                    f"{ledger.stat().st_size / 1e6:,.0f} MB",
                    f"{cache.stat().st_size / 1e6:,.0f} MB",
                    f"{_most_memory():.0f} MB",
                )
            )
            print(rows[-1], file=sys.stderr, flush=True)
    columns = ["articles", "a run begins again in", "an article looked up"]
    columns += ["a record written out", "an answer found", "ledger", "cache", "most memory"]
    publish(
        "ledger_growth",
        Report(
            f"A ledger and a cache as they grow, with a record of {len(record):,} bytes for each "
            "article.",
            columns,
            rows,
        ),
    )
    sys.exit(slowest >= 10)


if __name__ == "__main__":
    main()
