"""Names among capitalised nouns, for a language that writes every noun with a capital letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.lexicon import Lexicon, Phrases

if TYPE_CHECKING:
    from summarizer.analysis.mentions import Mention

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_BEFORE = 40


class NounFilter:
    """Keeps the bare names that can be told from nouns.

    A name has a title, or two words and no determiner before it; one word alone is a name if it
    is part of such a name elsewhere in the article, or stands right beside a cue as its subject.
    """

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._cues = Phrases([*words.speech.cues, *words.speech.tags])
        self._according = Phrases(words.speech.according)
        self._determiners = Phrases(words.people.determiners)

    def names(self, text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """The mentions without the bare names that are likely nouns."""
        certain = [m for m in mentions if m.name and not self._doubtful(text, m)]
        known = {self._words.stem(w) for m in certain if m.name for w in _WORD.findall(m.name.text)}
        return tuple(m for m in mentions if m.name is None or self._is_name(text, m, known))

    def _is_name(self, text: str, mention: Mention, known: set[str]) -> bool:
        if not self._doubtful(text, mention):
            return True
        if self._determined(text, mention):
            return False
        name = mention.name.text if mention.name else ""
        return self._words.stem(name) in known or self._speaks(text, mention)

    def _doubtful(self, text: str, mention: Mention) -> bool:
        if mention.role or mention.rank or mention.honorific or mention.name is None:
            return False
        return len(_WORD.findall(mention.name.text)) < 2 or self._determined(text, mention)

    def _determined(self, text: str, mention: Mention) -> bool:
        """Whether a determiner stands right before the mention."""
        lead = text[max(0, mention.span.start - _BEFORE) : mention.span.start].rstrip()
        ends = [end for _, end in self._determiners.find(lead)]
        return bool(ends) and ends[-1] == len(lead)

    def _speaks(self, text: str, mention: Mention) -> bool:
        """Whether the mention stands right behind a cue, or begins a clause right before one."""
        lead = text[max(0, mention.span.start - _BEFORE) : mention.span.start]
        bare = lead.rstrip()
        ends = [end for p in (self._cues, self._according) for _, end in p.find(lead)]
        if len(bare) in ends:
            return True
        follows = _WORD.search(text, mention.span.end)
        opens = not bare or lead[-1:] == "\n" or bare[-1] in ".!?:,“»–"
        return opens and follows is not None and self._cues.at(text, follows.start()) is not None
