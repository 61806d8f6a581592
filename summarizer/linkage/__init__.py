"""Which persons and meetings of several articles are the same; doubtful ones stay apart."""

from summarizer.linkage.dates import bounds, compatible, precision
from summarizer.linkage.linker import Linkage, Linker, Mention, link
from summarizer.linkage.settled import Report, differences, report, settled
from summarizer.linkage.topics import statement_topics

__all__ = [
    "Linkage",
    "Linker",
    "Mention",
    "Report",
    "bounds",
    "compatible",
    "differences",
    "link",
    "precision",
    "report",
    "settled",
    "statement_topics",
]
