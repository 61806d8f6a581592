"""What an article costs by its length: python benchmarks/long_articles.py [--context TOKENS].

The articles are reports of ever new invented people, put together. A model that answers at once
stands in for the embedded one and has its context, so that the time is the program's own.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from statistics import linear_regression
from typing import TypeVar

from pydantic import BaseModel
from report import Report, publish

from summarizer.article import Article, article_id
from summarizer.extract import summarize_article
from summarizer.model import LOCAL_CONTEXT, Answer
from summarizer.prompt import Message, Prompt, load_prompt
from summarizer.run import ShortestAnswers

T = TypeVar("T", bound=BaseModel)

_WORDS = (1_250, 2_500, 5_000, 10_000, 20_000)
_PROMPTS = ("grounded", "single")
_SYLLABLES = (
    "ba",
    "ko",
    "ri",
    "mu",
    "te",
    "sa",
    "lo",
    "ne",
    "di",
    "fa",
    "gu",
    "hi",
    "ve",
    "jo",
    "pa",
)
_OFFICES = ("Foreign Minister", "Defense Minister", "Trade Minister", "Interior Minister")
_COUNTRIES = ("Norwegian", "Chilean", "Kenyan", "Latvian", "Omani", "Peruvian", "Polish")
_TOPICS = ("fisheries policy", "border posts", "rail links", "grain exports", "air routes")


@dataclass(frozen=True)
class Row:
    """One article with one prompt: `largest` is of the requests, in tokens with the answer."""

    prompt: str
    words: int
    requests: int
    largest: int
    tokens: int
    seconds: float


class Listener(ShortestAnswers):
    """Notes how large the questions are, by the estimate of four bytes a token."""

    def __init__(self, context: int) -> None:
        super().__init__()
        self.context = context
        self.largest = 0

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """See `Endpoint.ask`."""
        before = self.read
        answer = super().ask(messages, answer_type, max_tokens=max_tokens, check=check)
        self.largest = max(self.largest, self.read - before + max_tokens)
        return answer


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--context", type=int, default=LOCAL_CONTEXT)
    context = parser.parse_args().context
    rows: list[Row] = []
    for name in _PROMPTS:
        prompt = load_prompt(name)
        _row(_article(300), prompt, context)  # what is loaded once is not the article's
        rows += [_row(_article(words), prompt, context) for words in _WORDS]
    caption = (
        f"Articles up to 20,000 words with a context of {context:,} tokens: questions asked, the "
        "largest of them with its answer, all tokens read, and the program's own time. The last "
        "rows give the power of the length that each grows with: 1 is in proportion."
    )
    columns = ("prompt", "words", "requests", "largest", "tokens read", "own seconds")
    publish("long_articles", Report(caption, columns, [*map(_cells, rows), *_growth(rows)]))


def _row(article: Article, prompt: Prompt, context: int) -> Row:
    model = Listener(context)
    busy = time.process_time()
    summarize_article(article, model=model, prompt=prompt)
    seconds = time.process_time() - busy
    words = len(article.body.split())
    return Row(prompt.name, words, model.calls, model.largest, model.read, seconds)


def _cells(row: Row) -> list[str]:
    counts = (row.words, row.requests, row.largest, row.tokens)
    return [f"`{row.prompt}`", *(f"{count:,}" for count in counts), f"{row.seconds:.2f}"]


def _growth(rows: Sequence[Row]) -> list[list[str]]:
    """The exponents of the power laws that fit the longer articles best, where parts are shown."""
    found = []
    for name in _PROMPTS:
        long = [row for row in rows if row.prompt == name and row.words >= _WORDS[1]]
        exponents = [
            linear_regression([log(row.words) for row in long], [log(value) for value in values])
            for values in (
                [row.requests for row in long],
                [row.tokens for row in long],
                [row.seconds for row in long],
            )
        ]
        requests, tokens, seconds = (f"^{line.slope:.2f}" for line in exponents)
        found.append([f"`{name}`", "growth", requests, "", tokens, seconds])
    return found


def _article(words: int) -> Article:
    """An article of at least so many words, whose every report has people of its own."""
    reports: list[str] = []
    while sum(len(report.split()) for report in reports) < words:
        reports.append(_report(len(reports)))
    text = "\n\n".join(reports)
    return Article(id=article_id(text), text=text, language="en")


def _report(number: int) -> str:
    (host, first), (guest, second) = _name(2 * number), _name(2 * number + 1)
    ours, theirs = _COUNTRIES[number % 7], _COUNTRIES[(number + 3) % 7]
    topic, office = _TOPICS[number % 5], _OFFICES[number % 4]
    return (
        f"{ours} {office} {host} {first} met {theirs} {office} {guest} {second} on "
        f"{number % 28 + 1} May 2021 in Oslo to discuss {topic} and the training of {number + 20} "
        f"pilots.\n\n“We agreed on {number + 3} steps for {topic},” {first} said after the talks. "
        "“The rest will follow in spring, and nobody should doubt it.” The minister added that the "
        f"ships would sail in June.\n\n{second} thanked his hosts and noted that the work on "
        f"{topic} would go on until the end of the year. “There is no doubt about that, no doubt "
        "at all,” he added. He said that the two sides had signed a plan."
    )


def _name(number: int) -> tuple[str, str]:
    """A name and a surname; the surname is nobody else's."""
    one, two, three = (_SYLLABLES[number // 15**power % 15] for power in range(3))
    return f"{two}{one}n".capitalize(), f"{three}{two}{one}ster".capitalize()


if __name__ == "__main__":
    main()
