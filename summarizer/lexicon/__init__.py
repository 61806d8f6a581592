"""The words of each language that name officials, report speech and announce meetings."""

from summarizer.lexicon.lexicon import Lexicon, languages, lexicon
from summarizer.lexicon.phrases import Phrases, is_wide

__all__ = ["Lexicon", "Phrases", "is_wide", "languages", "lexicon"]
