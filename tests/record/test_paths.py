"""Fields by their path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import UsageError
from summarizer.record import Record, check_path, field_at, spans_of


def test_every_span_has_a_path_that_leads_to_it(record: Record) -> None:
    for path, span in spans_of(record):
        found = field_at(record, path)
        assert (found.path, found.value) == (path, span)
    assert field_at(record, "statements[1].speaker").kind == "statements[].speaker"
    assert field_at(record, "provenance.parameters.temperature").value == 0


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("person[0]", "a record has `schema_version`, `article`, `persons`"),
        ("persons[2]", "`persons` has `[0]` to `[1]`."),
        ("meetings[1].date", "`meetings` has `[0]` only."),
        ("meetings.date", "`meetings` has `[0]` only."),
        ("meetings[0].when", "`meetings[0]` has `id`, `status`, `kind`"),
        ("meetings[0].date.year", "`meetings[0].date` has `edtf`, `text`, `span`."),
        ("statements[0].topics[0]", "`statements[0].topics` is empty."),
        ("statements[0].gist.text", "`statements[0].gist` has no parts."),
        ("summary.text[0]", "`summary.text` has no parts."),
    ],
)
def test_what_is_not_there_lists_what_is(record: Record, path: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        field_at(record, path)
    assert caught.value.where == path
    assert (caught.value.hint or "").startswith(hint)


@given(st.text(alphabet="ab[]0.9 _\n\x1b", max_size=12))
def test_any_text_is_a_path_or_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError):
        check_path(text)
