"""Which country someone speaks for whose own title names none.

Two cases can be told from the words: `on the Chilean side were …` names the country of all behind
it; and where one of two sides speaks for a country, the other speaks for the one other country
that the report keeps naming. The embedded model, asked to choose, was wrong more often than this
on the `dev` fixtures. What is inferred is listed in a record's checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from summarizer.analysis import Candidate, Reading, spans_in_order
from summarizer.article import Span, span_at
from summarizer.lexicon import Phrases


class CountryFinder:
    """Finds the countries that people of one article speak for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._sides = Phrases(reading.words.people.sides)
        self._sentences = spans_in_order(reading.sentences)

    def infer(self, participants: Sequence[Candidate]) -> None:
        """Notes the country of those participants of a meeting for whom it can be told."""
        named = [figure for figure in participants if figure.named]
        for figure in named:
            if figure.country is None:
                figure.spoken_for = self._side(figure)
        unknown = [figure for figure in named if figure.country is None]
        if not unknown:
            return
        known = {figure.country[0] for figure in named if figure.country}
        places = self._places
        other = [code for code, _ in Counter({c: len(s) for c, s in places.items()}).most_common()]
        other = [code for code in other if code not in known]
        if not other:
            return
        alone = len(places) == 1
        two_sides = len(named) == 2 and len(unknown) == 1 and _leads(places, other)
        if alone or two_sides:
            for figure in unknown:
                figure.spoken_for = other[0], places[other[0]][0]

    def _side(self, figure: Candidate) -> tuple[str, Span] | None:
        """The country whose side a sentence lists someone on."""
        text, words = self._reading.text, self._reading.words
        for mention in figure.mentions:
            sentence = self._sentences.before(mention.span.start)
            if sentence is None or not mention.span.within(sentence):
                continue
            for start, _ in self._sides.find(text, sentence.start, mention.span.start):
                before = list(words.country_phrases.find(text, sentence.start, start))
                if before and not text[before[-1][1] : start].strip():
                    span = span_at(text, *before[-1])
                    code = words.country(span.text)
                    if code is not None:
                        return code, span
        return None

    @cached_property
    def _places(self) -> dict[str, list[Span]]:
        """Every place where the report's own words name a country as a party, not as a place."""
        text, words = self._reading.text, self._reading.words
        found: dict[str, list[Span]] = {}
        quoted = spans_in_order(self._reading.quotations)
        for start, end in words.country_phrases.find(text):
            span = span_at(text, start, end)
            code = words.country(span.text)
            if code and not quoted.holds(start) and span.text[0] == span.text[0].upper():
                found.setdefault(code, []).append(span)
        return found


def _leads(places: dict[str, list[Span]], ordered: Sequence[str]) -> bool:
    """Whether the first country is named twice or more, and more often than the next."""
    counts = [len(places[code]) for code in ordered]
    return counts[0] >= 2 and (len(counts) == 1 or counts[0] > counts[1])
