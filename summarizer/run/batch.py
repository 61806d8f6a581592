"""One outcome for each input, in input order, each as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.errors import AnswerError, InputError, ModelUnavailable, SummarizerError
from summarizer.record import Record

_ALL_RECORDS = 0
_ONLY_INPUT_UNREADABLE = 2
_SOME_WITHOUT_RECORD = 3


@dataclass(frozen=True)
class Outcome:
    """What became of one input: a record, or the error that stands in its place."""

    name: str
    result: Record | SummarizerError


def run(
    sources: Iterable[Article | InputError], summarize_one: Callable[[Article], Record]
) -> Iterator[Outcome]:
    """The outcomes of `sources`; an article that fails does not stop the others.

    Raises:
        ModelUnavailable: the model cannot be used, and has not given an answer yet. Once it has,
            the failure belongs to the article at hand.
    """
    answered = False
    for source in sources:
        if isinstance(source, InputError):
            yield Outcome(source.where or "input", source)
            continue
        name = source.uri or "standard input"
        try:
            result: Record | SummarizerError = summarize_one(source)
        except ModelUnavailable as error:
            if not answered:
                raise
            result = error
        except SummarizerError as error:
            result = error
        answered = answered or isinstance(result, (Record, AnswerError))
        yield Outcome(name, result)


def exit_code(failures: Sequence[SummarizerError], *, alone: bool) -> int:
    """0 if each input gave a record, 2 if the only one (`alone`) cannot be read, else 3."""
    if not failures:
        return _ALL_RECORDS
    if alone and isinstance(failures[0], InputError):
        return _ONLY_INPUT_UNREADABLE
    return _SOME_WITHOUT_RECORD
