"""What another program gives, as a record that the scorer takes.

Wherever there is a choice it is the one that helps the other program: marks and stops at the ends
of a quotation are no mistake, typographic variants match, the parts of an interrupted quotation are
put together, dates are read in several forms, meetings from parts of an article that do not
contradict each other are one, and whether words are direct or mixed speech is taken from the gold.
A quotation that stands nowhere in the article becomes a statement at its first character, which
fits nothing and counts as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from summarizer.article import (
    Article,
    Quotation,
    Span,
    article_id,
    detect_language,
    paragraphs,
    quotations,
    span_at,
)
from summarizer.evals import Fixture, GoldStatement
from summarizer.record import (
    Meeting,
    MeetingDate,
    MeetingMode,
    MeetingStatus,
    Person,
    Place,
    PromptIdentity,
    Provenance,
    QuoteType,
    Record,
    RecordUsage,
    Statement,
    date_problem,
)

_MARKS = "\"“”„‟«»‹›「」『』'‘’‚` \t\n"
_STOPS = ",.;:…"
_ANY = {mark: f"[{re.escape(_MARKS[:-3])}]" for mark in _MARKS[:-3]} | {
    dash: "[-‐‑‒–—―]" for dash in "-‐‑‒–—―"
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_DAY = re.compile(r"\b([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (\d{4}))?", re.IGNORECASE)
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?(?:,? (\d{4}))?", re.IGNORECASE)
_NOTHING = {"", "null", "none", "unknown", "not specified", "not given", "n/a", "not mentioned"}


@dataclass
class _Text:
    """An article in which quotations are looked up, each place once."""

    fixture: Fixture
    used: set[tuple[int, int]] = field(default_factory=set)

    @property
    def text(self) -> str:
        return self.fixture.text

    @cached_property
    def article(self) -> Article:
        return Article(
            id=article_id(self.text),
            text=self.text,
            language=detect_language(self.text),
            published=self.fixture.published,
        )

    @cached_property
    def somewhere(self) -> Span:
        first = len(self.text) - len(self.text.lstrip())
        return span_at(self.text, first, first + 1)

    def find(self, words: str) -> Span | None:
        """The first place of the words that nothing else has taken.

        A comma or full stop at the end that the article has not, or has another for, is no matter.
        """
        wanted = words.strip(_MARKS)
        return self._find(wanted) or self._find(wanted.rstrip(_STOPS + _MARKS))

    def _find(self, wanted: str) -> Span | None:
        if not wanted:
            return None
        pattern = "".join(_ANY.get(c, re.escape(c)) for c in wanted)
        pattern = re.sub(r"(?:\\[ \n\t])+", r"\\s+", pattern)
        found = [match.span() for match in re.finditer(pattern, self.text)]
        free = [place for place in found if place not in self.used] or found
        return self._taken(*free[0]) if free else None

    def at(self, start: int, end: int) -> Span | None:
        """The words at a place that was given, without marks at their ends."""
        words = self.text[start:end]
        kept = words.strip(_MARKS)
        if not kept:
            return None
        begin = start + words.index(kept)
        return self._taken(begin, begin + len(kept))

    def _taken(self, start: int, end: int) -> Span:
        self.used.add((start, end))
        return span_at(self.text, start, end)

    def gold(self, span: Span) -> GoldStatement | None:
        """The quotation of the gold that the words belong to, if they are of one."""
        quoted = (said for said in self.fixture.statements if said.quote_type != "indirect")
        return next(
            (said for said in quoted if any(part.overlaps(span) for part in said.segments)), None
        )

    def quote_type(self, span: Span) -> QuoteType:
        """The gold's; of other words, whether the article has them in quotation marks."""
        if (said := self.gold(span)) is not None:
            return said.quote_type
        inside = any(q.start <= span.start and span.end <= q.end for q in self._quotations)
        return "direct" if inside else "indirect"

    @cached_property
    def _quotations(self) -> tuple[Quotation, ...]:
        return quotations(self.text, paragraphs(self.text))


def record_of(answer: Mapping[str, Any], fixture: Fixture) -> tuple[Record, int]:
    """The record, and how many of its quotations stand nowhere in the article."""
    text = _Text(fixture)
    people: dict[str, Person] = {}

    def person(name: str) -> str:
        if name not in people:
            people[name] = Person(id=f"p{len(people) + 1}", name=name, mentions=[text.somewhere])
        return people[name].id

    said, unfound = _said(answer["statements"], text)
    statements = [
        Statement(
            id=f"s{number}",
            quote_type=text.quote_type(spans[0]) if found else "direct",
            speaker=person(speaker) if speaker else None,
            spans=spans,
            content_spans=spans,
            text=" ".join(span.text for span in spans),
        )
        for number, (speaker, spans, found) in enumerate(said, start=1)
    ]
    met = [_read(each, fixture.published) for each in answer["meetings"]]
    meetings = [
        _meeting(number, each, text, [person(name) for name in each["participants"]])
        for number, each in enumerate(_merged(met) if answer["in_parts"] else met, start=1)
    ]
    record = Record(
        article=text.article,
        persons=list(people.values()),
        meetings=meetings,
        statements=statements,
        provenance=_PROVENANCE,
    )
    return record, unfound


def _said(
    statements: Sequence[Mapping[str, Any]], text: _Text
) -> tuple[list[tuple[str | None, list[Span], bool]], int]:
    """Speaker and spans of each, and whether its words were found; how many were not.

    The parts of an interrupted quotation that were given one by one are put together.
    """
    said: list[tuple[str | None, list[Span], bool]] = []
    whole: dict[tuple[str | None, int], list[Span]] = {}
    unfound = 0
    for given in statements:
        place, speaker = given["place"], _given(given["speaker"])
        span = text.at(*place) if place else text.find(given["quotation"])
        if span is None:
            unfound += 1
            said.append((speaker, [text.somewhere], False))
            continue
        gold = text.gold(span)
        parts = whole.setdefault((speaker, gold.index), []) if gold else []
        if not parts or any(span.overlaps(other) for other in parts):
            parts = [] if parts else parts
            said.append((speaker, parts, True))
        parts.append(span)
        parts.sort(key=lambda part: part.start)
    return said, unfound


_PROVENANCE = Provenance(
    prompt=PromptIdentity(name="peer", version="1", sha256="0" * 64),
    model="peer",
    endpoint="local",
    parameters={},
    summarizer_version="0",
    created="2000-01-01T00:00:00Z",
    seconds=0.0,
    usage=RecordUsage(),
)


def _meeting(number: int, met: Mapping[str, Any], text: _Text, people: list[str]) -> Meeting:
    day, place = met["date"], met["place"]
    return Meeting(
        id=f"m{number}",
        status=met["status"] or "held",
        mode=met["mode"] or "unknown",
        date=MeetingDate(edtf=day, text=text.somewhere.text, span=text.somewhere) if day else None,
        place=Place(name=place, span=text.somewhere) if place else None,
        participants=list(dict.fromkeys(people)),
    )


_FIELDS = ("status", "date", "place", "mode")


def _read(given: Mapping[str, Any], published: str | None) -> dict[str, Any]:
    """A meeting as it was given, every field None or of the record's form."""
    return {
        "status": _one_of(given.get("status"), get_args(MeetingStatus)),
        "date": _day(given.get("date"), published),
        "place": _given(given.get("place")),
        "mode": _one_of(given.get("mode"), set(get_args(MeetingMode)) - {"unknown"}),
        "participants": _names(given.get("participants")),
    }


def _merged(meetings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that parts of the article gave and that contradict each other nowhere are one."""
    merged: list[dict[str, Any]] = []
    for met in meetings:
        same = next((one for one in merged if _agree(one, met)), None)
        if same is None:
            merged.append(dict(met))
            continue
        for name in _FIELDS:
            same[name] = same[name] or met[name]
        same["participants"] = list(dict.fromkeys(same["participants"] + met["participants"]))
    return merged


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(None in (one[name], other[name]) or one[name] == other[name] for name in _FIELDS)


def _given(value: object) -> str | None:
    words = " ".join(str(value).split()) if isinstance(value, str) else ""
    return None if words.casefold().strip(".") in _NOTHING else words


def _names(value: object) -> list[str]:
    names = value if isinstance(value, list) else str(value or "").split(",")
    return [name for each in names if (name := _given(each))]


def _one_of(value: object, values: Any) -> Any:
    word = str(value or "").casefold().replace(" ", "_").replace("-", "_")
    return word if word in values else None


def _day(value: object, published: str | None) -> str | None:
    """A date as EDTF; of a day without a year, with `X` digits."""
    words = _given(value)
    if words is None:
        return None
    plain = words.upper().replace("YYYY", "XXXX").removesuffix("T00:00:00")
    if date_problem(plain, status="held", article_text=None, published=published) is None:
        return plain
    for pattern, month_at, day_at in ((_MONTH_DAY, 1, 2), (_DAY_MONTH, 2, 1)):
        for found in pattern.finditer(words):
            month = found[month_at].casefold()[:3]
            number = _MONTHS.index(month) + 1 if month in _MONTHS else 0
            if number and 1 <= int(found[day_at]) <= 31:
                return f"{found[3] or 'XXXX'}-{number:02}-{int(found[day_at]):02}"
    return None
