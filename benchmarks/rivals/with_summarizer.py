"""This program, as its documentation shows it to Python."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

# The program loads these two with its first question.
import instructor  # noqa: F401
import openai  # noqa: F401
from pydantic import SecretStr

from summarizer import __version__
from summarizer.article import Article, article_id
from summarizer.extract import summarize_article
from summarizer.model import Endpoint, ServerAddress
from summarizer.prompt import load_prompt
from summarizer.record import dump_record
from summarizer.run import ShortestAnswers

_PROMPT = "grounded"
_FIRST = (
    "OSLO, March 4. Norwegian Foreign Minister Anna Lind met Admiral Pedro Sousa of Brazil in "
    "Bergen. “We will send 12 ships,” Lind said. Sousa noted that the plan met all needs."
)


def versions() -> dict[str, str]:
    """What tells its answers from those of another state; also loads what is loaded once."""
    prompt = load_prompt(_PROMPT)
    summarize_article(_article(_FIRST, None), model=ShortestAnswers(), prompt=prompt)
    return {"summarizer": __version__, "prompt": prompt.sha256}


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The record of one article."""
    model = _model(
        ServerAddress(
            name=job["model"],
            base_url=job["base_url"],
            api_key=SecretStr(job["api_key"]),
            compact=job["compact"],
            context=job["context"],
        )
    )
    article = _article(job["text"], job["published"])
    record = summarize_article(article, model=model, prompt=load_prompt(_PROMPT))
    return {"record": json.loads(dump_record(record))}


@cache
def _model(address: ServerAddress) -> Endpoint:
    """One for all articles, as in a run."""
    return address.endpoint()


def _article(text: str, published: str | None) -> Article:
    return Article(id=article_id(text), text=text, published=published)
