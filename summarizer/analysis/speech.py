"""Every statement of an article: quoted ones, turns of a transcript, and reported clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.analysis.attribution import Attribution
from summarizer.analysis.frames import FrameFinder
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.analysis.quoted import QuotedFinder
from summarizer.analysis.reported import ReportedFinder
from summarizer.analysis.speech_rules import SpeechRules
from summarizer.analysis.turns import turns
from summarizer.article import Quotation, Span, span_at
from summarizer.lexicon import Lexicon

_MARKS = str.maketrans("，。：；？！،؛؟۔", ",.:;?!,;?.")


class SpeechFinder:
    """Finds attributed speech with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        rules = SpeechRules(words)
        self._frames = FrameFinder(rules)
        self._quoted = QuotedFinder(rules)
        self._reported = ReportedFinder(rules)

    def attributions(
        self,
        text: str,
        paragraphs: Sequence[Span],
        sentences: Sequence[Span],
        quoted: Sequence[Quotation],
        mentions: Sequence[Mention],
    ) -> tuple[Attribution, ...]:
        """Every statement of the article in order: direct and mixed ones, then those in between."""
        plain = text.translate(_MARKS)
        if plain != text:
            lines = [_moved(plain, s) for s in sentences]
            parts = [_moved(plain, p) for p in paragraphs]
            marked = [replace(q, spans=tuple(_moved(plain, s) for s in q.spans)) for q in quoted]
            same = self.attributions(plain, parts, lines, marked, mentions)
            return tuple(_restored(text, a) for a in same)
        frames = self._frames.frames(text, sentences, quoted, mentions)
        named = Ordered(mentions, lambda mention: mention.span)
        outer = [
            q for q in quoted if not any(_inside_name(q, m) for m in named.touching(q.start, q.end))
        ]
        found = self._quoted.statements(text, paragraphs, sentences, outer, mentions, frames)
        spoken = turns(text, paragraphs, outer, mentions)
        turned = spans_in_order(span for turn in spoken for span in turn.content)
        found = [a for a in found if not _overlaps(a, turned)] + spoken
        taken = [s for a in found for s in a.content]
        found += self._reported.statements(text, sentences, outer, frames, taken)
        return tuple(sorted(found, key=lambda a: a.content[0].start))


def _moved(text: str, span: Span) -> Span:
    return span_at(text, span.start, span.end)


def _restored(text: str, found: Attribution) -> Attribution:
    """An attribution with the words as the article has them."""
    source = found.source
    return replace(
        found,
        spans=tuple(_moved(text, s) for s in found.spans),
        content=tuple(_moved(text, s) for s in found.content),
        cue=_moved(text, found.cue) if found.cue else None,
        source=replace(source, span=_moved(text, source.span)) if source else None,
    )


def _overlaps(one: Attribution, others: Ordered[Span]) -> bool:
    return any(others.touching(span.start, span.end) for span in one.content)


def _inside_name(quotation: Quotation, mention: Mention) -> bool:
    return mention.name is not None and (
        mention.span.start < quotation.start and quotation.end < mention.span.end
    )
