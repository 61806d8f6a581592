"""The comparison with other programs: what their answers become, and that a run goes on."""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from chaos import stand_in
from pydantic import SecretStr
from rivals.adapters import record_of
from rivals.articles import FIXTURES, OWN, SEED, chosen
from rivals.proxy import Call, Proxy, Used
from rivals.results import Key, Result, Store
from rivals.running import RawSpeed, Setting, Worker, identity, in_turn, run
from rivals.tables import reports, standing

from summarizer.errors import InputError
from summarizer.evals import Fixture, load_fixtures, score
from summarizer.model import ServerAddress

ARTICLE = "06-border-commission"


@pytest.fixture(scope="module")
def fixtures() -> dict[str, Fixture]:
    return {fixture.id: fixture for fixture in load_fixtures(FIXTURES)}


def perfect(fixture: Fixture) -> dict[str, Any]:
    """What another program would give if it made no mistake: one entry for each quoted part."""
    return {
        "in_parts": False,
        "statements": [
            {
                "quotation": f"“{part.text}”",
                "speaker": said.speaker.name if said.speaker else None,
                "place": None,
            }
            for said in fixture.statements
            if said.quote_type != "indirect"
            for part in said.segments
        ],
        "meetings": [
            {
                "status": met.entry.status,
                "date": met.entry.date,
                "place": met.entry.place,
                "mode": met.entry.mode,
                "participants": [who.who.name for who in met.participants],
            }
            for met in fixture.meetings
        ],
    }


def figures(answer: Mapping[str, Any], fixture: Fixture) -> dict[str, float | None]:
    record, _ = record_of(answer, fixture)
    return dict(score({fixture.id: record}, [fixture]).articles[0].values)


@pytest.mark.parametrize("name", [SEED, *OWN])
def test_an_answer_without_mistakes_scores_1(name: str, fixtures: dict[str, Fixture]) -> None:
    found = figures(perfect(fixtures[name]), fixtures[name])
    names = ("joint", "quotations", "participants", "date", "mode", "place", "presence")
    assert {name: found[name] for name in names if found[name] not in (1.0, None)} == {}


def test_a_quotation_that_stands_nowhere_counts_as_wrong(fixtures: dict[str, Fixture]) -> None:
    fixture = fixtures[ARTICLE]
    answer = perfect(fixture)
    whole = score({fixture.id: record_of(answer, fixture)[0]}, [fixture]).f1["quotations"].counts
    answer["statements"].append({"quotation": "Never said.", "speaker": "Ann", "place": None})
    record, unfound = record_of(answer, fixture)
    counts = score({fixture.id: record}, [fixture]).f1["quotations"].counts
    assert (unfound, counts.fp, counts.tp) == (1, whole.fp + 1, whole.tp)


def test_marks_and_the_last_stop_are_no_mistake(fixtures: dict[str, Fixture]) -> None:
    fixture = fixtures[ARTICLE]
    part = next(s for s in fixture.statements if s.quote_type == "direct").segments[0]
    bare = part.text.rstrip(",.")
    quoted = {"quotation": f"«{bare}.»", "speaker": None, "place": None}
    negated = {**quoted, "quotation": f"«Not {bare}.»"}
    answer = {"in_parts": False, "statements": [quoted, negated], "meetings": []}
    record, unfound = record_of(answer, fixture)
    assert (record.statements[0].text, unfound) == (bare, 1)


def test_the_place_that_was_given_is_taken(fixtures: dict[str, Fixture]) -> None:
    fixture = fixtures[ARTICLE]
    part = next(s for s in fixture.statements if s.quote_type == "direct").segments[0]
    given = {"quotation": "altered", "speaker": None, "place": [part.start - 1, part.end + 1]}
    record, unfound = record_of({"in_parts": True, "statements": [given], "meetings": []}, fixture)
    assert unfound == 0
    assert [span.start for span in record.statements[0].spans] == [part.start]
    assert record.statements[0].text == part.text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-01-31", "2024-01-31"),
        ("XXXX-01-31", "XXXX-01-31"),
        ("YYYY-01-31", "XXXX-01-31"),
        ("January 31", "XXXX-01-31"),
        ("on 31 January 2024", "2024-01-31"),
        ("31 of nothing", None),
        ("2024-02-31", None),
        ("null", None),
        (None, None),
    ],
)
def test_dates_are_read_in_several_forms(
    written: str | None, read: str | None, fixtures: dict[str, Fixture]
) -> None:
    answer = {"in_parts": False, "statements": [], "meetings": [{"date": written}]}
    (meeting,) = record_of(answer, fixtures[ARTICLE])[0].meetings
    assert (meeting.date.edtf if meeting.date else None) == read


def test_meetings_from_parts_are_one_unless_they_contradict(
    fixtures: dict[str, Fixture],
) -> None:
    met = [
        {"status": "held", "place": "Oslo", "participants": ["A B"]},
        {"status": "held", "mode": "video", "participants": "A B, C D"},
        {"status": "planned", "participants": []},
    ]
    answer = {"in_parts": True, "statements": [], "meetings": met}
    record, _ = record_of(answer, fixtures[ARTICLE])
    assert [(m.status, m.mode, len(m.participants)) for m in record.meetings] == [
        ("held", "video", 2),
        ("planned", "unknown", 0),
    ]
    record, _ = record_of({**answer, "in_parts": False}, fixtures[ARTICLE])
    assert len(record.meetings) == 3


def test_calls_that_overlap_are_busy_once() -> None:
    calls = [
        Call(0.0, 2.0, 200, read=10, cached=4, written=2),
        Call(1.0, 3.0, 200, read=5, written=1, cut=True),
        Call(5.0, 6.0, 500),
    ]
    used = Used.of(calls)
    assert (used.calls, used.read, used.cached, used.written) == (3, 15, 4, 3)
    assert (used.busy, used.cut, used.refused) == (4.0, 1, 1)


def test_every_system_comes_first_in_turn() -> None:
    systems = ("summarizer", "langextract", "instructor")
    assert [in_turn(systems, turn)[0] for turn in range(3)] == list(systems)
    assert sorted(in_turn(systems, 5)) == sorted(systems)


def test_an_unknown_article_is_refused() -> None:
    with pytest.raises(InputError, match="there is no article `99-none`"):
        chosen(["99-none"])


@pytest.fixture
def setting() -> Any:
    with stand_in() as url, Proxy(url) as proxy:
        address = ServerAddress("stand-in", url, SecretStr("key"), compact=False, context=8192)
        yield Setting(address, proxy, "0", patience=60.0)


def test_a_run_is_counted_kept_and_goes_on(
    setting: Setting, fixtures: dict[str, Fixture], tmp_path: Path
) -> None:
    fixture, store = fixtures[ARTICLE], Store(tmp_path)
    with Worker("summarizer", Path(sys.executable)) as worker:
        result = run(worker, fixture, 1, setting)
        store.put(result)
        kept = store.get(Key("summarizer", ARTICLE, 1))
        assert kept == result
        assert kept.identity == identity(worker, fixture, setting)
        other = replace(setting, engine="1")
        assert kept.identity != identity(worker, fixture, other)
        assert worker.pid
        os.kill(worker.pid, signal.SIGKILL)
        crashed = run(worker, fixture, 2, setting)
        assert crashed.failure is not None
        assert crashed.failure["code"] == "crash"
        assert worker.pid is None
    assert result.failure is None
    assert result.answer is not None
    usage = result.answer["record"]["provenance"]["usage"]
    assert (result.used["calls"], result.used["read"]) == (usage["calls"], usage["prompt_tokens"])
    assert result.used["calls"] > 0
    assert result.used["busy"] <= result.seconds
    store.drop("summarizer")
    assert store.get(Key("summarizer", ARTICLE, 1)) is None


def test_a_system_that_is_not_there_fails_and_scores_0(
    setting: Setting, fixtures: dict[str, Fixture], tmp_path: Path
) -> None:
    fixture, store = fixtures[ARTICLE], Store(tmp_path)
    answer, failure = perfect(fixture), {"code": "timeout", "message": "no answer"}
    used = Used(calls=1, read=900, cached=100, written=100).kept()
    who = {"model": "m", "summarizer": "1", "langextract": "2", "instructor": "3"}
    ours = Key("summarizer", ARTICLE, 1)
    store.put(Result(ours, who, 10.0, 0.05, used, answer, None))
    store.put(Result(replace(ours, system="langextract"), who, 40.0, 1.0, used, None, failure))
    found = standing("langextract", store, [fixture])
    assert found is not None
    assert found.scores.failures == {"timeout": 1}
    assert found.scores.articles[0].values["joint"] == 0.0
    assert standing("instructor", store, [fixture]) is None
    tables = reports(store, [fixture], [RawSpeed(read=10.0, written=100.0)])
    assert tables["peers"].rows[-1] == ["articles without an answer", "0", "1 (timeout 1)"]
    assert tables["peers_compared"].rows[0][:2] == ["times faster than langextract", "4.0"]
    assert [row[0] for row in tables["peers_tokens"].rows] == ["summarizer", "langextract"]
    # 800 tokens at 10 ms and 100 at 100 ms are 18 s.
    assert tables["peers_limit"].rows[0][4:7] == ["18.0", "10.0", "0.56"]
    for report in tables.values():
        assert all(len(row) == len(report.columns) for row in report.rows)
        assert fixture.text[:40] not in report.markdown()


def test_the_proxy_tells_when_upstream_is_gone() -> None:
    with Proxy("http://127.0.0.1:9/v1") as proxy:
        parts = urlsplit(proxy.base_url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        connection.request("POST", "/v1/chat/completions", b"{}")
        assert connection.getresponse().status == 502
        connection.close()
        assert proxy.taken().refused == 1


def test_the_proxy_passes_lists_on(setting: Setting) -> None:
    with urllib.request.urlopen(f"{setting.proxy.base_url}/models") as response:
        assert json.load(response) == {"data": []}
    assert setting.proxy.taken().calls == 0
