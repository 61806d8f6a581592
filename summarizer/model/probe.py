"""A first look at a server: which way of asking for JSON works, and what it does not take.

The question is tiny, and its schema has what the schemas of this program have: choices, bounds,
lists and nulls. Its answer is none that a model gives by chance, so that a server which ignores
the schema shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field

from summarizer.errors import RefusedAnswer, TransportError
from summarizer.model.completion import answer_text, is_cut, shows_its_reasoning
from summarizer.model.dialect import DIALECTS, DialectName, Manner
from summarizer.model.problems import problem
from summarizer.model.request import Parameters, Request
from summarizer.model.schema import schema_name, strict_schema

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

Outcome = Literal["fits", "ignored", "rejected", "failed"]

# Enough for a model that chats; one that reasons gets more once it shows.
_MAX_TOKENS = 512
_REJECTED = frozenset({400, 422})
# Of a request that may have been more than the server can do: time-outs and inner errors.
_FAILED = frozenset({408, 500, 501, 502, 504})


Language = Annotated[str, Field(min_length=1, max_length=20)]


class Greeting(BaseModel):
    """An answer that no model gives by chance."""

    word: Literal["heron", "quartz"]
    languages: Annotated[list[Language], Field(min_length=1, max_length=2)]
    number: Annotated[int, Field(ge=1, le=9)] | None


@dataclass(frozen=True)
class Trial:
    """What came of asking in one dialect.

    Args:
        dialect: how the server was asked.
        outcome: `fits`: the answer was right; `ignored`: there was an answer, and it was not;
            `rejected`: the server does not take such a request; `failed`: it broke on it.
        said: what was wrong with the answer, or what the server said; empty if all is well.
    """

    dialect: DialectName
    outcome: Outcome
    said: str = ""


@dataclass(frozen=True)
class Findings:
    """What a probe of an endpoint found.

    Args:
        models: the models it lists; null if it lists none.
        model_known: whether the endpoint's model is one of them; null if that is not known.
        manner: how it is spoken to from now on.
        trials: what was tried for that, in order.
        seconds: how long the look took.
    """

    models: tuple[str, ...] | None
    model_known: bool | None
    manner: Manner
    trials: tuple[Trial, ...]
    seconds: float

    @property
    def structured_output(self) -> bool:
        """Whether an answer came out right."""
        return any(trial.outcome == "fits" for trial in self.trials)


@dataclass(frozen=True)
class Found:
    """The manner to speak to a server in, how it was found, and whether to keep it."""

    manner: Manner
    trials: tuple[Trial, ...]
    certain: bool


Send = Callable[[Request, Manner], "ChatCompletion"]


def find_manner(send: Send, parameters: Parameters, ladder: Sequence[DialectName]) -> Found:
    """Ask the tiny question in one dialect after another until an answer is right.

    If none is, the strictest dialect that got any answer is used, and that is not certain.

    Args:
        send: sends a request in a manner; raises the errors of this program.
        parameters: those of the endpoint.
        ladder: the dialects to try.

    Raises:
        ModelUnavailable: the endpoint cannot be used.
        AnswerError: no dialect got an answer.
    """
    look = _Look(send, parameters, ladder[0])
    trials: list[Trial] = []
    answered: set[str | None] = set()
    for name in ladder:
        if DIALECTS[name].format in answered:
            continue
        trial = look.trial(name)
        trials.append(trial)
        if trial.outcome == "fits":
            certain = all(one.outcome != "failed" for one in trials)
            return Found(look.manner, tuple(trials), certain)
        if trial.outcome != "rejected":
            answered.add(DIALECTS[name].format)
    accepted = [one.dialect for one in trials if one.outcome == "ignored"]
    if not accepted:
        assert look.error is not None
        raise look.error
    return Found(replace(look.manner, dialect=accepted[0]), tuple(trials), certain=False)


class _Look:
    """What is known of a server while it is looked at; `error` is the last one."""

    def __init__(self, send: Send, parameters: Parameters, dialect: DialectName) -> None:
        from summarizer.prompt import Message

        self.manner = Manner(dialect)
        self.error: TransportError | None = None
        self._send = send
        self._request = Request(
            messages=(Message(role="user", content="Say hello in JSON."),),
            schema_name=schema_name(Greeting),
            schema=strict_schema(Greeting),
            parameters=replace(parameters, max_tokens=_MAX_TOKENS),
        )

    def trial(self, dialect: DialectName) -> Trial:
        """Ask in one dialect, without the parameters that turn out not to be taken."""
        self.manner = replace(self.manner, dialect=dialect)
        while True:
            try:
                completion = self._send(self._request, self.manner)
            except RefusedAnswer as error:
                return Trial(dialect, "ignored", error.message)
            except TransportError as error:
                if changed := self.manner.without(error.parameter):
                    self.manner = changed
                    continue
                if error.status not in _REJECTED | _FAILED:
                    raise
                self.error = error
                outcome: Outcome = "rejected" if error.status in _REJECTED else "failed"
                return Trial(dialect, outcome, error.message)
            if shows_its_reasoning(completion) and not self.manner.reasons:
                self.manner = replace(self.manner, reasons=True)
                if is_cut(completion):
                    continue
            return Trial(dialect, *_judged(completion))


def _judged(completion: ChatCompletion) -> tuple[Outcome, str]:
    if is_cut(completion):
        return "ignored", "the answer was cut"
    try:
        Greeting.model_validate_json(answer_text(completion, Greeting))
    except ValueError as error:
        return "ignored", problem(error).replace("\n", "; ")
    return "fits", ""
