"""An article in pieces: nothing is lost, and each field covers exactly its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.record import Record, spans_of
from summarizer.views.page import Place, cut, page_record, places

TEXTS = st.text(alphabet=st.sampled_from("ab \n“”é字😀\u0301"), min_size=1, max_size=30)


@st.composite
def texts_and_places(draw: st.DrawFn) -> tuple[str, list[Place]]:
    text = draw(TEXTS)
    found = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        found.append(Place(draw(st.sampled_from("xyz")), start, end))
    return text, found


@given(texts_and_places())
def test_every_letter_has_the_fields_that_cover_it(given_: tuple[str, list[Place]]) -> None:
    text, found = given_
    pieces = cut(text, found)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        assert piece.start == at and piece.text
        for offset in range(at, at + len(piece.text)):
            over = {place.field for place in found if place.start <= offset < place.end}
            assert set(piece.fields) == over
        assert len(set(piece.fields)) == len(piece.fields)
        at += len(piece.text)


def test_an_empty_article_has_no_pieces() -> None:
    assert cut("", []) == []


def test_a_field_is_a_path_without_the_numbers_of_its_spans(record: Record) -> None:
    fields = {place.field for place in places(record)}
    assert fields >= {
        "persons[0].mentions",
        "persons[1].evidence.rank",
        "meetings[0].date",
        "meetings[0].place",
        "meetings[0].topics[0]",
        "meetings[0].evidence.mode",
        "statements[1].spans",
        "statements[1].content_spans",
        "statements[2].cue",
        "summary.sentences[1]",
        "checks[0]",
    }
    assert len(places(record)) == len(list(spans_of(record)))


def test_the_pieces_of_a_record_hold_the_words_of_every_field(record: Record) -> None:
    shown = page_record(record)
    for field, spans in {
        "statements[0].content_spans": "We will send 12 ships,They will sail in May.",
        "statements[1].spans": "fully meets our needs",
        "statements[1].content_spans": "the plan “fully meets our needs” this year",
        "meetings[0].topics[0]": "ships",
    }.items():
        number = shown["fields"].index(field)
        words = [text for _, text, fields in shown["pieces"] if number in fields]
        assert "".join(words) == spans
