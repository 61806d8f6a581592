"""From a record that a reader has corrected to a fixture: the reader's gold."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from summarizer.article import Span
from summarizer.errors import InputError, UsageError
from summarizer.evals.fixtures import load_fixtures
from summarizer.evals.gold import Fixture, GoldStatement
from summarizer.evals.gold_build import build_fixture
from summarizer.evals.gold_file import GoldFile
from summarizer.record import Meeting, Person, Record, Statement

_LICENSE = "not stated"
_SLUG = 48


def fixture_of(record: Record, name: str, *, split: str | None = None) -> Fixture:
    """The fixture that a record makes, located and checked as every fixture is.

    A cue or mention that would be found in another place than the record has it is left null.

    Args:
        record: with its text; a reader has looked through all of it.
        name: of the fixture, `NN-slug`.
        split: `dev` or `holdout`, in a set that has splits.

    Raises:
        InputError: the record makes no fixture: what is wrong, and with which of its parts.
    """
    article = record.article
    entries = [_statement(record, statement) for statement in record.statements]
    gold: dict[str, object] = {
        "id": name,
        "source": article.publisher or article.uri or "a reviewed record",
        "license": _LICENSE,
        "published": article.published,
        "split": split,
        "tags": ["reviewed"],
        "notes": [f"corrected from a record of {record.provenance.model}"],
        "meetings": [_meeting(record, meeting) for meeting in record.meetings],
        "statements": entries,
    }
    fixture = _checked(article.body, gold, name)
    elsewhere = False
    for said, entry, statement in zip(fixture.statements, entries, record.statements, strict=True):
        for field in ("cue", "speaker_mention"):
            if _of(said, field) != getattr(statement, field):
                entry[field] = None
                elsewhere = True
    return _checked(article.body, gold, name) if elsewhere else fixture


def write_fixtures(records: Sequence[Record], folder: Path) -> list[Path]:
    """Add fixtures to a folder, `NN-slug.txt` and `NN-slug.gold.json` each; none if one is wrong.

    Returns:
        The gold files.

    Raises:
        InputError: a record makes no fixture, or the folder holds fixtures that are wrong.
        UsageError: the folder cannot be written.
    """
    there = load_fixtures(folder) if folder.is_dir() and any(folder.glob("*.gold.json")) else []
    known = {fixture.article_id for fixture in there}
    split = "dev" if any(fixture.split for fixture in there) else None
    numbers = [int(found[0]) for each in there if (found := re.match(r"\d+", each.id))]
    number = max(numbers, default=-1) + 1
    made = []
    for record in records:
        if record.article.id in known:
            raise InputError("has a fixture of this article already", where=str(folder))
        known.add(record.article.id)
        made.append(fixture_of(record, f"{number:02d}-{_slug(record)}", split=split))
        number += 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(fixture, folder) for fixture in made]
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(folder)) from None


def _checked(text: str, gold: dict[str, object], name: str) -> Fixture:
    content = {key: value for key, value in gold.items() if value is not None or key == "published"}
    fixture, problems = build_fixture(text, GoldFile.model_validate(content), file=name)
    if problems:
        first = problems[0]
        raise InputError(f"makes no fixture: {first.message}", where=first.where)
    return fixture


def _of(said: GoldStatement, field: str) -> Span | None:
    return said.cue if field == "cue" else said.speaker_mention


def _meeting(record: Record, meeting: Meeting) -> dict[str, object]:
    persons = {person.id: person for person in record.persons}
    return {
        "status": meeting.status,
        "date": meeting.date and meeting.date.edtf,
        "date_text": meeting.date and meeting.date.text,
        "mode": meeting.mode,
        "place": meeting.place and meeting.place.name,
        "participants": [_participant(persons[who]) for who in meeting.participants],
        "topics": [topic.text for topic in meeting.topics],
        "outcomes": [outcome.text for outcome in meeting.outcomes],
    }


def _participant(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "accept": _other_names(person),
        "role": person.role,
        "country": person.country,
        "organization": person.organization,
    }


def _other_names(person: Person) -> list[str]:
    """The other words that the article names someone by; a pronoun is nobody's name."""
    names = [span.text for span in person.mentions]
    return [name for name in dict.fromkeys(names) if name != person.name and len(name) > 4]


def _statement(record: Record, statement: Statement) -> dict[str, object]:
    person = next((one for one in record.persons if one.id == statement.speaker), None)
    content = None
    if statement.quote_type == "mixed":
        first, last = statement.content_spans[0], statement.content_spans[-1]
        content = record.article.body[first.start : last.end]
    return {
        "quote_type": statement.quote_type,
        "speaker": person and person.name,
        "speaker_accept": _other_names(person) if person else [],
        "speaker_mention": statement.speaker_mention and statement.speaker_mention.text,
        "cue": statement.cue and statement.cue.text,
        "segments": [span.text for span in statement.spans],
        "content": content,
    }


def _slug(record: Record) -> str:
    article = record.article
    given = article.title or PurePosixPath(article.uri or "article").stem
    slug = re.sub(r"[^a-z0-9]+", "-", given.casefold())[:_SLUG].strip("-")
    return slug or "article"


def _write(fixture: Fixture, folder: Path) -> Path:
    path = folder / f"{fixture.id}.gold.json"
    content = fixture.gold.model_dump(mode="json", exclude_defaults=True)
    content |= {"published": fixture.published}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / f"{fixture.id}.txt").write_bytes(fixture.text.encode("utf-8"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path
