"""Russian: guillemets, dashes inside them, cases, subjects behind their verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ReadText = Callable[..., Any]
Edtf = Callable[..., list[str | None]]

ARTICLE = """Министры обороны обсудили учения

31 января в Астане министр обороны Казахстана генерал-лейтенант Ерлан Сагинов провёл по \
видеосвязи переговоры с министром обороны Индии Раджешем Кумаром. По словам Сагинова, стороны \
договорились о совместных учениях.

«Мы рады возобновлению диалога, — подчеркнул министр. — Он нужен обеим странам».

«Наши армии готовы к совместной работе», — заявила представитель Минобороны Индии Прия Шарма. \
Кумар отметил, что учения пройдут осенью.

Пресс-секретарь президента России Олег Жуков в среду рассказал, что визит в Дели отложен. \
Раджеш Кумар поблагодарил российского коллегу."""


def test_a_quotation_interrupted_by_a_cue_between_dashes(read_text: ReadText) -> None:
    found = read_text("«Мы готовы, — сказал Петров. — Сроки известны».")
    assert found.speech == [("direct", "Петров", "сказал", "Мы готовы, / Сроки известны")]


def test_the_subject_stands_behind_the_cue_with_its_title(read_text: ReadText) -> None:
    found = read_text("«Договор подписан», — заявил министр обороны Иван Петров.")
    source = "министр обороны Иван Петров"
    assert found.speech == [("direct", source, "заявил", "Договор подписан")]


@pytest.mark.parametrize("marks", ["«{}»", "„{}“", '"{}"', "“{}”"])
def test_marks_of_newsrooms(read_text: ReadText, marks: str) -> None:
    text = f"Министр отметил: {marks.format('Мы не будем спешить с ответом.')}"
    assert read_text(text).speech == [
        ("direct", "Министр", "отметил", "Мы не будем спешить с ответом.")
    ]


def test_a_dash_that_is_no_attribution_parts_nothing(read_text: ReadText) -> None:
    found = read_text("«Москва — наш партнёр, и это — не слова», — сказал он.")
    assert [s[3] for s in found.speech] == ["Москва — наш партнёр, и это — не слова"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "clause"),
    [
        (
            "Глава МИД подчеркнул, что визит пройдёт в мае.",
            "Глава МИД",
            "подчеркнул",
            "визит пройдёт в мае",
        ),
        (
            "По его словам, завод откроется к осени.",
            "его",
            "По его словам",
            "завод откроется к осени",
        ),
        (
            "Как сообщила пресс-секретарь посольства Анна Белова, встреча начнётся вечером.",
            "пресс-секретарь посольства Анна Белова",
            "сообщила",
            "встреча начнётся вечером",
        ),
        (
            "Договор, по словам посла, ещё не готов к подписанию.",
            "посла",
            "по словам",
            "ещё не готов к подписанию",
        ),
        (
            "Позднее сообщил министр, что дорога снова открыта.",
            "министр",
            "сообщил",
            "дорога снова открыта",
        ),
        (
            "В Кремле заявили, что встреча не состоится.",
            "Кремле",
            "заявили",
            "встреча не состоится",
        ),
    ],
)
def test_indirect_speech(
    read_text: ReadText, text: str, source: str, cue: str, clause: str
) -> None:
    assert ("indirect", source, cue, clause) in read_text(text).speech


def test_a_naming_with_quoted_words_is_mixed(read_text: ReadText) -> None:
    found = read_text("Президент Франции Люк Моро назвал договор «историческим решением для нас».")
    assert found.speech == [
        ("mixed", "Президент Франции Люк Моро", "назвал", "историческим решением для нас")
    ]
    assert found.contents == ["договор «историческим решением для нас»"]


def test_names_in_quotation_marks_are_no_statements(read_text: ReadText) -> None:
    assert read_text("Министр посетил выставку и изучил проект «Зелёный мост».").speech == []


def test_a_hope_is_no_statement_and_a_place_no_speaker(read_text: ReadText) -> None:
    assert read_text("Министр надеется, что дождь скоро кончится.").speech == []
    sources = [s[1] for s in read_text("В Москве заявили, что дождь скоро кончится.").speech]
    assert "Москве" not in sources


def test_people_of_an_article_are_joined_over_their_cases(read_text: ReadText) -> None:
    found = read_text(ARTICLE, "2024-02-01")
    assert found.people == [
        ("Ерлан Сагинов", "министр обороны Казахстана", "генерал-лейтенант", "KAZ"),
        ("Раджеш Кумар", "министром обороны Индии", None, "IND"),
        ("Прия Шарма", "представитель Минобороны Индии", None, "IND"),
        ("Олег Жуков", "Пресс-секретарь президента России", None, "RUS"),
    ]
    assert "Сагинова" in found.mentions_of("Ерлан Сагинов")
    assert "Кумар" in found.mentions_of("Раджеш Кумар")


def test_speech_of_an_article(read_text: ReadText) -> None:
    speech = read_text(ARTICLE, "2024-02-01").speech
    assert speech == [
        ("indirect", "Сагинова", "По словам", "стороны договорились о совместных учениях"),
        (
            "direct",
            "министр",
            "подчеркнул",
            "Мы рады возобновлению диалога, / Он нужен обеим странам",
        ),
        (
            "direct",
            "представитель Минобороны Индии Прия Шарма",
            "заявила",
            "Наши армии готовы к совместной работе",
        ),
        ("indirect", "Кумар", "отметил", "учения пройдут осенью"),
        (
            "indirect",
            "Пресс-секретарь президента России Олег Жуков",
            "рассказал",
            "визит в Дели отложен",
        ),
    ]


def test_the_meeting_of_an_article(read_text: ReadText) -> None:
    first = read_text(ARTICLE, "2024-02-01").events[0]
    assert (first.status, first.mode, first.edtf) == ("held", "video", "2024-01-31")
    assert first.place is None or first.place.text == "Астане"


@pytest.mark.parametrize(
    ("text", "status", "mode", "kind"),
    [
        ("Президенты поговорили по телефону в субботу.", "held", "phone", "call"),
        ("Министры встретятся 5 марта в Риме.", "planned", "in_person", "talks"),
        ("Встреча министров отменена.", "cancelled", "in_person", "talks"),
        ("Президент предложил провести переговоры в Баку.", "proposed", "in_person", "talks"),
        ("Лидеры обменялись посланиями.", "held", "correspondence", "other"),
        ("Главы государств прибыли на саммит в Самарканд.", "held", "in_person", "summit"),
    ],
)
def test_meetings(read_text: ReadText, text: str, status: str, mode: str, kind: str) -> None:
    event = read_text(text, "2024-02-01").events[0]
    assert (event.status, event.mode, event.kind) == (status, mode, kind)


def test_the_place_of_a_meeting_is_no_weekday(read_text: ReadText) -> None:
    event = read_text("Президенты провели в среду переговоры в Ташкенте.", "2024-09-12").events[0]
    assert event.place is not None
    assert event.place.text == "Ташкенте"
    assert event.date is not None
    assert (event.date.span.text, event.edtf) == ("в среду", "2024-09-11")


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("20 ноября 2024 года", None, "2024-11-20"),
        ("31 января", None, "XXXX-01-31"),
        ("31 января", "2024-02-01", "2024-01-31"),
        ("с 3 по 5 марта 2024 года", None, "2024-03-03/2024-03-05"),
        ("во вторник", "2024-09-12", "2024-09-10"),
        ("в прошлую пятницу", "2024-09-13", "2024-09-06"),
        ("вчера", "2024-09-12", "2024-09-11"),
        ("сегодня", "2024-09-12", "2024-09-12"),
    ],
)
def test_dates(edtf: Edtf, text: str, anchor: str | None, expected: str) -> None:
    assert edtf(text, anchor) == [expected]


def test_a_date_without_a_year_may_lie_ahead(edtf: Edtf) -> None:
    assert edtf("20 ноября", "2024-09-12", "future") == ["2024-11-20"]
    assert edtf("в понедельник", "2024-09-12", "future") == ["2024-09-16"]


def test_a_subject_of_the_reported_clause_is_no_source(read_text: ReadText) -> None:
    found = read_text(
        "Глава МИД назвал порт «воротами для всех нас» и сообщил, что стороны согласны."
    )
    assert found.speech[0][:3] == ("mixed", "Глава МИД", "назвал")
    assert all(s[1] == "Глава МИД" for s in found.speech)
