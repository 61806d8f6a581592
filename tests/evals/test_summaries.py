"""What a summary tells of the gold, worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from summarizer.evals import Counts, Fixture, Tally, score
from summarizer.record import Record, Summary, Supported


def tallies(record: Record, fixture: Fixture) -> dict[str, Tally]:
    scored = score({fixture.id: record}, [fixture])
    return {name: figure.tally for name, figure in scored.accuracy.items() if "/" in name}


def told(record: Record, *sentences: str) -> Record:
    span = record.statements[0].spans[0]
    made = [Supported(text=text, support=[span]) for text in sentences]
    summary = Summary(text=" ".join(sentences), sentences=made)
    return record.model_copy(update={"summary": summary})


def test_who_and_what_is_told(
    make: Callable[..., Fixture], perfect: Callable[[Fixture], Record]
) -> None:
    fixture = make()
    record = told(perfect(fixture), "Anna Lind met Pedro Sousa.", "They discussed twelve ships.")
    assert tallies(record, fixture) == {
        "summary/meetings": Tally(right=1),
        "summary/participants": Tally(right=2),
        # `ships` of `ships for Brazil`; the lead has both words.
        "summary/topics": Tally(right=1),
        "lead/topics": Tally(right=1),
    }


def test_a_meeting_is_told_in_one_sentence(
    make: Callable[..., Fixture],
    perfect: Callable[[Fixture], Record],
    parts: dict[str, dict[str, Any]],
) -> None:
    third = {"name": "Eva Moe", "country": None}
    meeting = parts["meeting"] | {"participants": [parts["lind"], parts["sousa"], third]}
    fixture = make(meetings=[meeting])
    apart = told(perfect(fixture), "Lind spoke.", "Sousa spoke.")
    assert tallies(apart, fixture)["summary/meetings"] == Tally(omission=1)
    assert tallies(apart, fixture)["summary/participants"] == Tally(right=2, omission=1)
    together = told(perfect(fixture), "Lind and Sousa spoke.")
    assert tallies(together, fixture)["summary/meetings"] == Tally(right=1)


def test_no_summary_tells_nothing(
    make: Callable[..., Fixture], perfect: Callable[[Fixture], Record]
) -> None:
    fixture = make()
    silent = perfect(fixture).model_copy(update={"summary": None})
    found = tallies(silent, fixture)
    assert found["summary/participants"] == Tally(omission=2)
    assert found["lead/topics"] == Tally(right=1)
    assert score({fixture.id: silent}, [fixture]).f1["participants"].counts == Counts(tp=2)
