"""One article to one verified record: read, ask, assemble, verify."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from summarizer import __version__
from summarizer.analysis import Candidate, Reading, read
from summarizer.article import Article
from summarizer.extract import assemble
from summarizer.extract.asking import Asker
from summarizer.extract.cast import Cast
from summarizer.extract.condense import condensed
from summarizer.extract.countries import settle_countries
from summarizer.extract.meetings import Gathering, gatherings
from summarizer.extract.speakers import Spoken, speakers
from summarizer.extract.summary import summary
from summarizer.extract.topics import outcomes, topics
from summarizer.model import Model
from summarizer.prompt import Prompt
from summarizer.record import (
    PromptIdentity,
    Provenance,
    Record,
    RecordUsage,
    Summary,
    Supported,
    verify,
)


def summarize_article(article: Article, *, model: Model, prompt: Prompt) -> Record:
    """The record of one article.

    Raises:
        AnswerError: no valid answer came.
        RecordError: the record breaks an invariant.
    """
    started = time.monotonic()
    asker = Asker(prompt, model)
    reading = read(article)
    cast = Cast(reading)
    shared: dict[str, object] = {"article": condensed(reading), "people": cast.listed()}
    met = gatherings(reading, cast, asker, shared)
    settle_countries(reading, [p for g in met for p in g.participants], cast, asker, shared)
    principals = [p for p in met[0].participants if p.named] if met else []
    spoken = speakers(reading, cast, principals, asker, shared)
    about = topics(reading, asker, shared) if met else []
    told = summary(reading, met, about, spoken, asker, shared)
    parts = _Parts(reading, met, spoken, about, told)
    return verify(_record(parts, asker, time.monotonic() - started))


class _Parts:
    """What the steps gave, with an id for everyone in it."""

    def __init__(
        self,
        reading: Reading,
        met: Sequence[Gathering],
        spoken: Sequence[Spoken],
        about: Sequence[Supported],
        told: Summary | None,
    ) -> None:
        self.reading, self.met, self.spoken, self.told = reading, met, spoken, told
        figures: list[Candidate] = [f for gathering in met for f in gathering.participants]
        figures += [s.speaker for s in spoken if s.speaker is not None]
        ordered = sorted(dict.fromkeys(figures), key=lambda f: f.mentions[0].span.start)
        self.persons = assemble.persons(ordered)
        self.ids = {f: person.id for f, person in zip(ordered, self.persons, strict=True)}
        self.topics = [list(about) if number == 0 else [] for number in range(len(met))]
        agreed = outcomes(reading) if met else []
        self.outcomes = [agreed if number == 0 else [] for number in range(len(met))]

    def made_at(self) -> list[str | None]:
        """The meeting each statement was made at: the only one held, if its speaker was there."""
        held = [n for n, g in enumerate(self.met) if g.event.status == "held"]
        if len(held) != 1:
            return [None] * len(self.spoken)
        there = self.met[held[0]].participants
        return [f"m{held[0] + 1}" if s.speaker in there else None for s in self.spoken]


def _record(parts: _Parts, asker: Asker, seconds: float) -> Record:
    lines = assemble.statements(parts.spoken, parts.ids, parts.made_at())
    usage = asker.usage
    return Record(
        article=parts.reading.article,
        persons=parts.persons,
        meetings=assemble.meetings(parts.met, parts.ids, parts.topics, parts.outcomes),
        statements=lines,
        summary=parts.told,
        checks=assemble.unresolved(lines),
        provenance=Provenance(
            prompt=PromptIdentity(
                name=asker.prompt.name, version=asker.prompt.version, sha256=asker.sha256
            ),
            model=asker.model.name,
            endpoint=asker.model.label,
            parameters=asker.parameters,
            summarizer_version=__version__,
            created=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            seconds=round(seconds, 3),
            usage=RecordUsage(
                calls=usage.calls,
                attempts=usage.attempts,
                prompt_tokens=usage.prompt_tokens,
                cached_tokens=usage.cached_tokens,
                completion_tokens=usage.completion_tokens,
            ),
        ),
    )
