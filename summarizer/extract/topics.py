"""What the talks were about and what came of them, in the article's own words."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from summarizer.analysis import Reading, spans_in_order
from summarizer.article import Span, span_at
from summarizer.extract.numbered import numbered
from summarizer.extract.questions import Question, Questions
from summarizer.lexicon import Phrases
from summarizer.record import Supported, unsupported_terms

_MOST = 4
_MAX_TOKENS = 40


def topics(reading: Reading, questions: Questions) -> list[Supported]:
    """At most four phrases that the model chose among those of the article."""
    phrases = reading.phrases
    if not phrases or not questions.asks("topics"):
        return []
    kind: Any = Literal[tuple(range(1, len(phrases) + 1))]
    answer_type: type[BaseModel] = create_model(
        "Topics", topics=(list[kind], Field(max_length=_MOST))
    )
    question = Question({"phrases": numbered(phrases)}, answer_type, max_tokens=_MAX_TOKENS)
    answer = questions.one("topics", question, about=phrases)
    chosen = [phrases[n - 1] for n in dict.fromkeys(answer.value.model_dump()["topics"])]
    found = [Supported(text=span.text, support=[span]) for span in chosen]
    return [one for one in found if is_borne_out(one, reading)]


def outcomes(reading: Reading) -> list[Supported]:
    """What was agreed, signed or decided: from the word that says so to the end of its sentence."""
    words = Phrases(reading.words.topics.outcomes)
    quoted = spans_in_order(reading.quotations)
    found: list[Supported] = []
    for sentence in reading.sentences:
        place = words.first(reading.text, sentence.start, sentence.end)
        if place is None or quoted.holds(place[0]):
            continue
        span = _without_stop(reading.text, place[0], sentence.end)
        found.append(Supported(text=span.text, support=[span]))
    return [one for one in found if is_borne_out(one, reading)][:_MOST]


def is_borne_out(told: Supported, reading: Reading) -> bool:
    """Whether each name, number and date in it occurs in the article as a word of its own."""
    return not unsupported_terms(told.text, reading.text, language=reading.article.language)


def _without_stop(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in ".;, \n。；，؛،":
        end -= 1
    return span_at(text, start, end)
