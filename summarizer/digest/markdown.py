"""A digest as Markdown; every character of the articles is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.digest import words
from summarizer.digest.contents import Digest, Event, Saying, Source, Who
from summarizer.digest.period import readable
from summarizer.views import escape


def markdown_page(digest: Digest) -> str:
    """The digest as one document."""
    return "\n".join(_lines(digest)).rstrip() + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield f"# Meetings, {digest.period}"
    yield ""
    yield words.counts(digest)
    for note in words.notes(digest):
        yield ""
        yield note
    yield from ("", "## Timeline")
    for event in digest.events:
        yield from _event(event)
    yield from ("", "## Who met whom", "")
    if not digest.pairs:
        yield "Nobody, in the meetings that were held."
    else:
        yield "| | | meetings |"
        yield "| --- | --- | --- |"
        for pair in digest.pairs:
            dates = ", ".join(readable(event.report.date) for event in pair.events)
            yield f"| {_who(pair.one)} | {_who(pair.other)} | {len(pair.events)}: {escape(dates)} |"
    yield from ("", "## Who said what")
    for voice in digest.voices:
        yield from ("", f"### {_who(voice.who) if voice.who else words.NOBODY}")
        for topic, sayings in voice.topics:
            yield ""
            if topic or len(voice.topics) > 1:
                yield from (f"*{escape(topic) if topic else words.OTHER}*", "")
            yield from (_saying(saying) for saying in sayings)
    yield from ("", "## Articles", "")
    for source in digest.sources:
        about = ", ".join(escape(each) for each in (source.publisher, source.published) if each)
        yield f"{source.number}. {_source(source)}{f' ({about})' if about else ''}"


def _event(event: Event) -> Iterator[str]:
    yield from ("", f"### {escape(readable(event.report.date))}: {words.title(event, escape)}", "")
    yield f"- **How**: {words.how(event.report)}"
    if event.report.place:
        yield f"- **Where**: {escape(event.report.place)}"
    if event.people:
        yield f"- **Who**: {'; '.join(_who(who, about=True) for who in event.people)}"
    if event.topics:
        yield f"- **Topics**: {'; '.join(map(escape, event.topics))}"
    if event.outcomes:
        yield f"- **Outcomes**: {'; '.join(map(escape, event.outcomes))}"
    yield f"- **Told by**: {'; '.join(_source(told.source) for told in event.told)}"
    if event.differing:
        yield f"- **The articles differ** on {words.listed(event.differing)}:"
        for told in event.told:
            given = (f"{field} {escape(words.field(told, field))}" for field in event.differing)
            yield f"  - {_source(told.source)}: {', '.join(given)}"


def _who(who: Who, *, about: bool = False) -> str:
    known = [who.about if about else None, who.country]
    said = "; ".join(escape(part) for part in known if part)
    return f"{escape(who.name)} ({said})" if said else escape(who.name)


def _source(source: Source) -> str:
    return _link(escape(source.name), source.link)


def _saying(saying: Saying) -> str:
    place = f"{escape(saying.source.name)}, {saying.start}–{saying.end}"
    sure = "" if saying.confidence is None else f", confidence {saying.confidence:.2f}"
    return f"- {saying.quote_type}: {escape(saying.words)} ({_link(place, saying.link)}{sure})"


def _link(text: str, address: str | None) -> str:
    """Pointed brackets take every address in which they are encoded."""
    if address is None:
        return text
    encoded = address.translate({ord(sign): f"%{ord(sign):02X}" for sign in "<>\\ |`"})
    return f"[{text}](<{encoded}>)"
