"""What a reader has corrected: the file that a review page saves, and the records it makes."""

from summarizer.corrections.apply import apply_corrections
from summarizer.corrections.changes import Change
from summarizer.corrections.file import ArticleCorrections, CorrectionsFile, load_corrections
from summarizer.corrections.history import HistoryEntry, history_of
from summarizer.corrections.tally import KINDS, Corrected, tally

__all__ = [
    "KINDS",
    "ArticleCorrections",
    "Change",
    "Corrected",
    "CorrectionsFile",
    "HistoryEntry",
    "apply_corrections",
    "history_of",
    "load_corrections",
    "tally",
]
