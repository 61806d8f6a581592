from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.model import Token, choice_probabilities


def token(text: str, /, **alternatives: float) -> Token:
    """A token that was certain, but for the alternatives given with their probabilities."""
    return likely(text, 1 - sum(alternatives.values()), alternatives)


def likely(text: str, probability: float, alternatives: dict[str, float]) -> Token:
    logprobs = {other: math.log(share) for other, share in alternatives.items()}
    return Token(text, math.log(probability), {text: math.log(probability), **logprobs})


def written(*tokens: Token | str) -> tuple[str, list[Token]]:
    made = [one if isinstance(one, Token) else token(one) for one in tokens]
    return "".join(one.text for one in made), made


def test_one_letter() -> None:
    raw, tokens = written('{"', "who", '":"', token("A", B=0.2, C=0.1), '"}')
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B", "C", "D"]) == pytest.approx(
        {"A": 0.7, "B": 0.2, "C": 0.1, "D": 0.0}
    )


def test_what_is_no_choice_is_left_out() -> None:
    raw, tokens = written('{"who":"', likely("A", 0.3, {"B": 0.1, "Shoigu": 0.6}), '"}')
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B"]) == pytest.approx(
        {"A": 0.75, "B": 0.25}
    )


def test_quotation_marks_in_the_same_token() -> None:
    raw, tokens = written('{"who":', likely(' "A"', 0.6, {' "B"': 0.3, '"C"': 0.1, ' "': 0.1}), "}")
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B", "C"]) == pytest.approx(
        {"A": 0.6, "B": 0.3, "C": 0.1}
    )


def test_the_key_in_the_same_token() -> None:
    raw, tokens = written('{"who', likely('":"A', 0.6, {'": "B': 0.2, "s": 0.2}), '"}')
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B"]) == pytest.approx(
        {"A": 0.75, "B": 0.25}
    )


def test_numbers_of_several_digits() -> None:
    one = likely("1", 0.8, {"2": 0.2})
    raw, tokens = written('{"span":', one, likely("2", 0.5, {"}": 0.3, "1": 0.2}), "}")
    assert choice_probabilities(raw, tokens, ["span"], [1, 2, 11, 12]) == pytest.approx(
        {1: 0.24, 2: 0.2, 11: 0.16, 12: 0.4}
    )


def test_a_number_that_could_have_gone_on() -> None:
    raw, tokens = written('{"span":', "1", likely("}", 0.75, {"2": 0.25}))
    assert choice_probabilities(raw, tokens, ["span"], [1, 12]) == pytest.approx(
        {1: 0.75, 12: 0.25}
    )


def test_a_share_that_may_be_of_several_choices_cannot_be_told() -> None:
    raw, tokens = written('{"span":', likely("2", 0.8, {"1": 0.2}), "}")
    assert choice_probabilities(raw, tokens, ["span"], [1, 2, 12]) is None
    assert choice_probabilities(raw, tokens, ["span"], [2, 12]) is not None


def test_a_share_of_several_choices_that_hardly_counts_is_left_out() -> None:
    raw, tokens = written('{"span":', likely("2", 0.9999, {"1": 0.0001}), "}")
    assert choice_probabilities(raw, tokens, ["span"], [1, 2, 12]) == {1: 0.0, 2: 1.0, 12: 0.0}


def test_null_among_the_choices() -> None:
    raw, tokens = written('{"who":', likely("null", 0.6, {'"A': 0.3, '"B': 0.1}), "}")
    assert choice_probabilities(raw, tokens, ["who"], [None, "A", "B"]) == pytest.approx(
        {None: 0.6, "A": 0.3, "B": 0.1}
    )


def test_the_same_choice_begun_in_two_ways() -> None:
    raw, tokens = written(
        '{"who":', likely('"', 0.6, {'"A': 0.4}), likely("B", 0.5, {"A": 0.5}), '"}'
    )
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B"]) == pytest.approx(
        {"A": 0.7, "B": 0.3}
    )


def test_a_field_deep_inside() -> None:
    tokens = [token("B", A=0.25), token("A", B=0.125)]
    raw, made = written(
        '{"a": {"b": "B"}, "list" : [ {"who":"', tokens[0], '"},{"who":"', tokens[1], '"} ]}'
    )

    def find(*path: str | int) -> dict[str, float] | None:
        return choice_probabilities(raw, made, path, ["A", "B"])

    assert find("list", 0, "who") == pytest.approx({"A": 0.25, "B": 0.75})
    assert find("list", 1, "who") == pytest.approx({"A": 0.875, "B": 0.125})
    assert find("a", "b") == pytest.approx({"A": 0.0, "B": 1.0})


@pytest.mark.parametrize(
    "path",
    [["no"], ["who", "deeper"], ["who", 0], [0], ["list", 2], ["list", "who"], ["empty", 0], []],
)
def test_a_field_that_is_not_there(path: list[str | int]) -> None:
    raw, tokens = written('{"who":"A","list":["A","B"],"empty":[]}')
    assert choice_probabilities(raw, tokens, path, ["A", "B"]) is None


def test_a_value_that_is_no_choice() -> None:
    raw, tokens = written('{"who":"', "C", '"}')
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B"]) is None


def test_no_tokens() -> None:
    assert choice_probabilities('{"who":"A"}', [], ["who"], ["A"]) is None


def test_tokens_of_another_answer() -> None:
    raw, _ = written('{"who":"A"}')
    _, tokens = written('{"who":"B"}')
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B"]) is None


@pytest.mark.parametrize("raw", ["", "{", '{"who"', '{"who":', "[1", "not json", '{"who":"A'])
def test_what_is_no_json(raw: str) -> None:
    _, tokens = written(raw or " ")
    assert choice_probabilities(raw, tokens, ["who"], ["A"]) is None


def test_text_around_the_answer_and_characters_of_several_tokens() -> None:
    name = "Шойгу".encode()
    pieces = [
        name[:3].decode("utf-8", "surrogateescape"),
        name[3:].decode("utf-8", "surrogateescape"),
    ]
    _, tokens = written(
        "```json\n", '{"name":"', *pieces, '","who":"', token("B", A=0.5), '"}', "\n```"
    )
    raw = '{"name":"Шойгу","who":"B"}'
    assert choice_probabilities(raw, tokens, ["who"], ["A", "B"]) == pytest.approx(
        {"A": 0.5, "B": 0.5}
    )


values: Any = st.recursive(
    st.one_of(st.text(max_size=5), st.integers(), st.none(), st.booleans()),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    before=st.dictionaries(st.text(max_size=4), values, max_size=3),
    indent=st.sampled_from([None, 1]),
    ascii_only=st.booleans(),
    chosen=st.integers(0, 3),
    seed=st.integers(),
)
def test_whatever_the_answer_and_its_tokens_the_written_choice_is_found(
    before: dict[str, Any], indent: int | None, ascii_only: bool, chosen: int, seed: int
) -> None:
    """Cut at random places into tokens without alternatives, the written choice is certain."""
    choices = ["A", "Bé", "C1", "C2"]
    before.pop("who", None)
    content = {**before, "who": choices[chosen], "after": "who"}
    raw = json.dumps(content, indent=indent, ensure_ascii=False)
    if ascii_only and "é" not in choices[chosen]:
        raw = json.dumps(content, indent=indent)
    data, cuts = raw.encode(), random.Random(seed)
    tokens = []
    while data:
        size = cuts.randint(1, 4)
        tokens.append(token(data[:size].decode("utf-8", "surrogateescape")))
        data = data[size:]
    expected = {choice: float(choice == choices[chosen]) for choice in choices}
    assert choice_probabilities(raw, tokens, ["who"], choices) == expected
