"""Words with a capital letter that are no name, or not of the name beside them."""

from __future__ import annotations

import pytest

from summarizer.analysis import read
from summarizer.article import Article, article_id


def people(text: str) -> dict[str, str | None]:
    """The named people of a text, with their roles."""
    found = read(Article(id=article_id(text), text=text, language="en")).people
    roles = {figure.name: figure.first("role") for figure in found if figure.named}
    return {name: role.text if role else None for name, role in roles.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Echoing Rojas's words, Minister Ola Berg said no. President Ana Rojas said yes.",
            {"Ola Berg": "Minister", "Ana Rojas": "President"},
            id="a participle before a name",
        ),
        pytest.param(
            "Considering the dates, the road, said Minister Ola Berg, will be late.",
            {"Ola Berg": "Minister"},
            id="a participle alone",
        ),
        pytest.param(
            "Keating said that the road is open. Minister Ola Berg met Keating on Friday.",
            {"Keating": None, "Ola Berg": "Minister"},
            id="a name that ends like one",
        ),
        pytest.param(
            "Upon arrival in Ankara Rojas told reporters that she was glad. "
            "President Ana Rojas said so twice.",
            {"Ana Rojas": "President"},
            id="a city before a name",
        ),
        pytest.param(
            "The talks between Defence Minister Ana Rojas and Premier Ola Berg began.",
            {"Ana Rojas": "Defence Minister", "Ola Berg": "Premier"},
            id="what a preposition parts from a title",
        ),
        pytest.param(
            "He brought a message from President Ana Rojas to Premier Ola Berg.",
            {"Ana Rojas": "President", "Ola Berg": "Premier"},
            id="what someone has sent",
        ),
        pytest.param(
            "Premier Ola Berg told participants in the Western European Grain Corridor to wait.",
            {"Ola Berg": "Premier"},
            id="a group has no name of a person",
        ),
        pytest.param(
            "Berg, Peru's top diplomat, discuss trade\n\nPresident Ola Berg met her on Friday.",
            {"Ola Berg": "President"},
            id="a list in a headline",
        ),
        pytest.param(
            "Ola Berg, Peru's top diplomat, met her on Friday.",
            {"Ola Berg": "top diplomat"},
            id="an apposition in a sentence",
        ),
    ],
)
def test_names(text: str, expected: dict[str, str | None]) -> None:
    assert people(text) == expected
