"""The corrections file that a review page saves."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.corrections.changes import Change
from summarizer.errors import CorrectionError, InputError


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ArticleCorrections(_Part):
    """The changes to the record of one article, in the order in which they were made."""

    article: str
    """`article.id` of the record."""
    title: str | None = None
    changes: list[Change]


class CorrectionsFile(_Part):
    """Corrections of one reader, article by article. `by` is how the reader wants to be named."""

    format: Literal["summarizer-corrections"]
    version: Literal[1]
    by: str | None = None
    saved: str | None = None
    articles: list[ArticleCorrections]


def load_corrections(path: Path) -> CorrectionsFile:
    """The corrections in a file.

    Raises:
        InputError: it cannot be read.
        CorrectionError: it is no corrections file; the first field that is wrong is named.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    try:
        return CorrectionsFile.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in first["loc"])
        raise CorrectionError(
            f"is no corrections file: {first['msg']}",
            where=": ".join(part for part in (str(path), field.lstrip(".")) if part),
            hint="Give the file that a page of `summarizer review` saved.",
        ) from None
