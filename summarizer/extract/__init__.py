"""From an article to a verified record: the steps, and the questions that they ask a model."""

from summarizer.extract.calls import Call, Choice, Listener, Option
from summarizer.extract.pipeline import summarize_article

__all__ = ["Call", "Choice", "Listener", "Option", "summarize_article"]
