"""Walking through a record: every span in it, with the path of its field."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from summarizer.article import Span


def spans_of(part: object, path: str = "") -> Iterator[tuple[str, Span]]:
    """Each span of a record or a part of one, with its path: `statements[3].spans[0]`."""
    if isinstance(part, Span):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from spans_of(getattr(part, name), f"{path}.{name}" if path else name)
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from spans_of(item, f"{path}[{index}]")
