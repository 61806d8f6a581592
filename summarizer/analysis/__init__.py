"""What the words of an article offer a model to choose from: mentions, speech, meetings, dates."""

from summarizer.analysis.attribution import Attribution
from summarizer.analysis.dates import DateFinder
from summarizer.analysis.event import Event, is_concrete
from summarizer.analysis.mentions import Mention
from summarizer.analysis.named import has_case
from summarizer.analysis.ordered import Ordered, spans_in_order
from summarizer.analysis.people import Candidate
from summarizer.analysis.reading import Reading, read

__all__ = [
    "Attribution",
    "Candidate",
    "DateFinder",
    "Event",
    "Mention",
    "Ordered",
    "Reading",
    "has_case",
    "is_concrete",
    "read",
    "spans_in_order",
]
