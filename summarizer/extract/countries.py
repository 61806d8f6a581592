"""Which country someone speaks for whose own title names none.

These cases can be told from the words: `on the Chilean side were …` names the country of all behind
it; `the country's president` and `his finance minister` are of the country, and of the person,
named before; in `A, B and the Chilean minister C` who are opposite others, all are of one side;
where the other sides speak for a country each, the one left speaks for the one other country that
the report keeps naming, or for the country where they met. The embedded model, asked to choose, was
wrong more often than this on the `dev` fixtures. What is inferred is listed in a record's checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from summarizer.analysis import Candidate, Event, Mention, Reading, spans_in_order
from summarizer.article import Span, span_at
from summarizer.lexicon import Phrases

_BEFORE = 24  # characters before a title in which a word that refers back may stand
Country = tuple[str, Span]


class CountryFinder:
    """Finds the countries that people of one article speak for."""

    def __init__(self, reading: Reading) -> None:
        people = reading.words.people
        self._reading = reading
        self._sides = Phrases(people.sides)
        self._back = Phrases(people.same_country)
        self._own = Phrases(people.own)
        self._counterparts = Phrases(people.counterparts)
        self._sentences = spans_in_order(reading.sentences)
        happenings = "|".join(map(re.escape, reading.words.places.happenings)) or "(?!)"
        before = "|".join(map(re.escape, reading.words.places.before)) or "(?!)"
        self._happens = re.compile(
            rf"(?<!\w)(?:{happenings})\s+(?:{before})\s+(?:the\s+)?$", re.IGNORECASE
        )
        joints = "|".join(map(re.escape, reading.words.speech.conjunctions[:1])) or "(?!)"
        origin = "|".join(map(re.escape, people.origins)) or "(?!)"
        self._from = re.compile(rf"\s+(?:{origin})\s+", re.IGNORECASE)
        self._sidelines = Phrases(reading.words.meetings.sidelines)
        self._between = frozenset(reading.words.meetings.between)
        self._listed = re.compile(rf"\s*,?\s*(?:(?:{joints})\s+)?(?:the\s+)?", re.IGNORECASE)

    def infer(self, event: Event, participants: Sequence[Candidate]) -> None:
        """Notes the country of those participants of a meeting for whom it can be told."""
        named = [figure for figure in participants if figure.named]
        for figure in named:
            if figure.country is None:
                figure.spoken_for = self._side(figure) or self._referred(figure, named)
        blocks = list(self._blocks(event, named))
        for block in blocks if len(blocks) > 1 else []:
            codes = {figure.country[0]: figure.country for figure in block if figure.country}
            if len(codes) == 1:
                _note(block, next(iter(codes.values())))
        unknown = [figure for figure in named if figure.country is None]
        if unknown:
            self._other_side(event, named, unknown, blocks)

    def _other_side(
        self,
        event: Event,
        named: Sequence[Candidate],
        unknown: Sequence[Candidate],
        blocks: Sequence[Sequence[Candidate]],
    ) -> None:
        """The country of those who are left, where they are one side."""
        known = {figure.country[0] for figure in named if figure.country} | self._titled
        ordered = sorted(self._places.items(), key=lambda item: -len(item[1]))
        other = [(code, spans) for code, spans in ordered if code not in known]
        among = len(named) - len(unknown)
        only = ordered[0][0] if len(ordered) == 1 else None
        if only and self._is_where(only, event, len(named)):
            return
        if only and (other or among > 1) and not self._are_opposite(event, unknown, named, only):
            _note(unknown, (ordered[0][0], ordered[0][1][0]))
            return
        two_sides = len(known) == 1
        together = len(unknown) == 1 or any(set(unknown) <= set(block) for block in blocks)
        if not known or not (two_sides or together):
            return
        host = self._host(event)
        if host is not None and host[0] in self._places:  # the country's own name says it better
            host = host[0], self._places[host[0]][0]
        if host is not None and host[0] not in known:
            _note(unknown, host)
        elif other and _leads([spans for _, spans in other]):
            _note(unknown, (other[0][0], other[0][1][0]))
        elif host is not None and len(known) > 1 and _by_side(host[0], named):
            _note(unknown, host)

    def _are_opposite(
        self, event: Event, some: Sequence[Candidate], named: Sequence[Candidate], code: str
    ) -> bool:
        """Whether all of some met an official of a country: they are of another one."""
        at = event.trigger.start
        theirs = [f for f in named if f not in some and f.country and f.country[0] == code]

        def places(figures: Sequence[Candidate]) -> list[Span]:
            inside = (m.span for f in figures for m in f.mentions)
            return [span for span in inside if span.within(event.sentence)]

        ours = places(some)
        met = bool(ours) and all(span.start < at for span in ours)
        return met and any(span.start > at for span in places(theirs))

    @cached_property
    def _titled(self) -> set[str]:
        """The countries that somebody's own title names: they speak for those, and not others.

        So does `his counterpart from Chile`.
        """
        mentions = [m for figure in self._reading.people for m in figure.mentions]
        found = {mention.country[0] for mention in mentions if mention.country}
        text = self._reading.text
        others = [m for m in self._reading.mentions if self._counterparts.within(m.head)]
        for code, spans in self._places.items():
            if any(self._from.fullmatch(text, m.span.end, s.start) for m in others for s in spans):
                found.add(code)
        return found

    def _is_where(self, code: str, event: Event, people: int) -> bool:
        """Whether the one country of a report is only told as where several people were."""
        text, before = self._reading.text, self._reading.words.places.before
        spans = self._places[code]
        if event.place is not None and event.place.within(event.sentence):
            spans = [span for span in spans if not span.within(event.place)]
        words = (text[: span.start].split()[-1:] for span in spans)
        return people > 1 and all(word and word[0].casefold() in before for word in words)

    def _host(self, event: Event) -> Country | None:
        """The country in which people met, of whom one is its host."""
        told = (event.sentence, *event.support)
        if event.place is None or any(self._sidelines.within(span.text) for span in told):
            return None
        words, text = self._reading.words, self._reading.text
        for start, end in words.country_phrases.find(text, event.place.start, event.place.end):
            if code := words.country(text[start:end]):
                return code, span_at(text, start, end)
        for word in re.finditer(r"[^,]+", event.place.text):
            if code := words.city_country(word[0].strip()):
                start = event.place.start + word.start()
                return code, span_at(text, start, start + len(word[0].rstrip()))
        return None

    def _side(self, figure: Candidate) -> Country | None:
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

    def _referred(self, figure: Candidate, named: Sequence[Candidate]) -> Country | None:
        """That of the country, or of the person, to which `the country's`, `his` leads back."""
        text = self._reading.text
        for mention in figure.mentions:
            sentence = self._sentences.before(mention.span.start)
            if sentence is None or mention.role is None or mention.name is None:
                continue
            start = max(mention.span.start - _BEFORE, 0)
            for at, _ in self._back.find(text, start, mention.span.end):
                if earlier := self._named_before(at):
                    return earlier
            before = text[max(start, sentence.start) : mention.role.start].split()[-1:]
            if before and self._own.whole(before[0]) and not self._is_counterpart(mention):
                return _of_subject(sentence, mention, [f for f in named if f is not figure])
        return None

    def _is_counterpart(self, mention: Mention) -> bool:
        return mention.role is not None and self._counterparts.within(mention.role.text)

    def _named_before(self, at: int) -> Country | None:
        """The country that is named last before a place of the text."""
        named = [(span.start, code) for code, spans in self._named.items() for span in spans]
        earlier = max((item for item in named if item[0] < at), default=None)
        if earlier is None:
            return None
        spans = self._named[earlier[1]]
        return earlier[1], next(span for span in spans if span.start == earlier[0])

    def _blocks(self, event: Event, named: Sequence[Candidate]) -> Iterator[list[Candidate]]:
        """People of a sentence that reports a meeting, those who are listed together as one.

        `between A and B` are two.
        """
        found = max(
            (self._in_sentence(sentence, named) for sentence in (event.sentence, *event.support)),
            key=lambda places: len({number for _, _, number in places}),
        )
        block: list[Candidate] = []
        last, apart = 0, False
        for start, end, number in found:
            if block and (apart or not self._listed.fullmatch(self._reading.text, last, start)):
                yield block
                block = []
            if not block:
                before = self._reading.text[max(start - _BEFORE, 0) : start].split()[-1:]
                apart = bool(before) and before[0].casefold() in self._between
            block.append(named[number])
            last = end
        if block:
            yield block

    @staticmethod
    def _in_sentence(sentence: Span, named: Sequence[Candidate]) -> list[tuple[int, int, int]]:
        """Where a sentence mentions each of some people, in its order."""
        return sorted(
            (mention.span.start, mention.span.end, number)
            for number, figure in enumerate(named)
            for mention in figure.mentions
            if mention.span.within(sentence)
        )

    @cached_property
    def _places(self) -> dict[str, list[Span]]:
        """Every place where the report's own words name a country as a party, not as a place."""
        text = self._reading.text
        parties = {
            code: [
                s
                for s in spans
                if not self._happens.search(text, max(0, s.start - _BEFORE), s.start)
            ]
            for code, spans in self._named.items()  # the elections in Chad
        }
        return {code: spans for code, spans in parties.items() if spans}

    @cached_property
    def _named(self) -> dict[str, list[Span]]:
        """Every place where the report's own words name a country."""
        text, words = self._reading.text, self._reading.words
        found: dict[str, list[Span]] = {}
        quoted = spans_in_order(self._reading.quotations)
        cities = spans_in_order(span_at(text, *place) for place in words.city_phrases.find(text))
        for start, end in words.country_phrases.find(text):
            span = span_at(text, start, end)
            code = words.country(span.text)
            if cities.holds(start):
                continue  # Port of Spain
            if code and not quoted.holds(start) and span.text[0] == span.text[0].upper():
                found.setdefault(code, []).append(span)
        return found


def _note(figures: Sequence[Candidate], country: Country) -> None:
    for figure in figures:
        if figure.country is None:
            figure.spoken_for = country


def _by_side(code: str, named: Sequence[Candidate]) -> bool:
    """Whether those of a country are told only as its side: `on the Russian side were …`."""
    theirs = [figure for figure in named if figure.country and figure.country[0] == code]
    return bool(theirs) and not any(m.country for figure in theirs for m in figure.mentions)


def _of_subject(sentence: Span, mention: Mention, others: Sequence[Candidate]) -> Country | None:
    """The country of whoever the sentence names last before a mention."""
    before = [
        (m.span.start, figure.country)
        for figure in others
        for m in figure.mentions
        if m.span.within(sentence) and m.span.end <= mention.span.start and figure.country
    ]
    return max(before, key=lambda item: item[0])[1] if before else None


def _leads(places: Sequence[Sequence[Span]]) -> bool:
    """Whether the first country is named twice or more, and more often than the next."""
    counts = [len(spans) for spans in places]
    return counts[0] >= 2 and (len(counts) == 1 or counts[0] > counts[1])
