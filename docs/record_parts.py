"""The generated parts about what becomes of records: exports, queries, digests."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from shown import cell, code, of_tests, table

from summarizer.digest import digest, markdown_page
from summarizer.export import EXPORTS, export

_ROWS = 8  # of an answer that are shown


def exports() -> str:
    """The forms of an export."""
    rows = (
        (f"`{name}`", "folder" if form.folder else "file", form.about)
        for name, form in EXPORTS.items()
    )
    return table(("`--to`", "`--out`", ""), rows)


def questions() -> str:
    """Queries of an exported database, with what they answer for the project's fixtures."""
    asked = of_tests("export.questions")
    blocks = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.db"
        export(asked.example_records(), "sqlite", path)
        with closing(sqlite3.connect(path)) as connection:
            for question in asked.QUESTIONS.values():
                rows = connection.execute(question.sql)
                head = [column[0] for column in rows.description]
                cells = (["" if v is None else cell(str(v)) for v in row] for row in rows)
                answer = table(head, islice(cells, _ROWS))
                blocks.append(f"### {question.asked}\n\n{code(question.sql, 'sql')}\n\n{answer}")
    return "\n\n".join(blocks)


def two_sources() -> str:
    """The digest of two articles about one meeting, and the articles."""
    made = of_tests("digest.two_sources")
    articles = [f"> {text}" for text in (made.HERALD, made.COURIER)]
    page = markdown_page(digest(made.two_sources()))
    return "\n\n".join([*articles, "The digest says:", code(page, "markdown")])
