"""The words that readable views share: what a meeting or a person is called in one line."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.article import one_line
from summarizer.record import Meeting, Person, Record, Statement

MODES = {
    "in_person": "in person",
    "video": "by video",
    "phone": "by phone",
    "correspondence": "by correspondence",
    "hybrid": "in person and by video",
    "unknown": "how is not given",
}
clean = one_line


def title(record: Record) -> str:
    """What a record is headed with: its title, else who met, else where it came from."""
    given = clean(record.article.title or "")
    if given or not record.meetings:
        return given or clean(record.article.uri or "standard input")
    meeting = record.meetings[0]
    people = " and ".join(who.name for who in participants(record, meeting))
    return clean(f"{people or 'Unnamed participants'}: {meeting.kind}")


def source(record: Record) -> str:
    """Where the article came from, in one line."""
    article = record.article
    parts = [article.uri or "standard input", article.publisher, article.language]
    parts.append(f"published {article.published}" if article.published else None)
    return clean(" · ".join(part for part in parts if part))


def participants(record: Record, meeting: Meeting) -> list[Person]:
    """The persons who took part, in order."""
    persons = {person.id: person for person in record.persons}
    return [persons[who] for who in meeting.participants if who in persons]


def person_line(person: Person) -> str:
    """A name, then rank, role, organization and country where the article gives them."""
    country = person.country
    if person.country_text and country:
        country = f"{country}, “{person.country_text}”"
    about = [person.rank, person.role, person.organization, country or person.country_text]
    known = "; ".join(part for part in about if part)
    return clean(f"{person.name} ({known})" if known else person.name)


def how(meeting: Meeting) -> str:
    """Status, kind and mode in words."""
    return f"{meeting.status}, {meeting.kind}, {MODES[meeting.mode]}"


def when(meeting: Meeting) -> str:
    """The date and the article's words for it."""
    if meeting.date is None:
        return "not given"
    return clean(f"{meeting.date.edtf} (“{meeting.date.text}”)")


def where(meeting: Meeting) -> str:
    """The place in the article's words."""
    if meeting.place is None:
        return "not given"
    country = f" ({meeting.place.country})" if meeting.place.country else ""
    return clean(meeting.place.name + country)


def speakers(record: Record) -> Iterator[tuple[str, list[Statement]]]:
    """The statements of each speaker, in the order in which the speakers first speak."""
    names = {person.id: person_line(person) for person in record.persons}
    grouped: dict[str | None, list[Statement]] = {}
    for statement in record.statements:
        grouped.setdefault(statement.speaker, []).append(statement)
    for speaker, statements in grouped.items():
        yield names.get(speaker or "", "Speaker not told by the article"), statements


def said(statement: Statement) -> str:
    """The words of a statement: quoted in marks, an indirect one as it is."""
    if statement.quote_type == "direct":
        return " … ".join(f"“{clean(span.text)}”" for span in statement.spans)
    return clean(" … ".join(span.text for span in statement.content_spans))


def made_by(record: Record) -> str:
    """Prompt, model, seconds and tokens in one line."""
    made = record.provenance
    usage = made.usage
    return clean(
        f"{made.model} ({made.endpoint}) · prompt {made.prompt.name} {made.prompt.version} · "
        f"{made.seconds:.1f} s · {usage.calls} calls · "
        f"tokens: {usage.prompt_tokens} read, {usage.cached_tokens} of them cached, "
        f"{usage.completion_tokens} written"
    )
