"""Reading articles: files to text, and the spans, sentences and quotations in it."""

from summarizer.article.article import Article, PageCopy, article_id
from summarizer.article.counting import count_inputs
from summarizer.article.decode import MAX_BYTES, decode
from summarizer.article.front_matter import FrontMatter, split_front_matter
from summarizer.article.inputs import read_inputs, read_source
from summarizer.article.language import detect_language
from summarizer.article.paragraphs import paragraphs
from summarizer.article.plain import Plain, plain
from summarizer.article.quotations import Quotation, quotations
from summarizer.article.sentences import sentences
from summarizer.article.shown import marked, one_line
from summarizer.article.sources import Source, find_inputs
from summarizer.article.span import Span, span_at

__all__ = [
    "MAX_BYTES",
    "Article",
    "FrontMatter",
    "PageCopy",
    "Plain",
    "Quotation",
    "Source",
    "Span",
    "article_id",
    "count_inputs",
    "decode",
    "detect_language",
    "find_inputs",
    "marked",
    "one_line",
    "paragraphs",
    "plain",
    "quotations",
    "read_inputs",
    "read_source",
    "sentences",
    "span_at",
    "split_front_matter",
]
