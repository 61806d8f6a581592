"""Whole runs: perfect and spoilt records, failures, repeats, and scores as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import InputError, TruncatedAnswer
from summarizer.evals import (
    Counts,
    Failure,
    Fixture,
    FixtureSet,
    Tally,
    dump_scores,
    gate,
    headlines,
    load_scores,
    open_set,
    oracle,
    read_answer,
    score,
    score_runs,
)
from summarizer.record import Record, dump_record

Make = Callable[..., Fixture]
PROJECT = Path(__file__).parents[2] / "evals" / "fixtures"


def without_statements(record: Record) -> Record:
    return record.model_copy(update={"statements": []})


# Perfect and spoilt


# The gold has no summary; tests of what one tells are in test_summaries.py.
TOLD = ("summary/meetings", "summary/participants", "summary/topics", "lead/topics")


def test_perfect_records_score_one_in_everything(project_fixtures: list[Fixture]) -> None:
    scores = score({f.id: oracle(f) for f in project_fixtures}, project_fixtures)
    for article in scores.articles:
        values = {name: value for name, value in article.values.items() if name not in TOLD}
        assert set(values.values()) <= {1.0, None}, article.fixture
        assert {finding.outcome for finding in article.findings} <= {"right"}
    for name, figure in scores.f1.items():
        assert (figure.f1, figure.macro.value) == (1.0, 1.0), name
        assert figure.interval is not None
        assert (figure.interval.low, figure.interval.high) == (1.0, 1.0)
    fields = {name: figure for name, figure in scores.accuracy.items() if name not in TOLD}
    assert {figure.accuracy for figure in fields.values()} == {1.0}
    assert {figure.events for figure in scores.inventions.values()} == {0}
    assert scores.failures == {}


def test_every_third_statement_left_out(project_fixtures: list[Fixture]) -> None:
    """A planted corruption: precision stays 1, recall is what is left of the required ones."""
    records, kept, required = {}, 0, 0
    for fixture in project_fixtures:
        record = oracle(fixture)
        left = [s for number, s in enumerate(record.statements) if number % 3]
        records[fixture.id] = record.model_copy(update={"statements": left})
        for said in fixture.statements:
            if said.quote_type != "indirect":
                kept += bool(said.index % 3)
                required += not said.optional or bool(said.index % 3)
    joint = score(records, project_fixtures).f1["joint"]
    assert joint.counts == Counts(tp=kept, fp=0, fn=required - kept)
    assert joint.precision == 1.0


def test_every_speaker_exchanged(project_fixtures: list[Fixture]) -> None:
    """With a stranger as everyone's speaker no joint figure is left, and the words stay right."""
    records = {}
    for fixture in project_fixtures:
        record = oracle(fixture)
        stranger = record.persons[:1] and record.persons[0].model_copy(
            update={"id": "x", "name": "Zzyzx Qwpfg", "country": None}
        )
        people = [*record.persons, stranger] if stranger else []
        said = [s.model_copy(update={"speaker": "x"}) for s in record.statements]
        records[fixture.id] = record.model_copy(update={"persons": people, "statements": said})
    scores = score(records, project_fixtures)
    assert scores.f1["joint"].f1 == scores.f1["indirect"].f1 == 0.0
    assert scores.f1["quotations"].f1 == 1.0
    assert scores.accuracy["speaker"].tally.right == 0


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_figures_stay_within_bounds_whatever_is_left_out(
    project_fixtures: list[Fixture], seed: int
) -> None:
    rng = Random(seed)
    fixtures = project_fixtures[seed % 3 :: 7]
    records: dict[str, Record | Failure] = {}
    for fixture in fixtures:
        record = oracle(fixture)
        said = [s for s in record.statements if rng.random() < 0.7]
        met = [m for m in record.meetings if rng.random() < 0.7]
        rng.shuffle(said)
        rng.shuffle(met)
        records[fixture.id] = record.model_copy(update={"statements": said, "meetings": met})
    scores = score(records, fixtures)
    for figure in scores.f1.values():
        assert figure.f1 is None or 0.0 <= figure.f1 <= 1.0
        assert figure.counts.fp == 0
        if figure.interval and figure.f1 is not None:
            assert 0.0 <= figure.interval.low <= figure.interval.high <= 1.0
    ladder = [scores.f1[f"spans/all/{step}"].counts.tp for step in ("0.3", "0.5", "0.8", "exact")]
    assert ladder == sorted(ladder, reverse=True)


# Micro and macro


def test_micro_pools_and_macro_averages(make: Make, parts: dict[str, Any]) -> None:
    one = make(name="01-a", statements=[parts["direct"]])
    two = make(name="02-b", statements=[parts["direct"], parts["mixed"]])
    records = {"01-a": oracle(one), "02-b": without_statements(oracle(two))}
    joint = score(records, [one, two]).f1["joint"]
    # Pooled: 1 found, 2 missed: F1 = 2/(2+2) = 0.5. Articles: 1 and 0, mean 0.5.
    assert (joint.counts, joint.f1, joint.macro.value) == (Counts(1, 0, 2), 0.5, 0.5)
    # P: 1 of 1 pooled; 1 and 0 (nothing returned) on average. R: 1/3 pooled, 1 and 0 on average.
    assert (joint.precision, joint.macro_precision) == (1.0, 0.5)
    assert (joint.recall, joint.macro_recall) == (pytest.approx(1 / 3), 0.5)


def test_an_article_with_nothing_is_left_out_of_the_mean(make: Make) -> None:
    one, empty = make(name="01-a"), make(name="02-b", statements=[])
    records = {"01-a": oracle(one), "02-b": oracle(empty)}
    macro = score(records, [one, empty]).f1["joint"].macro
    assert (macro.value, macro.articles) == (1.0, 1)
    # Anything returned there scores 0: the statements of the first article.
    made_up = oracle(one).model_copy(update={"meetings": []})
    macro = score({**records, "02-b": made_up}, [one, empty]).f1["joint"].macro
    assert (macro.value, macro.articles) == (0.5, 2)


# The gate


def failing(make: Make) -> tuple[Fixture, Record]:
    fixture = make()
    return fixture, oracle(fixture)


def test_a_failed_article_scores_zero_in_everything(make: Make, parts: dict[str, Any]) -> None:
    fixture, empty = make(name="01-a"), make(name="02-b", statements=[], meetings=[])
    results = {"01-a": Failure("truncated"), "02-b": Failure("refused")}
    scores = score(results, [fixture, empty])
    assert scores.failures == {"truncated": 1, "refused": 1}
    for article in scores.articles:
        assert set(article.values.values()) == {0.0}
    assert scores.f1["joint"].counts == Counts(0, 0, 2)
    assert scores.f1["joint"].macro.articles == 2
    # A failure says nothing of meetings, and nothing is not right where there is none.
    assert scores.accuracy["presence"].tally == Tally(unpaired=2)
    assert scores.accuracy["country"].tally == Tally(unpaired=2)


def test_a_missing_article_has_failed(make: Make) -> None:
    assert score({}, [make()]).failures == {"missing": 1}


def test_the_class_of_an_error_is_its_code() -> None:
    assert Failure.of(TruncatedAnswer("cut")) == Failure("truncated", "cut")


def test_a_span_that_does_not_verify_fails_and_is_counted_as_fabricated(make: Make) -> None:
    fixture, record = failing(make)
    said = record.statements[0]
    altered = said.spans[0].model_copy(update={"text": "We will send 21 ships,"})
    false = said.model_copy(update={"spans": [altered, said.spans[1]]})
    record = record.model_copy(update={"statements": [false, *record.statements[1:]]})
    scores = score({fixture.id: record}, [fixture])
    assert scores.failures == {"span": 1}
    assert scores.f1["joint"].f1 == 0.0
    quotations = scores.inventions["quotations"]
    # Of the direct and the mixed statement, one is fabricated.
    assert (quotations.events, quotations.returned) == (1, 2)


def test_the_gate_names_what_failed(make: Make) -> None:
    fixture, record = failing(make)

    def code(**fields: Any) -> str:
        failure = gate(record.model_copy(update=fields), fixture.article_id, fixture.text)
        return failure.code if failure else "passed"

    assert code() == "passed"
    assert code(article=record.article.model_copy(update={"id": "sha256:0"})) == "article"
    assert code(persons=[]) == "reference"
    stray = [record.statements[0].model_copy(update={"speaker": "p9"})]
    assert code(statements=stray) == "reference"
    # A record without its text is checked against the fixture's.
    assert code(article=record.article.model_copy(update={"text": None, "length": 1})) == "passed"


def test_answers_are_read(make: Make) -> None:
    _, record = failing(make)
    assert read_answer(dump_record(record)) == record
    broken = read_answer("{")
    assert isinstance(broken, Failure) and broken.code == "json"
    other = read_answer('{"article": {}}')
    assert isinstance(other, Failure) and other.code == "schema"
    assert other.message.startswith("article.id: ")


def test_no_fixtures_is_an_error() -> None:
    with pytest.raises(InputError, match="no fixtures"):
        score({}, [])


# Several runs


def test_runs_are_averaged_within_the_article(make: Make) -> None:
    fixture, record = failing(make)
    runs = [{fixture.id: record}, {fixture.id: without_statements(record)}]
    scores = score_runs(runs, [fixture])
    assert scores.runs == 2
    assert scores.articles[0].values["joint"] == 0.5
    assert scores.f1["joint"].counts == Counts(2, 0, 2)
    assert scores.f1["joint"].macro.value == 0.5
    # Two runs of one article count as one: 1 of 1 (Wilson), not 2 of 2.
    once = score({fixture.id: record}, [fixture]).accuracy["status"].interval
    assert scores.accuracy["status"].interval == once
    assert scores.accuracy["status"].tally == Tally(right=2)


def test_a_run_that_failed_counts_as_zero_among_the_others(make: Make) -> None:
    fixture, record = failing(make)
    runs = [{fixture.id: record}, {fixture.id: record}, {fixture.id: Failure("refused")}]
    scores = score_runs(runs, [fixture])
    assert scores.articles[0].values["joint"] == pytest.approx(2 / 3)
    assert scores.failures == {"refused": 1}


# JSON


def test_scores_survive_json(make: Make) -> None:
    fixture, record = failing(make)
    scores = score({fixture.id: without_statements(record)}, [fixture])
    assert load_scores(dump_scores(scores)) == scores
    bare = load_scores(dump_scores(scores, findings=False))
    assert bare.articles[0].findings == ()
    assert bare.f1 == scores.f1
    assert "ships" not in dump_scores(bare)


@pytest.mark.parametrize("content", ["{", "{}", "[]"])
def test_what_holds_no_scores_is_named(content: str) -> None:
    with pytest.raises(InputError, match=r"run-a: holds no scores"):
        load_scores(content, where="run-a")


# Sets and headlines


def test_a_set_is_opened_by_its_folder() -> None:
    dev = open_set(str(PROJECT), "dev")
    assert isinstance(dev, FixtureSet)
    assert {fixture.split for fixture in dev.fixtures} == {"dev"}
    whole = open_set(str(PROJECT))
    assert whole.sha256 != dev.sha256
    task = dev.tasks[0]
    assert (task.id, task.published) == ("00-tsamto-shoigu-dong", None)
    scores = dev.score([{f.id: oracle(f) for f in dev.fixtures}])
    assert scores.fixture_set == dev.sha256
    assert scores.split == "dev"
    assert open_set(str(PROJECT), "holdout").score([{}]).split == "holdout"


def test_the_split_of_a_set(make: Make) -> None:
    assert score({}, [make()]).split is None
    dev, holdout = make(name="01-a", split="dev"), make(name="02-b", split="holdout")
    assert score({}, [dev]).split == "dev"
    assert score({}, [dev, holdout]).split == "all"


def test_headlines_are_named_in_order(make: Make) -> None:
    fixture, record = failing(make)
    shown = headlines(score({fixture.id: record}, [fixture]))
    assert [one.name for one in shown] == [
        "joint",
        "quotations",
        "indirect",
        "participants",
        "presence",
        "status",
        "date",
        "mode",
        "place",
        "country",
        *TOLD,
        "quotations",
        "years",
        "places",
        "countries",
    ]
    fabricated = shown[10 + len(TOLD)]
    assert (fabricated.value, fabricated.n, fabricated.unit) == (0, 2, "returned")
    assert (shown[4].value, shown[4].n, shown[4].unit) == (1.0, 1, "items")
