"""Long articles of invented people, and a model with a small context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from summarizer.article import Article, article_id
from summarizer.errors import ContextExceeded
from summarizer.extract.room import tokens
from summarizer.model import Answer
from summarizer.prompt import Message
from summarizer.run import ShortestAnswers

T = TypeVar("T", bound=BaseModel)

_FIRST = ("Ana", "Ola", "Eva", "Ivo", "Lea", "Jon", "Mia", "Tom", "Zoe", "Bea")
_LAST = ("Rojas", "Berg", "Moe", "Lind", "Sousa", "Reyes", "Ozols", "Quispe", "Harthy", "Otieno")
_ENDINGS = ("", "sen", "ova", "ini", "escu")
_COUNTRIES = ("Chilean", "Norwegian", "Kenyan", "Latvian", "Omani", "Peruvian", "Polish")
_OFFICES = ("Foreign Minister", "Defense Minister", "Trade Minister", "Interior Minister")
_THINGS = ("joint rescue drills", "fishing quotas", "rail links", "grain exports", "air routes")


def name(number: int) -> str:
    """One of 500 names, all different."""
    ending = _ENDINGS[number // 100 % 5]
    return f"{_FIRST[number % 10]} {_LAST[(number // 10 + number) % 10]}{ending}"


def report(number: int) -> str:
    """Of two people whom no other report names: what they said, and once by whom is unclear."""
    host, guest = name(2 * number), name(2 * number + 1)
    thing, office = _THINGS[number % 5], _OFFICES[number % 4]
    ours, theirs = _COUNTRIES[number % 7], _COUNTRIES[(number + 3) % 7]
    return (
        f"On {number % 28 + 1} May 2021 {ours} {office} {host} held talks with {theirs} {office} "
        f"{guest} in Oslo.\n\n"
        f"The two discussed {thing} and agreed to train {number + 20} pilots. “We will not sail "
        f"alone, and nobody here should doubt it: the work on {thing} needs {number + 300} more "
        f"people,” {host} said. “The rest will follow in spring.”\n\n"
        f"The minister added that the first {number + 2} ships would leave in June.\n\n"
        f"{guest} noted that the plan for {thing} “fully meets our {number + 40} needs” and is "
        f"ready. “There is no doubt about point {number}, none at all,” the official said."
    )


def article(*texts: str, language: str = "en") -> Article:
    """Texts as one article."""
    text = "\n\n".join(texts)
    return Article(id=article_id(text), text=text, language=language)


def long_article(reports: int) -> Article:
    """So many reports as one article; each has about 115 words."""
    return article(*map(report, range(reports)))


class Small(ShortestAnswers):
    """A model with a small context, which refuses what is longer as a server does.

    `real` is its context, `context` what it says of it; `each` are the tokens that it makes of one
    that the program counts. `says` tells that it names its context when it refuses.
    """

    def __init__(
        self,
        real: int | None = None,
        *,
        context: int | None = None,
        each: float = 0.8,
        says: bool = False,
    ) -> None:
        super().__init__()
        self.real, self.context, self.each, self.says = real, context, each, says
        self.asked: list[tuple[str, str]] = []
        self.sizes: list[float] = []
        self.refused = 0

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        size = sum(tokens(message.content) for message in messages) * self.each + max_tokens
        if self.real is not None and size > self.real:
            self.refused += 1
            error = ContextExceeded("the request exceeds the available context size")
            error.limit = self.real if self.says else None
            raise error
        self.sizes.append(size)
        self.asked.append((answer_type.__name__, messages[-1].content))
        return super().ask(messages, answer_type, max_tokens=max_tokens, check=check)
