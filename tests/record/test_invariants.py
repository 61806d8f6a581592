from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from summarizer.article import Span, article_id
from summarizer.errors import RecordError
from summarizer.record import (
    Check,
    Record,
    check_record,
    dump_record,
    load_record,
    spans_of,
    verify,
)

Change = Callable[[dict[str, Any]], None]


def changed(record: Record, change: Change) -> Record:
    """The record with its JSON changed, not verified."""
    stored = json.loads(dump_record(record))
    change(stored)
    return Record.model_validate(stored)


def put(path: str, value: object) -> Change:
    """A change that sets `persons.0.role` or the like."""

    def change(stored: Any) -> None:
        *before, last = (int(key) if key.isdigit() else key for key in path.split("."))
        for key in before:
            stored = stored[key]
        stored[last] = copy.deepcopy(value)

    return change


def wheres(record: Record) -> set[str]:
    return {violation.where for violation in check_record(record)}


def test_a_valid_record_is_returned_as_it_is(record: Record) -> None:
    assert check_record(record) == []
    assert verify(record) is record


def test_verify_names_the_first_field(record: Record) -> None:
    broken = changed(record, put("statements.1.speaker", "p7"))
    with pytest.raises(RecordError) as caught:
        verify(broken)
    assert caught.value.where == "statements[1].speaker"
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith("statements[1].speaker: `p7`")


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("schema_version", "0", "schema_version"),
        ("article.id", "sha256:0", "article.id"),
        ("article.published", "2024-02-30", "article.published"),
        ("article.published", "20240201", "article.published"),
        ("persons.1.id", "p1", "persons[0].id"),
        ("meetings.0.id", "m2", "statements[0].meeting"),
        ("statements.2.id", "s1", "statements[0].id"),
        ("meetings.0.participants", ["p1", "p3"], "meetings[0].participants[1]"),
        ("meetings.0.participants", ["p1", "p1"], "meetings[0].participants[1]"),
        ("statements.0.speaker", "m1", "statements[0].speaker"),
        ("statements.0.addressee", "Lind", "statements[0].addressee"),
        ("statements.0.meeting", "p1", "statements[0].meeting"),
        ("persons.0.name", "Anna Lund", "persons[0].name"),
        ("persons.0.organization", "United Nations", "persons[0].organization"),
        ("persons.0.role", "Defense Minister", "persons[0].role"),
        ("persons.0.evidence.role", [], "persons[0].role"),
        ("persons.1.rank", "General", "persons[1].rank"),
        ("persons.0.country_text", None, "persons[0].country"),
        ("persons.0.country_text", "Norway", "persons[0].country_text"),
        ("persons.0.evidence.country", [], "persons[0].country_text"),
        ("persons.0.country", "XYZ", "persons[0].country"),
        ("persons.1.name", "Anna  LIND", "persons[1].name"),
        ("meetings.0.place.country", "RKU", "meetings[0].place.country"),
        ("meetings.0.place.name", "Rome", "meetings[0].place.name"),
        ("meetings.0.place.name", "", "meetings[0].place.name"),
        ("meetings.0.date.text", "March 3", "meetings[0].date.text"),
        ("meetings.0.date.edtf", "2024-03-03", "meetings[0].date.edtf"),
        ("meetings.0.date.edtf", "3 March", "meetings[0].date.edtf"),
        ("meetings.0.evidence.status", [], "meetings[0].evidence.status"),
        ("meetings.0.evidence.kind", [], "meetings[0].evidence.kind"),
        ("meetings.0.evidence.mode", [], "meetings[0].evidence.mode"),
        ("meetings.0.topics.0.text", "ships of Norway", "meetings[0].topics[0].text"),
        ("meetings.0.outcomes.0.text", "13 ships", "meetings[0].outcomes[0].text"),
        ("statements.0.text", "We will not send 12 ships.", "statements[0].text"),
        ("statements.0.gist", "Norway helps.", "statements[0].gist"),
        ("statements.0.topics", ["ships", "NATO"], "statements[0].topics[1]"),
        ("summary.text", "Anna Lind met Pedro Sousa in Oslo.", "summary.text"),
        ("summary.sentences.1.text", "Both spoke of 11 ships.", "summary.sentences[1].text"),
        ("provenance.created", "yesterday", "provenance.created"),
        ("provenance.created", "2024-03-04T10:00:00", "provenance.created"),
        ("provenance.seconds", -1, "provenance.seconds"),
    ],
)
def test_each_broken_invariant_is_named(
    record: Record, path: str, value: object, where: str
) -> None:
    assert where in wheres(changed(record, put(path, value)))


def test_every_span_is_looked_at(record: Record) -> None:
    places = list(spans_of(record))
    assert len(places) == 33
    for where, span in places:
        path = where.replace("[", ".").replace("]", "")
        other = {"start": span.start, "end": span.end, "text": "~" * len(span.text)}
        assert where in wheres(changed(record, put(path, other)))
        beyond = {"start": 5000, "end": 5000 + len(span.text), "text": span.text}
        assert where in wheres(changed(record, put(path, beyond)))


def test_spans_of_a_statement_are_in_order_and_apart(record: Record) -> None:
    def swap(stored: dict[str, Any]) -> None:
        for field in ("spans", "content_spans"):
            stored["statements"][0][field].reverse()

    assert "statements[0].spans[1]" in wheres(changed(record, swap))

    def double(stored: dict[str, Any]) -> None:
        for field in ("spans", "content_spans"):
            stored["statements"][0][field] = [stored["statements"][0][field][0]] * 2

    assert "statements[0].spans[1]" in wheres(changed(record, double))


def test_content_is_the_spans_unless_mixed(record: Record) -> None:
    clause = record.statements[1].content_spans[0].model_dump()
    quoted = record.statements[1].spans[0].model_dump()
    assert "statements[0].content_spans" in wheres(
        changed(record, put("statements.0.content_spans", [clause]))
    )
    assert "statements[1].spans[0]" in wheres(
        changed(
            record, put("statements.1.content_spans.0", record.statements[2].spans[0].model_dump())
        )
    )
    assert "statements[1].content_spans" in wheres(
        changed(record, put("statements.1.content_spans", [quoted]))
    )


@pytest.mark.parametrize("field", ["meetings[0].evidence.mode", "meetings[0].mode"])
def test_a_gap_may_be_listed_in_checks(record: Record, field: str) -> None:
    gap = changed(record, put("meetings.0.evidence.mode", []))
    gap.checks.append(Check(code="no_span", severity="warning", where=field, message="no words"))
    assert check_record(gap) == []


def test_unknown_mode_and_other_kind_need_no_words(record: Record) -> None:
    meeting = record.meetings[0]
    meeting.mode, meeting.kind = "unknown", "other"
    meeting.evidence.mode, meeting.evidence.kind = [], []
    assert check_record(record) == []


def test_a_direct_statement_stands_in_marks_and_an_indirect_one_does_not(
    record: Record, span: Callable[..., Span]
) -> None:
    outside = [span("talks would go on").model_dump()]

    def make_direct(stored: dict[str, Any]) -> None:
        stored["statements"][2] |= {"quote_type": "direct"}

    assert "statements[2].spans[0]" in wheres(changed(record, make_direct))

    def make_indirect(stored: dict[str, Any]) -> None:
        stored["statements"][0] |= {"quote_type": "indirect"}

    assert "statements[0].quote_type" in wheres(changed(record, make_indirect))

    def make_mixed(stored: dict[str, Any]) -> None:
        stored["statements"][2] |= {"quote_type": "mixed", "spans": outside}

    assert "statements[2].spans[0]" in wheres(changed(record, make_mixed))


def statement_in(record: Record, text: str, *parts: str, quote_type: str = "direct") -> set[str]:
    """What is wrong with the one statement of an article that holds `parts`."""
    spans = [{"start": text.index(p), "end": text.index(p) + len(p), "text": p} for p in parts]
    statement = {
        "id": "s1",
        "quote_type": quote_type,
        "spans": spans,
        "content_spans": spans,
        "text": " ".join(parts),
    }
    stored = json.loads(dump_record(record)) | {
        "article": {"id": article_id(text), "text": text},
        "persons": [],
        "meetings": [],
        "statements": [statement],
        "summary": None,
        "checks": [],
    }
    return wheres(Record.model_validate(stored))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('He said: "We agree."', ["We agree."]),
        ('"We agree," he said, "for now."', ["We agree,", "for now."]),
        ('"We agree", he said.', ["We agree"]),
        ("„Wir sind einig“, sagte er.", ["Wir sind einig"]),
        ("« Nous sommes d’accord », a-t-il dit.", ["Nous sommes d’accord"]),
        ("「合意した」と述べた。", ["合意した"]),
        ("‘We agree,’ he said.", ["We agree,"]),
        ("“We agree.\n\n“We go on.\n\n“We end,” he said.", ["We agree.", "We go on.", "We end,"]),
        ("He said: “We agree and go on.", ["We agree and go on."]),
        ("“We agree. We go on. We end.” So he said.", ["We go on."]),
        ("He said: “She told me ‘go on’ and left.”", ["go on"]),
        ("PRESIDENT LIND: We agree.\n\nQ: On what?", ["We agree."]),
        ("MR. LIND: We agree. We go on.", ["We go on."]),
        ("Anna Lind:\nWe agree.", ["We agree."]),
        ("LIND: We agree.\n\nWe go on.", ["We agree.", "We go on."]),
    ],
)
def test_marks_of_many_kinds_are_known(record: Record, text: str, parts: list[str]) -> None:
    assert statement_in(record, text, *parts) == set()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("He said that we agree.", "we agree."),
        ('He said that "we" agree.', "agree."),
        ("“We agree,” he said. We go on.", "We go on."),
        ("It's what we agree on, isn't it?", "s what we agree on, isn"),
    ],
)
def test_words_outside_marks_are_no_direct_statement(record: Record, text: str, part: str) -> None:
    assert statement_in(record, text, part) == {"statements[0].spans[0]"}
    assert statement_in(record, text, part, quote_type="indirect") == set()


def test_a_meeting_may_hold_marks_inside_an_indirect_clause(record: Record) -> None:
    text = "He said that the “deal” is done."
    assert statement_in(record, text, "the “deal” is done", quote_type="indirect") == set()
    assert statement_in(record, text, "deal", quote_type="indirect") == {"statements[0].quote_type"}


def test_the_publication_date_gives_a_year(record: Record) -> None:
    dated = changed(record, put("meetings.0.date.edtf", "2024-03-03"))
    assert wheres(dated) == {"meetings[0].date.edtf"}
    published = dated.model_copy(
        update={"article": record.article.model_copy(update={"published": "2024-03-04"})}
    )
    assert check_record(published) == []


def test_a_record_without_meeting_or_summary_is_valid(record: Record) -> None:
    def empty(stored: dict[str, Any]) -> None:
        stored |= {"meetings": [], "summary": None, "checks": []}
        for statement in stored["statements"]:
            statement["meeting"] = None

    assert check_record(changed(record, empty)) == []


def test_without_the_text_what_needs_it_is_left_out(record: Record) -> None:
    stored = load_record(dump_record(record, text=False))
    stored.persons[0].name = "Someone Else"
    assert check_record(stored) == []
    stored.persons[0].role = "Queen"
    assert wheres(stored) == {"persons[0].role"}
