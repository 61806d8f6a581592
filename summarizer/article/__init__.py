"""Reading articles: files to text, and the spans, sentences and quotations in it."""

from summarizer.article.article import Article, article_id
from summarizer.article.span import Span, span_at

__all__ = ["Article", "Span", "article_id", "span_at"]
