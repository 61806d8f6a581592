"""Runs: a prompt and a model over a set of articles, kept in a folder that can be scored again."""

from summarizer.evals.runs.answers import AnswerFile, read_answers
from summarizer.evals.runs.choose import article_hashes, narrowed, read_ids
from summarizer.evals.runs.common import on_common_articles
from summarizer.evals.runs.conduct import Result, conduct
from summarizer.evals.runs.folder import (
    ANSWERS,
    SavedRun,
    clear,
    is_run,
    load_results,
    load_run,
    save_run,
)
from summarizer.evals.runs.identity import Identity, Latency, Work, identify
from summarizer.evals.runs.recorded import RecordedModel

__all__ = [
    "ANSWERS",
    "AnswerFile",
    "Identity",
    "Latency",
    "RecordedModel",
    "Result",
    "SavedRun",
    "Work",
    "article_hashes",
    "clear",
    "conduct",
    "identify",
    "is_run",
    "load_results",
    "load_run",
    "narrowed",
    "on_common_articles",
    "read_answers",
    "read_ids",
    "save_run",
]
