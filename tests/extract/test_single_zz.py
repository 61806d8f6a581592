"""Quotations that a model writes: exact or refused, and typed by the marks of the article."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from summarizer.record import Record, Statement, check_record

Make = Callable[..., Record]
Answer = dict[str, Any]
SLOW = settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def only(answer: Answer, **statement: object) -> Answer:
    """The answer with this one statement, of Rojas if nothing else is said."""
    default = {
        "speaker": "Ana Rojas",
        "speaker_mention": "Rojas",
        "cue": "said",
        "quotations": [],
        "clause": None,
    }
    return {**answer, "statements": [{**default, **statement}]}


def statements(record: Record) -> list[Statement]:
    assert check_record(record) == []
    return record.statements


def codes(record: Record) -> list[str]:
    return [check.code for check in record.checks]


@pytest.mark.parametrize(
    "altered",
    [
        "We will sail alone — the ice doesn’t wait,",  # a negation left out
        "We will not sail alone — the ice does wait,",  # another
        "We never will not sail alone — the ice doesn’t wait,",  # one added
        "We need 6,000 tonnes of fuel.",  # a number changed
        "We need 5000 tonnes of fuel.",  # its sign left out
        "We need 5 000 tonnes of fuel.",
        "We need 5 tonnes of fuel.",
        "We will not sail alone — the ice doesn’t wait, We need 5,000 tonnes of fuel.",  # merged
        "We need 5,000 tonnes of fuel, Norway has it.",
        "We will not sail alone.",
        "we need 5,000 tonnes of fuel.",  # the case of a letter
        "We need 5,000 tons of fuel.",
        "Norway has it. We need 5,000 tonnes of fuel.",  # the order
        "We need 5,000 tonnes of fuel . Norway has it.",  # a space more
        "We need 5,000 tonnes … Norway has it.",
        "Необходимо 5,000 тонн.",
    ],
)
def test_an_altered_quotation_is_refused_and_not_repaired(
    record_of: Make, answer: Answer, altered: str
) -> None:
    record = record_of(only(answer, quotations=[altered]))
    assert statements(record) == []
    assert codes(record) == ["quotation_not_in_article"]
    assert record.checks[0].where == "statements"
    assert record.meetings  # the rest stands


@pytest.mark.parametrize(
    "same",
    [
        "We will not sail alone — the ice doesn’t wait,",
        "We will not sail alone - the ice doesn't wait,",
        "We will not sail alone -- the ice doesn't wait,",
        "“We will not sail alone – the ice doesn‘t wait,”",
        '"We will not sail alone — the ice doesn\'t wait,"',
        "We  will\nnot sail\u00a0alone — the ice doesn’t wait,",
        "We will not sail alone — the ice doesn’t wait",
    ],
)
def test_marks_and_white_space_are_folded(record_of: Make, answer: Answer, same: str) -> None:
    (statement,) = statements(record_of(only(answer, quotations=[same])))
    assert statement.quote_type == "direct"
    assert statement.text.rstrip(",") == "We will not sail alone — the ice doesn’t wait"


def test_the_offsets_are_those_of_the_article_behind_folded_signs(
    record_of: Make, answer: Answer, report: str
) -> None:
    text = report.replace("not sail", "not\u00a0\u2009sail").replace("alone —", "al\u00adone ...")
    text = text.replace("Norway has it.", "Norway has it…")
    quotations = ["We will not sail alone … the ice doesn't wait,", "5,000 tonnes"]
    record = record_of(only(answer, quotations=quotations[:1]), text=text)
    (span,) = statements(record)[0].spans
    assert span.text == "We will not\u00a0\u2009sail al\u00adone ... the ice doesn’t wait,"
    assert text[span.start : span.end] == span.text
    ended = record_of(only(answer, quotations=["Norway has it..."]), text=text)
    assert statements(ended)[0].text == "Norway has it…"


@pytest.mark.parametrize(
    "cut",
    [
        "sail alone — the ice doesn’t wait,",  # without its negation
        "We will not sail",
        "5,000 tonnes of fuel. Norway has it.",
        "We need 5,000 tonnes",
        "meets our needs",
    ],
)
def test_a_part_of_a_quoted_sentence_is_no_quotation(
    record_of: Make, answer: Answer, cut: str
) -> None:
    record = record_of(only(answer, quotations=[cut]))
    assert statements(record) == []
    assert codes(record) == ["quotation_cut"]


@pytest.mark.parametrize("whole", ["We need 5,000 tonnes of fuel.", "Norway has it."])
def test_a_whole_sentence_of_a_quotation_is_one(
    record_of: Make, answer: Answer, whole: str
) -> None:
    (statement,) = statements(record_of(only(answer, quotations=[whole])))
    assert (statement.quote_type, statement.text) == ("direct", whole)


def test_a_quotation_may_not_swallow_what_reports_it(record_of: Make, answer: Answer) -> None:
    over = "the ice doesn’t wait,” Rojas said. “We need 5,000 tonnes of fuel."
    record = record_of(only(answer, quotations=[over]))
    assert statements(record) == []
    assert codes(record) == ["quotation_cut"]


def test_one_altered_part_does_not_take_the_other_with_it(record_of: Make, answer: Answer) -> None:
    parts = ["We will not sail alone — the ice does wait,", "Norway has it."]
    record = record_of(only(answer, quotations=parts))
    assert [s.text for s in statements(record)] == ["Norway has it."]
    assert codes(record) == ["quotation_not_in_article"]


def test_direct_speech_without_marks_is_indirect(record_of: Make, answer: Answer) -> None:
    said = {"speaker": "Ola Berg", "speaker_mention": "Berg"}
    answer = only(answer, **said, quotations=["Norway would send two ships"])
    (statement,) = statements(record_of(answer))
    assert (statement.quote_type, statement.speaker) == ("indirect", "p2")


def test_a_clause_that_is_quoted_whole_is_direct(record_of: Make, answer: Answer) -> None:
    clause = "We need 5,000 tonnes of fuel. Norway has it."
    (statement,) = statements(record_of(only(answer, clause=clause)))
    assert (statement.quote_type, statement.text) == ("direct", clause)


def test_a_clause_that_is_quoted_in_part_is_mixed_without_being_told(
    record_of: Make, answer: Answer
) -> None:
    clause = 'that the plan "fully meets our needs" and is ready.'
    said = {"speaker": "Ola Berg", "speaker_mention": "He", "cue": "added"}
    (statement,) = statements(record_of(only(answer, **said, clause=clause)))
    assert (statement.quote_type, statement.text) == ("mixed", "fully meets our needs")
    (content,) = statement.content_spans
    assert content.text == "the plan “fully meets our needs” and is ready"


def test_a_clause_that_holds_its_own_cue_is_refused(record_of: Make, answer: Answer) -> None:
    said = {"speaker": "Ola Berg", "speaker_mention": "He", "cue": "added"}
    clause = "He added that the plan “fully meets our needs” and is ready"
    record = record_of(only(answer, **said, clause=clause))
    assert statements(record) == []
    assert codes(record) == ["clause_reports_itself"]


def test_a_quotation_that_stands_twice_is_told_apart_by_its_speaker(
    record_of: Make, answer: Answer, report: str
) -> None:
    text = report.replace("Rojas said.\n", "Ana Rojas told him.\n", 1)
    at = [m.start() for m in re.finditer("Thank you,", text)]
    for speaker, mention, cue, start in (
        ("Ola Berg", "Berg", "said", at[0]),
        ("Ana Rojas", "Ana Rojas told", "told", at[1]),
    ):
        if speaker == "Ola Berg":
            mention = "Berg said. Rojas"
        said = {"speaker": speaker, "speaker_mention": mention, "cue": cue}
        record = record_of(only(answer, **said, quotations=["Thank you,"]), text=text)
        (statement,) = statements(record)
        assert statement.spans[0].start == start


def test_a_quotation_that_stands_twice_with_nothing_to_tell_is_refused(
    record_of: Make, answer: Answer
) -> None:
    said = {"speaker": None, "speaker_mention": None, "cue": None}
    record = record_of(only(answer, **said, quotations=["Thank you,"]))
    assert statements(record) == []
    assert codes(record) == ["words_ambiguous"]


def test_the_same_statement_twice_is_one(record_of: Make, answer: Answer) -> None:
    answer["statements"].append(dict(answer["statements"][0]))
    record = record_of(answer)
    assert len(statements(record)) == 3
    assert codes(record) == ["statement_repeated"]


@pytest.mark.parametrize(
    ("mention", "code"),
    [
        ("the minister", "words_not_in_article"),
        ("Eva Moe", "words_elsewhere"),
        (None, "speaker_not_borne_out"),
    ],
)
def test_a_speaker_whom_no_words_beside_the_statement_name_is_null(
    record_of: Make, answer: Answer, mention: str | None, code: str
) -> None:
    quotation = "We need 5,000 tonnes of fuel. Norway has it."
    record = record_of(only(answer, speaker_mention=mention, quotations=[quotation]))
    (statement,) = statements(record)
    assert (statement.speaker, statement.speaker_mention) == (None, None)
    assert {code, "speaker_not_borne_out", "speaker_unresolved"} == set(codes(record))


def test_words_that_name_another_do_not_bear_out_the_speaker(
    record_of: Make, answer: Answer
) -> None:
    quotation = "We need 5,000 tonnes of fuel. Norway has it."
    record = record_of(only(answer, speaker="Ola Berg", quotations=[quotation]))
    (statement,) = statements(record)
    assert statement.speaker is None
    assert "speaker_not_borne_out" in codes(record)


def test_a_turn_of_a_transcript_is_direct_without_marks(record_of: Make, answer: Answer) -> None:
    text = (
        "Ana Rojas met Ola Berg.\n"
        "Minister Ana Rojas: Good morning to all of you here.\n"
        "Admiral Ola Berg: We thank you for the kind welcome today."
    )
    answer = only(
        {**answer, "meetings": [], "summary": []},
        speaker_mention="Minister Ana Rojas",
        cue=None,
        quotations=["Good morning to all of you here."],
    )
    for person in answer["persons"]:
        person |= {"role": None, "rank": None, "country": None}
    (statement,) = statements(record_of(answer, text=text))
    assert (statement.quote_type, statement.speaker) == ("direct", "p1")


def test_a_quotation_over_two_paragraphs(record_of: Make, answer: Answer) -> None:
    text = "Ana Rojas met Ola Berg. Rojas said:\n“The ice is thin.\n“Norway is far.”"
    base = {**answer, "meetings": [], "summary": []}
    for person in base["persons"]:
        person |= {"role": None, "rank": None, "country": None}
    for quotations in (
        ["The ice is thin.", "Norway is far."],
        ["The ice is thin. “Norway is far."],
    ):
        record = record_of(only(base, quotations=quotations), text=text)
        (statement,) = statements(record)
        assert [span.text for span in statement.spans] == ["The ice is thin.", "Norway is far."]
        assert statement.quote_type == "direct"


QUOTED = (
    "We will not sail alone — the ice doesn’t wait,",
    "We need 5,000 tonnes of fuel. Norway has it.",
    "fully meets our needs",
)


def plain(text: str) -> str:
    """The text with marks and white space made the same, by other means than the program's."""
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    text = re.sub("[“”„‟«»‹›‘’‚‛'`´｀＂＇「」『』｢｣〝〞〟]", '"', text)
    text = re.sub("---?|[‐‑‒–—―−－]", "-", text).replace("...", "…")
    return re.sub(r"\s+", " ", text).strip()


@st.composite
def altered(draw: st.DrawFn) -> str:
    """A quotation with a few characters or words put in, taken out or exchanged."""
    words = draw(st.sampled_from(QUOTED))
    for _ in range(draw(st.integers(1, 3))):
        units: list[str] = list(words) if draw(st.booleans()) else re.split("( )", words)
        at = draw(st.integers(0, len(units) - 1))
        new = draw(
            st.sampled_from(["not", " never ", "1", ",", "", "'", "—", " ", "n’t", "No", "й"])
        )
        kept = draw(st.sampled_from([0, 1]))
        units[at : at + kept] = [new] if kept or new else []
        words = "".join(units)
    return words


@SLOW
@given(words=altered())
def test_no_altered_quotation_ever_becomes_a_span(
    record_of: Make, answer: Answer, report: str, words: str
) -> None:
    assume(words.strip())
    record = record_of(only(answer, quotations=[words]))
    wanted = plain(words)
    if wanted not in plain(report):
        assert statements(record) == []
        assert codes(record) == ["quotation_not_in_article"]
    for statement in statements(record):
        if statement.quote_type != "indirect":
            assert plain(" ".join(s.text for s in statement.spans)) == wanted.strip('"')


FRAGMENT = st.one_of(
    st.tuples(st.integers(0, 560), st.integers(1, 120)),
    st.text("“”\"' \n.,5aRй—…", min_size=1, max_size=8),
)


@SLOW
@given(data=st.data())
def test_whatever_a_model_writes_the_record_is_valid(
    record_of: Make, answer: Answer, report: str, data: st.DataObject
) -> None:
    def anything(most: int) -> str:
        drawn = data.draw(FRAGMENT)
        words = drawn if isinstance(drawn, str) else report[drawn[0] : sum(drawn)] or "x"
        return words[:most]

    changed = dict(answer)
    for person in changed["persons"][: data.draw(st.integers(0, 2))]:
        person[data.draw(st.sampled_from(["name", "role", "rank", "country"]))] = anything(100)
    for meeting in changed["meetings"]:
        fields = ["status_words", "kind_words", "mode_words", "date", "place"]
        meeting[data.draw(st.sampled_from(fields))] = anything(160)
        meeting["topics"] = [anything(160)]
        meeting["outcomes"] = [anything(160)]
    for statement in changed["statements"]:
        statement["quotations"] = [anything(300) for _ in range(data.draw(st.integers(0, 3)))]
        statement["clause"] = data.draw(st.sampled_from([None, anything(300)]))
        statement[data.draw(st.sampled_from(["cue", "speaker_mention"]))] = anything(160)
    changed["summary"] = [{"text": anything(200), "support": anything(200)}]
    assert check_record(record_of(changed, published="2021-05-05")) == []
