"""The page that shows records beside their articles: its data, its style and its script."""

from summarizer.views.page.data import index_entry, page_record
from summarizer.views.page.document import END, START, block
from summarizer.views.page.pieces import Piece, Place, cut, places

__all__ = ["END", "START", "Piece", "Place", "block", "cut", "index_entry", "page_record", "places"]
