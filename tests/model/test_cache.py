from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import StorageError
from summarizer.model import AnswerCache, cache_info, clear_cache
from summarizer.model.cache import request_key


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[AnswerCache]:
    with closing(AnswerCache(tmp_path / "answers.db")) as opened:
        yield opened


def test_an_answer_is_kept_and_found_again(tmp_path: Path) -> None:
    completion = {"choices": [{"message": {"content": "Ünïcode \udce2 …"}}], "usage": None}
    with closing(AnswerCache(tmp_path / "a.db")) as first:
        assert first.get("k") is None
        first.put("k", completion)
        assert first.get("k") == completion
    with closing(AnswerCache(tmp_path / "a.db")) as later:
        assert later.get("k") == completion
        assert later.get("other") is None


def test_answers_that_failed_are_skipped_on_request_only(tmp_path: Path) -> None:
    with closing(AnswerCache(tmp_path / "a.db")) as cache:
        cache.put("good", {"n": 1})
        cache.put("bad", {"n": 2})
        cache.fail(["bad"])
        assert cache.get("bad") == {"n": 2}
    with closing(AnswerCache(tmp_path / "a.db", skip_failed=True)) as retrying:
        assert retrying.get("good") == {"n": 1}
        assert retrying.get("bad") is None
        retrying.put("bad", {"n": 3})
        assert retrying.get("bad") == {"n": 3}


def test_many_threads_at_once(cache: AnswerCache) -> None:
    def work(number: int) -> None:
        for item in range(20):
            cache.put(f"{number} {item}", {"n": number, "i": item})
            found = cache.get(f"{number} {item}")
            assert found == {"n": number, "i": item}

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache_info(cache.path).answers == 160


_WRITER = """
import sys
from pathlib import Path
from summarizer.model import AnswerCache
cache = AnswerCache(Path(sys.argv[1]))
for n in range(100):
    cache.put(f"{sys.argv[2]} {n}", {"n": n})
    assert cache.get(f"{sys.argv[2]} {n}") == {"n": n}
cache.close()
"""


def test_two_processes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(path), name]) for name in ("a", "b")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert cache_info(path).answers == 200


def test_the_least_recently_used_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.model.cache._LOOK_EVERY", 1)
    monkeypatch.setattr("summarizer.model.cache._today", lambda: day)
    limit = 400_000
    with closing(AnswerCache(tmp_path / "a.db", limit=limit)) as cache:
        import random

        chance = random.Random(1)
        for number in range(120):
            day = f"2026-01-{1 + number // 10:02}"
            cache.put(f"{number}", {"noise": chance.randbytes(5000).hex()})
            if number % 10 == 9:
                assert cache.get("0") is not None  # used again on each day
        info = cache_info(cache.path)
        assert info.size <= limit
        assert 0 < info.answers < 120
        assert cache.get("0") is not None
        assert cache.get("1") is None
        assert cache.get("119") is not None


def test_info_and_clear(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    assert cache_info(path).answers == 0
    assert not path.exists()
    with closing(AnswerCache(path)) as cache:
        cache.put("k", {})
    info = cache_info(path)
    assert info.answers == 1
    assert info.size > 0
    assert info.oldest is not None
    clear_cache(path)
    assert list(tmp_path.iterdir()) == []
    clear_cache(path)


def test_an_answer_is_not_lost_when_writing_fails(
    cache: AnswerCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pages,) = cache._connection.execute("PRAGMA page_count").fetchone()
    cache._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StorageError, match="disk is full"):
        cache.put("big", {"text": list(range(50_000))})
    cache._connection.execute("PRAGMA max_page_count = 100000")
    cache.put("next", {"n": 1})
    assert cache.get("next") == {"n": 1}
    assert cache.get("big") == {"text": list(range(50_000))}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.dictionaries(st.text(max_size=5), json_values), st.text(max_size=10))
def test_keys_are_of_everything_that_is_sent(arguments: dict[str, Any], endpoint: str) -> None:
    key = request_key(endpoint, arguments)
    assert key == request_key(endpoint, dict(arguments))
    assert key != request_key(endpoint + "x", arguments)
    assert key != request_key(endpoint, {**arguments, "another": 1})
