"""A second look at an article in which the rules find no meeting: does the model take it for one?

A yes makes no meeting, since no words of the article would bear it out; it is listed in `checks`,
so that a reader looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel

from summarizer.extract.asking import Asker
from summarizer.extract.meetings import Gathering
from summarizer.record import Check

_MAX_TOKENS = 16


class Report(BaseModel):
    """What an article is about."""

    about: Literal["meeting", "other"]


def overlooked(met: Sequence[Gathering], asker: Asker, shared: Mapping[str, object]) -> list[Check]:
    """A check if the model sees a meeting where no sentence names one."""
    if met or not asker.asks("report"):
        return []
    answer = asker.ask("report", shared, Report, max_tokens=_MAX_TOKENS)
    if answer.value.about == "other":
        return []
    return [
        Check(
            code="meeting_not_found",
            severity="warning",
            where="meetings",
            message="the model takes this for a report of a meeting, and no sentence names one",
        )
    ]
