"""From what the rules found and the model chose to the parts of a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.analysis import Candidate
from summarizer.article import Span
from summarizer.extract.meetings import Gathering
from summarizer.extract.speakers import Spoken
from summarizer.record import (
    Check,
    Meeting,
    MeetingDate,
    MeetingEvidence,
    Person,
    PersonEvidence,
    Place,
    Statement,
    Summary,
    Supported,
)


@dataclass(frozen=True)
class Parts:
    """What a record holds but for its article and provenance."""

    persons: list[Person]
    meetings: list[Meeting]
    statements: list[Statement]
    summary: Summary | None
    checks: list[Check]


def persons(figures: Sequence[Candidate]) -> tuple[list[Person], dict[Candidate, str]]:
    """The figures as persons, `p1` first, and their ids.

    Of two of one name, say `Mr. Lima` and `Mrs. Lima`, the second goes by more of the article's
    words; two who cannot be told apart by these are one person.
    """
    found: dict[tuple[str, str], tuple[str, list[Candidate]]] = {}
    for figure in figures:
        names = (figure.name, figure.mentions[0].span.text)
        keys = [(figure.type, " ".join(name.casefold().split())) for name in names]
        free = next((n for n, key in enumerate(keys) if key not in found), None)
        if free is None:
            found[keys[-1]][1].append(figure)
        else:
            found[keys[free]] = names[free], [figure]
    people = [
        _person(f"p{number}", name, one) for number, (name, one) in enumerate(found.values(), 1)
    ]
    each = zip(people, found.values(), strict=True)
    return people, {figure: person.id for person, (_, one) in each for figure in one}


def _person(identifier: str, name: str, figures: Sequence[Candidate]) -> Person:
    figure = figures[0]
    role = figure.first("role") if figure.named or figure.type == "person" else None
    rank = figure.first("rank")
    country = figure.country if figure.type != "group" or not figure.title else None
    return Person(
        id=identifier,
        type=figure.type,
        name=name,
        role=role.text if role else None,
        rank=rank.text if rank else None,
        country=country[0] if country else None,
        country_text=country[1].text if country else None,
        evidence=PersonEvidence(
            role=[role] if role else [],
            rank=[rank] if rank else [],
            country=[country[1]] if country else [],
        ),
        mentions=in_order([m.span for one in figures for m in one.mentions]),
    )


def in_order(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, none twice."""
    return sorted(dict.fromkeys(spans), key=lambda span: (span.start, span.end))


def meetings(
    found: Sequence[Gathering],
    ids: Mapping[Candidate, str],
    topics: Sequence[Sequence[Supported]],
    outcomes: Sequence[Sequence[Supported]],
) -> list[Meeting]:
    """The gatherings as meetings; `ids` are persons' ids."""
    made: list[Meeting] = []
    for number, gathering in enumerate(found):
        event = gathering.event
        date = None
        if event.date is not None and event.edtf is not None:
            date = MeetingDate(edtf=event.edtf, text=event.date.span.text, span=event.date.span)
        made.append(
            Meeting.model_validate(
                {
                    "id": f"m{number + 1}",
                    "status": event.status,
                    "kind": event.kind,
                    "mode": event.mode,
                    "date": date,
                    "place": Place(name=event.place.text, span=event.place)
                    if event.place
                    else None,
                    "participants": list(dict.fromkeys(ids[f] for f in gathering.participants)),
                    "evidence": MeetingEvidence(
                        status=[event.status_span],
                        kind=[event.kind_span] if event.kind_span else [],
                        mode=[event.mode_span] if event.mode_span else [],
                    ),
                    "topics": list(topics[number]),
                    "outcomes": list(outcomes[number]),
                }
            )
        )
    return made


def statements(
    spoken: Sequence[Spoken],
    ids: Mapping[Candidate, str],
    made_at: Sequence[str | None],
) -> list[Statement]:
    """The attributions as statements, `s1` first; `made_at` are the ids of their meetings."""
    return [
        Statement.model_validate(
            {
                "id": f"s{number}",
                "meeting": meeting,
                "quote_type": said.attribution.quote_type,
                "speaker": ids[said.speaker] if said.speaker else None,
                "speaker_mention": said.attribution.source.span
                if said.attribution.source
                else None,
                "cue": said.attribution.cue,
                "spans": list(said.attribution.spans),
                "content_spans": list(said.attribution.content),
                "text": " ".join(span.text for span in said.attribution.spans),
                "confidence": said.confidence,
                "decided_by": said.decided_by,
            }
        )
        for number, (said, meeting) in enumerate(zip(spoken, made_at, strict=True), 1)
    ]


def made_at(meetings_: Sequence[Meeting], speakers: Sequence[str | None]) -> list[str | None]:
    """The meeting each statement was made at: the only one held, if its speaker was there.

    `speakers` are the ids of the statements' speakers.
    """
    held = [meeting for meeting in meetings_ if meeting.status == "held"]
    if len(held) != 1:
        return [None] * len(speakers)
    return [held[0].id if speaker in held[0].participants else None for speaker in speakers]


def inferred(ids: Mapping[Candidate, str]) -> list[Check]:
    """A check for everyone whose country the report only lets one infer."""
    numbers = {identifier: n for n, identifier in enumerate(dict.fromkeys(ids.values()))}
    return [
        Check(
            code="country_inferred",
            severity="info",
            where=f"persons[{numbers[identifier]}].country",
            message="no title names the country; it is the one that the other side speaks for",
            span=figure.spoken_for[1],
        )
        for figure, identifier in ids.items()
        if figure.spoken_for is not None and figure.country == figure.spoken_for
    ]


def unresolved(statements_: Sequence[Statement]) -> list[Check]:
    """A check for every statement whose speaker nobody could tell."""
    return [
        Check(
            code="speaker_unresolved",
            severity="warning",
            where=f"statements[{number}].speaker",
            message="the article does not let one tell who says this",
            span=statement.spans[0],
        )
        for number, statement in enumerate(statements_)
        if statement.speaker is None
    ]
