"""Reading a few sentences of one language, and what came of it as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from summarizer.analysis import Event, Reading, read
from summarizer.analysis.dates import DateFinder
from summarizer.article import Article, article_id
from summarizer.lexicon import lexicon


@dataclass(frozen=True)
class Read:
    """What the rules find in a text."""

    reading: Reading

    @property
    def speech(self) -> list[tuple[str, str | None, str | None, str]]:
        """Type, source, cue and the words of every statement, its parts joined by ` / `."""
        return [
            (
                a.quote_type,
                a.source.span.text if a.source else None,
                a.cue.text if a.cue else None,
                " / ".join(span.text for span in a.spans),
            )
            for a in self.reading.attributions
        ]

    @property
    def contents(self) -> list[str]:
        """The whole reported content of every statement."""
        return [" / ".join(c.text for c in a.content) for a in self.reading.attributions]

    @property
    def people(self) -> list[tuple[str, str | None, str | None, str | None]]:
        """Name, role, rank and country of everyone."""
        found = []
        for person in self.reading.people:
            role, rank, country = person.first("role"), person.first("rank"), person.country
            found.append(
                (
                    person.name,
                    role.text if role else None,
                    rank.text if rank else None,
                    country[0] if country else None,
                )
            )
        return found

    def mentions_of(self, name: str) -> list[str]:
        """The words of every mention of a person."""
        person = next(p for p in self.reading.people if p.name == name)
        return [m.span.text for m in person.mentions]

    @property
    def events(self) -> list[Event]:
        """The meetings."""
        return list(self.reading.events)


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    """The language that the test file is named after: `test_lexicon_ru.py`."""
    return request.path.stem.rsplit("_", 1)[-1]


@pytest.fixture
def read_text(language: str) -> Callable[..., Read]:
    """Reads a text; `published` is YYYY-MM-DD, `names` those of a script without capitals."""

    def reader(text: str, published: str | None = None, names: Sequence[str] = ()) -> Read:
        article = Article(id=article_id(text), text=text, language=language, published=published)
        return Read(read(article, names))

    return reader


@pytest.fixture
def edtf(language: str) -> Callable[..., list[str | None]]:
    """The dates of a text in EDTF, resolved against `anchor`."""

    def reader(text: str, anchor: str | None = None, tense: str = "past") -> list[str | None]:
        finder = DateFinder(lexicon(language))
        day = date.fromisoformat(anchor) if anchor else None
        found = finder.find(text, 0, len(text))
        return [finder.edtf(d, day, "future" if tense == "future" else "past") for d in found]

    return reader
