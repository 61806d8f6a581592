"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Finnish minister met his Swedish colleague in Turku on Monday."),
        ("de", "Der finnische Minister traf am Montag seinen schwedischen Kollegen in Turku."),
        ("fr", "Le ministre de la Défense a rencontré son homologue suédois lundi."),
        ("es", "El ministro de Defensa se reunió el lunes con su homólogo sueco."),
        ("pl", "Minister obrony spotkał się w poniedziałek ze swoim szwedzkim odpowiednikiem."),
        ("tr", "Savunma bakanı pazartesi günü İsveçli mevkidaşıyla bir araya geldi."),
        ("nb", "Statsministeren møtte sin svenske kollega i Oslo i går kveld for å snakke."),
        ("ru", "Министр обороны России провёл переговоры со своим китайским коллегой."),
        ("uk", "Міністр оборони України провів переговори зі своїм польським колегою."),
        ("ar", "التقى وزير الدفاع نظيره في القاهرة يوم الاثنين."),
        ("fa", "وزیر دفاع روز دوشنبه با همتای خود در تهران دیدار کرد."),
        ("zh", "国防部长星期一举行会谈。"),
        ("zh", "國防部長 (Minister) 舉行會談。"),
        ("ja", "防衛大臣は月曜日に会談を行った。"),
        ("ko", "국방장관이 월요일에 회담을 했다."),
        ("el", "Ο υπουργός συναντήθηκε με τον ομόλογό του."),
        ("he", "שר הביטחון נפגש עם עמיתו."),
        ("th", "รัฐมนตรีกลาโหมพบกับคู่เจรจา"),
        ("hi", "रक्षा मंत्री ने सोमवार को अपने समकक्ष से मुलाकात की।"),
    ],
)
def test_languages(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "Hi", "12 345 – 678", "?!", "中", "Да.", "🙂" * 50])
def test_too_short_to_tell(text: str) -> None:
    assert detect_language(text) is None


def test_foreign_names_do_not_decide() -> None:
    text = "Министр обороны России встретился с коллегой (Lloyd Austin) в городе Москве."
    assert detect_language(text) == "ru"


@given(st.text())
def test_any_text_has_a_two_letter_language_or_none(text: str) -> None:
    language = detect_language(text)
    assert language is None or (len(language) == 2 and language.isalpha())
