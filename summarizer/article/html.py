"""A web page to readable text, and what the page says about itself."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from summarizer.article.page_facts import PageFacts, page_facts
from summarizer.article.unseen import take_out_unseen
from summarizer.errors import InputError

_HTML = re.compile(r"<html\b", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """The readable text of a page, and the facts that the page's metadata give."""

    text: str
    facts: PageFacts


def read_page(html: str, *, where: str) -> Page:
    """The page's article, a blank line between paragraphs. Nothing is fetched.

    Menus, advertisements and what is hidden from readers are left out.

    Raises:
        InputError: no readable text in it.
    """
    from trafilatura import bare_extraction, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its failures are ours to tell
    whole = html if _HTML.search(html) else f"<html><body>{html}</body></html>"
    tree = load_html(whole)
    facts, text = PageFacts(), ""
    if tree is not None:
        facts = page_facts(tree)
        take_out_unseen(tree)
        # Without its own look for metadata, which guesses at dates.
        found = bare_extraction(tree, include_comments=False, with_metadata=False)
        text = getattr(found, "text", None) or ""
    lines = [line.strip() for line in text.split("\n")]
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise InputError(
            "has no readable text",
            where=where,
            hint="Copy the article's text into a `.txt` file and give that.",
        )
    return Page(text, facts)
