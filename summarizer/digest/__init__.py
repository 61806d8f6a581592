"""A period in one page: when who met whom, and who said what about what."""

from summarizer.digest.build import digest
from summarizer.digest.contents import Digest
from summarizer.digest.html import html_page
from summarizer.digest.markdown import markdown_page
from summarizer.digest.period import Period

__all__ = ["Digest", "Period", "digest", "html_page", "markdown_page"]
