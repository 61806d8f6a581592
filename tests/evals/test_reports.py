"""Reports: the same figures in every form, and nothing of an article steers what shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from summarizer.article import Span
from summarizer.errors import InputError
from summarizer.evals import Failure, Fixture, FixtureSet, headlines, oracle
from summarizer.evals.gating import GateResult, Requirement
from summarizer.evals.report import (
    comparison_json,
    comparison_text,
    contest,
    gate_json,
    gate_junit,
    gate_text,
    page,
    readme_table,
    run_json,
    run_junit,
    runs_text,
)
from summarizer.evals.report.marks import cut, gold_pieces, result_pieces
from summarizer.evals.report.plots import plot
from summarizer.evals.runs import AnswerFile, RecordedModel, Result, SavedRun, identify, save_run
from summarizer.evals.statistics import Interval
from summarizer.prompt import load_prompt

Make = Callable[..., Fixture]
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"


@pytest.fixture
def three(make: Make) -> FixtureSet:
    return FixtureSet(tuple(make(name=f"0{n}-oslo") for n in (1, 2, 3)))


def save(folder: Path, chosen: FixtureSet, outcomes: dict[str, Any]) -> SavedRun:
    results = [Result(name, 1, outcome, 2.0) for name, outcome in outcomes.items()]
    scores = chosen.score([outcomes])
    identity = identify(
        chosen,
        name="made-up",
        split=scores.split,
        prompt=load_prompt("grounded"),
        model=RecordedModel(
            "example", "local", AnswerFile(folder / "answers.jsonl", "example", "local"), None
        ),
        results=results,
        runs=1,
    )
    return save_run(folder, identity, results, scores)


@pytest.fixture
def good(three: FixtureSet, tmp_path: Path) -> SavedRun:
    return save(tmp_path / "good", three, {each.id: oracle(each) for each in three.fixtures})


@pytest.fixture
def bad(three: FixtureSet, tmp_path: Path) -> SavedRun:
    """Someone else speaks in the first article, and the last has no record."""
    first, second, third = three.fixtures
    spoilt = oracle(first)
    said = [spoilt.statements[0].model_copy(update={"speaker": "p2"}), *spoilt.statements[1:]]
    outcomes = {
        first.id: spoilt.model_copy(update={"statements": said}),
        second.id: oracle(second),
        third.id: Failure("truncated", "the answer was cut"),
    }
    return save(tmp_path / "bad", three, outcomes)


# The terminal.


def test_a_run_s_table_has_every_headline_and_its_identity(bad: SavedRun) -> None:
    text = runs_text([bad], width=120)
    for line in headlines(bad.scores):
        assert line.label in text
    assert "failures  1 truncated" in text
    assert bad.identity.fixture_set[:12] in text
    assert bad.identity.prompt.sha256[:12] in text
    assert "K = 1" in text
    assert "seed" in text
    assert "1 × Anna Lind taken for Pedro Sousa" in text


def test_several_runs_stand_side_by_side(good: SavedRun, bad: SavedRun) -> None:
    text = runs_text([good, bad], width=160)
    line = next(line for line in text.splitlines() if line.startswith("Quotation F1"))
    # Of 6 quotations 4 are found and none is made up: F1 = 8 / 10.
    assert "1.000" in line
    assert "0.800" in line


def test_a_comparison_says_the_verdict_and_what_flipped(good: SavedRun, bad: SavedRun) -> None:
    result = contest(good, bad)
    text = comparison_text(result, width=120)
    assert f"verdict on B: {result.primary.verdict}" in text
    assert "B wins 0, ties 1, loses 2" in text
    assert "01-oslo: statement.speaker: Anna Lind | A right | B wrong: Pedro Sousa" in text
    assert "K = 1" in text


def test_control_characters_do_not_reach_the_terminal(make: Make, tmp_path: Path) -> None:
    fixture = make(text=make().text)
    record = oracle(fixture)
    steering = record.persons[1].model_copy(update={"name": "\x1b]0;taken\x07 Sousa \u202e"})
    said = [record.statements[0].model_copy(update={"speaker": "p2"}), *record.statements[1:]]
    record = record.model_copy(
        update={"persons": [record.persons[0], steering], "statements": said}
    )
    chosen = FixtureSet((fixture,))
    run = save(tmp_path / "run", chosen, {fixture.id: record})
    perfect = save(tmp_path / "perfect", chosen, {fixture.id: oracle(fixture)})
    for text in (
        runs_text([run], width=100),
        comparison_text(contest(perfect, run), width=100),
    ):
        assert "Sousa" in text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", text)


def test_a_gate_s_verdict_is_its_last_line() -> None:
    passed = GateResult((Requirement("joint ≥ 0.5", True, "0.7"),))
    failed = GateResult((Requirement("joint ≥ 0.5", False, "0.3"),))
    assert gate_text(passed).endswith("gate passed\n")
    assert gate_text(failed).endswith("gate failed\n")
    assert gate_text(GateResult(())).endswith("gate failed\n")
    assert gate_text(failed).startswith("no  joint ≥ 0.5: 0.3\n")


# JSON.


def test_a_run_s_json_names_no_article_and_quotes_none(bad: SavedRun) -> None:
    text = run_json(bad)
    data = json.loads(text)
    assert data["articles"] == 3
    assert data["scores"]["failures"] == {"truncated": 1}
    assert data["scores"]["f1"]["joint"]["f1"] == bad.scores.f1["joint"].f1
    assert [each["label"] for each in data["headlines"]] == [
        line.label for line in headlines(bad.scores)
    ]
    for word in ("oslo", "ships", "Lind"):
        assert word not in text


def test_a_comparison_s_json_has_the_pairs(good: SavedRun, bad: SavedRun) -> None:
    data = json.loads(comparison_json(contest(good, bad)))
    assert [pair["fixture"] for pair in data["primary"]["pairs"]] == [
        "01-oslo",
        "02-oslo",
        "03-oslo",
    ]
    assert data["verdict"] == data["primary"]["verdict"]
    assert {flip["won"] for flip in data["flips"]} == {False}


def test_a_gate_s_json_says_whether_it_passed() -> None:
    assert json.loads(gate_json(GateResult(()))) == {"passed": False, "requirements": []}


# JUnit.


def test_junit_counts_articles_without_a_record(bad: SavedRun) -> None:
    suite = ET.fromstring(run_junit(bad)).find("testsuite")
    assert suite is not None
    assert suite.get("tests") == "3"
    assert suite.get("failures") == "1"
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == ["01-oslo", "02-oslo", "03-oslo"]
    assert [len(case.findall("failure")) for case in cases] == [0, 0, 1]
    output = cases[0].findtext("system-out")
    assert output is not None
    assert "wrong: statement.speaker: expected Anna Lind, got Pedro Sousa" in output


@pytest.mark.parametrize(
    ("result", "failures"),
    [
        (GateResult(()), "1"),
        (GateResult((Requirement("a", True, ""),)), "0"),
        (GateResult((Requirement("a", True, ""), Requirement("b", False, "<&\x00"))), "1"),
    ],
)
def test_a_gate_s_junit_fails_as_the_gate_does(result: GateResult, failures: str) -> None:
    suite = ET.fromstring(gate_junit(result)).find("testsuite")
    assert suite is not None
    assert suite.get("failures") == failures
    assert len(suite.findall("testcase/failure")) == int(failures)


# The README's table.


def test_the_readme_s_table_has_a_column_for_each_run(
    good: SavedRun, bad: SavedRun, tmp_path: Path
) -> None:
    baselines, aggregates = tmp_path / "baselines", tmp_path / "aggregates"
    aggregates.mkdir()
    baselines.mkdir()
    good.folder.rename(baselines / "good")
    bad.folder.rename(baselines / "bad")
    other = run_json(good).replace('"made-up"', '"elsewhere"')
    (aggregates / "elsewhere-grounded.json").write_text(other, encoding="utf-8")
    table = readme_table(baselines, aggregates)
    first, second = table.split("\n\n")
    assert first.splitlines()[0] == (
        "| `made-up` | grounded, example (3 articles) | grounded, example (3 articles) |"
    )
    assert second.splitlines()[0] == "| `elsewhere` | grounded, example (3 articles) |"
    for label in ("Joint statement F1", "Participants F1", "Invented places"):
        assert any(line.startswith(f"| {label}") for line in second.splitlines())
    widths = {line.count(" | ") for line in first.splitlines()}
    assert widths == {2}


def test_without_runs_there_is_no_table(tmp_path: Path) -> None:
    assert readme_table(tmp_path / "none", tmp_path / "none") == ""


def test_a_damaged_aggregate_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"identity": 3}', encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.json"):
        readme_table(tmp_path / "none", tmp_path)


# Marks and plots.


def test_pieces_are_the_text_and_the_inner_mark_shows() -> None:
    text = "one two three"
    outer, inner = Span(start=0, end=13, text=text), Span(start=4, end=7, text="two")
    pieces = cut(text, [(inner, "wrong direct", "B"), (outer, "right mixed", "A")])
    assert [(p.text, p.outcome) for p in pieces] == [
        ("one ", "right"),
        ("two", "wrong"),
        (" three", "right"),
    ]
    assert "".join(p.text for p in cut(text, [])) == text


def test_gold_and_result_are_marked_by_how_they_came_out(make: Make) -> None:
    fixture = make()
    record = oracle(fixture)
    kept = [record.statements[0].model_copy(update={"speaker": "p2"}), record.statements[1]]
    record = record.model_copy(update={"statements": kept})
    (scored,) = FixtureSet((fixture,)).score([{fixture.id: record}]).articles
    gold = [(p.text, p.outcome) for p in gold_pieces(fixture, [scored]) if p.outcome]
    assert gold == [
        ("We will send 12 ships,", "wrong"),
        ("They will sail in May.", "wrong"),
        ("the plan “fully meets our needs” this year", "right"),
        ("talks would go on", "miss"),
    ]
    got = [(p.text, p.outcome) for p in result_pieces(fixture.text, record, scored) if p.outcome]
    assert got == gold[:3]


def test_a_plot_keeps_to_its_scale() -> None:
    drawn = plot(
        [("a", 0.0, Interval(-0.2, 0.5, "t")), ("b", 1.0, None), ("a", None, None)], label="x"
    )
    first, second = drawn.whiskers
    assert (first.at, first.low, first.high) == (8, 8, 120)
    assert (second.at, second.low) == (232, None)
    assert drawn.zero is None
    assert plot([], label="x", ends=(-0.5, 0.5)).zero == 120


# The page, as text; `test_page_browser.py` opens it.


def test_the_page_asks_nothing_of_the_network(
    good: SavedRun, bad: SavedRun, three: FixtureSet
) -> None:
    html = page([good, bad], three.fixtures, contest(good, bad))
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", html) == []
    assert re.findall(r'(?:src|href)="([^"#][^"]*)"', html) == ["data:,"]
    assert "@import" not in html
    assert "url(" not in html


def test_a_run_without_its_articles_still_has_a_page(bad: SavedRun) -> None:
    html = page([bad])
    assert "their texts were not at hand" in html
    assert "Joint statement F1" in html
    assert "Verdict" not in html


def test_hostile_words_stay_words(make: Make, tmp_path: Path) -> None:
    fixture = make(text=make().text + "\n" + HOSTILE)
    record = oracle(fixture)
    named = record.persons[1].model_copy(update={"name": f"Sousa {HOSTILE}"})
    said = [record.statements[0].model_copy(update={"speaker": "p2"}), *record.statements[1:]]
    record = record.model_copy(update={"persons": [record.persons[0], named], "statements": said})
    run = save(tmp_path / "run", FixtureSet((fixture,)), {fixture.id: record})
    html = page([run], [fixture])
    assert HOSTILE not in html
    assert html.count("<script>") == 1
    assert "<img" not in html
    assert html.count("&lt;script&gt;") >= 3
