"""Conducting runs, keeping them in folders, and laying two side by side."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import (
    InputError,
    ModelUnavailable,
    PromptError,
    RefusedAnswer,
    SummarizerError,
    TransportError,
    UsageError,
)
from summarizer.evals import Failure, Fixture, FixtureSet, PolnearSet, Task, oracle
from summarizer.evals.runs import (
    AnswerFile,
    RecordedModel,
    Result,
    SavedRun,
    article_hashes,
    clear,
    conduct,
    identify,
    is_run,
    load_results,
    load_run,
    narrowed,
    on_common_articles,
    read_ids,
    save_run,
)
from summarizer.model import Answer
from summarizer.prompt import load_prompt
from summarizer.record import Record

Make = Callable[..., Fixture]


class Failing:
    """A model that fails in one way."""

    name, label = "failing", "local"
    context: int | None = None

    def __init__(self, error: Exception) -> None:
        self.error = error

    def ask(self, *args: Any, **kwargs: Any) -> Answer[Any]:
        raise self.error


def recorded(folder: Path, live: Failing | None = None) -> RecordedModel:
    answers = AnswerFile(folder / "answers.jsonl", "failing", "local")
    return RecordedModel("failing", "local", answers, (lambda: live) if live else None)


@pytest.fixture
def three(make: Make) -> FixtureSet:
    return FixtureSet(tuple(make(name=f"0{n}-oslo") for n in (1, 2, 3)))


def results_of(chosen: FixtureSet, *, lost: Sequence[str] = (), run: int = 1) -> list[Result]:
    return [
        Result(each.id, run, Failure("invalid", "why") if each.id in lost else oracle(each), 2.0)
        for each in chosen.fixtures
    ]


def saved(folder: Path, chosen: FixtureSet, *, lost: Sequence[str] = ()) -> SavedRun:
    results = results_of(chosen, lost=lost)
    scores = chosen.score([{each.fixture: each.outcome for each in results}])
    identity = identify(
        chosen,
        name="made-up",
        split=scores.split,
        prompt=load_prompt("grounded"),
        model=recorded(folder),
        results=results,
        runs=1,
    )
    return save_run(folder, identity, results, scores)


# Conducting.


@pytest.fixture
def summarizing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], Any]], None]:
    """Puts a function from the article's address to an outcome in the place of the pipeline."""

    def put(outcome: Callable[[str], Any]) -> None:
        def summarize(article: Any, *, model: Any, prompt: Any) -> Record:
            found = outcome(article.uri)
            if isinstance(found, Exception):
                raise found
            assert isinstance(found, Record)
            return found

        module = sys.modules[conduct.__module__]
        monkeypatch.setattr(module, "summarize_article", summarize)

    return put


def run_all(chosen: FixtureSet, model: RecordedModel, runs: int = 1) -> list[Result]:
    seen: list[Result] = []
    prompt = load_prompt("grounded")
    results = conduct(chosen.tasks, prompt=prompt, model=model, runs=runs, progress=seen.append)
    assert seen == results
    return results


def test_every_article_has_an_outcome_in_every_run(
    three: FixtureSet, tmp_path: Path, summarizing: Callable[..., None]
) -> None:
    summarizing(lambda uri: oracle(three.fixtures[0]))
    results = run_all(three, recorded(tmp_path), runs=2)
    ids = [each.id for each in three.fixtures]
    assert [(each.run, each.fixture) for each in results] == [
        (run, name) for run in (1, 2) for name in ids
    ]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedAnswer("no"), "refused"),
        (TransportError("lost"), "transport"),
        (PromptError("template"), "prompt"),
        (KeyError("speaker"), "crash"),
        (RecursionError("deep"), "crash"),
    ],
)
def test_a_failure_is_the_outcome_of_its_article_alone(
    three: FixtureSet,
    tmp_path: Path,
    summarizing: Callable[..., None],
    error: Exception,
    code: str,
) -> None:
    summarizing(lambda uri: error if uri.startswith("02") else oracle(three.fixtures[0]))
    first, second, third = (each.outcome for each in run_all(three, recorded(tmp_path)))
    assert isinstance(second, Failure)
    assert second.code == code
    assert isinstance(first, Record)
    assert isinstance(third, Record)


@pytest.mark.parametrize("error", [ModelUnavailable("none"), UsageError("no such ask")])
def test_what_is_wrong_for_every_article_ends_the_run(
    three: FixtureSet,
    tmp_path: Path,
    summarizing: Callable[..., None],
    error: SummarizerError,
) -> None:
    summarizing(lambda uri: error)
    with pytest.raises(type(error)):
        run_all(three, recorded(tmp_path))


def test_a_model_that_goes_away_after_an_answer_costs_the_articles_that_follow(
    three: FixtureSet, tmp_path: Path, summarizing: Callable[..., None]
) -> None:
    model = recorded(tmp_path)

    def outcome(uri: str) -> Any:
        if uri.startswith("01"):
            model.asked += 1
            return oracle(three.fixtures[0])
        return ModelUnavailable("gone")

    summarizing(outcome)
    codes = [getattr(each.outcome, "code", None) for each in run_all(three, model)]
    assert codes == [None, "unavailable", "unavailable"]


def test_the_article_is_the_task_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, summarizing: Callable[..., None]
) -> None:
    seen: list[Any] = []
    module = sys.modules[conduct.__module__]

    def summarize(article: Any, **kwargs: Any) -> Record:
        seen.append(article)
        raise RefusedAnswer("no")

    monkeypatch.setattr(module, "summarize_article", summarize)
    task = Task("07-x", "Ein Treffen fand in Bonn statt, sagte der Minister.", "2024-05-01")
    conduct(
        [task],
        prompt=load_prompt("grounded"),
        model=recorded(tmp_path),
        runs=1,
        progress=lambda result: None,
    )
    (article,) = seen
    assert (article.text, article.published) == (task.text, "2024-05-01")


# Folders.


def test_a_saved_run_is_loaded_as_it_was(three: FixtureSet, tmp_path: Path) -> None:
    run = saved(tmp_path, three, lost=["02-oslo"])
    assert load_run(tmp_path) == run
    assert is_run(tmp_path)
    assert run.identity.articles == article_hashes(three)
    assert run.identity.failures == {"invalid": 1}
    assert run.identity.latency.p50 == 2.0
    assert run.identity.source == "recorded"


def test_scoring_again_gives_the_same_scores(three: FixtureSet, tmp_path: Path) -> None:
    run = saved(tmp_path, three, lost=["02-oslo"])
    texts = {each.id: each.text for each in three.fixtures}
    again = load_results(tmp_path, texts)
    assert three.score(again) == run.scores
    assert again[0]["02-oslo"] == Failure("invalid", "why")


def test_no_file_of_a_run_holds_an_article(make: Make, tmp_path: Path) -> None:
    secret = "Nobody quoted this sentence at all."
    fixture = make(text=make().text + f"\n{secret}")
    saved(tmp_path, FixtureSet((fixture,)))
    for path in tmp_path.iterdir():
        if path.is_file():
            assert secret not in path.read_text(encoding="utf-8")


def test_a_record_that_is_the_same_again_keeps_its_line(three: FixtureSet, tmp_path: Path) -> None:
    saved(tmp_path, three)
    before = (tmp_path / "records.jsonl").read_bytes()
    results = results_of(three)
    later = []
    for result in results:
        record = result.outcome
        assert isinstance(record, Record)
        made = record.provenance.model_copy(update={"created": "2030-01-01T00:00:00Z"})
        later.append(Result(result.fixture, 1, record.model_copy(update={"provenance": made}), 3.0))
    run = load_run(tmp_path)
    save_run(tmp_path, run.identity, later, run.scores)
    assert (tmp_path / "records.jsonl").read_bytes() == before
    save_run(tmp_path, run.identity, results_of(three, lost=["01-oslo"]), run.scores)
    lines = (tmp_path / "records.jsonl").read_bytes().split(b"\n")
    assert "failure" in json.loads(lines[0])
    assert lines[1:] == before.split(b"\n")[1:]


@pytest.mark.parametrize("name", ["run.json", "scores.json"])
def test_a_folder_that_lacks_a_file_is_no_run(three: FixtureSet, tmp_path: Path, name: str) -> None:
    saved(tmp_path, three)
    (tmp_path / name).unlink()
    with pytest.raises(InputError, match=name):
        load_run(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"fixtures": 3}'])
def test_a_damaged_identity_is_named(three: FixtureSet, tmp_path: Path, content: str) -> None:
    saved(tmp_path, three)
    (tmp_path / "run.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"run\.json"):
        load_run(tmp_path)


def test_a_damaged_record_is_named_by_its_line(three: FixtureSet, tmp_path: Path) -> None:
    saved(tmp_path, three)
    path = tmp_path / "records.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "{]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"records\.jsonl:4"):
        load_results(tmp_path, {"01-oslo": "text"})


def test_a_spoilt_record_fails_the_gate(three: FixtureSet, tmp_path: Path) -> None:
    saved(tmp_path, three)
    path = tmp_path / "records.jsonl"
    lines = path.read_text(encoding="utf-8").replace('"statements":[', '"statements":[3,', 1)
    path.write_text(lines, encoding="utf-8")
    again = load_results(tmp_path, {each.id: each.text for each in three.fixtures})
    assert three.score(again).failures == {"schema": 1}


def test_clearing_leaves_other_files(three: FixtureSet, tmp_path: Path) -> None:
    saved(tmp_path, three)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    before = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert before > {"run.json", "scores.json", "records.jsonl"}
    clear(tmp_path)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"notes.txt"}
    clear(tmp_path)


# Choosing articles.


def test_a_set_is_narrowed_in_its_own_order(three: FixtureSet) -> None:
    chosen = narrowed(three, ["03-oslo", "01-oslo"])
    assert [task.id for task in chosen.tasks] == ["01-oslo", "03-oslo"]
    assert [task.id for task in narrowed(three, None, 2).tasks] == ["01-oslo", "02-oslo"]
    assert [task.id for task in narrowed(three, ["03-oslo", "02-oslo"], 1).tasks] == ["02-oslo"]
    assert narrowed(three) == three


def test_an_unknown_id_is_named(three: FixtureSet) -> None:
    with pytest.raises(UsageError, match="`04-oslo`"):
        narrowed(three, ["01-oslo", "04-oslo"])


def test_polnear_is_narrowed_too() -> None:
    from summarizer.evals import PolnearArticle

    articles = tuple(PolnearArticle(name, "text", (), "0") for name in "abc")
    chosen = narrowed(PolnearSet(articles), ["b"])
    assert [task.id for task in chosen.tasks] == ["b"]
    assert article_hashes(chosen) == {"b": "0"}


def test_nothing_left_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no article"):
        narrowed(PolnearSet(()))


def test_ids_come_from_options_and_files(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("# which\na\n\nb  # why\n", encoding="utf-8")
    assert read_ids([str(path), "c, d,", "e"]) == ["a", "b", "c", "d", "e"]
    assert read_ids([]) is None
    with pytest.raises(InputError, match=r"absent\.txt"):
        read_ids([str(tmp_path / "absent.txt")])


# Two runs.


def test_runs_of_one_set_are_compared_as_they_are(three: FixtureSet, tmp_path: Path) -> None:
    a, b = saved(tmp_path / "a", three), saved(tmp_path / "b", three, lost=["01-oslo"])
    assert on_common_articles(a, b) == (a.scores, b.scores)


def test_runs_of_different_sets_meet_where_both_answered(
    three: FixtureSet, make: Make, tmp_path: Path
) -> None:
    fewer = FixtureSet((*three.fixtures[1:], make(name="09-oslo")))
    a, b = saved(tmp_path / "a", three, lost=["02-oslo"]), saved(tmp_path / "b", fewer)
    ours, theirs = on_common_articles(a, b)
    assert [each.fixture for each in ours.articles] == ["02-oslo", "03-oslo"]
    assert [each.fixture for each in theirs.articles] == ["02-oslo", "03-oslo"]
    assert ours.fixture_set == theirs.fixture_set
    # The figures are those of the two articles alone.
    alone = FixtureSet(three.fixtures[1:])
    expected = alone.score([{"02-oslo": Failure("invalid"), "03-oslo": oracle(three.fixtures[2])}])
    assert ours.f1 == expected.f1
    assert ours.failures == {"invalid": 1}


def test_an_article_whose_gold_has_changed_is_not_the_same(
    three: FixtureSet, make: Make, tmp_path: Path
) -> None:
    changed = FixtureSet((make(name="01-oslo", statements=[]), *three.fixtures[1:]))
    a, b = saved(tmp_path / "a", three), saved(tmp_path / "b", changed)
    ours, _ = on_common_articles(a, b)
    assert [each.fixture for each in ours.articles] == ["02-oslo", "03-oslo"]


def test_runs_with_nothing_in_common_are_not_compared(
    three: FixtureSet, make: Make, tmp_path: Path
) -> None:
    other = FixtureSet((make(name="09-oslo"),))
    a, b = saved(tmp_path / "a", three), saved(tmp_path / "b", other)
    with pytest.raises(UsageError, match="in common"):
        on_common_articles(a, b)
