"""The turns of a transcript: statements without quotation marks or cues."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.analysis.attribution import Attribution
from summarizer.analysis.mentions import Mention
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.article import Quotation, Span, span_at

_ENDS = ".!?…:;,–—。！？：；؟؛।"
_QUESTION = re.compile(
    r"[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*(?:\s[\w.'’-]+){0,2}:\s"
)  # of someone unnamed
_PARAGRAPHS = 6  # to a turn, where nothing but turns is told
_TURN = re.compile(r"([^\W\d_][^:“”\"«».]{2,70}):\s+(?=\S)")


def turns(
    text: str,
    paragraphs: Sequence[Span],
    quoted: Sequence[Quotation],
    mentions: Sequence[Mention],
) -> list[Attribution]:
    """The turns of a transcript: `NAME: text`, and the paragraphs after it without a name.

    One paragraph alone of this form is no transcript; neither is one that goes on in marks, or
    one that does not end as speech does.
    """
    heads: list[tuple[int, Span, int]] = []
    marked = spans_in_order(quoted)
    places = Ordered(mentions, lambda mention: mention.span)
    for number, paragraph in enumerate(paragraphs):
        match = _TURN.match(text[paragraph.start : paragraph.end])
        if match is None or marked.holds(paragraph.start + match.end() + 1):
            continue
        if paragraph.text.rstrip('"”’»)]')[-1] not in _ENDS:
            continue  # an entry of a list: `PLACE: Oslo`
        named = span_at(text, paragraph.start, paragraph.start + match.end(1))
        if named.text.isupper() or places.touching(named.start, named.end):
            heads.append((number, named, paragraph.start + match.end()))
    if len(heads) < 2:
        return []
    dense = len(paragraphs) <= _PARAGRAPHS * len(heads)
    turns: list[Attribution] = []
    for at, (number, named, start) in enumerate(heads):
        stop = heads[at + 1][0] if at + 1 < len(heads) else number + 1
        spans = [span_at(text, start, paragraphs[number].end)]
        for paragraph in paragraphs[number + 1 : stop]:
            if _QUESTION.match(paragraph.text):
                break
            begins = marked.holds(paragraph.start)
            if not begins and (dense or not marked.between(paragraph.start, paragraph.end)):
                spans.append(paragraph)
        mention = next(iter(places.touching(named.start, named.end)), None)
        source = mention or Mention(named, "name", name=named)
        turns.append(Attribution("direct", tuple(spans), tuple(spans), None, source))
    return turns
