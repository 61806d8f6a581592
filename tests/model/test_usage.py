from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InvalidAnswer
from summarizer.model import Usage, usage_of

usages = st.builds(Usage, *[st.integers(0, 10**9)] * len(dataclasses.fields(Usage)))


@given(usages, usages)
def test_every_count_adds_up(one: Usage, other: Usage) -> None:
    total = one + other
    for field in dataclasses.fields(Usage):
        both = getattr(one, field.name) + getattr(other, field.name)
        assert getattr(total, field.name) == both


@given(usages)
def test_nothing_adds_nothing(usage: Usage) -> None:
    assert usage + Usage() == usage == Usage() + usage


def test_usage_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Usage().calls = 1  # type: ignore[misc]


def test_usage_of_an_error() -> None:
    error = InvalidAnswer("wrong")
    assert usage_of(error) == Usage()
    error.usage = Usage(calls=1, attempts=3)
    assert usage_of(error) == Usage(calls=1, attempts=3)
    assert usage_of(ValueError()) == Usage()
