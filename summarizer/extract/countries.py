"""Which country someone speaks for whose own title names none.

The model chooses among the countries that the article names; a country is set only with the words
of the article that name it, and not when the model is in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, create_model

from summarizer.analysis import Candidate, Reading
from summarizer.article import Span, span_at
from summarizer.extract.asking import Asker, confidence
from summarizer.extract.cast import Cast

_NONE = "none"
_MOST = 8
_TOKENS_EACH = 12
_SURE = 0.75


@dataclass(frozen=True)
class Named:
    """A country as the article names it."""

    code: str
    words: str


def settle_countries(
    reading: Reading,
    people: Sequence[Candidate],
    cast: Cast,
    asker: Asker,
    shared: Mapping[str, object],
) -> None:
    """Notes the country that each of `people` speaks for, if the model can tell."""
    letters = {f: letter for letter, f in cast.letters().items()}
    unknown = [f for f in people if f in letters and f.country is None]
    places = _countries(reading)
    if len(people) == 2:  # two sides: neither speaks for the country of the other
        for figure in people:
            if figure.country is not None:
                places.pop(figure.country[0], None)
    if not unknown or not places or not asker.asks("countries"):
        return
    choices = [*places, _NONE]
    fields: dict[str, Any] = {letters[f]: (Literal[tuple(choices)], ...) for f in unknown}
    answer_type: type[BaseModel] = create_model("Countries", **fields)
    lines = [Named(code, span.text) for code, span in places.items()]
    answer = asker.ask(
        "countries",
        {**shared, "countries": lines, "letters": [letters[f] for f in unknown]},
        answer_type,
        max_tokens=_TOKENS_EACH * len(unknown) + 10,
    )
    for figure in unknown:
        code = getattr(answer.value, letters[figure])
        sure = confidence(answer, [letters[figure]], choices)
        if code != _NONE and (sure is None or sure >= _SURE):
            figure.spoken_for = code, places[code]


def _countries(reading: Reading) -> dict[str, Span]:
    """The countries that the report's own words name, with the first words of each."""
    found: dict[str, Span] = {}
    for start, end in reading.words.country_phrases.find(reading.text):
        span = span_at(reading.text, start, end)
        code = reading.words.country(span.text)
        quoted = any(q.start <= start < q.end for q in reading.quotations)
        before = reading.text[:start].rstrip()
        where = before.endswith(",") or before.split()[-1:] == ["in"]
        if code and not quoted and not where and span.text[0].upper() == span.text[0]:
            found.setdefault(code, span)
    return dict(list(found.items())[:_MOST])
