"""The published metrics over an article of ours, beside our own figures."""

from __future__ import annotations

from summarizer.evals.counts import Counts
from summarizer.evals.overlap import coverage, iou
from summarizer.evals.published import COVERAGES, exact_match, found
from summarizer.evals.statements import PairedStatements, places


def published_counts(paired: PairedStatements) -> dict[str, Counts]:
    """CofeNet's exact match, the tracker's coverage, and the IoU by the tracker's pairing.

    They know nothing optional: optional statements and what is paired with them are left out.
    """
    excused = {pair.got for pair in paired.pairs if paired.gold[pair.gold].optional}
    gold = [each for each in paired.gold if not each.optional]
    got = [each for index, each in enumerate(paired.got) if index not in excused]
    sources = [(g.speaker_mention for g in gold), (r.speaker_mention for r in got)]
    cues = [(g.cue for g in gold), (r.cue for r in got)]
    contents = [places(g.content) for g in gold], [places(r.content_spans) for r in got]
    counts = {
        "cofenet/source": exact_match(*([places([s]) for s in side if s] for side in sources)),
        "cofenet/cue": exact_match(*([places([c]) for c in side if c] for side in cues)),
        "cofenet/content": exact_match(*contents),
    }
    covered, alike = coverage(*contents), iou(*contents)
    for least in COVERAGES:
        counts[f"coverage/{least}"], _ = found(covered, least)
        counts[f"iou/{least}"], _ = found(alike, least)
    return counts
