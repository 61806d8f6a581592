"""The seed article with the embedded default model, once, for real."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from summarizer.article import Article, read_inputs
from summarizer.extract import summarize_article
from summarizer.model import EmbeddedServer, find_model, load_catalogue, weights_path
from summarizer.prompt import load_prompt
from summarizer.record import Record, check_record, spans_of

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))
# Where each quotation begins and who says it, read by hand.
QUOTATIONS = {
    "Last year, the heads of state": "Sergei Shoigu",
    "We regularly conduct joint": "Sergei Shoigu",
    "our actions are not directed": "Sergei Shoigu",
    "I look forward to the closest": "Sergei Shoigu",
    "I am convinced that your experience": "Sergei Shoigu",
    "I recently became the Minister": "Dong Jun",
    "You have made a great contribution": "Dong Jun",
    "fully shows the deep friendship": "Dong Jun",
    "we have supported you": "Dong Jun",
}


@pytest.fixture(scope="module")
def record() -> Record:
    (article,) = read_inputs([str(SEED)], published="2024-02-01")
    assert isinstance(article, Article)
    entry = find_model(load_catalogue().default)
    with EmbeddedServer(weights_path(entry), entry.name) as address, address.endpoint() as model:
        return summarize_article(article, model=model, prompt=load_prompt("grounded"))


def test_nine_quotations_nine_speakers(record: Record) -> None:
    names = {person.id: person.name for person in record.persons}
    quoted = [s for s in record.statements if s.quote_type != "indirect"]
    assert Counter(s.quote_type for s in quoted) == {"direct": 8, "mixed": 1}
    found = {s.text: names[s.speaker or ""] for s in quoted}
    assert len(found) == len(QUOTATIONS)
    for begin, speaker in QUOTATIONS.items():
        assert [who for text, who in found.items() if text.startswith(begin)] == [speaker]
    assert len(record.statements) - len(quoted) >= 4


def test_two_participants_with_country_and_role(record: Record) -> None:
    (meeting,) = record.meetings
    there = [p for p in record.persons if p.id in meeting.participants]
    assert [(p.name, p.country, p.rank) for p in there] == [
        ("Sergei Shoigu", "RUS", "General of the Army"),
        ("Dong Jun", "CHN", "Admiral"),
    ]
    assert there[0].role == "Defense Minister"


def test_mode_date_and_no_place(record: Record) -> None:
    (meeting,) = record.meetings
    assert (meeting.status, meeting.kind, meeting.mode) == ("held", "talks", "video")
    assert meeting.date is not None and meeting.date.edtf == "2024-01-31"
    assert meeting.place is None


def test_a_short_summary_and_every_span_verified(record: Record) -> None:
    assert record.summary is not None
    assert 2 <= len(record.summary.sentences) <= 3
    assert check_record(record) == []
    assert sum(1 for _ in spans_of(record)) > 40
