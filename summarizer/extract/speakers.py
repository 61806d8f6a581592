"""Who says each statement: settled by the rules, or chosen by the model among those who fit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, create_model

from summarizer.analysis import Attribution, Candidate, Reading
from summarizer.article import Span
from summarizer.extract.asking import confidence
from summarizer.extract.cast import Cast
from summarizer.extract.questions import Inquiry, Letters, Question, Questions
from summarizer.extract.sources import Resolution, Sources
from summarizer.extract.sureness import known_share

_NONE = "none"
_TOKENS_EACH = 12


@dataclass(frozen=True)
class Spoken:
    """A statement with its speaker, null where nobody can tell, how sure that is, what decided."""

    attribution: Attribution
    speaker: Candidate | None
    confidence: float | None = None
    decided_by: str | None = None


@dataclass(frozen=True)
class SourceLine:
    """A source that a prompt asks about: `words` stand in brackets in `context`."""

    key: str
    words: str
    context: str


def speakers(
    reading: Reading, cast: Cast, principals: Sequence[Candidate], questions: Questions
) -> list[Spoken]:
    """Every statement of the article with its speaker, in order."""
    sources = Sources(reading, cast, principals)
    found = [sources.resolve(attribution) for attribution in reading.attributions]
    open_ = [n for n, resolution in enumerate(found) if not resolution.settled]
    chosen = _choose(reading, found, open_, questions) if open_ else {}
    return [
        _spoken(attribution, resolution, chosen.get(number))
        for number, (attribution, resolution) in enumerate(
            zip(reading.attributions, found, strict=True)
        )
    ]


def _spoken(
    attribution: Attribution,
    resolution: Resolution,
    chosen: tuple[Candidate | None, float | None] | None,
) -> Spoken:
    """A statement with the model's choice where it was asked, else with the rules'."""
    figure, sure = chosen or (resolution.figure, None)
    decided_by = "model" if chosen else resolution.rule
    if figure is None:
        return Spoken(attribution, None, None, decided_by)
    return Spoken(
        attribution, figure, known_share(decided_by) if sure is None else sure, decided_by
    )


def _choose(
    reading: Reading, found: Sequence[Resolution], open_: Sequence[int], questions: Questions
) -> dict[int, tuple[Candidate | None, float | None]]:
    """The model's choice for each open source; the rules' own where the prompt does not ask."""
    if not questions.asks("speakers"):
        return {}
    lines = {n: _question(reading, n) for n in open_}

    def choices(number: int, letters: Letters) -> list[str]:
        letter = {figure: letter for letter, figure in letters.items()}
        return [*(letter[o] for o in found[number].options if o in letter), _NONE]

    def question(numbers: Sequence[int], letters: Letters) -> Question | None:
        possible = {n: choices(n, letters) for n in numbers}
        asked = [n for n in numbers if len(possible[n]) > 2]
        if not asked:
            return None
        fields: dict[str, Any] = {lines[n].key: (Literal[tuple(possible[n])], ...) for n in asked}
        answer_type: type[BaseModel] = create_model("Speakers", **fields)
        sources = {"sources": [lines[n] for n in asked]}
        return Question(sources, answer_type, max_tokens=_TOKENS_EACH * len(asked) + 20)

    inquiry = Inquiry[int](
        "speakers",
        question,
        about=lambda n: [_place(reading.attributions[n])],
        whom=lambda n: found[n].options,
    )
    chosen: dict[int, tuple[Candidate | None, float | None]] = {}
    for some in questions.each(inquiry, open_):
        for n in some.items:
            letter = getattr(some.answer.value, lines[n].key, None)
            if letter is not None:
                sure = confidence(some.answer, [lines[n].key], choices(n, some.letters))
                chosen[n] = some.letters.get(letter), sure
    return chosen


def _place(attribution: Attribution) -> Span:
    return attribution.source.span if attribution.source else attribution.spans[0]


def _question(reading: Reading, number: int) -> SourceLine:
    """The sentence of a source with the one before it, the source in brackets."""
    attribution = reading.attributions[number]
    text = reading.text
    at = _place(attribution)
    last = max(0, bisect_right(reading.sentences, at.start, key=lambda s: s.start) - 1)
    start = reading.sentences[max(0, last - 1)].start
    end = reading.sentences[last].end
    before, after = text[start : at.start][-160:], text[at.end : end][:90]
    words = at.text if attribution.source else at.text[:40]
    context = f"{before}[{words}]{after}".replace("\n", " ")
    return SourceLine(f"s{number + 1}", words, context)
