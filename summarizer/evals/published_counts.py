"""The published metrics over an article of ours, beside our own figures."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.article import Span
from summarizer.evals.counts import Counts
from summarizer.evals.published import (
    COVERAGES,
    Parts,
    coverage,
    exact_match,
    found,
    pair_spans,
    span_iou,
)
from summarizer.evals.statements import PairedStatements


def published_counts(paired: PairedStatements) -> dict[str, Counts]:
    """CofeNet's exact match, the tracker's coverage, and the IoU by the tracker's pairing.

    They know nothing optional: optional statements and what is paired with them are left out.
    """
    excused = {pair.got for pair in paired.pairs if paired.gold[pair.gold].optional}
    gold = [each for each in paired.gold if not each.optional]
    got = [each for index, each in enumerate(paired.got) if index not in excused]
    sources = [(g.speaker_mention for g in gold), (r.speaker_mention for r in got)]
    cues = [(g.cue for g in gold), (r.cue for r in got)]
    contents = [_parts(g.content) for g in gold], [_parts(r.content_spans) for r in got]
    counts = {
        "cofenet/source": exact_match(*([_parts([s]) for s in side if s] for side in sources)),
        "cofenet/cue": exact_match(*([_parts([c]) for c in side if c] for side in cues)),
        "cofenet/content": exact_match(*contents),
    }
    for least in COVERAGES:
        for name, measure in (("coverage", coverage), ("iou", span_iou)):
            pairs = pair_spans(*contents, measure, least)
            counts[f"{name}/{least}"] = found(*contents, pairs)
    return counts


def _parts(spans: Sequence[Span]) -> Parts:
    return tuple((span.start, span.end) for span in spans)
