"""Arabic: no capital letters, the verb first, words written together; names come from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from summarizer.lexicon import lexicon

ReadText = Callable[..., Any]
Edtf = Callable[..., list[str | None]]

NAMES = ("هنريك لوند", "يوسف العلمي", "كريم بن زيدان", "سلمى الإدريسي")
ARTICLE = """وزير الدفاع النرويجي يلتقي نظيره المغربي

الرباط – التقى وزير الدفاع النرويجي هنريك لوند، أمس في العاصمة الرباط، نظيره المغربي يوسف العلمي \
والفريق أول كريم بن زيدان، وبحثا سبل تعزيز التعاون البحري.

وقال لوند إن بلاده سترسل سفينتين إلى البحر المتوسط. وأضاف: «نريد شراكة طويلة مع أصدقائنا هنا».

من جانبه، وصف الوزير المغربي المحادثات بأنها «مهمة للغاية»، وأكد أن التدريبات المشتركة ستبدأ قريبا.

واتفق الوزيران على أن فريقا مشتركا سيعد خطة العمل.

«لا نخفي شيئا عن أحد»، قالت المتحدثة باسم وزارة الخارجية المغربية سلمى الإدريسي للصحفيين.

وبحسب بن زيدان، فإن المناورات ستجرى في الخريف."""


def test_every_statement_of_a_report(read_text: ReadText) -> None:
    spokeswoman = "المتحدثة باسم وزارة الخارجية المغربية سلمى الإدريسي"
    assert read_text(ARTICLE, names=NAMES).speech == [
        ("indirect", "لوند", "وقال", "بلاده سترسل سفينتين إلى البحر المتوسط"),
        ("direct", "لوند", "وأضاف", "نريد شراكة طويلة مع أصدقائنا هنا"),
        ("mixed", "الوزير المغربي", "وصف", "مهمة للغاية"),
        ("indirect", "الوزير المغربي", "وأكد", "التدريبات المشتركة ستبدأ قريبا"),
        ("indirect", "الوزيران", "واتفق", "فريقا مشتركا سيعد خطة العمل"),
        ("direct", spokeswoman, "قالت", "لا نخفي شيئا عن أحد"),
        ("indirect", "بن زيدان", "وبحسب", "المناورات ستجرى في الخريف"),
    ]


def test_what_is_described_belongs_to_a_mixed_quotation(read_text: ReadText) -> None:
    assert "المحادثات بأنها «مهمة للغاية»" in read_text(ARTICLE, names=NAMES).contents


def test_people_with_role_rank_and_country(read_text: ReadText) -> None:
    assert read_text(ARTICLE, names=NAMES).people == [
        ("هنريك لوند", "وزير الدفاع النرويجي", None, "NOR"),
        ("يوسف العلمي", "نظيره المغربي", None, "MAR"),
        ("كريم بن زيدان", None, "الفريق أول", None),
        ("سلمى الإدريسي", "المتحدثة باسم وزارة الخارجية المغربية", None, "MAR"),
    ]


def test_a_description_by_country_means_who_was_named(read_text: ReadText) -> None:
    assert "الوزير المغربي" in read_text(ARTICLE, names=NAMES).mentions_of("يوسف العلمي")


def test_the_meeting_with_place_and_day(read_text: ReadText) -> None:
    (event,) = read_text(ARTICLE, published="2024-05-21", names=NAMES).events
    assert (event.status, event.mode, event.edtf) == ("held", "in_person", "2024-05-20")
    assert event.place.text == "العاصمة الرباط"


def test_topics_follow_what_says_that_they_were_discussed(read_text: ReadText) -> None:
    phrases = [p.text for p in read_text(ARTICLE, names=NAMES).reading.phrases]
    assert phrases[0] == "تعزيز التعاون البحري"


@pytest.mark.parametrize(
    ("text", "source", "cue", "clause"),
    [
        (
            "قال الوزير إن الاتفاق سيدخل حيز التنفيذ قريبا.",
            "الوزير",
            "قال",
            "الاتفاق سيدخل حيز التنفيذ قريبا",
        ),
        (
            "وأوضح الرئيس كمال درة أن المفاوضات لن تتوقف.",
            "الرئيس كمال درة",
            "وأوضح",
            "المفاوضات لن تتوقف",
        ),
        (
            "وشدد وزير الخارجية المصري كمال درة على أن الحدود آمنة تماما.",
            "وزير الخارجية المصري كمال درة",
            "وشدد",
            "الحدود آمنة تماما",
        ),
        (
            "من جهته، أشار درة إلى أن السفن وصلت أمس.",
            "درة",
            "أشار",
            "السفن وصلت أمس",
        ),
        (
            "وأعلنت وزارة الدفاع النرويجية أن التدريب سيستمر أسبوعا.",
            "وزارة الدفاع النرويجية",
            "وأعلنت",
            "التدريب سيستمر أسبوعا",
        ),
        (
            "المساعدات ستصل قبل الشتاء، بحسب كمال درة.",
            "كمال درة",
            "بحسب",
            "المساعدات ستصل قبل الشتاء",
        ),
    ],
)
def test_reported_clauses(
    read_text: ReadText, text: str, source: str, cue: str, clause: str
) -> None:
    assert read_text(text, names=("كمال درة",)).speech == [("indirect", source, cue, clause)]


@pytest.mark.parametrize("marks", ["«{}»", "“{}”", '"{}"'])
def test_marks_of_newsrooms(read_text: ReadText, marks: str) -> None:
    text = f"وقال الوزير: {marks.format('لن نتسرع في الرد على هذا الاقتراح')}"
    assert read_text(text).speech == [
        ("direct", "الوزير", "وقال", "لن نتسرع في الرد على هذا الاقتراح")
    ]


def test_a_verb_joined_by_and_does_not_take_the_object_before_it(read_text: ReadText) -> None:
    text = "التقى الرئيس كمال درة الوزير سامي نور وقال إن الطريق مفتوح أمام الجميع."
    source = read_text(text, names=("كمال درة", "سامي نور")).speech[0][1]
    assert source == "الرئيس كمال درة"


@pytest.mark.parametrize("joined", ["والوزير", "للوزير", "بالوزير", "فالوزير"])
def test_words_written_together_with_a_title(read_text: ReadText, joined: str) -> None:
    mentions = read_text(f"تحدث {joined} التونسي.").reading.mentions
    assert [m.country[0] for m in mentions if m.country] == ["TUN"]


def test_a_name_written_together_with_and(read_text: ReadText) -> None:
    found = read_text("اجتمع كمال درة وسامي نور.", names=("كمال درة", "سامي نور"))
    assert [p[0] for p in found.people] == ["كمال درة", "سامي نور"]


@pytest.mark.parametrize("word", ["كان", "فهم", "بقال"])
def test_the_end_of_a_short_word_is_no_word(read_text: ReadText, word: str) -> None:
    assert read_text(f"{word} الجميع ذلك جيدا.").reading.mentions == ()
    assert read_text(f"{word} الجميع ذلك جيدا.").speech == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("في 3 يونيو 2024", ["2024-06-03"]),
        ("في 3 كانون الثاني/يناير 2024", ["2024-01-03"]),
        ("يوم 3 من حزيران 2024", ["2024-06-03"]),
        ("في ٣ شباط ٢٠٢٤", ["2024-02-03"]),
        ("التقيا أمس", ["2024-03-09"]),
        ("يوم الاثنين الماضي", ["2024-03-04"]),
    ],
)
def test_days_in_both_naming_systems(edtf: Edtf, text: str, days: list[str]) -> None:
    assert edtf(text, anchor="2024-03-10") == days


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("الأردن", "JOR"),
        ("الأردني", "JOR"),
        ("الأردنية", "JOR"),
        ("أميركي", "USA"),
        ("الروسية", "RUS"),
        ("الكوري الجنوبي", "KOR"),
        ("السعودية", "SAU"),
    ],
)
def test_countries(words: str, code: str) -> None:
    assert lexicon("ar").country(words) == code
