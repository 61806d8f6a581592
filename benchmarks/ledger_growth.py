"""What grows with the number of articles: python benchmarks/ledger_growth.py [ROWS...].

A ledger and a cache grow to a million rows, of a real record each. At each size a run that was cut
off is gone on with, with one article left to ask, the last: how long the program takes until the
first record is written and until it asks about that article, and the most memory that it takes.
Besides, how long it takes to look up an article, and an answer. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from chaos import counts, stand_in
from memory import megabytes
from ray_run import command
from report import Report, publish
from reports import brief, write_reports

from summarizer.article import Article, article_id
from summarizer.model import AnswerCache, Usage
from summarizer.run import Done, Identity, Ledger, LedgerReader, Spent

ROWS = (10_000, 100_000, 1_000_000)
JOBS = 32
ENOUGH = 10.0  # seconds until a run goes on
_COMMIT = 10_000  # rows; filling is not what is measured
_SAMPLE = 2_000  # rows that are looked up
_PAUSE = 0.02  # seconds between two looks at the program
_USAGE = Usage(calls=2, attempts=2, prompt_tokens=900, completion_tokens=60)
_ANSWER = {"choices": [{"message": {"content": '{"speaker": 1}'}}], "usage": {"prompt_tokens": 450}}


@dataclass(frozen=True)
class Resumed:
    """One run that was gone on with; times in seconds, memory in megabytes."""

    first: float
    asked: float
    whole: float
    memory: float


@dataclass(frozen=True)
class Place:
    """Where it happens: the inputs, the output with its ledger, the cache, and the endpoint."""

    folder: Path
    url: str

    @property
    def reports(self) -> Path:
        """The inputs."""
        return self.folder / "reports.jsonl"

    @property
    def out(self) -> Path:
        """The output."""
        return self.folder / "records.jsonl"

    @property
    def ledger(self) -> Path:
        """Beside the output."""
        return self.folder / "records.jsonl.ledger"

    @property
    def cache(self) -> Path:
        """One that the program does not use: its own holds what it asked."""
        return self.folder / "answers.db"

    def program(self) -> subprocess.Popen[bytes]:
        """The program over the inputs."""
        environment = {**os.environ, "XDG_CACHE_HOME": f"{self.folder}/home"}
        line = command(self.reports, self.url, self.out, "--jobs", str(JOBS))
        return subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL)

    def article(self, number: int) -> Article:
        """As the program reads it."""
        text, name = brief(number), str(number)
        uri = f"{self.reports}#{name}"
        return Article(id=article_id(text), uri=uri, source_id=name, text=text)


def begin(place: Place) -> tuple[Identity, str]:
    """Run over one article; what decides its record, and that record."""
    write_reports(place.reports, 1, brief)
    with place.program() as program:
        program.wait()
    with LedgerReader(place.ledger) as ledger:
        (entry,) = ledger.entries()
        assert isinstance(entry.result, str)
        return ledger.runs()[0].identity, entry.result


def grow(place: Place, identity: Identity, numbers: range, record: str) -> None:
    """Enter finished articles in a run that does not end, and keep as many answers."""
    with Ledger(place.ledger) as ledger:
        ledger.begin(identity)
        for number in numbers:
            article = place.article(number)
            key = identity.key(article)
            ledger.place(number, article, key)
            ledger.spend(Spent(key, _USAGE, 0.001))
            ledger.finish(Done(key, record, 1.0))
            if number % _COMMIT == 0:
                ledger.commit()
        ledger.commit()
    cache = AnswerCache(place.cache, limit=10**12)
    for first in numbers[::_COMMIT]:
        some = range(first, min(numbers.stop, first + _COMMIT))
        cache.put_all({identity.key(place.article(number)): _ANSWER for number in some})
    cache.close()


def resume(place: Place, articles: int) -> Resumed:
    """Go on with the run, whose last article alone is not done."""
    before = counts(place.url)["answered"]
    first = asked = memory = 0.0
    write_reports(place.reports, articles, brief)
    begun = time.monotonic()
    with place.program() as program:
        while program.poll() is None:
            seconds = time.monotonic() - begun
            memory = max(memory, megabytes(program.pid, "VmHWM"))
            first = first or seconds * any(p.stat().st_size for p in _parts(place))
            asked = asked or seconds * (counts(place.url)["answered"] > before)
            time.sleep(_PAUSE)
        whole = time.monotonic() - begun
    if program.returncode or not asked:
        raise SystemExit(f"the run left with {program.returncode}, asked after {asked} s")
    return Resumed(first, asked, whole, memory)


def _parts(place: Place) -> list[Path]:
    """The output while it grows; it may take its name between two looks."""
    return [part for part in place.folder.glob(f".{place.out.name}.*") if part.exists()]


def looked_up(place: Place, identity: Identity, articles: int) -> tuple[float, float]:
    """Seconds to look up an article in the ledger, and an answer in the cache."""
    numbers = range(0, articles, max(1, articles // _SAMPLE))
    keys = [identity.key(place.article(number)) for number in numbers]
    with Ledger(place.ledger) as ledger:
        in_ledger = _timed(ledger.state, keys)
    cache = AnswerCache(place.cache, limit=10**12)
    in_cache = _timed(cache.get, keys)
    cache.close()
    return in_ledger, in_cache


def _timed(find: Callable[[str], object], keys: list[str]) -> float:
    begun = time.monotonic()
    for key in keys:
        assert find(key)
    return (time.monotonic() - begun) / len(keys)


def main() -> None:
    """Grow, measure, print and keep; leaves with 1 if a run takes ten seconds to go on."""
    sizes = tuple(int(size) for size in sys.argv[1:]) or ROWS
    slowest, rows = 0.0, []
    with tempfile.TemporaryDirectory() as folder, stand_in() as url:
        place = Place(Path(folder), url)
        identity, record = begin(place)
        for before, size in pairwise((0, *sizes)):
            grow(place, identity, range(before, size), record)
            in_ledger, in_cache = looked_up(place, identity, size)
            run = resume(place, size + 1)
            slowest = max(slowest, run.first)
            rows.append(
                (
                    f"{size:,}",
                    f"{run.first:.1f} s",
                    f"{run.asked:.1f} s",
                    f"{run.whole:.1f} s",
                    f"{run.memory:.0f} MB",
                    f"{in_ledger * 1e6:.0f} µs",
                    f"{in_cache * 1e6:.0f} µs",
                    f"{place.ledger.stat().st_size / 1e6:,.0f} MB",
                    f"{place.cache.stat().st_size / 1e6:,.0f} MB",
                )
            )
            print(rows[-1], file=sys.stderr, flush=True)
    columns = ["articles done", "first record written", "last article asked about", "run ended"]
    columns += ["most memory", "an article looked up", "an answer found", "ledger", "cache"]
    publish(
        "ledger_growth",
        Report(
            "A run that was cut off and is gone on with, with one article left to ask, the last of "
            f"its inputs; each has a record of {len(record):,} bytes.",
            columns,
            rows,
        ),
    )
    sys.exit(slowest >= ENOUGH)


if __name__ == "__main__":
    main()
