"""Which of a meeting's topics a statement is about."""

from __future__ import annotations

from summarizer.record import Record, Statement


def statement_topics(record: Record, statement: Statement) -> tuple[str, ...]:
    """The statement's own topics; else those of its meeting that its words bear out."""
    if statement.topics:
        return tuple(dict.fromkeys(statement.topics))
    meeting = next((each for each in record.meetings if each.id == statement.meeting), None)
    topics = meeting.topics if meeting else []
    return tuple(
        dict.fromkeys(
            topic.text
            for topic in topics
            if any(
                inner.start < span.end and span.start < inner.end
                for inner in topic.support
                for span in statement.content_spans
            )
        )
    )
