"""Where a meeting takes place: what stands behind a preposition of place near the word for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizer.analysis.dates import DateFinder
from summarizer.analysis.event import gap, is_quoted
from summarizer.analysis.mentions import Mention
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon, Phrases

_REACH = 60  # characters
DATELINE = re.compile(r"([^\W\d_][^–—,(\d]{1,30}?)(?:,|\s*\(|\s[–—-])[^–—-]{0,40}?[–—-]+\s")


class PlaceFinder:
    """Finds the places of meetings with the words of one language."""

    def __init__(self, words: Lexicon, dates: DateFinder) -> None:
        self._dates = dates
        self._places = Phrases(words.places.before)
        self._known_places = bool(words.places.names)
        self._place_after = _known_place(words) if self._known_places else _place_after(words)
        self._no_places = Phrases([*words.people.nouns, *words.people.common])
        self._articles = frozenset(words.people.determiners)
        self._here = Phrases(words.places.here)
        self._common = Phrases(words.places.common)
        self._regions = Phrases(words.places.regions)
        self._themes = _theme(words)
        self._to = Phrases([*words.meetings.welcoming, *words.meetings.came])
        self._where = Phrases(words.meetings.welcomed_where[:1])
        self._city_of = _city_of(words)
        self._nouns = Phrases(words.meetings.nouns)
        self._words = words
        self._events = _ends_with([*words.places.happenings, *words.meetings.joins])

    def place(
        self,
        text: str,
        sentence: Span,
        trigger: Span,
        quoted: Sequence[Quotation],
        inside: Sequence[Mention],
    ) -> Span | None:
        """`in London`, `at the Elysee Palace` near the trigger; not inside a person's title."""
        line = DATELINE.match(text, sentence.start, sentence.end)
        if line and self._here.first(text, line.end(), sentence.end) is not None:
            return span_at(text, *line.span(1))
        if sentence.text.isupper():
            return None  # capitals that show no names
        best = self._before_noun(text, sentence, trigger, quoted)
        for start, end in self._places.find(text, sentence.start, sentence.end):
            lead = text[sentence.start : start]
            if self._themes.search(lead) or self._events.search(lead):
                continue  # a conference on the war in Afghanistan; the elections in Chad
            behind = self._place_of(text, end, sentence.end)
            if behind is None:
                continue
            first, last = behind
            span = span_at(text, first, last - (text[last - 1] in ".’'"))
            span = _before_person(text, span, inside)
            titled = any(
                (m.role or m.rank or m.honorific) and span.overlaps(m.span) for m in inside
            )
            titled = titled or self._names_meeting(text, span)
            if titled or is_quoted(span, quoted) or not self._is_place(text, span):
                continue
            if best is None or gap(span, trigger) < gap(best, trigger):
                best = span
        return best or self._reached(text, sentence, trigger, quoted)

    def _reached(
        self, text: str, sentence: Span, trigger: Span, quoted: Sequence[Quotation]
    ) -> Span | None:
        """The city to which people were invited, or came to meet there."""
        for _, came in self._to.find(text, sentence.start, sentence.end):
            for start, end in self._where.find(text, came - 1, min(came + _REACH, sentence.end)):
                behind = self._place_after.match(text, end, sentence.end)
                span = span_at(text, *behind.span(1)) if behind and start >= came - 1 else None
                if span is None or is_quoted(span, quoted) or gap(span, trigger) > _REACH:
                    continue
                if self._words.city_country(span.text) or self._common.within(span.text):
                    return span
        return None

    def dateline(self, text: str, sentence: Span, inside: Sequence[Mention]) -> Span | None:
        """The city of a dateline, for a meeting of somebody of its country."""
        line = DATELINE.match(text, sentence.start, sentence.end)
        code = self._words.city_country(line[1].strip()) if line else None
        told = line is not None and any(m.country and m.country[0] == code for m in inside)
        return span_at(text, *line.span(1)) if line and code and told else None

    def _place_of(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """What follows a preposition: of `the Swiss city of Geneva` the name."""
        match = self._city_of.match(text, start, end) if self._city_of else None
        if match is not None:
            known = self._words.city_country(match["name"]) is not None
            of = "," not in match["link"] and self._words.country(match["name"]) is None
            if known or of:
                return match.span("name")
        match = self._place_after.match(text, start, end)
        return match.span(1) if match else None

    def _before_noun(
        self, text: str, sentence: Span, trigger: Span, quoted: Sequence[Quotation]
    ) -> Span | None:
        """The city in `the Geneva talks`."""
        words = _NAME_BEFORE.search(text[sentence.start : trigger.start])
        if words is None or self._known_places or not self._nouns.whole(trigger.text):
            return None
        name = words[1].split()
        for first in range(len(name)):
            rest = " ".join(name[first:])
            if self._words.city_country(rest):
                span = span_at(text, trigger.start - len(rest) - 1, trigger.start - 1)
                return None if is_quoted(span, quoted) or span.text != rest else span
        return None

    def _names_meeting(self, text: str, span: Span) -> bool:
        """Whether it is part of a meeting's name: `the Security Council`, `Ramstein meeting`."""
        if self._known_places or self._common.within(span.text):
            return False
        after = text[span.end : span.end + 1] == " " and self._nouns.at(text, span.end + 1)
        if self._nouns.whole(span.text.split()[-1]):
            return True
        return bool(after) and self._words.city_country(span.text) is None

    def _is_place(self, text: str, span: Span) -> bool:
        words = span.text.split()
        if self._dates.find(text, span.start, span.end):
            return False
        if self._known_places:
            return True
        if self._regions.within(span.text):
            return False
        common = self._common.within(span.text)
        names = [w.strip(",") for w in words if w[:1].isupper()]
        articled = len(names) > 1 and names[0].lower() in self._articles  # La Paz
        first = names[articled] if names else ""
        if self._no_places.whole(first) and not common:
            return False
        return common or words[-1][:1].isupper() or (words[-1][:1].isdigit() is False and common)


_CAP = r"[^\W\d_a-zà-ÿа-яё][\w’'.-]*"
_OF = r"(?:of|the|de|la|el|al|du|des|del|der|las|los)"


_NAME_BEFORE = re.compile(rf"(?:^|(?<=\s))({_CAP}(?: {_CAP}){{0,2}}) $")


def _city_of(words: Lexicon) -> re.Pattern[str] | None:
    """`the Black Sea resort of`, `the Turkish capital,` and the name behind it."""
    if not words.places.kinds:
        return None
    articles = "|".join(map(re.escape, words.people.determiners))
    kinds = "|".join(map(re.escape, words.places.kinds))
    return re.compile(
        rf"\s+(?:(?:{articles})\s+)?(?:[\w’'-]+\s+){{0,4}}?(?:{kinds})"
        rf"(?P<link>\s+of\s+|,\s+|\s+)(?P<name>{_CAP}(?:[ -]{_CAP})*)"
    )


def _place_after(words: Lexicon) -> re.Pattern[str]:
    """A place behind its preposition: capitalised words, with a common noun of places."""
    common = "|".join(map(re.escape, words.places.common)).replace(r"\*", r"\w*") or r"(?!)"
    articles = "|".join(map(re.escape, words.people.determiners)).replace("'", "['’]") or r"(?!)"
    return re.compile(
        rf"\s+((?:(?:{articles})(?:\s+|(?<=['’])))?(?:(?:{common})\s+(?:{_OF}\s+){{0,2}}(?:[dl]['’])?)?"
        rf"(?:{_CAP}|{_OF}\s(?={_CAP}))"
        rf"(?:(?:\s+|-)(?:{_CAP}|{_OF}(?=\s+{_CAP})))*"
        rf"(?:\s+(?:{common}))?(?:,\s+{_CAP}(?:\s+{_CAP})*(?=[,.;]|\s|$))?)"
    )


def _theme(words: Lexicon) -> re.Pattern[str]:
    """What is spoken about, at the end of a text: `on the war`."""
    articles = "|".join(map(re.escape, words.people.determiners)) or r"(?!)"
    themes = "|".join(map(re.escape, words.places.themes)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{themes})\s+(?:(?:{articles})\s+)?(?:[^\W\dA-Z]+\s+){{1,2}}$")


def _ends_with(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{_any(words)})\s+$", re.IGNORECASE)


def _before_person(text: str, span: Span, people: Sequence[Mention]) -> Span:
    """A place without the person who is named behind its comma: `In Seoul, Gates said`."""
    comma = span.text.find(",")
    behind = span.start + comma + 1
    names = [m.span for m in people if m.kind == "name" and m.span.start >= behind]
    if comma >= 0 and any(name.overlaps(span) for name in names):
        return span_at(text, span.start, behind - 1)
    return span


def _known_place(words: Lexicon) -> re.Pattern[str]:
    """Likewise where no capital letters show names: a known city, a common noun of places."""
    cities, common, countries = map(_any, (words.cities, words.places.common, words.country_codes))
    if words.wide:
        source = rf"(?:{countries})?((?:{common})?(?:{cities})(?:\w{{0,6}}?(?:{common}))?|{common})"
        return re.compile(source)
    return re.compile(
        rf"\s+((?:{cities})(?!\w)|(?:{common})(?!\w)(?:\s+\w+)?(?:\s+(?:{cities})(?!\w))?)"
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in ordered) or r"(?!)"
