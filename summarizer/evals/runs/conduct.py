"""Conducting a run: every article of a set answered, and a failure is an outcome like any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.article import Article, article_id
from summarizer.errors import ModelUnavailable, PromptError, SummarizerError, UsageError
from summarizer.evals.gate import Failure
from summarizer.evals.runs.recorded import RecordedModel
from summarizer.evals.sets import Task
from summarizer.extract import summarize_article
from summarizer.prompt import Prompt
from summarizer.record import Record

CRASH = "crash"


@dataclass(frozen=True)
class Result:
    """What became of one article in one of K runs; `seconds` is what the model took for it."""

    fixture: str
    run: int
    outcome: Record | Failure
    seconds: float


def conduct(
    tasks: Sequence[Task],
    *,
    prompt: Prompt,
    model: RecordedModel,
    runs: int,
    progress: Callable[[Result], None],
) -> list[Result]:
    """The results of K runs over all articles, run after run.

    Args:
        tasks: the articles.
        prompt: what is asked.
        model: who is asked.
        runs: how often each article is answered.
        progress: told of each result as soon as it is there.

    Raises:
        ModelUnavailable: the model cannot be used, and has not given an answer yet.
        UsageError: the prompt and the program do not fit together.
    """
    results = []
    for run in range(1, runs + 1):
        model.run = run
        for task in tasks:
            model.article, before = task.id, model.seconds
            outcome = _answer(task, prompt, model)
            results.append(Result(task.id, run, outcome, model.seconds - before))
            progress(results[-1])
    return results


def _answer(task: Task, prompt: Prompt, model: RecordedModel) -> Record | Failure:
    article = Article(
        id=article_id(task.text),
        uri=f"{task.id}.txt",
        published=task.published,
        text=task.text,
    )
    try:
        return summarize_article(article, model=model, prompt=prompt)
    except ModelUnavailable as error:
        if not model.asked and not model.replayed:
            raise
        return Failure.of(error)
    except PromptError as error:
        return Failure.of(error)
    except UsageError:
        raise
    except SummarizerError as error:
        return Failure.of(error)
    except Exception as error:
        # A fault of the program takes this article's points, and is seen in the failures.
        return Failure(CRASH, f"{type(error).__name__}: {error}")
