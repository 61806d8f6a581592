"""JSON Lines: one article a line; a bad line does not stop the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, ValidationError

from summarizer.article.article import Article
from summarizer.article.build import build_article, check_day
from summarizer.article.decode import MAX_BYTES, tidy
from summarizer.errors import InputError

_BOM = b"\xef\xbb\xbf"


class _Line(BaseModel):
    """What a line may hold; other keys are no part of the article."""

    model_config = ConfigDict(extra="ignore")

    text: StrictStr
    id: StrictStr | StrictInt | None = None
    title: StrictStr | None = None
    publisher: StrictStr | None = None
    published: StrictStr | None = None
    uri: StrictStr | None = None


def read_jsonl(
    stream: BinaryIO, *, uri: str, published: str | None = None, limit: int = MAX_BYTES
) -> Iterator[Article | InputError]:
    """The articles of `stream`, one line in memory at a time; a bad line gives its error instead.

    `published` overrides what the lines say. `limit` is for one line, in bytes.
    """
    for number, line in _lines(stream, limit):
        where = f"{uri}:{number}"
        if line is None:
            yield InputError(
                f"the line is larger than {limit / 1_000_000:g} MB",
                where=where,
                hint="One line is one article.",
            )
        elif line.strip():
            try:
                yield article_of(line, uri=uri, number=number, where=where, published=published)
            except InputError as error:
                yield error


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; null for one over the limit, whose rest is passed over."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def article_of(line: bytes, *, uri: str, number: int, where: str, published: str | None) -> Article:
    """The article in a line of JSON, the `number`th at `uri`.

    Raises:
        InputError: there is none in it; `where` is named.
    """
    item = _parse(line, where)
    source_id = None if item.id is None else str(item.id)
    day = published or item.published
    return build_article(
        tidy(item.text, where=where),
        uri=item.uri or f"{uri}#{number if source_id is None else source_id}",
        title=item.title or None,
        publisher=item.publisher or None,
        published=check_day(day, where=where) if day else None,
        source_id=source_id,
    )


def _parse(line: bytes, where: str) -> _Line:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", where=where, hint="Save the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg}", where=where) from None
    except (ValueError, RecursionError):
        raise InputError("is not JSON that can be read", where=where) from None
    if not isinstance(value, dict):
        raise InputError("is not a JSON object", where=where, hint='Write {"text": "…"}.')
    try:
        return _Line.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "missing":
            message = "has no `text`"
        else:
            message = f"`{first['loc'][0]}` has the wrong type"
        raise InputError(message, where=where) from None
