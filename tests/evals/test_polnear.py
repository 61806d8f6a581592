"""Brat files read, written and scored; texts and annotations are made up for the tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article, Span, article_id
from summarizer.errors import InputError, UsageError
from summarizer.evals import (
    Counts,
    Failure,
    PolnearArticle,
    PolnearSet,
    Tally,
    headlines,
    load_polnear,
    open_set,
    oracle,
    score_polnear,
)
from summarizer.evals.gold import Fixture
from summarizer.evals.polnear import bare, letters, quoted_part
from summarizer.export import (
    Attribution,
    BratEvent,
    BratSpan,
    attributions,
    read_brat,
    record_to_brat,
    write_brat,
)
from summarizer.record import Record, Statement

TEXT = (
    'Mayor Ruth Ames said that "the bridge is safe" and open.\n'
    "“I walked it,” a guard named Cole told reporters, “twice.”\n"
    "Ames hopes that trade will grow.\n"
)


def place(words: str, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return at, at + len(words)


def line(key: str, kind: str, *parts: str) -> str:
    places = ";".join("{} {}".format(*place(part)) for part in parts)
    return f"{key}\t{kind} {places}\t{' '.join(parts)}\n"


ANN = (
    line("T1", "Source", "Mayor Ruth Ames")
    + line("T2", "Cue", "said")
    + line("T3", "Content", 'that "the bridge is safe" and open')
    + line("T4", "Attribution", "said")
    + "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    + line("T5", "Content", "“I walked it,”", "“twice.”")
    + line("T6", "Cue", "told")
    + line("T7", "Source", "a guard named Cole")
    + line("T8", "Attribution", "told")
    + "E2\tAttribution:T8 Cue:T6 Source:T7 Content:T5\n"
    + line("T9", "Content", "that trade will grow")
    + line("T10", "Cue", "hopes")
    + line("T11", "Attribution-no-source", "hopes")
    + "E3\tAttribution-no-source:T11 Content:T9 Cue:T10\n"
    + line("T12", "Discard", "trade")
    + "E4\tAttribution-no-source:T11 \n"
)


def write_corpus(folder: Path) -> Path:
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    (folder / "text" / "daily_2016-01-01_bridge_.txt").write_text(TEXT, encoding="utf-8")
    first = folder / "attributions" / "daily_2016-01-01_bridge__1a2b.ann"
    first.write_text(ANN, encoding="utf-8")
    # A second annotator, who found nothing: the first file by name counts.
    (folder / "attributions" / "daily_2016-01-01_bridge__9f9f.ann").write_text("")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


@pytest.fixture
def bridge(corpus: Path) -> PolnearArticle:
    return load_polnear(corpus)[0]


# The format


def test_a_file_is_written_as_it_was_read() -> None:
    assert write_brat(read_brat(ANN, TEXT, where="x.ann")) == ANN


def test_attributions_tie_source_cue_and_content() -> None:
    found = attributions(read_brat(ANN, TEXT, where="x.ann"))
    assert found == [
        Attribution(
            source=(place("Mayor Ruth Ames"),),
            cue=(place("said"),),
            content=(place('that "the bridge is safe" and open'),),
        ),
        Attribution(
            source=(place("a guard named Cole"),),
            cue=(place("told"),),
            content=(place("“I walked it,”"), place("“twice.”")),
        ),
        Attribution(source=(), cue=(place("hopes"),), content=(place("that trade will grow"),)),
    ]


def test_a_second_content_belongs_to_the_first() -> None:
    lines = (
        BratSpan("T1", "Content", ((30, 40),), "x"),
        BratSpan("T2", "Content", ((5, 9),), "y"),
        BratEvent("E1", "Attribution", "T1", (("Content", "T1"), ("Content2", "T2"))),
    )
    assert attributions(lines)[0].content == ((5, 9), (30, 40))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("T1 Source 0 5 Mayor", "x.ann:1: is neither"),
        ("\nA1\tNegation T1", "x.ann:2: is neither"),
        ("T1\tSource 0 5\tMajor", "x.ann:1: `T1` does not hold the words"),
        ("T1\tCue 0 5\tMayor\nE1\tAttribution:T1 Source:T2 ", "`E1` names `T2`"),
    ],
)
def test_a_wrong_line_is_named(content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_brat(content, TEXT, where="x.ann")


_LETTERS = st.text("abc é–“”\n", min_size=8, max_size=40)


@given(_LETTERS, st.data())
def test_any_spans_survive_writing_and_reading(text: str, data: st.DataObject) -> None:
    lines: list[BratSpan | BratEvent] = []
    for number in range(data.draw(st.integers(1, 4))):
        edges = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
        parts = tuple(zip(edges[::2], edges[1::2], strict=False))
        words = " ".join(text[a:b] for a, b in parts).replace("\n", " ")
        lines.append(BratSpan(f"T{number}", "Content", parts, words))
        lines.append(BratEvent(f"E{number}", "Attribution", f"T{number}", ()))
    assert read_brat(write_brat(lines), text, where="x") == tuple(lines)


def test_a_record_is_written_as_attributions(make: Callable[..., Fixture], text: str) -> None:
    fixture = make()
    record = oracle(fixture)
    lines = record_to_brat(record, text)
    assert read_brat(write_brat(lines), text, where="x") == lines
    back = attributions(lines)
    assert [(a.source, a.cue, a.content) for a in back] == [
        (
            ((s.speaker_mention.start, s.speaker_mention.end),) if s.speaker_mention else (),
            ((s.cue.start, s.cue.end),) if s.cue else (),
            tuple((c.start, c.end) for c in s.content_spans),
        )
        for s in record.statements
    ]


def test_a_statement_without_source_and_cue_is_written_too(
    make: Callable[..., Fixture], text: str
) -> None:
    record = oracle(make())
    bare_one = record.statements[0].model_copy(update={"speaker_mention": None, "cue": None})
    lines = record_to_brat(record.model_copy(update={"statements": [bare_one]}), text)
    (event,) = [line for line in lines if isinstance(line, BratEvent)]
    assert (event.kind, event.arguments) == ("Attribution-no-source", (("Content", "T1"),))
    assert read_brat(write_brat(lines), text, where="x") == lines


# Reading a corpus


def test_the_first_annotator_counts(bridge: PolnearArticle) -> None:
    assert bridge.id == "daily_2016-01-01_bridge_"
    assert bridge.article_id == article_id(TEXT)
    assert len(bridge.attributions) == 3


def test_quoted_attributions_hold_a_pair_of_marks(bridge: PolnearArticle) -> None:
    parts = [part for _, part in bridge.quoted]
    words = ["".join(TEXT[a:b] for a, b in part) for part in parts]
    assert words == ["thebridgeissafe", "Iwalkedittwice"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("he “said so”", "saidso"),
        ('he "said" and "did"', "saiddid"),
        ("he “said so", ""),
        ("he said so”", ""),
        ("“one,\n“two,\n“three.”", "onetwothree"),
        ("no marks, don't", ""),
        ("“”", ""),
    ],
)
def test_what_stands_inside_marks(text: str, quoted: str) -> None:
    parts = quoted_part(text, ((0, len(text)),))
    assert "".join(text[a:b] for a, b in parts) == quoted


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ('that "all is well,"', "all is well"),
        ("“That is so.”", "is so"),
        ("thatched roofs", "thatched roofs"),
        ("that ", ""),
    ],
)
def test_edges_that_the_schemes_treat_differently_are_left_out(content: str, kept: str) -> None:
    parts = bare(content, ((0, len(content)),))
    assert "".join(content[a:b] for a, b in parts) == kept
    assert bare(content, ()) == ()


def test_letters_are_letters_and_digits() -> None:
    assert letters("a, 1é!", ((0, 6),)) == ((0, 1), (3, 5))


def test_what_is_missing_is_named(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(InputError, match="holds no PolNeAR"):
        load_polnear(tmp_path / "nowhere")
    (corpus / "text" / "other.txt").write_text("Text.", encoding="utf-8")
    with pytest.raises(InputError, match="has no file of attributions"):
        load_polnear(corpus)


# Scoring


def statement(quote_type: str, mention: str | None, cue: str, *words: str) -> Statement:
    def span(part: str) -> Span:
        start, end = place(part)
        return Span(start=start, end=end, text=part)

    return Statement.model_validate(
        {
            "id": f"s{place(words[0])[0]}",
            "quote_type": quote_type,
            "speaker_mention": span(mention) if mention else None,
            "cue": span(cue),
            "spans": [span(part) for part in words],
            "content_spans": [span(part) for part in words],
            "text": " ".join(words),
        }
    )


BRIDGE = statement("mixed", "Mayor Ruth Ames", "said", "the bridge is safe")
WALK = statement("direct", "Cole", "told", "I walked it,", "twice.")


@pytest.fixture
def record(make: Callable[..., Fixture]) -> Callable[..., Record]:
    def build(*statements: Statement) -> Record:
        return oracle(make()).model_copy(
            update={
                "article": Article(id=article_id(TEXT), text=TEXT),
                "persons": [],
                "meetings": [],
                "statements": list(statements),
            }
        )

    return build


def test_every_quotation_and_speaker_found(
    bridge: PolnearArticle, record: Callable[..., Record]
) -> None:
    scores = score_polnear([{bridge.id: record(BRIDGE, WALK)}], [bridge])
    figures = {name: figure.counts for name, figure in scores.f1.items()}
    for name in ("joint", "coverage/0.3", "coverage/0.8", "iou/0.3", "iou/0.8"):
        assert figures[name] == Counts(2, 0, 0)
    assert scores.accuracy["speaker"].tally == Tally(right=2)
    # Exact match: of two sources one has the gold's boundaries (`Cole` is not `a guard named
    # Cole`); the gold has two sources and three cues.
    assert figures["cofenet/source"] == Counts(1, 1, 1)
    assert figures["cofenet/cue"] == Counts(2, 0, 1)
    # Contents, their edges apart: the guard's is right, the mayor's lacks `and open`.
    assert figures["cofenet/content"] == Counts(1, 1, 2)
    assert figures["cofenet/content/quoted"] == Counts(1, 1, 1)


def test_a_quotation_in_part_is_covered_in_part(
    bridge: PolnearArticle, record: Callable[..., Record]
) -> None:
    # `Iwalkedittwice` has 14 letters, `I walked it` 9 of them: 0.64.
    part = statement("direct", "Cole", "told", "I walked it,")
    scores = score_polnear([{bridge.id: record(part)}], [bridge])
    assert scores.f1["coverage/0.3"].counts == Counts(1, 0, 1)
    assert scores.f1["coverage/0.8"].counts == Counts(0, 1, 2)
    assert scores.accuracy["speaker"].tally == Tally(unpaired=2)


def test_what_is_too_long_is_covered_and_the_iou_says_so(
    bridge: PolnearArticle, record: Callable[..., Record]
) -> None:
    # 15 letters of the gold inside 15 + `Mayor Ruth Ames said that ` (22) = 37: IoU 0.41.
    long = statement("mixed", "Cole", "said", 'Mayor Ruth Ames said that "the bridge is safe"')
    scores = score_polnear([{bridge.id: record(long)}], [bridge])
    assert scores.f1["coverage/0.8"].counts == Counts(1, 0, 1)
    assert scores.f1["iou/0.3"].counts == Counts(1, 0, 1)
    assert scores.f1["iou/0.8"].counts == Counts(0, 1, 2)


@pytest.mark.parametrize(
    ("mention", "tally"),
    [
        ("Ames", Tally(right=1, unpaired=1)),
        ("Cole", Tally(wrong=1, unpaired=1)),
        ("a guard", Tally(wrong=1, unpaired=1)),
        (None, Tally(omission=1, unpaired=1)),
    ],
)
def test_a_speaker_shares_a_content_word_with_the_source(
    bridge: PolnearArticle, record: Callable[..., Record], mention: str | None, tally: Tally
) -> None:
    said = statement("mixed", mention, "said", "the bridge is safe")
    scores = score_polnear([{bridge.id: record(said)}], [bridge])
    assert scores.accuracy["speaker"].tally == tally
    assert scores.accuracy["speaker/matched"].tally == replace(tally, unpaired=0)
    assert scores.f1["joint"].counts.tp == tally.right


def test_indirect_statements_are_no_quotations(
    bridge: PolnearArticle, record: Callable[..., Record]
) -> None:
    belief = statement("indirect", None, "hopes", "trade will grow")
    scores = score_polnear([{bridge.id: record(belief)}], [bridge])
    assert scores.f1["coverage/0.8"].counts == Counts(0, 0, 2)
    assert scores.f1["cofenet/content"].counts == Counts(1, 0, 2)
    assert scores.f1["cofenet/content/quoted"].counts == Counts(0, 0, 2)


def test_a_failed_article_scores_zero(bridge: PolnearArticle) -> None:
    scores = score_polnear([{bridge.id: Failure("refused")}], [bridge])
    assert scores.failures == {"refused": 1}
    assert set(scores.articles[0].values.values()) == {0.0}
    assert scores.f1["joint"].counts == Counts(0, 0, 2)
    assert score_polnear([{}], [bridge]).failures == {"missing": 1}


def test_a_record_of_another_text_fails(
    bridge: PolnearArticle, make: Callable[..., Fixture]
) -> None:
    scores = score_polnear([{bridge.id: oracle(make())}], [bridge])
    assert scores.failures == {"article": 1}


def test_no_articles_is_an_error() -> None:
    with pytest.raises(InputError, match="no articles"):
        score_polnear([{}], [])


def test_the_set_is_opened_by_its_prefix(corpus: Path, record: Callable[..., Record]) -> None:
    opened = open_set(f"polnear:{corpus}")
    assert isinstance(opened, PolnearSet)
    (task,) = opened.tasks
    assert (task.text, task.published) == (TEXT, None)
    scores = opened.score([{task.id: record(BRIDGE, WALK)}])
    assert scores.fixture_set == opened.sha256
    shown = {one.label: one.value for one in headlines(scores)}
    assert shown["Quotation F1, coverage ≥ 0.8 (Gender Gap Tracker)"] == 1.0
    assert shown["Fabricated quotations"] == 0
    with pytest.raises(UsageError, match="no splits"):
        open_set(f"polnear:{corpus}", "dev")
