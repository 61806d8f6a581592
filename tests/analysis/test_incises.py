"""Attributions inside the quotation marks are parted from the quoted words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis.incises import Incises
from summarizer.article import Quotation, paragraphs, quotations
from summarizer.lexicon import lexicon


def apart(language: str, text: str) -> list[str]:
    parts = Incises(lexicon(language)).apart(text, quotations(text, paragraphs(text)))
    return [part.text for part in parts]


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("ru", "«Да, — сказал он. — Мы готовы».", ["Да,", "Мы готовы"]),
        ("ru", "«Да! — воскликнул посол. — Мы, — добавил он, — готовы».", ["Да!", "Мы,", "готовы"]),
        ("ru", "«Да, – заявил глава МИД России Пётр Орлов».", ["Да,"]),
        ("ru", "«Договор — это главное, и он — наш».", ["Договор — это главное, и он — наш"]),
        ("ru", "«Мы готовы». — сказал он.", ["Мы готовы"]),
        ("es", "«Sí —dijo el ministro—. Estamos listos».", ["Sí", "Estamos listos"]),
        ("es", "«Sí —dijo ella—, estamos listos».", ["Sí", "estamos listos"]),
        ("es", "«Dos —Perú y Chile— firman».", ["Dos —Perú y Chile— firman"]),
        ("fr", "« Oui, a-t-il dit. Nous partons. »", ["Oui,", "Nous partons."]),
        ("fr", "« Oui, a déclaré M. Weber. Nous partons. »", ["Oui,", "Nous partons."]),
        ("fr", "« Nous partons, explique-t-elle. »", ["Nous partons,"]),
        ("fr", "« Oui ! s'est exclamé le maire, nous partons. »", ["Oui !", "nous partons."]),
        ("fr", "« Ce plan, dit de paix, est mort. »", ["Ce plan, dit de paix, est mort."]),
        ("de", "„Ja, sagte er, wir kommen.“", ["Ja, sagte er, wir kommen."]),
        ("en", "“Yes, he said, we come.”", ["Yes, he said, we come."]),
    ],
)  # fmt: skip
def test_parts(language: str, text: str, parts: list[str]) -> None:
    assert [part.strip() for part in apart(language, text)] == parts


def test_a_run_of_paragraphs_is_parted_where_the_attribution_stands() -> None:
    text = "«Первый шаг сделан, — сказал он. — Второй тоже.\n\n«Третий шаг впереди»."
    assert apart("ru", text) == ["Первый шаг сделан,", "Второй тоже.", "Третий шаг впереди"]


def test_quotations_without_an_attribution_stay_as_they_are() -> None:
    text = "«Мы готовы», — сказал он. «Сроки известны»."
    found = quotations(text, paragraphs(text))
    assert Incises(lexicon("ru")).apart(text, found) == found


_PIECES = st.sampled_from(
    [
        "«",
        "»",
        "Да",
        "мы готовы",
        ", — ",
        ". — ",
        "сказал",
        " он",
        " ",
        "!",
        "заявил министр",
        "\n\n",
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_parts_lie_in_order_inside_their_quotations(text: str) -> None:
    whole = quotations(text, paragraphs(text))
    parts = Incises(lexicon("ru")).apart(text, whole)
    ends = [0]
    for part in parts:
        assert any(_inside(part, quotation) for quotation in whole)
        for span in part.spans:
            assert text[span.start : span.end] == span.text
            assert span.start >= ends[-1]
            ends.append(span.end)


def _inside(part: Quotation, quotation: Quotation) -> bool:
    return quotation.start <= part.start and part.end <= quotation.end
