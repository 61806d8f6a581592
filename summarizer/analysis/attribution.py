"""Attributed speech: which words report it (cue), who is named as its source, what is its content.

The parts are those of PARC 3.0 and PolNeAR: source, cue, content. Rules over the cues of a lexicon
and the mentions of an article find them; who a source is, is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from summarizer.analysis.mentions import Mention
from summarizer.article import Span


@dataclass(frozen=True)
class Frame:
    """A cue with its source in one sentence. `follows`: the source stands after the cue.

    `inverted`: so it does, though no reported words stand before the cue. `cited`: someone else
    reports that the source says so.
    """

    cue: Span
    source: Mention | None
    sentence: int
    follows: bool = False
    according: bool = False
    inverted: bool = False
    cited: bool = False


@dataclass(frozen=True)
class Attribution:
    """One statement as the words of the article give it.

    `spans` are the quoted parts (or the reported clause of an indirect statement), `content` the
    whole reported clause. `carried` tells that the source is that of the statement before it.
    """

    quote_type: Literal["direct", "mixed", "indirect"]
    spans: tuple[Span, ...]
    content: tuple[Span, ...]
    cue: Span | None
    source: Mention | None
    carried: bool = False
