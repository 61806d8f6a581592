"""How long it takes to find 1,000 quotations in 20,000 characters, and to check their record."""

from __future__ import annotations

import time

from report import Report, publish

from summarizer.article import Article, Quotation, article_id, paragraphs, quotations
from summarizer.record import (
    PromptIdentity,
    Provenance,
    Record,
    RecordUsage,
    Statement,
    check_record,
)

COUNT = 1_000
TEXT = "".join(f"“Point {number:04} holds.”\n" for number in range(COUNT))


def main() -> None:
    """Measure, print and keep."""
    started = time.perf_counter()
    found = quotations(TEXT, paragraphs(TEXT))
    found_at = time.perf_counter()
    record = _record(found)
    begun = time.perf_counter()
    violations = list(check_record(record))
    ended = time.perf_counter()
    assert len(found) == COUNT and not violations, (len(found), violations[:3])
    find, check = found_at - started, ended - begun
    publish(
        "quotation_speed",
        Report(
            f"{len(found):,} quotations in an article of {len(TEXT):,} characters: finding them,"
            " and checking every invariant of a record that holds them all.",
            ("found", "checked", "together"),
            [[f"{value:.3f} s" for value in (find, check, find + check)]],
        ),
    )


def _record(found: tuple[Quotation, ...]) -> Record:
    statements = [
        Statement(
            id=f"s{number}",
            quote_type="direct",
            spans=list(quotation.spans),
            content_spans=list(quotation.spans),
            text=quotation.text,
        )
        for number, quotation in enumerate(found, start=1)
    ]
    return Record(
        article=Article(id=article_id(TEXT), language="en", text=TEXT),
        statements=statements,
        provenance=Provenance(
            prompt=PromptIdentity(name="none", version="1", sha256="0" * 64),
            model="none",
            endpoint="local",
            parameters={},
            summarizer_version="0",
            created="2024-01-01T00:00:00Z",
            seconds=0,
            usage=RecordUsage(),
        ),
    )


if __name__ == "__main__":
    main()
