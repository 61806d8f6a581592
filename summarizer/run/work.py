"""What is to be done for one article, what became of it, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.model import Usage

if TYPE_CHECKING:
    from summarizer.extract import Call

State = Literal["ok", "invalid", "refused", "truncated", "transport", "unreadable", "budget"]

# By the error's code; what is not listed is an answer that was no use.
_STATES: dict[str, State] = {
    "unreadable": "unreadable",
    "budget": "budget",
    "refused": "refused",
    "truncated": "truncated",
    "too_long": "truncated",
    "transport": "transport",
    "unavailable": "transport",
}
# What the same command tries again: nothing that was paid for and answered.
UNFINISHED: frozenset[State] = frozenset({"transport", "budget", "unreadable"})


@dataclass(frozen=True)
class Identity:
    """What decides a record besides the article; `endpoint` is an address, or engine and weights.

    `prompt_sha256` is of the prompt's files, so that an edited prompt is another one.
    """

    prompt: str
    prompt_sha256: str
    model: str
    endpoint: str

    def key(self, article: Article) -> str:
        """What two articles share if, and only if, one answer serves both."""
        parts = (self.prompt_sha256, self.model, self.endpoint, article.id, article.published or "")
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Task:
    """One article to be answered."""

    key: str
    article: Article


@dataclass(frozen=True)
class Spent:
    """What one answer to a question of a task cost; `cost_usd` is null where no price is known."""

    key: str
    usage: Usage
    cost_usd: float | None


@dataclass(frozen=True)
class Heard:
    """One call to the model about a task's article, for whoever wants to hear of it."""

    key: str
    uri: str | None
    call: Call


@dataclass(frozen=True)
class Done:
    """What became of a task: a record's line, or the error in its place."""

    key: str
    result: str | SummarizerError
    seconds: float

    @property
    def state(self) -> State:
        """Which of the states the task ended in."""
        return "ok" if isinstance(self.result, str) else state_of(self.result)


@dataclass(frozen=True)
class Parked:
    """A task that waits for an answer which comes in a later round; nothing became of it yet."""

    key: str


def state_of(error: SummarizerError) -> State:
    """The state that an error stands for."""
    return _STATES.get(error.code, "invalid")
