"""What flipped, who was taken for whom, and what every run gets wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from summarizer.evals import (
    Fixture,
    Scores,
    confusions,
    flips,
    oracle,
    score,
    suspects,
)

Make = Callable[..., Fixture]


def run(fixture: Fixture, **changes: Any) -> Scores:
    """A run whose first statement is changed, or left out with `drop=True`."""
    record = oracle(fixture)
    first, *others = record.statements
    said = others if changes.get("drop") else [first.model_copy(update=changes), *others]
    return score({fixture.id: record.model_copy(update={"statements": said})}, [fixture])


def test_nothing_flips_between_equal_runs(make: Make) -> None:
    fixture = make()
    assert flips(run(fixture), run(fixture)) == []


def test_a_speaker_that_b_gets_wrong_is_lost(make: Make) -> None:
    fixture = make()
    found = flips(run(fixture), run(fixture, speaker="p2"))
    assert [(f.a.field, f.won) for f in found if f.a] == [
        ("statement", False),
        ("statement.speaker", False),
    ]
    back = flips(run(fixture, speaker="p2"), run(fixture))
    assert [flip.won for flip in back] == [True, True]


def test_a_statement_that_b_misses_is_one_flip(make: Make) -> None:
    fixture = make()
    (flip,) = flips(run(fixture), run(fixture, drop=True))
    assert flip.b is not None
    assert (flip.fixture, flip.b.outcome, flip.won) == ("01-oslo", "miss", False)


def test_what_only_one_made_up_is_a_flip(make: Make, parts: dict[str, Any]) -> None:
    fixture = make(statements=[parts["direct"]])
    record = oracle(make())
    more = score({fixture.id: record}, [fixture])
    found = flips(run(fixture), more)
    assert {(f.a, f.b.outcome) for f in found if f.b} == {(None, "false_positive")}
    assert len(found) == 2  # the mixed and the indirect statement
    assert all(flip.won for flip in flips(more, run(fixture)))


def test_confusions_count_who_was_taken_for_whom(make: Make) -> None:
    fixture = make()
    assert confusions(run(fixture, speaker="p2")) == {("Anna Lind", "Pedro Sousa"): 1}
    assert confusions(run(fixture, speaker=None)) == {}


def test_suspects_are_wrong_in_every_run(make: Make) -> None:
    fixture = make()
    wrong, right = run(fixture, speaker="p2"), run(fixture)
    found = suspects([wrong, run(fixture, speaker=None)])
    assert [(name, finding.field) for name, finding in found] == [
        ("01-oslo", "statement"),
        ("01-oslo", "statement.speaker"),
    ]
    assert suspects([wrong, right]) == []
    assert suspects([]) == []
