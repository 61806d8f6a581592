"""A reviewed record becomes a fixture that the checker accepts and the record scores 1 on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.article import Article, Span, article_id
from summarizer.errors import InputError
from summarizer.evals import check_fixtures, fixture_of, load_fixtures, score, write_fixtures
from summarizer.record import Record


def test_a_record_scores_1_against_its_own_fixture(record: Record) -> None:
    fixture = fixture_of(record, "00-oslo")
    scores = score({fixture.id: record}, [fixture])
    assert scores.f1["joint"].f1 == 1
    assert scores.f1["indirect"].f1 == 1
    assert scores.f1["participants"].f1 == 1
    assert all(scores.accuracy[name].accuracy == 1 for name in ("status", "date", "place", "mode"))


def test_the_words_are_those_of_the_record(record: Record) -> None:
    fixture = fixture_of(record, "00-oslo")
    for said, statement in zip(fixture.statements, record.statements, strict=True):
        assert list(said.segments) == statement.spans
        assert list(said.content) == statement.content_spans
        assert (said.cue, said.speaker_mention) == (statement.cue, statement.speaker_mention)
    who = fixture.gold.meetings[0].participants[1]
    assert (who.name, who.country, who.accept) == ("Pedro Sousa", "BRA", ["Sousa"])


def test_a_cue_that_would_be_found_elsewhere_is_left_out(
    record: Record, span: Callable[..., Span]
) -> None:
    record.statements[2].cue = span("said")
    text = record.article.body + " He said so."
    record.article = Article(id=article_id(text), uri="oslo.txt", text=text)
    assert fixture_of(record, "00-oslo").statements[2].cue is None


def test_a_statement_that_cannot_be_found_is_named(record: Record) -> None:
    text = record.article.body + "\ntalks would go on"
    record.article = Article(id=article_id(text), uri="oslo.txt", text=text)
    with pytest.raises(InputError, match="could stand in more places") as refused:
        fixture_of(record, "00-oslo")
    assert refused.value.where == "00-oslo: statements[2].segments"


def test_fixtures_are_added_behind_those_that_are_there(record: Record, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    assert [path.name for path in write_fixtures([record], folder)] == ["00-oslo.gold.json"]
    text = "On May 4, Anna Lind met nobody."
    article = Article(id=article_id(text), uri="x.txt", title="<b>Nobody</b>, met!", text=text)
    empty = Record(article=article, provenance=record.provenance)
    assert [path.name for path in write_fixtures([empty], folder)] == [
        "01-b-nobody-b-met.gold.json"
    ]
    assert check_fixtures(folder) == []
    assert [fixture.text for fixture in load_fixtures(folder)] == [record.article.body, text]
    with pytest.raises(InputError, match="has a fixture of this article already"):
        write_fixtures([empty], folder)


def test_of_several_records_all_become_fixtures_or_none(record: Record, tmp_path: Path) -> None:
    wrong = record.model_copy(deep=True)
    text = record.article.body + "\ntalks would go on"
    wrong.article = Article(id=article_id(text), uri="twice.txt", text=text)
    with pytest.raises(InputError):
        write_fixtures([record, wrong], tmp_path / "gold")
    assert not (tmp_path / "gold").exists()
