"""Five questions that an analyst asks, each answered by one query of an exported database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from summarizer.record import Record
from tests.digest.two_sources import two_sources

ROOT = Path(__file__).parents[2]
_BASELINE = ROOT / "evals" / "baselines" / "grounded" / "records.jsonl"


class Question(NamedTuple):
    """What is asked, and the query."""

    asked: str
    sql: str


QUESTIONS = {
    "met": Question(
        "Who met whom in October 2024?",
        """
SELECT first_day AS day, one, other, place
FROM who_met_whom
WHERE first_day <= '2024-10-31' AND last_day >= '2024-10-01'
ORDER BY first_day, one, other
""",
    ),
    "said": Question(
        "What did Sergei Shoigu say about cooperation?",
        """
SELECT quote_type, said
FROM who_said_what
WHERE speaker = 'Sergei Shoigu' AND statement IN (
    SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'cooperat*'
)
""",
    ),
    "cancelled": Question(
        "Which meetings were cancelled?",
        """
SELECT date, title, place FROM events WHERE status = 'cancelled' ORDER BY first_day
""",
    ),
    "doubtful": Question(
        "Which statements have no speaker, or one that is not certain?",
        """
SELECT said, speaker, confidence, uri
FROM who_said_what
WHERE speaker IS NULL OR confidence < 0.5
ORDER BY statement
""",
    ),
    "several": Question(
        "Which meetings are told by several articles, and on what do these differ?",
        """
SELECT e.title, m.publisher, m.date, m.place, e.differing
FROM events e JOIN meetings_reported m ON m.event = e.id
WHERE e.articles > 1
ORDER BY e.id, m.meeting
""",
    ),
}


def example_records() -> list[Record]:
    """The records of the project's fixtures, without texts, and two of one more meeting."""
    lines = _BASELINE.read_text(encoding="utf-8").splitlines()
    found = (json.loads(line).get("record") for line in lines)
    return [*(Record.model_validate(each) for each in found if each), *two_sources()]
