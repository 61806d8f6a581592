"""Scoring quoted attributions of PolNeAR, by the published metrics and with the IoU beside them.

Quotations are measured by coverage, letters and digits only, and by the IoU of the same
characters. Sources, cues and contents are scored by exact match, over all attributions (beliefs
and intentions, which are no statements here, included) and over the quoted ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarizer.errors import InputError
from summarizer.evals.article_score import JOINT, ArticleScores, average
from summarizer.evals.counts import Answer, Counts, Tally
from summarizer.evals.gate import MISSING, Failure, gate
from summarizer.evals.inventions import Invented, fabricated_quotations
from summarizer.evals.normalise import words
from summarizer.evals.overlap import Parts, coverage, iou
from summarizer.evals.polnear import PolnearArticle, bare, letters, polnear_hash
from summarizer.evals.published import COVERAGES, exact_match, found
from summarizer.evals.score import Scores, gather
from summarizer.evals.statements import places
from summarizer.export import Attribution
from summarizer.record import Record, Statement

FOUND = 0.8
"""The coverage from which a quotation counts as found."""
_FUNCTION_WORDS = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on"])
_FUNCTION_WORDS |= {"or", "the", "to", "with", "who", "which", "that", "'s"}


def score_polnear(
    runs: Sequence[Mapping[str, Record | Failure]], articles: Sequence[PolnearArticle]
) -> Scores:
    """The scores of K runs, each by the id of the article.

    `joint` is a quotation found (coverage from 0.8) with a right speaker. The others are named
    after what they measure: `coverage/0.8`, `iou/0.8`, `cofenet/source`,
    `cofenet/source/quoted`.

    Raises:
        InputError: there are no articles.
    """
    if not articles:
        raise InputError("there are no articles to score against")
    missing = Failure(MISSING, "the run has no answer for it")
    scored = [
        average([_score(run.get(article.id, missing), article) for run in runs])
        for article in articles
    ]
    return gather(scored, fixture_set=polnear_hash(articles), split=None)


def _score(result: Record | Failure, article: PolnearArticle) -> ArticleScores:
    failure = (
        result if isinstance(result, Failure) else gate(result, article.article_id, article.text)
    )
    statements = result.statements if isinstance(result, Record) and failure is None else []
    counts, speaker = _quotations(article, [s for s in statements if s.quote_type != "indirect"])
    counts |= _exact(article, statements)
    values: dict[str, float | None] = {name: c.f1 for name, c in counts.items()}
    tallies = {"speaker": speaker, "speaker/matched": replace(speaker, unpaired=0)}
    values |= {name: tally.accuracy for name, tally in tallies.items()}
    fabricated = Invented()
    if isinstance(result, Record):
        fabricated = fabricated_quotations(result, article.text)
    return ArticleScores(
        fixture=article.id,
        split=None,
        runs=1,
        failures=(failure.code,) if failure else (),
        counts=counts,
        tallies=tallies,
        inventions={"quotations": fabricated},
        values=dict.fromkeys(values, 0.0) if failure else values,
        findings=(),
    )


def _quotations(
    article: PolnearArticle, statements: Sequence[Statement]
) -> tuple[dict[str, Counts], Tally]:
    gold = [part for _, part in article.quoted]
    got = [letters(article.text, places(statement.spans)) for statement in statements]
    covered, alike = coverage(gold, got), iou(gold, got)
    counts = {}
    for least in COVERAGES:
        counts[f"coverage/{least}"], _ = found(covered, least)
        counts[f"iou/{least}"], _ = found(alike, least)
    _, pairs = found(covered, FOUND)
    answers: list[Answer] = ["unpaired"] * len(gold)
    for pair in pairs:
        source = article.quoted[pair.gold][0].source
        answers[pair.gold] = _speaker(article.text, source, statements[pair.got])
    right = answers.count("right")
    joint = Counts(right, len(got) - right, len(gold) - right)
    return {JOINT: joint, **counts}, Tally.of(answers)


def _exact(article: PolnearArticle, statements: Sequence[Statement]) -> dict[str, Counts]:
    quoted = [attribution for attribution, _ in article.quoted]
    said = [statement for statement in statements if statement.quote_type != "indirect"]
    counts = {}
    for suffix, golds, gots in (("", article.attributions, statements), ("/quoted", quoted, said)):
        expected = [_spans_of_gold(article.text, gold) for gold in golds]
        returned = [_spans_of_record(article.text, got) for got in gots]
        for index, name in enumerate(("source", "cue", "content")):
            counts[f"cofenet/{name}{suffix}"] = exact_match(
                [spans[index] for spans in expected if spans[index]],
                [spans[index] for spans in returned if spans[index]],
            )
    return counts


def _spans_of_gold(text: str, gold: Attribution) -> tuple[Parts, Parts, Parts]:
    return gold.source, gold.cue, bare(text, gold.content)


def _spans_of_record(text: str, got: Statement) -> tuple[Parts, Parts, Parts]:
    source, cue = got.speaker_mention, got.cue
    return (
        places([source] if source else []),
        places([cue] if cue else []),
        bare(text, places(got.content_spans)),
    )


def _speaker(text: str, source: Parts, got: Statement) -> Answer:
    """Whether the mention shares a content word with the gold's source.

    A source without one (*who*) is named by its own words.
    """
    if not source:
        return "right" if got.speaker_mention is None else "hallucination"
    if got.speaker_mention is None:
        return "omission"
    expected = {word for start, end in source for word in _words(text[start:end])}
    mentioned = _words(got.speaker_mention.text)
    telling = expected - _FUNCTION_WORDS or expected
    return "right" if telling & mentioned else "wrong"


def _words(text: str) -> set[str]:
    """The words of a mention, a genitive as the name itself."""
    return {word.removesuffix("'s").removesuffix("'") for word in words(text)}
