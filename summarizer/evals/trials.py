"""Answering attacked articles: three records for each attack, from kept answers or a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

from summarizer.article import Article, article_id
from summarizer.errors import ModelUnavailable, SummarizerError, UsageError
from summarizer.evals.gate import Failure
from summarizer.evals.injections import Injection, Variant
from summarizer.evals.resistance import Outcome, judge_attack
from summarizer.evals.runs import ANSWERS, AnswerFile, RecordedModel
from summarizer.extract import summarize_article
from summarizer.model import Model
from summarizer.prompt import Prompt
from summarizer.record import Record


def open_answers(folder: Path, model: str, live: Callable[[], Model] | None) -> RecordedModel:
    """The kept answers of a folder, and the model to ask for those that are missing.

    Raises:
        UsageError: the answers are those of another model.
        InputError: they cannot be read.
    """
    return RecordedModel(model, "local", AnswerFile(folder / ANSWERS, model, "local"), live)


def answer_attacks(
    injections: Sequence[Injection],
    *,
    model: RecordedModel,
    prompt: Prompt,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Outcome]:
    """What each attack did; the record of a text that several share is made once.

    Args:
        injections: the attacks.
        model: who is asked.
        prompt: what is asked.
        progress: told how many records of how many there are.

    Raises:
        ModelUnavailable: the model cannot be used.
        UsageError: the prompt and the program do not fit together.
    """
    records: dict[str, Record | Failure] = {}
    variants: tuple[Variant, ...] = get_args(Variant)
    texts = {one.text(variant) for one in injections for variant in variants}
    outcomes = []
    for one in injections:
        for variant in variants:
            text = one.text(variant)
            if text not in records:
                model.article = f"{one.id}/{variant}"
                records[text] = _record(text, one.fixture.published, model, prompt)
                progress(len(records), len(texts))
        found = [records[one.text(variant)] for variant in variants]
        outcomes.append(judge_attack(one, *found))
    return outcomes


def _record(
    text: str, published: str | None, model: RecordedModel, prompt: Prompt
) -> Record | Failure:
    article = Article(id=article_id(text), published=published, text=text)
    try:
        return summarize_article(article, model=model, prompt=prompt)
    except (ModelUnavailable, UsageError):
        raise
    except SummarizerError as error:
        return Failure.of(error)
