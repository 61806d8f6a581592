"""Anything as a ledger, an answer cache or a remembered server: told in words, or put right."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.article import Article, article_id
from summarizer.errors import InputError, RefusedAnswer, SummarizerError
from summarizer.extract import summarize_article
from summarizer.model import AnswerCache, Usage, cache_info, clear_cache
from summarizer.prompt import load_prompt
from summarizer.record import dump_record
from summarizer.run import Done, Identity, Ledger, LedgerReader, ShortestAnswers, Spent

from .endings import EXAMPLES, check, orderly, told

IDENTITY = Identity("grounded", "a" * 64, "m", "http://127.0.0.1:1/v1")
ARTICLE = Article(
    id=article_id(text := "Minister Anna Lind met Pedro Sousa. “We agreed,” Lind said."),
    uri="a.txt",
    language="en",
    text=text,
)
KEY = IDENTITY.key(ARTICLE)
USAGE = Usage(calls=1, attempts=1, prompt_tokens=9, completion_tokens=1)

Damage = list[tuple[int, bytes]]
DAMAGE = st.lists(st.tuples(st.integers(0, 2**17), st.binary(min_size=1, max_size=6)), max_size=6)
LENGTHS = st.none() | st.integers(0, 2**17)
VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=8),
    st.sampled_from(["ok", "{}", "[]", '{"article": 5}', '{"article": {"text": null}}', "budget"]),
)
COLUMNS = [
    ("runs", "started"), ("runs", "ended"), ("runs", "ending"), ("runs", "prompt"),
    ("runs", "endpoint"), ("works", "run"), ("works", "state"), ("works", "code"),
    ("works", "message"), ("works", "place"), ("works", "hint"), ("works", "record"),
    ("works", "seconds"), ("spent", "calls"), ("spent", "prompt_tokens"), ("spent", "cost_usd"),
    ("inputs", "name"), ("inputs", "key"), ("inputs", "article_id"), ("inputs", "uri"),
    ("inputs", "message"), ("inputs", "place"), ("inputs", "source_id"), ("inputs", "position"),
]  # fmt: skip


@cache
def good_ledger() -> bytes:
    """The bytes of a ledger with a record, a failure, and an input that cannot be read."""
    record = summarize_article(ARTICLE, model=ShortestAnswers(), prompt=load_prompt("grounded"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out.jsonl.ledger")
        with Ledger(path) as ledger:
            use(ledger, dump_record(record))
        return path.read_bytes()


@cache
def good_cache() -> bytes:
    """The bytes of a cache with two answers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "answers.db")
        with closing(AnswerCache(path)) as cached:
            cached.put("a", {"choices": [{"text": "x" * 90}]})
            cached.put("b", {})
        return path.read_bytes()


def use(ledger: Ledger, record: str) -> None:
    """What a run does with its ledger."""
    ledger.begin(IDENTITY)
    refused = ARTICLE.model_copy(update={"id": "sha256:other", "uri": "b.txt"})
    outcomes = [(ARTICLE, record), (refused, RefusedAnswer("no", where="h", hint="Do so."))]
    for position, (article, result) in enumerate(outcomes):
        key = IDENTITY.key(article)
        ledger.state(key)
        ledger.place(position, article, key)
        ledger.spend(Spent(key, USAGE, 0.5))
        ledger.finish(Done(key, result, 1.0))
    ledger.place(2, InputError("is empty", where="c.txt"), None)
    ledger.commit()
    for position in range(3):
        look(ledger.entry(position))
    ledger.spent()
    ledger.end("finished", 3)


def look(entry: Any) -> None:
    """What is done with an entry: it is told, or written out."""
    if isinstance(entry.result, SummarizerError):
        check(entry.result)
    elif entry.result is not None:
        entry.line(text=False)
        entry.record()


def damaged(data: bytes, damage: Damage, length: int | None) -> bytes:
    """The bytes with others at some places, cut at a length."""
    changed = bytearray(data)
    for place, new in damage:
        place %= len(changed)
        changed[place : place + len(new)] = new
    return bytes(changed if length is None else changed[: length % len(changed)])


def open_ledger(path: Path, folder: Path) -> None:
    """Read a ledger to its end, then work with it."""
    with orderly(folder), LedgerReader(path) as reader:
        reader.states()
        for run in reader.runs():
            reader.spent(run.id)
        reader.spent()
        reader.is_answered(KEY)
        for entry in reader.entries():
            with told():
                look(entry)
    with orderly(folder), Ledger(path) as ledger:
        ledger.last_run()
        ledger.begin(IDENTITY)
        ledger.state(KEY)
        ledger.place(0, ARTICLE, KEY)
        ledger.commit()
        for entry in ledger.leftovers(0):
            with told():
                look(entry)
        with told():
            look(ledger.entry(0))
        ledger.end("failed", None)
    with orderly(folder), Ledger(path) as ledger:
        ledger.clear()


@settings(max_examples=EXAMPLES)
@given(DAMAGE, LENGTHS)
@example([(89390, b"\xdeuu\xd6\x88$")], None)  # SQLite's words about it are no UTF-8
def test_any_damage_of_a_ledger(damage: Damage, length: int | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "out.jsonl.ledger")
        path.write_bytes(damaged(good_ledger(), damage, length))
        open_ledger(path, Path(name))


@settings(max_examples=EXAMPLES)
@given(st.lists(st.tuples(st.sampled_from(COLUMNS), VALUES), min_size=1, max_size=3))
@example([(("works", "record"), "")])
@example([(("works", "record"), 0)])
@example([(("works", "record"), b"x")])
@example([(("inputs", "uri"), b"")])
@example([(("inputs", "key"), None)])
def test_any_values_in_a_ledger(changes: list[tuple[tuple[str, str], Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "out.jsonl.ledger")
        path.write_bytes(good_ledger())
        with closing(sqlite3.connect(path)) as connection:
            for (table, column), value in changes:
                # Where the table forbids it, the value stays as it was.
                with suppress(sqlite3.IntegrityError):
                    connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (value,))
            connection.commit()
        open_ledger(path, Path(name))


@settings(max_examples=EXAMPLES)
@given(DAMAGE, LENGTHS)
@example([(65535, b"\xff")], None)
@example([(130988, b"\xbd\x9e\xff\x99f5"), (48531, b"\x9e\xff\xff\x01")], None)
def test_any_damage_of_a_cache(damage: Damage, length: int | None) -> None:
    use_cache(damaged(good_cache(), damage, length), None)


@settings(max_examples=EXAMPLES)
@given(VALUES)
@example(b"")
@example(0)
@example(b"x\x9cK+MMMO\x04\x00")
def test_any_value_in_a_cache(value: Any) -> None:
    use_cache(good_cache(), value)


def use_cache(data: bytes, value: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name), Path(name, "answers.db")
        path.write_bytes(data)
        if value is not None:
            with closing(sqlite3.connect(path)) as connection:
                with suppress(sqlite3.IntegrityError):  # not a number is null to SQLite
                    connection.execute("UPDATE answers SET completion = ?", (value,))
                connection.commit()
        with orderly(folder):
            cache_info(path)
        with orderly(folder), closing(AnswerCache(path)) as cached:
            for request in "abc":
                found = cached.get(request)
                assert found is None or isinstance(found, dict)
            cached.put("a", {"new": True})
            # In a damaged file it may be lost without a word; it is then asked for again.
            assert cached.get("a") == {"new": True} or data != good_cache()
            cached.fail(["a", "b"])
        with orderly(folder):
            clear_cache(path)


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=200))
def test_any_file_in_the_place_of_either(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "out.jsonl.ledger")
        path.write_bytes(data)
        open_ledger(path, Path(name))
    use_cache(data, None)
