"""A web page in one file: the article with its spans marked, the record beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from summarizer.article import Span, marked
from summarizer.record import Record
from summarizer.views import words
from summarizer.views.view import Look, View

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True)
class Piece:
    """A run of the article that the same spans cover; `kinds` are those spans' kinds."""

    text: str
    kinds: tuple[str, ...] = ()
    anchor: str | None = None
    title: str | None = None


def one(record: Record, look: Look) -> str:
    """The record as a section of the page."""
    prefix = record.article.id.removeprefix("sha256:")[:12]
    return _template().render(
        record=record,
        pieces=pieces(record, prefix) if look.text else [],
        prefix=prefix,
        words=words,
    )


def pieces(record: Record, prefix: str) -> list[Piece]:
    """The article cut wherever a span begins or ends; empty if it was stored without its text."""
    text = record.article.text
    if text is None:
        return []
    marked = _marked(record)
    begins = {s.content_spans[0].start: s.id for s in reversed(record.statements)}
    cuts = sorted({0, len(text), *(at for span, _, _ in marked for at in (span.start, span.end))})
    found = []
    for start, end in pairwise(cuts):
        over = [(kind, title) for span, kind, title in marked if span.start <= start < span.end]
        found.append(
            Piece(
                text[start:end],
                tuple(dict.fromkeys(kind for kind, _ in over)),
                f"{prefix}-{begins[start]}" if start in begins else None,
                "; ".join(dict.fromkeys(title for _, title in over)) or None,
            )
        )
    return found


def _marked(record: Record) -> list[tuple[Span, str, str]]:
    """Spans with a kind and a title each, for style and for a tooltip."""
    names = {person.id: person.name for person in record.persons}
    found: list[tuple[Span, str, str]] = []
    for statement in record.statements:
        who = names.get(statement.speaker or "", "speaker not told")
        title = f"{statement.quote_type}, {who}"
        found += [(span, statement.quote_type, title) for span in statement.content_spans]
        found += [(statement.cue, "cue", "cue")] if statement.cue else []
    for person in record.persons:
        found += [(span, "person", person.name) for span in person.mentions]
    for meeting in record.meetings:
        found += [(meeting.date.span, "date", meeting.date.edtf)] if meeting.date else []
        found += [(meeting.place.span, "place", meeting.place.name)] if meeting.place else []
        evidence = meeting.evidence
        for field, spans in (
            ("status", evidence.status),
            ("kind", evidence.kind),
            ("mode", evidence.mode),
        ):
            found += [(span, "evidence", f"{field} of the meeting") for span in spans]
    return found


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summarizer.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clean": words.clean, "marked": marked}
    return environment.get_template("record.html")


_START = (files("summarizer.views") / "templates" / "start.html").read_text(encoding="utf-8")

VIEW = View(one, start=_START, end="</body>\n</html>\n")
