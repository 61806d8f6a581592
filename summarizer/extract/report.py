"""A second look at an article in which the rules find no meeting: does the model take it for one?

A yes makes no meeting, since no words of the article would bear it out; it is listed in `checks`,
so that a reader looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from summarizer.analysis import Reading
from summarizer.extract.meetings import Gathering
from summarizer.extract.questions import Question, Questions
from summarizer.record import Check

_MAX_TOKENS = 16
_OPENING = 12  # sentences of a long article: a report says early what it is about


class Report(BaseModel):
    """What an article is about."""

    about: Literal["meeting", "other"]


def overlooked(reading: Reading, met: Sequence[Gathering], questions: Questions) -> list[Check]:
    """A check if the model sees a meeting where no sentence names one."""
    if met or not questions.asks("report"):
        return []
    question = Question({}, Report, max_tokens=_MAX_TOKENS)
    answer = questions.one("report", question, about=reading.sentences[:_OPENING])
    if answer.value == Report(about="other"):
        return []
    return [
        Check(
            code="meeting_not_found",
            severity="warning",
            where="meetings",
            message="the model takes this for a report of a meeting, and no sentence names one",
        )
    ]
