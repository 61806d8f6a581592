"""From a gold file to a fixture: statements located, speakers known by all their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from summarizer.article import Span, sentences
from summarizer.evals.gold import Fixture, GoldMeeting, GoldParticipant, GoldStatement
from summarizer.evals.gold_checks import Problem, field_problems
from summarizer.evals.gold_file import GoldFile, MeetingEntry, StatementEntry
from summarizer.evals.locate import NotLocated, locate_nearest, locate_segments
from summarizer.evals.names import GoldName
from summarizer.evals.normalise import name_key


def build_fixture(text: str, gold: GoldFile, *, file: str) -> tuple[Fixture, list[Problem]]:
    """The fixture of an article and its gold, and what is wrong with it.

    Statements that cannot be located are left out of the fixture and listed as problems.
    """
    problems = [Problem(file, field, message) for field, message in field_problems(text, gold)]
    statements = []
    split = cache(lambda: sentences(text))
    names = _names(gold)
    for index, entry in enumerate(gold.statements):
        try:
            statements.append(_statement(index, entry, text, split, names))
        except _Wrong as wrong:
            problems.append(Problem(file, f"statements[{index}].{wrong.field}", wrong.message))
    meetings = tuple(_meeting(index, entry, names) for index, entry in enumerate(gold.meetings))
    return Fixture(gold.id, text, gold, meetings, tuple(statements)), problems


class _Wrong(Exception):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def _statement(
    index: int,
    entry: StatementEntry,
    text: str,
    split: Callable[[], Sequence[Span]],
    names: Mapping[str, GoldName],
) -> GoldStatement:
    content, mention, cue = None, None, None
    if entry.content is not None:
        with _field("content"):
            (content,) = locate_segments(text, [entry.content])
    with _field("segments"):
        segments = tuple(locate_segments(text, entry.segments, content))
    if entry.speaker_mention is not None:
        with _field("speaker_mention"):
            mention = locate_nearest(text, entry.speaker_mention, segments, split)
    if entry.cue is not None:
        with _field("cue"):
            cue = locate_nearest(text, entry.cue, segments, split)
    return GoldStatement(
        index=index,
        quote_type=entry.quote_type,
        speaker=names[name_key(entry.speaker)] if entry.speaker is not None else None,
        speaker_mention=mention,
        cue=cue,
        segments=segments,
        content=(content,) if content is not None else segments,
        optional=entry.optional,
    )


@contextmanager
def _field(name: str) -> Iterator[None]:
    try:
        yield
    except NotLocated as error:
        raise _Wrong(name, str(error)) from None


def _meeting(index: int, entry: MeetingEntry, names: Mapping[str, GoldName]) -> GoldMeeting:
    return GoldMeeting(
        index=index,
        entry=entry,
        participants=tuple(
            GoldParticipant(
                index=number,
                who=replace(names[name_key(person.name)], country=person.country),
                optional=person.optional,
            )
            for number, person in enumerate(entry.participants)
        ),
    )


def _names(gold: GoldFile) -> dict[str, GoldName]:
    """Everyone in the gold, by name, with all right forms that stand anywhere in the file."""
    people = [person for meeting in gold.meetings for person in meeting.participants]
    named = [(person.name, person.accept, person.country) for person in people]
    named += [(s.speaker, s.speaker_accept, None) for s in gold.statements if s.speaker is not None]
    names: dict[str, GoldName] = {}
    for name, accept, country in named:
        known = names.setdefault(name_key(name), GoldName(name))
        forms = (*known.accept, *(form for form in (name, *accept) if form != known.name))
        names[name_key(name)] = GoldName(
            known.name, tuple(dict.fromkeys(forms)), known.country or country
        )
    return names
