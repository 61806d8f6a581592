"""What always holds of a record, enforced when one is built and again when one is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from summarizer.article import Span, article_id, plain
from summarizer.errors import RecordError
from summarizer.record.dates import date_problem
from summarizer.record.models import SCHEMA_VERSION, Meeting, Person, Record, Supported
from summarizer.record.speech import statement_violations
from summarizer.record.terms import missing_words, unsupported_terms
from summarizer.record.violation import Violation
from summarizer.record.walk import spans_of


def verify(record: Record) -> Record:
    """The same record, once every invariant has been checked.

    Raises:
        RecordError: naming the first field that breaks one.
    """
    violations = check_record(record)
    if violations:
        first = violations[0]
        raise RecordError(first.message, where=first.where)
    return record


def check_record(record: Record) -> list[Violation]:
    """Every broken invariant, in the order of the fields; none for a valid record.

    A record without its text (`--no-text`) is checked as far as it goes without.
    """
    return [
        *_article(record),
        *_spans(record),
        *_ids(record),
        *_persons(record),
        *_meetings(record),
        *statement_violations(record),
        *_written(record),
        *_provenance(record),
    ]


def _article(record: Record) -> Iterator[Violation]:
    article = record.article
    if record.schema_version != SCHEMA_VERSION:
        yield Violation("schema_version", f"is not {SCHEMA_VERSION}, the version read here")
    if article.text is not None and article.id != article_id(article.text):
        yield Violation("article.id", "is not the SHA-256 of `article.text`")
    if article.published is not None and not _is_day(article.published):
        yield Violation("article.published", "is not a day of the form YYYY-MM-DD")


def _words(record: Record) -> str | None:
    """The article's words; behind them as they are read, where something hidden parts a word."""
    text = record.article.text
    if text is None or (read := plain(text).text) == text:
        return text
    return f"{text}\n{read}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _spans(record: Record) -> Iterator[Violation]:
    text = record.article.text
    length = len(text) if text is not None else record.article.length
    for where, span in spans_of(record):
        if length is not None and span.end > length:
            yield Violation(where, f"ends at {span.end}, after the end of the article ({length})")
        elif text is not None and text[span.start : span.end] != span.text:
            yield Violation(where, f"is not what stands at {span.start}:{span.end} of the article")


def _ids(record: Record) -> Iterator[Violation]:
    persons = [person.id for person in record.persons]
    meetings = [meeting.id for meeting in record.meetings]
    statements = [statement.id for statement in record.statements]
    for name, ids in (("persons", persons), ("meetings", meetings), ("statements", statements)):
        for doubled in (key for key, times in Counter(ids).items() if times > 1):
            yield Violation(f"{name}[{ids.index(doubled)}].id", f"`{doubled}` is not unique")
    for index, meeting in enumerate(record.meetings):
        for number, who in enumerate(meeting.participants):
            where = f"meetings[{index}].participants[{number}]"
            if who not in persons:
                yield Violation(where, f"`{who}` is not the id of a person")
            if who in meeting.participants[:number]:
                yield Violation(where, f"`{who}` takes part twice")
    for index, statement in enumerate(record.statements):
        where = f"statements[{index}]"
        if statement.meeting is not None and statement.meeting not in meetings:
            yield Violation(f"{where}.meeting", f"`{statement.meeting}` is not a meeting's id")
        for field, reference in (
            ("speaker", statement.speaker),
            ("addressee", statement.addressee),
        ):
            if reference is not None and reference not in persons:
                yield Violation(f"{where}.{field}", f"`{reference}` is not the id of a person")


def _persons(record: Record) -> Iterator[Violation]:
    text = _words(record)
    seen: set[tuple[str, str]] = set()
    for index, person in enumerate(record.persons):
        where = f"persons[{index}]"
        key = (person.type, " ".join(person.name.casefold().split()))
        if key in seen:
            yield Violation(f"{where}.name", f"`{person.name}` is a person already listed")
        seen.add(key)
        yield from _grounded(person, where)
        if text is None:
            continue
        for field, value in (("name", person.name), ("organization", person.organization)):
            if value is not None and missing_words(value, text):
                yield Violation(f"{where}.{field}", f"`{value}` is not in the article's words")


def _grounded(person: Person, where: str) -> Iterator[Violation]:
    """Role, rank and country stand in the words given as their evidence."""
    evidence = person.evidence
    for field, value, spans in (
        ("role", person.role, evidence.role),
        ("rank", person.rank, evidence.rank),
        ("country_text", person.country_text, evidence.country),
    ):
        if value is not None and value not in [span.text for span in spans]:
            yield Violation(f"{where}.{field}", f"`{value}` is not the text of its evidence")
    if person.country is not None:
        if person.country_text is None:
            yield Violation(f"{where}.country", "is set, and `country_text` does not say from what")
        yield from _code(person.country, f"{where}.country")


def _code(country: str, where: str) -> Iterator[Violation]:
    import pycountry

    if pycountry.countries.get(alpha_3=country) is None:
        yield Violation(where, f"`{country}` is not an ISO 3166-1 alpha-3 code")


def _meetings(record: Record) -> Iterator[Violation]:
    listed = {check.where for check in record.checks}
    for index, meeting in enumerate(record.meetings):
        where = f"meetings[{index}]"
        yield from _claims(meeting, where, listed)
        yield from _when_and_where(meeting, where, record)


def _claims(meeting: Meeting, where: str, listed: set[str]) -> Iterator[Violation]:
    """Status, kind and mode have words in the article, or the gap is listed in `checks`."""
    claims: list[tuple[str, list[Span]]] = [("status", meeting.evidence.status)]
    if meeting.kind != "other":
        claims.append(("kind", meeting.evidence.kind))
    if meeting.mode != "unknown":
        claims.append(("mode", meeting.evidence.mode))
    for field, spans in claims:
        if not spans and not listed & {f"{where}.{field}", f"{where}.evidence.{field}"}:
            yield Violation(f"{where}.evidence.{field}", "has no span, and no check lists the gap")


def _when_and_where(meeting: Meeting, where: str, record: Record) -> Iterator[Violation]:
    article = record.article
    if meeting.date is not None:
        if meeting.date.text != meeting.date.span.text:
            yield Violation(f"{where}.date.text", "is not the text of its span")
        published = article.published if article.published and _is_day(article.published) else None
        problem = date_problem(
            meeting.date.edtf,
            status=meeting.status,
            article_text=article.text,
            published=published,
        )
        if problem:
            yield Violation(f"{where}.date.edtf", f"is wrong: {problem}")
    if meeting.place is not None:
        if meeting.place.name not in meeting.place.span.text or not meeting.place.name.strip():
            yield Violation(f"{where}.place.name", "is not in the text of its span")
        if meeting.place.country is not None:
            yield from _code(meeting.place.country, f"{where}.place.country")


def _written(record: Record) -> Iterator[Violation]:
    """Texts that a model wrote: each name, number and date in them occurs in the article."""
    summary = record.summary
    if summary is not None and summary.text != " ".join(s.text for s in summary.sentences):
        yield Violation("summary.text", "is not its sentences joined by one space")
    words = _words(record)
    if words is None:
        return
    for where, text in _texts(record):
        terms = unsupported_terms(text, words, language=record.article.language)
        if terms:
            names = ", ".join(f"`{term}`" for term in terms)
            yield Violation(where, f"has {names}, which the article does not have")


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    supported: list[tuple[str, list[Supported]]] = []
    for index, meeting in enumerate(record.meetings):
        supported.append((f"meetings[{index}].topics", meeting.topics))
        supported.append((f"meetings[{index}].outcomes", meeting.outcomes))
    if record.summary is not None:
        supported.append(("summary.sentences", record.summary.sentences))
    for where, items in supported:
        yield from ((f"{where}[{n}].text", item.text) for n, item in enumerate(items))
    for index, statement in enumerate(record.statements):
        where = f"statements[{index}]"
        yield from ((f"{where}.topics[{n}]", topic) for n, topic in enumerate(statement.topics))
        if statement.gist is not None:
            yield f"{where}.gist", statement.gist


def _provenance(record: Record) -> Iterator[Violation]:
    try:
        created = datetime.fromisoformat(record.provenance.created)
    except ValueError:
        created = None
    if created is None or created.tzinfo is None:
        yield Violation("provenance.created", "is not an ISO 8601 time with its zone")
    if record.provenance.seconds < 0:
        yield Violation("provenance.seconds", "is negative")
