"""Who says each statement: settled by the rules, or chosen by the model among those who fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, create_model

from summarizer.analysis import Attribution, Candidate, Reading
from summarizer.extract.asking import Asker, confidence
from summarizer.extract.cast import Cast
from summarizer.extract.sources import Resolution, Sources

_NONE = "none"
_TOKENS_EACH = 12


@dataclass(frozen=True)
class Spoken:
    """A statement with its speaker, null where nobody can tell, and how sure the choice is."""

    attribution: Attribution
    speaker: Candidate | None
    confidence: float | None = None


@dataclass(frozen=True)
class Question:
    """A source that a prompt asks about: `words` stand in brackets in `context`."""

    key: str
    words: str
    context: str


def speakers(
    reading: Reading,
    cast: Cast,
    principals: Sequence[Candidate],
    asker: Asker,
    shared: dict[str, object],
) -> list[Spoken]:
    """Every statement of the article with its speaker, in order."""
    sources = Sources(reading, cast, principals)
    found = [sources.resolve(attribution) for attribution in reading.attributions]
    open_ = [n for n, resolution in enumerate(found) if not resolution.settled]
    chosen = _choose(reading, cast, found, open_, asker, shared) if open_ else {}
    return [
        Spoken(attribution, *chosen.get(number, (resolution.figure, None)))
        for number, (attribution, resolution) in enumerate(
            zip(reading.attributions, found, strict=True)
        )
    ]


def _choose(
    reading: Reading,
    cast: Cast,
    found: Sequence[Resolution],
    open_: Sequence[int],
    asker: Asker,
    shared: dict[str, object],
) -> dict[int, tuple[Candidate | None, float | None]]:
    """The model's choice for each open source; the rules' own where the prompt does not ask."""
    letters = {figure: letter for letter, figure in cast.letters().items()}
    questions = {n: _question(reading, n) for n in open_}
    choices = {n: [*(letters[o] for o in found[n].options if o in letters), _NONE] for n in open_}
    asked = [n for n in open_ if len(choices[n]) > 2]
    if not asked or not asker.asks("speakers"):
        return {}
    fields: dict[str, Any] = {questions[n].key: (Literal[tuple(choices[n])], ...) for n in asked}
    answer_type: type[BaseModel] = create_model("Speakers", **fields)
    answer = asker.ask(
        "speakers",
        {**shared, "sources": [questions[n] for n in asked]},
        answer_type,
        max_tokens=_TOKENS_EACH * len(asked) + 20,
    )
    figures = cast.letters()
    chosen: dict[int, tuple[Candidate | None, float | None]] = {}
    for n in asked:
        letter = getattr(answer.value, questions[n].key)
        sure = confidence(answer, [questions[n].key], choices[n])
        chosen[n] = figures.get(letter), sure
    return chosen


def _question(reading: Reading, number: int) -> Question:
    """The sentence of a source with the one before it, the source in brackets."""
    attribution = reading.attributions[number]
    text = reading.text
    at = attribution.source.span if attribution.source else attribution.spans[0]
    lines = [n for n, s in enumerate(reading.sentences) if s.start <= at.start]
    last = lines[-1] if lines else 0
    start = reading.sentences[max(0, last - 1)].start
    end = reading.sentences[last].end
    before, after = text[start : at.start][-160:], text[at.end : end][:90]
    words = at.text if attribution.source else at.text[:40]
    context = f"{before}[{words}]{after}".replace("\n", " ")
    return Question(f"s{number + 1}", words, context)
