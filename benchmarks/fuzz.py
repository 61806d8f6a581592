"""The fuzz targets of the tests for a given time: python benchmarks/fuzz.py [MINUTES] [TARGET ...].

Each target runs in a process of its own, an equal share of the time. Where `atheris` is installed
(`pip install atheris`), libFuzzer changes the examples and is led by the program's coverage; else
they are random. A failure does not stop a target: it is counted once for its place, and told.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, NoReturn

from report import Report, publish

ROOT = Path(__file__).resolve().parents[1]
MINUTES = 10.0
_TARGETS = ROOT / "tests" / "fuzz"
_DEFINED = re.compile(r"^@given(?:.*\n)+?def (?P<name>test_\w+)", re.MULTILINE)
_SEEDS, _LONGEST = 60, 8_192  # random beginnings for libFuzzer, and its longest example in bytes
_SHOWN = 2_000


def targets() -> list[str]:
    """Every target as `module:function`."""
    found = []
    for path in sorted(_TARGETS.glob("test_*.py")):
        names = _DEFINED.finditer(path.read_text(encoding="utf-8"))
        found += [f"{path.stem}:{match['name']}" for match in names]
    return found


class Watched:
    """A target that goes on after failures: `examples` are counted, `failures` are by place."""

    def __init__(self, test: Any, seconds: float) -> None:
        self.examples = 0
        self.failures: dict[str, str] = {}
        self._inner = test.hypothesis.inner_test
        self._begun = time.monotonic()
        self._seconds = seconds
        test.hypothesis.inner_test = self._once

    @property
    def is_over(self) -> bool:
        """Whether the time is used up."""
        return time.monotonic() - self._begun > self._seconds

    def tell(self) -> None:
        """Print what came out, as JSON on a line of its own."""
        spent = round(time.monotonic() - self._begun)
        result = {"examples": self.examples, "seconds": spent, "failures": self.failures}
        print(f"\n{json.dumps(result)}", flush=True)

    def _once(self, *args: Any, **kwargs: Any) -> None:
        from hypothesis.errors import HypothesisException

        self.examples += 1
        try:
            self._inner(*args, **kwargs)
        except (HypothesisException, KeyboardInterrupt):
            raise
        except BaseException as error:
            place = _place(error)
            if place not in self.failures:
                self.failures[place] = f"{error!r}\n{kwargs or args!r}"[:_SHOWN]
                print(f"{place}\n{self.failures[place]}", file=sys.stderr, flush=True)


def _place(error: BaseException) -> str:
    """The kind of an error and the last line of the program, else of the test, it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if f"{os.sep}summarizer{os.sep}" in frame.filename] or frames
    return f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}"


def run_target(target: str, seconds: float) -> None:
    """Run one target in this process, which ends when the time is over."""
    sys.path.insert(0, str(ROOT))
    chance = Random(1)
    with _instrumented():
        module, _, name = target.partition(":")
        test: Any = getattr(import_module(f"tests.fuzz.{module}"), name)
        watched = Watched(test, seconds)
        fuzz: Callable[[bytes], object] = test.hypothesis.fuzz_one_input
        beginnings = [chance.randbytes(chance.randint(8, _LONGEST)) for _ in range(_SEEDS)]
        for data in beginnings:  # what is imported only when it is needed is so by now
            fuzz(data)

    def once(data: bytes) -> None:
        fuzz(data)
        if watched.is_over:
            watched.tell()
            os._exit(0)  # libFuzzer has no other end but a crash

    if _has_atheris():
        _led_by_coverage(once, beginnings)
    while True:
        once(chance.randbytes(chance.randint(8, _LONGEST)))


def _has_atheris() -> bool:
    return find_spec("atheris") is not None


def _instrumented() -> AbstractContextManager[object]:
    """What is imported in the block tells which of its branches are taken."""
    if not _has_atheris():
        return nullcontext()
    import atheris

    instrumented: AbstractContextManager[object] = atheris.instrument_imports(["summarizer"])
    return instrumented


def _led_by_coverage(once: Callable[[bytes], None], beginnings: Sequence[bytes]) -> NoReturn:
    import atheris

    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(beginnings):
            Path(corpus, str(number)).write_bytes(data)
        options = [f"-max_len={_LONGEST}", "-timeout=0", "-rss_limit_mb=0", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, corpus], once)
        atheris.Fuzz()
    raise AssertionError


def main() -> None:
    """Run, print and keep what came out; leaves with 1 if anything failed."""
    if sys.argv[1:2] == ["--one"]:
        run_target(sys.argv[2], float(sys.argv[3]))
        return
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    chosen = [t for t in targets() if not sys.argv[2:] or t.partition(":")[2] in sys.argv[2:]]
    rows, failed = [], 0
    for target in chosen:
        result = _in_its_own_process(target, minutes * 60 / len(chosen))
        failed += len(result["failures"])
        name = target.partition(":")[2].removeprefix("test_").replace("_", " ")
        counts = (f"{result['examples']:,}", str(result["seconds"]), str(len(result["failures"])))
        rows.append((name, *counts))
    source = "libFuzzer, led by coverage" if _has_atheris() else "chance"
    publish(
        "fuzz",
        Report(
            f"Examples made by {source}. One fails if it ends in anything but a result or an error "
            "of one or two lines, in an invalid record, not within 30 seconds, or with something "
            "touched that is none of its business.",
            ("target", "examples", "seconds", "distinct failures"),
            rows,
        ),
    )
    sys.exit(bool(failed))


def _in_its_own_process(target: str, seconds: float) -> dict[str, Any]:
    # In memory, where there is such a folder: examples write many small files.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        own = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR"), folder)
        done = subprocess.run(
            [sys.executable, __file__, "--one", target, str(seconds)],
            cwd=folder,
            env={**os.environ, **own, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
    *_, last = done.stdout.strip().split("\n")
    try:
        found: dict[str, Any] = json.loads(last)
    except ValueError:
        place = f"the process ended with {done.returncode}"
        found = {"examples": 0, "seconds": round(seconds), "failures": {place: ""}}
    print(f"{target}: {found['examples']:,} examples, {len(found['failures'])} failures")
    return found


if __name__ == "__main__":
    main()
