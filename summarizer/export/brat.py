"""Brat standoff: for each record its text and its annotations, and what brat must know of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from summarizer.errors import InputError
from summarizer.export.brat_lines import record_to_brat, write_brat
from summarizer.export.form import Form
from summarizer.record import MeetingStatus, Record

_NAMED_BY = re.compile(r"[^a-z0-9]+")
_LONGEST = 40


def write(records: Iterable[Record], folder: Path) -> None:
    """`NAME.txt` and `NAME.ann` for each record, and `annotation.conf`.

    Raises:
        InputError: a record was stored without its text.
    """
    for number, record in enumerate(records, start=1):
        name = file_name(number, record)
        text = record.article.text
        if text is None:
            raise InputError(
                "was stored without its text (`--no-text`), which brat needs",
                where=record.article.uri or record.article.id,
                hint="Summarize the article again without that option.",
            )
        _put(folder / f"{name}.txt", text)
        _put(folder / f"{name}.ann", write_brat(record_to_brat(record, text)))
    _put(folder / "annotation.conf", _configuration())


def file_name(number: int, record: Record) -> str:
    """A name that any file system takes: a number, and letters of the article's own name."""
    given = Path((record.article.uri or "").rsplit("/", 1)[-1]).stem.lower()
    return f"{number:05d}-{_NAMED_BY.sub('-', given).strip('-')[:_LONGEST]}".rstrip("-")


def _configuration() -> str:
    meetings = [f"Meeting-{status}" for status in get_args(MeetingStatus)]
    people = "Participant:Participant*, Date?:Date, Place?:Place"
    events = [
        "Attribution Source?:Source, Cue?:Cue, Content:Content",
        "Attribution-no-source Cue?:Cue, Content:Content",
        *(f"{kind} {people}" for kind in meetings),
    ]
    spans = ["Source", "Cue", "Content", "Participant", "Date", "Place"]
    parts = {"entities": spans, "relations": [], "events": events, "attributes": []}
    return "\n".join(line for name, lines in parts.items() for line in (f"[{name}]", *lines, ""))


def _put(path: Path, content: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(content)


FORM = Form("a folder of texts and standoff annotations, PolNeAR's form", write, folder=True)
