"""One article to one verified record: read, ask, assemble, verify."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summarizer import __version__
from summarizer.analysis import Candidate, Reading, read
from summarizer.article import Article, detect_language, plain
from summarizer.extract import assemble
from summarizer.extract.asking import Asker
from summarizer.extract.assemble import Parts
from summarizer.extract.calls import Listener
from summarizer.extract.cast import Cast
from summarizer.extract.countries import CountryFinder
from summarizer.extract.meetings import gatherings
from summarizer.extract.names import names
from summarizer.extract.places import in_article
from summarizer.extract.questions import Questions
from summarizer.extract.report import overlooked
from summarizer.extract.single import single
from summarizer.extract.speakers import speakers
from summarizer.extract.summary import summary
from summarizer.extract.topics import outcomes, topics
from summarizer.model import Model
from summarizer.prompt import Prompt
from summarizer.record import (
    PromptIdentity,
    Provenance,
    Record,
    RecordUsage,
    Supported,
    verify,
)

if TYPE_CHECKING:
    from summarizer.model import Price


def summarize_article(
    article: Article,
    *,
    model: Model,
    prompt: Prompt,
    price: Price | None = None,
    listen: Listener | None = None,
) -> Record:
    """The record of one article.

    Args:
        article: what is read.
        model: whom to ask.
        prompt: what to ask.
        price: the model's; null if it is not known.
        listen: hears of every call to the model, as soon as it is answered.

    Raises:
        AnswerError: no valid answer came.
        RecordError: the record breaks an invariant.
    """
    started = time.monotonic()
    article = _with_language(article)
    asker = Asker(prompt, model, listen)
    shown = plain(article.body)
    reading = read(article.model_copy(update={"text": shown.text}), names(shown.text, asker))
    parts = single(reading, asker) if asker.asks("record") else _grounded(reading, asker)
    parts = in_article(parts, shown)
    return verify(_record(article, parts, asker, time.monotonic() - started, price))


def _with_language(article: Article) -> Article:
    """The article with its language, which takes longer to tell than all else about an input."""
    if article.language is not None:
        return article
    return article.model_copy(update={"language": detect_language(article.body)})


def _grounded(reading: Reading, asker: Asker) -> Parts:
    """The parts of a record by rules, and by questions whose answers are choices."""
    cast = Cast(reading)
    questions = Questions(reading, cast, asker)
    met = gatherings(reading, cast, questions)
    countries = CountryFinder(reading)
    for gathering in met:
        countries.infer(gathering.event, gathering.participants)
    principals = [p for p in met[0].participants if p.named] if met else []
    spoken = speakers(reading, cast, principals, questions)
    about = topics(reading, questions) if met else []
    told = summary(reading, met, about, spoken, questions)
    checks = overlooked(reading, met, questions)
    figures: list[Candidate] = [f for gathering in met for f in gathering.participants]
    figures += [s.speaker for s in spoken if s.speaker is not None]
    ordered = sorted(dict.fromkeys(figures), key=lambda f: f.mentions[0].span.start)
    persons, ids = assemble.persons(ordered)
    rest: list[list[Supported]] = [[] for _ in met[1:]]
    agreed = outcomes(reading) if met else []
    meetings = assemble.meetings(met, ids, [about, *rest], [agreed, *rest])
    made_at = assemble.made_at(meetings, [ids[s.speaker] if s.speaker else None for s in spoken])
    statements = assemble.statements(spoken, ids, made_at)
    checks += assemble.inferred(ids) + assemble.unresolved(statements)
    return Parts(persons, meetings, statements, told, checks)


def _record(
    article: Article, parts: Parts, asker: Asker, seconds: float, price: Price | None
) -> Record:
    usage = asker.usage
    return Record(
        article=article,
        persons=parts.persons,
        meetings=parts.meetings,
        statements=parts.statements,
        summary=parts.summary,
        checks=parts.checks,
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
                from_cache=usage.from_cache,
                prompt_tokens=usage.prompt_tokens,
                cached_tokens=usage.cached_tokens,
                completion_tokens=usage.completion_tokens,
                cost_usd=price.cost(usage) if price else None,
            ),
        ),
    )
