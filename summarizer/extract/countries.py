"""Which country someone speaks for whose own title names none.

Two cases can be told from the words: `on the Chilean side were …` names the country of all behind
it; and where one of two sides speaks for a country, the other speaks for the one other country
that the report keeps naming. The embedded model, asked to choose, was wrong more often than this
on the `dev` fixtures. What is inferred is listed in a record's checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summarizer.analysis import Candidate, Reading
from summarizer.article import Span, span_at
from summarizer.lexicon import Phrases


def infer_countries(reading: Reading, participants: Sequence[Candidate]) -> None:
    """Notes the country of those participants of a meeting for whom it can be told."""
    sides = Phrases(reading.words.people.sides)
    named = [figure for figure in participants if figure.named]
    for figure in named:
        if figure.country is None:
            figure.spoken_for = _side(reading, figure, sides)
    unknown = [figure for figure in named if figure.country is None]
    known = {figure.country[0] for figure in named if figure.country}
    places = _countries(reading)
    other = [code for code, _ in Counter({c: len(s) for c, s in places.items()}).most_common()]
    other = [code for code in other if code not in known]
    if not unknown or not other:
        return
    alone = len(places) == 1
    two_sides = len(named) == 2 and len(unknown) == 1 and _leads(places, other)
    if alone or two_sides:
        for figure in unknown:
            figure.spoken_for = other[0], places[other[0]][0]


def _leads(places: dict[str, list[Span]], ordered: Sequence[str]) -> bool:
    """Whether the first country is named twice or more, and more often than the next."""
    counts = [len(places[code]) for code in ordered]
    return counts[0] >= 2 and (len(counts) == 1 or counts[0] > counts[1])


def _side(reading: Reading, figure: Candidate, sides: Phrases) -> tuple[str, Span] | None:
    """The country whose side a sentence lists someone on."""
    for mention in figure.mentions:
        sentence = next((s for s in reading.sentences if mention.span.within(s)), None)
        if sentence is None:
            continue
        for start, _ in sides.find(reading.text, sentence.start, mention.span.start):
            before = list(reading.words.country_phrases.find(reading.text, sentence.start, start))
            if before and not reading.text[before[-1][1] : start].strip():
                span = span_at(reading.text, *before[-1])
                code = reading.words.country(span.text)
                if code is not None:
                    return code, span
    return None


def _countries(reading: Reading) -> dict[str, list[Span]]:
    """Every place where the report's own words name a country as a party, not as a place."""
    found: dict[str, list[Span]] = {}
    for start, end in reading.words.country_phrases.find(reading.text):
        span = span_at(reading.text, start, end)
        code = reading.words.country(span.text)
        quoted = any(q.start <= start < q.end for q in reading.quotations)
        if code and not quoted and span.text[0] == span.text[0].upper():
            found.setdefault(code, []).append(span)
    return found
