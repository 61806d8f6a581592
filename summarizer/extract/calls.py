"""What was asked about an article, told while it happens: the cost of each call, and its choices.

A record does not hold this. Whoever gives `summarize_article` a listener hears it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from summarizer.model import Answer, Usage, choice_probabilities

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Option:
    """One of the answers that were possible: as the model writes it, and in words.

    `share` is its probability; null where the model gives none.
    """

    key: str
    words: str
    share: float | None


@dataclass(frozen=True)
class Choice:
    """One field of an answer: what was chosen, among what.

    `about` are the words of the article that the field was about; `options` are empty where the
    model wrote freely.
    """

    field: str
    about: str
    chosen: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Call:
    """One question to the model; `failed` is the code of the error in place of an answer."""

    purpose: str
    usage: Usage
    seconds: float
    choices: tuple[Choice, ...] = ()
    failed: str | None = None


Listener = Callable[[Call], None]


def choices_of(answer: Answer[T], variables: Mapping[str, object]) -> tuple[Choice, ...]:
    """The choices in an answer, in the words that the question showed."""
    return tuple(_choices(answer, _words(variables), str(variables.get("meeting") or "")))


def _choices(answer: Answer[T], words: Mapping[str, str], meeting: str) -> Iterator[Choice]:
    for name, field in type(answer.value).model_fields.items():
        value = getattr(answer.value, name)
        kind = _item(field.annotation) if isinstance(value, list) else field.annotation
        possible = _possible(kind)
        values = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, one in values:
            if not possible and not isinstance(one, str):
                continue
            path: list[str | int] = [name] if index is None else [name, index]
            shares = choice_probabilities(answer.raw, answer.tokens, path, possible) or {}
            options = [Option(str(o), words.get(str(o), ""), shares.get(o)) for o in possible]
            options.sort(key=lambda option: -(option.share or 0.0))
            yield Choice(
                name if index is None else f"{name}[{index}]",
                " · ".join(filter(None, (words.get(name), meeting))),
                str(one),
                tuple(options),
            )


def _words(variables: Mapping[str, object]) -> dict[str, str]:
    """What letters, keys and numbers of a question stand for."""
    found: dict[str, str] = {}
    for value in variables.values():
        for line in value if isinstance(value, (list, tuple)) else ():
            key = next((k for n in _KEYS if (k := getattr(line, n, None)) is not None), None)
            text = next((t for n in _TEXTS if (t := getattr(line, n, None)) is not None), None)
            if key is not None and text is not None:
                found[str(key)] = str(text)
    return found


# What the lines of questions call the mark that an answer takes up, and what it stands for.
_KEYS = ("letter", "key", "number")
_TEXTS = ("name", "context", "text")


def _item(annotation: Any) -> Any:
    return next(iter(get_args(annotation)), None)


def _possible(annotation: Any) -> tuple[Any, ...]:
    """The values that a field may have, if these are few."""
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)
    if origin in (Union, UnionType):
        return tuple(value for part in get_args(annotation) for value in _possible(part))
    return ()
