"""Why a field has its value: what is known of the model's choices, and of the record alone."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from summarizer.errors import UsageError
from summarizer.extract import Call, Choice, Option
from summarizer.model import Usage
from summarizer.record import Check, Record
from summarizer.views import Look, explain

LOOK = Look(width=100)
ONE = Usage(calls=1, attempts=1)


def said(record: Record, path: str, calls: list[Call] | None = None) -> str:
    return " ".join(explain(record, path, LOOK, calls).split())


def speakers(record: Record) -> Call:
    options = (Option("B", "Pedro Sousa", 0.81), Option("A", "Anna Lind", 0.18))
    about = "Sousa noted that the plan [Sousa] noted it."
    choice = Choice("s2", about, "B", (*options, Option("none", "", 0.01)))
    return Call("speakers", ONE, 0.5, (choice,))


def test_a_speaker_whom_the_model_chose(record: Record) -> None:
    text = said(record, "statements[1].speaker", [speakers(record)])
    assert text.startswith("statements[1].speaker = p2 (Pedro Sousa)")
    assert "the question `speakers` was answered `B` (Pedro Sousa)" in text
    assert text.index("81.0%") < text.index("18.0%") < text.index("1.0% none")
    assert "speaker [[Sousa]] noted that the plan" in text
    assert "cue Sousa [[noted]] that" in text
    other = said(record, "statements[0].speaker", [speakers(record)])
    assert "81.0%" not in other and "a rule decided" in other


def test_a_record_alone_says_what_it_knows(record: Record) -> None:
    text = said(record, "statements[2].speaker")
    assert "stand for this person" in text and "[[He]] added" in text
    assert "`summarize --explain` shows it" in text
    record.statements[2] = record.statements[2].model_copy(
        update={"speaker": None, "confidence": 0.25}
    )
    text = said(record, "statements[2].speaker")
    assert "= null" in text and "no words of the article tell" in text and "0.25" in text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("meetings[0].date", ["= XXXX-03-03", "[[On March 3]], Norwegian", "`X`"]),
        ("meetings[0].date.edtf", ["[[On March 3]]", "info meetings[0].date.edtf: the article"]),
        ("meetings[0].status", ["= held", "Anna Lind [[met]] Admiral"]),
        ("meetings[0].participants[1]", ["= p2 (Pedro Sousa)", "[[Pedro Sousa]]"]),
        ("persons[0].country", ["= NOR", "[[Norwegian]]", "never from knowledge"]),
        ("persons[1].rank", ["= Admiral", "[[Admiral]]"]),
        ("persons[1].organization", ["= null"]),
        ("meetings[0].topics[0]", ["= ships", "12 [[ships]]", "chosen by the model"]),
        ("summary.sentences[1]", ["[[12 ships]]"]),
        ("statements[1].quote_type", ["= mixed", "quotation marks"]),
        ("article.published", ["= null", "never told from the text"]),
        ("provenance.usage.calls", ["= 2"]),
        ("persons", ["= [Anna Lind, Pedro Sousa]"]),
        ("meetings[0]", ["meetings[0].date.edtf: the article gives no year"]),
    ],
)
def test_the_kinds_of_fields(record: Record, path: str, words: list[str]) -> None:
    text = said(record, path)
    assert all(word in text for word in words), text


def test_a_choice_without_probabilities_says_so(record: Record) -> None:
    options = (Option("1", "ships", None), Option("2", "needs", None))
    call = Call("topics", ONE, 0.1, (Choice("topics[0]", "", "1", options),))
    text = said(record, "meetings[0].topics[0]", [call])
    assert "answered `1` (ships)" in text
    assert "among 1 ships; 2 needs (how likely each was is not known)" in text


def test_who_took_part(record: Record) -> None:
    sentence = record.article.body.split("\n")[0]
    options = (Option("yes", "", 0.9), Option("no", "", 0.1))
    choices = tuple(
        Choice(letter, f"{name} · {sentence}", "yes", options)
        for letter, name in (("A", "Anna Lind"), ("B", "Pedro Sousa"))
    )
    call = Call("participants", ONE, 0.1, choices)
    both = said(record, "meetings[0].participants", [call])
    assert both.count("answered `yes`") == 2
    one = said(record, "meetings[0].participants[1]", [call])
    assert one.count("answered `yes`") == 1 and "asked about: Pedro Sousa" in one
    record.article = record.article.model_copy(update={"text": "x" + record.article.body})
    elsewhere = Call("participants", ONE, 0.1, (Choice("A", "Anna Lind · Elsewhere.", "no", ()),))
    assert "answered `no`" not in said(record, "meetings[0].participants", [elsewhere])


def test_an_unknown_field_is_wrong_usage(record: Record) -> None:
    with pytest.raises(UsageError):
        explain(record, "statements[99]", LOOK)


@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("colour", [True, False])
def test_nothing_in_it_steers_the_terminal(record: Record, width: int, colour: bool) -> None:
    attack = "\x1b]0;title\x07 \u202e \x9b2J"
    record.persons[0].name = record.persons[0].role = f"Lind{attack}"
    record.checks.append(
        Check(code="x", severity="error", where="persons[0].name", message=f"bad{attack}")
    )
    call = Call("names", ONE, 0.1, (Choice("names[0]", attack, f"Lind{attack}", ()),))
    text = explain(record, "persons[0].name", Look(width=width, colour=colour), [call])
    assert not set("\x07\u202e\x9b") & set(text) and "\x1b]" not in text
    assert ("\x1b[" in text) == colour
    if not colour:
        assert max(map(cell_len, text.splitlines())) <= width


def test_a_record_without_its_text_is_explained_too(record: Record) -> None:
    length = len(record.article.body)
    record.article = record.article.model_copy(update={"text": None, "length": length})
    assert "[[met]] (at" in said(record, "meetings[0].status")
