"""Why a field has its value, as far as the record tells: a rule in words, and the places.

One entry for each kind of field; what is not listed is explained by the spans in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from summarizer.article import Span
from summarizer.record import FieldAt, Meeting, Person, Record, Statement, spans_of

Place = tuple[str, Span]
Finder = Callable[[Record, FieldAt], Iterator[Place]]

_MOST = 6  # places that are shown of one field

_RULES = {
    "article.id": "the SHA-256 of the article's text",
    "article.uri": "the file or address as it was given",
    "article.title": "the page's or file's own metadata, never the text",
    "article.publisher": "the page's or file's own metadata, never the text",
    "article.published": "given with `--published`, or by the page's or file's own metadata; "
    "never told from the text",
    "article.language": "told from the letters and words of the text",
    "persons[].type": "by the kind of the words that name them",
    "persons[].name": "the fullest name that the article has for this person",
    "persons[].role": "the title at the name, in the article's words",
    "persons[].rank": "the rank at the name, in the article's words",
    "persons[].organization": "in the article's words",
    "persons[].country": "from the article's own words about this person, never from knowledge",
    "persons[].country_text": "the article's words that give the country",
    "persons[].mentions": "where the rules found that the article names this person",
    "meetings[].status": "from the words that report or announce the meeting",
    "meetings[].kind": "from the word that names the meeting",
    "meetings[].mode": "from the words that say how they met; `unknown` where none do",
    "meetings[].date": "from the article's words; what neither they nor the publication date give "
    "is `X`",
    "meetings[].place": "the place named where the meeting is reported",
    "meetings[].participants": "who is named where the meeting is reported, and of others those "
    "whom the model takes for participants",
    "meetings[].topics": "phrases of the article, chosen by the model",
    "meetings[].outcomes": "from a word of agreeing, signing or deciding to the end of its "
    "sentence",
    "statements[].meeting": "the only meeting that was held, if the speaker took part in it",
    "statements[].quote_type": "computed from the quotation marks of the article",
    "statements[].cue": "the word of saying beside the speaker",
    "statements[].spans": "the characters between the marks, or the reported clause",
    "statements[].text": "the text of the spans, joined by one space",
    "summary": "composed from the fields of the record and statements that the model chose",
    "checks": "what the program itself found doubtful",
    "provenance": "measured or given when the record was made",
}


def rule_of(field: FieldAt) -> str | None:
    """How a value of this kind comes about, in words; null where only its places tell."""
    kind = field.kind
    while kind and kind not in _RULES:
        kind = kind[:-2] if kind.endswith("[]") else kind.rpartition(".")[0]
    if field.kind == "statements[].speaker" or field.kind == "statements[].speaker_mention":
        statement = field.parents[-1]
        return _speaker_rule(statement) if isinstance(statement, Statement) else None
    return _RULES.get(kind)


def _speaker_rule(statement: Statement) -> str:
    if statement.speaker is None:
        return "no words of the article tell who says this"
    if statement.speaker_mention is None:
        return "no speaker is named here, so it goes on from the statement before it"
    return "the words beside the word of saying stand for this person"


def places_of(record: Record, field: FieldAt) -> list[Place]:
    """The places in the article that bear a field out, each with what it is; a few of many."""
    name = field.path.rpartition(".")[2].partition("[")[0]
    holder = next((p for p in reversed(field.parents) if isinstance(p, _HOLDERS)), None)
    own = list(islice(spans_of(field.value), _MOST)) if field.value is not holder else []
    found: Iterator[Place]
    if isinstance(holder, Person):
        found = _of_person(holder, name)
    elif isinstance(holder, Meeting):
        found = _of_meeting(record, holder, name, field.value)
    elif isinstance(holder, Statement):
        found = _of_statement(record, holder, name)
    else:
        found = iter(())
    places = [*found, *((label or name, span) for label, span in own)]
    if not places and holder is None and len(field.parents) > 1:
        places = [(label or name, span) for label, span in spans_of(field.parents[-1])]
    unique = {span: label for label, span in reversed(places)}
    return [(label, span) for span, label in reversed(unique.items())][:_MOST]


_HOLDERS = (Person, Meeting, Statement)


def _of_person(person: Person, name: str) -> Iterator[Place]:
    evidence = person.evidence
    spans = {
        "role": evidence.role,
        "rank": evidence.rank,
        "country": evidence.country,
        "country_text": evidence.country,
        "name": person.mentions[:1],
        "type": person.mentions[:1],
        "id": person.mentions[:1],
    }.get(name, [])
    yield from ((name.replace("_text", ""), span) for span in spans)


def _of_meeting(record: Record, meeting: Meeting, name: str, value: object) -> Iterator[Place]:
    evidence = meeting.evidence
    spans = {"status": evidence.status, "kind": evidence.kind, "mode": evidence.mode}.get(name, [])
    yield from ((name, span) for span in spans)
    if name == "date" or name == "edtf":
        yield from [("date", meeting.date.span)] if meeting.date else []
    if name == "participants":
        persons = {person.id: person for person in record.persons}
        wanted = [value] if isinstance(value, str) else meeting.participants
        yield from (("meeting", span) for span in evidence.status[:1])
        for who in wanted:
            if isinstance(who, str) and who in persons:
                yield who, persons[who].mentions[0]


def _of_statement(record: Record, statement: Statement, name: str) -> Iterator[Place]:
    if name in ("speaker", "speaker_mention", "cue"):
        if statement.speaker_mention:
            yield "speaker", statement.speaker_mention
        if statement.cue:
            yield "cue", statement.cue
    if name == "speaker":
        for person in record.persons:
            if person.id == statement.speaker:
                yield f"{person.id}, first", person.mentions[0]
    if name in ("speaker", "quote_type", "text", "meeting", "id", "addressee"):
        yield from (("words", span) for span in statement.spans)
