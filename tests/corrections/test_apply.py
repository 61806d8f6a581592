"""Corrections of a record: what they make of it, and which are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.article import Span
from summarizer.corrections import (
    ArticleCorrections,
    apply_corrections,
    history_of,
    load_corrections,
    tally,
)
from summarizer.errors import CorrectionError, InputError
from summarizer.record import Check, Record, dump_record, load_record, quoted

Find = Callable[..., Span]


def spans(*found: Span) -> list[dict[str, Any]]:
    return [span.model_dump() for span in found]


def corrections(record: Record, *changes: dict[str, Any]) -> ArticleCorrections:
    given = {"article": record.article.id, "title": "Oslo", "changes": list(changes)}
    return ArticleCorrections.model_validate(given)


def corrected(record: Record, *changes: dict[str, Any]) -> Record:
    return apply_corrections(record, corrections(record, *changes), by="Ada")


def test_a_speaker_is_set_and_the_history_says_by_whom(record: Record) -> None:
    change = {"kind": "speaker", "id": "s3", "old": "p2", "new": "p1", "when": "2024-03-05T10:00Z"}
    made = corrected(record, change)
    assert made.statements[2].speaker == "p1"
    assert record.statements[2].speaker == "p2"
    (entry,) = history_of(load_record(dump_record(made)))
    assert (entry.by, entry.when, entry.kind, entry.id) == (
        "Ada",
        "2024-03-05T10:00Z",
        "speaker",
        "s3",
    )
    assert (entry.where, entry.old, entry.new) == ("statements[2].speaker", "p2", "p1")


def test_a_history_grows(record: Record) -> None:
    once = corrected(record, {"kind": "speaker", "id": "s3", "old": "p2", "new": "p1"})
    twice = corrected(once, {"kind": "speaker", "id": "s3", "old": "p1", "new": None})
    assert [entry.new for entry in history_of(twice)] == ["p1", None]
    assert history_of(record) == []


def test_a_new_speaker_is_no_longer_as_sure_as_the_model_was(record: Record) -> None:
    record.statements[2] = record.statements[2].model_copy(
        update={"confidence": 0.4, "decided_by": "model"}
    )
    made = corrected(record, {"kind": "speaker", "id": "s3", "old": "p2", "new": "p1"})
    assert (made.statements[2].confidence, made.statements[2].decided_by) == (None, None)


@pytest.mark.parametrize(
    ("words", "kind", "quoted_parts", "content"),
    [
        ("We will send 12 ships", "direct", ["We will send 12 ships"], ["We will send 12 ships"]),
        ("“We will send 12 ships,”", "direct", ["We will send 12 ships,"], None),
        ("the plan “fully meets our needs”", "mixed", ["fully meets our needs"], None),
        ("talks would go on", "indirect", ["talks would go on"], ["talks would go on"]),
    ],
)
def test_the_marks_tell_the_type_of_marked_words(
    record: Record,
    span: Find,
    words: str,
    kind: str,
    quoted_parts: list[str],
    content: list[str] | None,
) -> None:
    old = spans(*record.statements[0].content_spans)
    change = {"kind": "content", "id": "s1", "old": old, "new": spans(span(words))}
    statement = corrected(record, change).statements[0]
    assert statement.quote_type == kind
    assert [each.text for each in statement.spans] == quoted_parts
    assert statement.text == " ".join(quoted_parts)
    if content is not None:
        assert [each.text for each in statement.content_spans] == content


def test_one_quoted_word_in_a_clause_quotes_nobody() -> None:
    text = "He said that the “harbour” rule would stay."
    clause = Span(start=13, end=42, text=text[13:42])
    assert quoted(text, [clause]).quote_type == "indirect"


def test_an_interrupted_statement_keeps_its_parts(record: Record, span: Find) -> None:
    parts = [span("We will send"), span("They will sail in May.")]
    old = spans(*record.statements[0].content_spans)
    made = corrected(record, {"kind": "content", "id": "s1", "old": old, "new": spans(*parts)})
    assert made.statements[0].spans == parts


def test_cue_and_mention_are_set_and_taken_away(record: Record, span: Find) -> None:
    made = corrected(
        record,
        {"kind": "cue", "id": "s1", "old": span("said").model_dump(), "new": None},
        {
            "kind": "speaker_mention",
            "id": "s3",
            "old": span("He").model_dump(),
            "new": span("Sousa", nth=1).model_dump(),
        },
    )
    assert made.statements[0].cue is None
    assert made.statements[2].speaker_mention == span("Sousa", nth=1)


def test_a_date_is_set_and_its_check_is_settled(record: Record, span: Find) -> None:
    on = span("On March 3").model_dump()
    change = {
        "kind": "date",
        "id": "m1",
        "old": {"edtf": "XXXX-03-03", "span": on},
        "new": {"edtf": "XXXX-03-03", "span": span("March 3").model_dump()},
    }
    made = corrected(record, change)
    assert made.meetings[0].date and made.meetings[0].date.text == "March 3"
    assert made.checks == []
    assert history_of(made)[0].settled == ["example"]
    gone = corrected(record, change | {"new": None})
    assert gone.meetings[0].date is None


def test_participants_are_set(record: Record) -> None:
    change = {"kind": "participants", "id": "m1", "old": ["p1", "p2"], "new": ["p2"]}
    assert corrected(record, change).meetings[0].participants == ["p2"]


def check(where: str) -> Check:
    return Check(code="c", severity="warning", where=where, message="look")


def test_a_removed_statement_takes_its_checks_along(record: Record) -> None:
    record.checks = [check(f"statements[{number}].cue") for number in range(3)]
    old = spans(*record.statements[1].content_spans)
    made = corrected(record, {"kind": "remove_statement", "id": "s2", "old": old})
    assert [each.id for each in made.statements] == ["s1", "s3"]
    assert [each.where for each in made.checks] == ["statements[0].cue", "statements[1].cue"]


def test_an_added_statement_stands_where_the_article_has_it(record: Record, span: Find) -> None:
    record.checks = [check("statements[1].speaker"), check("meetings[0].mode")]
    new = {"id": "s9", "speaker": "p3", "content": spans(span("Norwegian Foreign Minister"))}
    made = corrected(
        record,
        {"kind": "add_person", "new": {"id": "p3", "name": span("Brazil").model_dump()}},
        {"kind": "add_statement", "new": new | {"meeting": "m1"}},
    )
    assert [each.id for each in made.statements] == ["s9", "s1", "s2", "s3"]
    assert made.persons[2].name == "Brazil"
    assert made.statements[0].quote_type == "indirect"
    assert [each.where for each in made.checks] == ["statements[2].speaker", "meetings[0].mode"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "speaker", "id": "s3", "old": "p1", "new": "p2"}, "it was `p1`"),
        ({"kind": "speaker", "id": "s7", "old": "p1", "new": "p2"}, "no statement `s7`"),
        ({"kind": "speaker", "id": "s3", "old": "p2", "new": "p9"}, "no person `p9`"),
        ({"kind": "date", "id": "m1", "old": None, "new": None}, "it was empty"),
        ({"kind": "participants", "id": "m1", "old": ["p1"], "new": []}, "`p1`, `p2` now"),
        (
            {"kind": "cue", "id": "s1", "old": None, "new": None},
            "it was empty when it was corrected, and is `said` now",
        ),
    ],
)
def test_a_correction_of_another_state_is_refused(
    record: Record, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(CorrectionError, match="is out of date") as refused:
        corrected(record, change)
    assert said in refused.value.message
    assert refused.value.where and refused.value.where.startswith("Oslo: ")
    assert refused.value.exit_code == 2


def test_a_correction_of_another_article_is_refused(record: Record) -> None:
    other = ArticleCorrections(article="sha256:0", changes=[])
    with pytest.raises(CorrectionError, match="of another article"):
        apply_corrections(record, other)


def test_words_that_the_article_does_not_have_are_refused(record: Record, span: Find) -> None:
    altered = span("We will send 12 ships").model_copy(update={"text": "We will send 13 ships"})
    old = spans(*record.statements[0].content_spans)
    change = {"kind": "content", "id": "s1", "old": old, "new": spans(altered)}
    with pytest.raises(CorrectionError, match="13 ships` is not what stands at"):
        corrected(record, change)


def test_a_record_that_would_break_a_rule_is_refused(record: Record, span: Find) -> None:
    date = {"edtf": "2024-03-03", "span": span("March 3").model_dump()}
    old = {"edtf": "XXXX-03-03", "span": span("On March 3").model_dump()}
    with pytest.raises(CorrectionError, match="would break a rule"):
        corrected(record, {"kind": "date", "id": "m1", "old": old, "new": date})


def test_a_record_without_its_article_is_refused(record: Record) -> None:
    stored = load_record(dump_record(record, text=False))
    with pytest.raises(CorrectionError, match="stored without its article"):
        corrected(stored)


def test_a_reviewed_record_is_counted_and_an_unseen_one_is_not(record: Record) -> None:
    right = corrected(record, {"kind": "reviewed"})
    wrong = corrected(
        record,
        {"kind": "speaker", "id": "s3", "old": "p2", "new": "p1"},
        {"kind": "remove_statement", "id": "s2", "old": spans(*record.statements[1].content_spans)},
    )
    counts = {one.kind: (one.times, one.total) for one in tally([record, right, wrong])}
    assert counts["speaker"] == (1, 6)
    assert counts["remove_statement"] == (1, 6)
    assert counts["add_statement"] == (0, 6)
    assert counts["date"] == (0, 2)
    assert "reviewed" not in counts


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "format"),
        (b"[", "JSON"),
        (b'{"format":"summarizer-corrections","version":2,"articles":[]}', "version"),
        (
            b'{"format":"summarizer-corrections","version":1,"articles":[{"article":"a","changes":'
            b'[{"kind":"speaker","id":"s1","old":null,"new":null,"more":1}]}]}',
            r"articles\[0\].changes\[0\].speaker.more",
        ),
    ],
)
def test_what_is_no_corrections_file_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "corrections.json"
    path.write_bytes(content)
    with pytest.raises(CorrectionError, match=said):
        load_corrections(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_corrections(tmp_path / "missing.json")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_words_are_marked_the_record_holds_or_they_are_refused(
    record: Record, data: st.DataObject
) -> None:
    text = record.article.body
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    marked = {"start": start, "end": end, "text": text[start:end]}
    old = spans(*record.statements[1].content_spans)
    change = {"kind": "content", "id": "s2", "old": old, "new": [marked]}
    try:
        made = corrected(record, change)
    except CorrectionError:
        return
    statement = made.statements[1]
    assert all(start <= span.start and span.end <= end for span in statement.content_spans)
    assert load_record(dump_record(made)) == made
