"""Records as JSON: written with the fields in the order of the models, verified when read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from summarizer.controls import spelled
from summarizer.errors import InputError, RecordError
from summarizer.record.invariants import verify
from summarizer.record.models import Record


def dump_record(record: Record, *, text: bool = True, indent: int | None = None) -> str:
    """A record as JSON, on one line unless `indent` is given.

    Args:
        record: a verified record.
        text: whether to keep `article.text`; without it the offsets stay, and `article.length`.
        indent: spaces for each level.
    """
    if not text and record.article.text is not None:
        stripped = record.article.model_copy(
            update={"text": None, "length": len(record.article.text)}
        )
        record = record.model_copy(update={"article": stripped})
    dumped = record.model_dump(mode="json")
    return spelled(json.dumps(dumped, ensure_ascii=False, indent=indent))


def relabelled(line: str, *, text: bool = True, **article: object) -> str:
    """A record's line with other facts about where the article came from, not parsed any further.

    Args:
        line: one record as `dump_record` wrote it, its text included.
        text: whether to keep `article.text`.
        article: fields of `article`: `uri`, `title`, `publisher`, `source_id`, `page`.
    """
    record = json.loads(line)
    given = record["article"]
    if text and all(given.get(name) == value for name, value in article.items()):
        return line
    given.update(article)
    if not text:
        given.update(length=len(given["text"]), text=None)
    return spelled(json.dumps(record, ensure_ascii=False))


def load_record(content: str | bytes, text: str | None = None) -> Record:
    """The record in `content`, verified again.

    Args:
        content: one record as JSON.
        text: the article, for a record that was written without it.

    Raises:
        RecordError: naming the first field that is wrong.
    """
    try:
        record = Record.model_validate_json(content)
    except ValidationError as error:
        raise _not_a_record(error) from None
    if text is not None and record.article.text is None:
        whole = record.article.model_copy(update={"text": text})
        record = record.model_copy(update={"article": whole})
    return verify(record)


def load_records(path: Path) -> Iterator[Record]:
    """The records of a file, one at a time: JSON Lines, one JSON object, or an array of objects.

    Raises:
        InputError: if the file cannot be read.
        RecordError: naming the file, the line, and the first field that is wrong.
    """
    for place, content in _contents(path):
        try:
            yield load_record(content)
        except RecordError as error:
            where = f"{place}: {error.where}" if error.where else place
            raise RecordError(error.message, where=where) from None


def _contents(path: Path) -> Iterator[tuple[str, bytes | str]]:
    """Each record's JSON and where it stands."""
    try:
        with path.open("rb") as file:
            lines = ((number, line) for number, line in enumerate(file, start=1) if line.strip())
            first = next(lines, None)
            if first is None:
                raise InputError("holds no record", where=str(path))
            if _is_json(first[1]) and not first[1].lstrip().startswith(b"["):
                yield f"{path}:{first[0]}", first[1]
                yield from ((f"{path}:{number}", line) for number, line in lines)
                return
            whole = first[1] + b"".join(line for _, line in lines)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    if not whole.lstrip().startswith(b"["):
        yield str(path), whole
        return
    try:
        items = json.loads(whole)
    except ValueError as error:
        raise RecordError(f"is not JSON: {error}", where=str(path)) from None
    yield from ((f"{path}[{n}]", json.dumps(item)) for n, item in enumerate(items))


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _not_a_record(error: ValidationError) -> RecordError:
    first = error.errors(include_url=False, include_input=False)[0]
    where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in first["loc"]).lstrip(".")
    message = first["msg"].removeprefix("Value error, ")
    return RecordError(f"does not fit the record: {message}", where=where or None)
