from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.article import Article, PageCopy
from summarizer.errors import InputError, RefusedAnswer, StorageError, TransportError
from summarizer.model import Usage
from summarizer.record import Record, dump_record
from summarizer.run import Done, Identity, Ledger, LedgerReader, Spent

Helpers = tuple[Callable[..., Article], Identity, Usage]


def test_what_is_committed_is_there_for_the_next_process(
    ledger_file: Path, record: Record, helpers: Helpers
) -> None:
    article, identity, usage = helpers
    source = article("a.txt")
    key = identity.key(source)
    line = dump_record(record)
    with Ledger(ledger_file) as ledger:
        assert ledger.begin(identity) == (0, 0.0)
        ledger.place(0, source, key)
        ledger.place(1, InputError("is empty", where="b.txt", hint="Fill it."), None)
        ledger.spend(Spent(key, usage, 0.25))
        ledger.spend(Spent(key, usage, 0.5))
        ledger.finish(Done(key, line, 1.5))
        ledger.commit()
        ledger.end("finished", 2)
    with Ledger(ledger_file) as again:
        assert again.state(key) == "ok"
        assert again.state("other") is None
        first, second = again.entry(0), again.entry(1)
        assert (first.name, first.result) == ("a.txt", line)
        assert isinstance(second.result, InputError)
        assert str(second.result) == "b.txt: is empty\n  Fill it."
        last = again.last_run()
        assert last is not None
        assert (last.ending, last.identity) == ("finished", identity)
    with LedgerReader(ledger_file) as reader:
        assert dict(reader.states()) == {"ok": 1, "unreadable": 1}
        assert reader.spent() == (usage + usage, 0.75)
        assert [entry.position for entry in reader.entries()] == [0, 1]


def test_a_run_that_was_cut_off_goes_on_with_what_it_has_spent(
    ledger_file: Path, helpers: Helpers
) -> None:
    _article, identity, usage = helpers
    with Ledger(ledger_file) as ledger:
        ledger.begin(identity)
        ledger.spend(Spent("k", usage, 0.25))
        ledger.commit()
    with Ledger(ledger_file) as ledger:
        assert ledger.begin(identity) == (usage.tokens, 0.25)
        ledger.end("budget", None)
    with Ledger(ledger_file) as ledger:
        assert ledger.begin(identity) == (0, 0.0)
    with Ledger(ledger_file) as ledger:
        assert ledger.begin(replace(identity, model="other")) == (0, 0.0)


def test_an_unknown_price_stays_unknown(ledger_file: Path, helpers: Helpers) -> None:
    _, identity, usage = helpers
    with Ledger(ledger_file) as ledger:
        ledger.begin(identity)
        ledger.spend(Spent("k", usage, None))
        ledger.commit()
        assert ledger.spent() == (usage, None)


@pytest.mark.parametrize("field", ["prompt_sha256", "model", "endpoint"])
def test_the_key_is_of_all_that_decides_a_record(field: str, helpers: Helpers) -> None:
    article, identity, _ = helpers
    source = article("a.txt")
    key = identity.key(source)
    assert replace(identity, **{field: "another"}).key(source) != key
    assert replace(identity, prompt="renamed").key(source) == key
    assert identity.key(article("copy.txt", source.text)) == key
    assert identity.key(article("a.txt", "Another text.")) != key
    assert identity.key(article("a.txt", source.text, published="2024-02-01")) != key


def test_a_second_process_is_told(ledger_file: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from summarizer.run import Ledger\n"
        "with Ledger(Path(sys.argv[1])): print('taken', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(ledger_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"taken\n"
        with (
            pytest.raises(StorageError, match="another process is working on this ledger"),
            Ledger(ledger_file),
        ):
            pass
        with LedgerReader(ledger_file) as reader:
            assert reader.runs() == []
        holder.kill()
    with Ledger(ledger_file) as free:
        assert free.last_run() is None
    assert [path.name for path in ledger_file.parent.iterdir()] == [ledger_file.name]


def test_a_newer_ledger_and_none_at_all(ledger_file: Path) -> None:
    with pytest.raises(StorageError, match="no such ledger"):
        LedgerReader(ledger_file)
    import sqlite3

    sqlite3.connect(ledger_file).execute("PRAGMA user_version = 99").connection.close()
    with pytest.raises(StorageError, match="newer version"), Ledger(ledger_file):
        pass
    with pytest.raises(StorageError, match="newer version"):
        LedgerReader(ledger_file)


def test_clear_forgets_everything(ledger: Ledger, helpers: Helpers) -> None:
    article, identity, usage = helpers
    ledger.begin(identity)
    ledger.place(0, article("a"), "k")
    ledger.spend(Spent("k", usage, 1.0))
    ledger.finish(Done("k", RefusedAnswer("no"), 0.1))
    ledger.clear()
    assert ledger.last_run() is None
    assert ledger.state("k") is None


def test_leftovers_are_records_of_the_same_identity_only(
    ledger: Ledger, record: Record, helpers: Helpers
) -> None:
    article, identity, _ = helpers
    line = dump_record(record)
    ledger.begin(identity)
    for position, result in enumerate([line, TransportError("gone"), line]):
        ledger.place(position, article(f"{position}"), f"k{position}")
        ledger.finish(Done(f"k{position}", result, 0.1))
    ledger.end("interrupted", None)
    ledger.begin(identity)
    assert [entry.name for entry in ledger.leftovers(0)] == ["0", "2"]
    assert [entry.name for entry in ledger.leftovers(1)] == ["2"]
    ledger.begin(replace(identity, prompt_sha256="b" * 64))
    assert list(ledger.leftovers(0)) == []


def test_an_entry_is_the_record_of_its_own_input(
    ledger: Ledger, record: Record, helpers: Helpers
) -> None:
    _article, identity, _ = helpers
    ledger.begin(identity)
    original = record.article
    copy = original.model_copy(update={"uri": "copy.txt", "title": "Copy", "source_id": "7"})
    ledger.place(0, original, "k")
    ledger.place(1, copy, "k")
    ledger.finish(Done("k", dump_record(record), 0.1))
    assert ledger.entry(0).line() == dump_record(record)
    assert ledger.entry(0).record() == record
    second = record.model_copy(update={"article": copy})
    assert ledger.entry(1).line() == dump_record(second)
    assert ledger.entry(1).line(text=False) == dump_record(second, text=False)
    assert ledger.entry(1).record() == second


def test_each_input_has_the_copy_of_its_own_page(
    ledger_file: Path, record: Record, helpers: Helpers
) -> None:
    article, identity, _ = helpers
    copies = [PageCopy(file=n, url=f"http://x/{n}", fetched="2024-01-01T00:00:00Z") for n in "ab"]
    sources = [article("x.txt").model_copy(update={"page": copy}) for copy in (*copies, None)]
    with Ledger(ledger_file) as ledger:
        ledger.begin(identity)
        for number, source in enumerate(sources):
            ledger.place(number, source, identity.key(source))
        kept = record.article.model_copy(update={"page": copies[0]})
        line = dump_record(record.model_copy(update={"article": kept}))
        ledger.finish(Done(identity.key(sources[0]), line, 1.5))
        ledger.commit()
        assert [ledger.entry(n).record().article.page for n in range(3)] == [*copies, None]


def test_a_ledger_of_the_first_version_goes_on(ledger_file: Path, helpers: Helpers) -> None:
    article, identity, _ = helpers
    source = article("a.txt")
    with Ledger(ledger_file) as ledger:
        ledger.begin(identity)
        ledger.place(0, source, identity.key(source))
        ledger.commit()
    with closing(sqlite3.connect(ledger_file)) as connection:
        connection.executescript("ALTER TABLE inputs DROP COLUMN page; PRAGMA user_version = 1")
    with LedgerReader(ledger_file) as reader:
        assert [entry.name for entry in reader.entries()] == ["a.txt"]
    with Ledger(ledger_file) as ledger:
        copy = PageCopy(file="a", url="http://x/a", fetched="2024-01-01T00:00:00Z")
        ledger.place(0, source.model_copy(update={"page": copy}), identity.key(source))
        assert ledger.entry(0).page == copy.model_dump_json()
