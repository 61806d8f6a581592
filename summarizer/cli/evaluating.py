"""Making the runs that `summarizer eval` scores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarizer.cli import messages
from summarizer.cli.engine import Engine
from summarizer.errors import InputError, SummarizerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summarizer.evals import EvalSet, Failure
    from summarizer.evals.runs import AnswerFile, Result, SavedRun
    from summarizer.prompt import Prompt
    from summarizer.record import Record
    from summarizer.settings import ModelChoice

FOLDER = Path("eval-runs")
_TRY_AGAIN = {"transport", "unavailable", "not_recorded"}
_VARYING_RUNS = 3


@dataclass(frozen=True)
class Plan:
    """Which articles are answered, how often, and from what."""

    fixtures: str
    split: Literal["dev", "holdout"] | None = None
    only: tuple[str, ...] = ()
    limit: int | None = None
    repeat: int | None = None
    recorded: Path | None = None
    restart: bool = False

    @property
    def set_name(self) -> str:
        """What the set is called, without where it lies."""
        kind, colon, path = self.fixtures.rpartition(":")
        return f"{kind}{colon}{Path(path).resolve().name}"

    def chosen(self) -> EvalSet:
        """The articles.

        Raises:
            InputError: the set is not there.
            UsageError: it has no such articles.
        """
        from summarizer.evals import open_set
        from summarizer.evals.runs import narrowed, read_ids

        try:
            whole = open_set(self.fixtures, self.split)
        except InputError as error:
            hint = error.hint or "Sets that are not part of the project are read by their path."
            raise InputError(error.message, where=error.where, hint=hint) from None
        return narrowed(whole, read_ids(self.only), self.limit)


@dataclass(frozen=True)
class _Asked:
    """A model: its name, where it is, whom to ask (None asks nobody), and what is kept of it."""

    name: str
    label: str
    engine: Engine | None
    recorded: Path | None
    runs: int


def make_runs(
    plan: Plan,
    *,
    prompts: Sequence[str],
    models: Sequence[str],
    base_url: str | None,
    out: Path | None,
) -> list[SavedRun]:
    """A run of each prompt with each model; several lie in `out`, one is `out` itself."""
    from summarizer.settings import choose_model, load_settings

    if plan.recorded is not None and (models or base_url):
        raise UsageError(
            "a recorded run has its model", where="--recorded", hint="Leave `--model` out."
        )
    chosen = plan.chosen()
    alone = len(prompts) <= 1 and len(models) <= 1
    if plan.recorded is not None:
        asked, own = _from_record(plan.recorded, plan)
        return [_make(plan, chosen, each, asked, out, alone=alone) for each in prompts or [own]]
    runs = []
    named: list[str | None] = [*models] or [None]
    for model in named:
        settings = load_settings(model=model, base_url=base_url)
        choice = choose_model(settings)
        with Engine(choice) as engine:
            asked = _live(choice, engine, plan)
            for prompt in prompts or [settings.prompt]:
                runs.append(_make(plan, chosen, prompt, asked, out, alone=alone))
    return runs


def side(
    given: str, plan: Plan, *, prompt: str | None, model: str | None, base_url: str | None
) -> SavedRun:
    """A side of a comparison: the run in a folder, or one that is made of a prompt or a model."""
    from summarizer.evals.runs import is_run, load_run
    from summarizer.prompt import find_prompt

    if is_run(Path(given)):
        return load_run(Path(given))
    try:
        find_prompt(given)
        prompt = given
    except SummarizerError:
        _require_model(given, base_url)
        model = given
    prompts, models = [prompt] if prompt else [], [model] if model else []
    (made,) = make_runs(plan, prompts=prompts, models=models, base_url=base_url, out=None)
    return made


def incomplete(run: SavedRun) -> bool:
    """Whether articles have no record for a reason that may pass."""
    return any(code in _TRY_AGAIN for code in run.scores.failures)


def _require_model(given: str, base_url: str | None) -> None:
    from summarizer.settings import choose_model, load_settings

    try:
        choose_model(load_settings(model=given, base_url=base_url))
    except UsageError:
        raise UsageError(
            "is no run, no prompt and no model",
            where=given,
            hint="A run is a folder that `summarizer eval run --out FOLDER` wrote.",
        ) from None


def _live(choice: ModelChoice, engine: Engine, plan: Plan) -> _Asked:
    from summarizer.model import find_model

    if choice.base_url is None:
        return _Asked(find_model(choice.model).name, "local", engine, None, plan.repeat or 1)
    runs = plan.repeat or _VARYING_RUNS
    return _Asked(choice.model, engine.endpoint().label, engine, None, runs)


def _from_record(folder: Path, plan: Plan) -> tuple[_Asked, str]:
    """The model of a run that answers from its record, and the run's prompt."""
    from summarizer.evals.runs import load_run

    who = load_run(folder).identity
    return _Asked(who.model, who.endpoint, None, folder, plan.repeat or who.runs), who.prompt.name


def _make(
    plan: Plan, chosen: EvalSet, reference: str, asked: _Asked, out: Path | None, *, alone: bool
) -> SavedRun:
    from summarizer.evals.runs import (
        ANSWERS,
        AnswerFile,
        RecordedModel,
        clear,
        conduct,
        identify,
        read_answers,
        save_run,
    )
    from summarizer.prompt import load_prompt

    prompt = load_prompt(reference)
    folder = _folder(out, prompt, asked.name, alone=alone)
    if plan.restart:
        clear(folder)
    answers = AnswerFile(folder / ANSWERS, asked.name, asked.label)
    if asked.recorded is not None:
        answers.include(read_answers(asked.recorded / ANSWERS)[1])
    live = asked.engine.endpoint if asked.engine is not None else None
    model = RecordedModel(asked.name, asked.label, answers, live)
    messages.note(f"{prompt.name}, {asked.name}: {len(chosen.tasks)} articles, K = {asked.runs}")
    total = len(chosen.tasks) * asked.runs
    results = conduct(
        chosen.tasks, prompt=prompt, model=model, runs=asked.runs, progress=_progress(total)
    )
    _tidy(answers, results)
    scores = chosen.score(_by_run(results, asked.runs))
    identity = identify(
        chosen,
        name=plan.set_name,
        split=scores.split,
        prompt=prompt,
        model=model,
        results=results,
        runs=asked.runs,
    )
    return save_run(folder, identity, results, scores)


def _folder(out: Path | None, prompt: Prompt, model: str, *, alone: bool) -> Path:
    if out is not None and alone:
        return out
    name = re.sub(r"[^\w.-]+", "-", f"{prompt.name}-{Path(model).name}")
    return (out or FOLDER) / name


def _progress(total: int) -> Callable[[Result], None]:
    from summarizer.evals import Failure

    done = 0

    def report(result: Result) -> None:
        nonlocal done
        done += 1
        outcome = result.outcome
        told = "done"
        if isinstance(outcome, Failure):
            told = f"no record: {outcome.code}: {outcome.message}"
        messages.note(f"[{done}/{total}] {result.fixture}: {told} ({result.seconds:.1f} s)")

    return report


def _tidy(answers: AnswerFile, results: Sequence[Result]) -> None:
    """Leave out the answers to questions of earlier prompts, once this one has all of its own."""
    from summarizer.evals import Failure

    if not any(isinstance(result.outcome, Failure) for result in results):
        answers.tidy({result.fixture for result in results})


def _by_run(results: Sequence[Result], runs: int) -> list[dict[str, Record | Failure]]:
    return [{r.fixture: r.outcome for r in results if r.run == run} for run in range(1, runs + 1)]
