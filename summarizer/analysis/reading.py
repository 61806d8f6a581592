"""One article as the rules read it: everything that a model may choose from, with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from summarizer.analysis.attribution import Attribution
from summarizer.analysis.dates import DateFinder
from summarizer.analysis.event import Event
from summarizer.analysis.events import EventFinder
from summarizer.analysis.incises import Incises
from summarizer.analysis.mentions import Mention, MentionFinder
from summarizer.analysis.named import NamedFinder, has_case
from summarizer.analysis.ordered import spans_in_order
from summarizer.analysis.people import Candidate, PeopleFinder
from summarizer.analysis.phrases import PhraseFinder
from summarizer.analysis.speech import SpeechFinder
from summarizer.article import Article, Quotation, Span, paragraphs, quotations, sentences
from summarizer.lexicon import Lexicon, Phrases, lexicon

_PHRASES = 12
_WHOLE = 0.8  # of a text in one pair of quotation marks: a statement that is the report itself


@dataclass(frozen=True)
class Reading:
    """What the rules found in an article. `mentions` are those outside quotations."""

    article: Article
    words: Lexicon
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    people: tuple[Candidate, ...]
    events: tuple[Event, ...]
    phrases: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.body


@dataclass(frozen=True)
class _Finders:
    words: Lexicon
    mentions: MentionFinder
    named: NamedFinder
    incises: Incises
    speech: SpeechFinder
    people: PeopleFinder
    events: EventFinder
    phrases: PhraseFinder


@cache
def _finders(language: str | None) -> _Finders:
    words = lexicon(language)
    return _Finders(
        words,
        MentionFinder(words),
        NamedFinder(words),
        Incises(words),
        SpeechFinder(words),
        PeopleFinder(words),
        EventFinder(words, DateFinder(words)),
        PhraseFinder(words),
    )


def _reports(speech: Sequence[Attribution], words: Lexicon) -> list[Span]:
    """Quotations of a ministry or an office that tell who met: a report, not somebody's speech."""
    personal = Phrases(words.people.pronouns.first)
    return [
        span
        for a in speech
        if a.quote_type == "direct" and a.source and a.source.kind == "organization"
        for span in a.spans
        if not personal.within(span.text)
    ]


def read(article: Article, names: Sequence[str] = ()) -> Reading:
    """Reads an article with the rules of its language.

    Args:
        article: the article.
        names: the people's names as it writes them, where no capital letters show them.
    """
    finders = _finders(article.language)
    text = article.body
    parts = paragraphs(text)
    lines = sentences(text)
    quoted = finders.incises.apart(text, quotations(text, parts))
    if names or not has_case(text):
        every = finders.named.mentions(text, names)
    else:
        every = finders.mentions.mentions(text, lines)
    said = [q for q in quoted if q.end - q.start < _WHOLE * len(text)]
    marked = spans_in_order(said)
    speech = finders.speech.attributions(text, parts, lines, quoted, every)
    reports = spans_in_order(_reports(speech, finders.words))
    spoken = [q for q in said if not reports.within(q.start, q.end)]
    apart = spans_in_order(spoken)
    told = tuple(m for m in every if not apart.holds(m.span.start))
    outside = tuple(m for m in every if not marked.holds(m.span.start))
    sources = [m for a in speech if a.source for m in (a.source, *a.source.members)]
    sources += finders.events.acting(text, told)
    people = finders.people.candidates(told, sources)
    published = date.fromisoformat(article.published) if article.published else None
    events = finders.events.events(text, lines, spoken, told, published)
    phrases = finders.phrases.phrases(text, lines, quoted, every, _PHRASES)
    return Reading(
        article,
        finders.words,
        parts,
        lines,
        quoted,
        outside,
        speech,
        tuple(people),
        events,
        phrases,
    )
