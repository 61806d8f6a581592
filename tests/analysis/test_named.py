"""Mentions of names that come from outside, in scripts without capital letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import has_case, read
from summarizer.analysis.named import NamedFinder
from summarizer.article import Article, article_id
from summarizer.lexicon import lexicon

ZH, AR, EN = (NamedFinder(lexicon(language)) for language in ("zh", "ar", "en"))


def parts(
    finder: NamedFinder, text: str, *names: str
) -> list[tuple[str, str | None, str | None, str | None]]:
    """The words of each mention with its name, role and rank."""
    return [
        (
            m.span.text,
            m.name.text if m.name else None,
            m.role.text if m.role else None,
            m.rank.text if m.rank else None,
        )
        for m in finder.mentions(text, names)
    ]


@pytest.mark.parametrize(
    ("text", "cased"),
    [
        ("The minister met Ana Rojas.", True),
        ("Министр встретился с послом.", True),
        ("外交部长会见了来宾。", False),
        ("外交部长会见了来宾（NATO）并出席了会议的开幕式。", False),
        ("قال الوزير إن الاتفاق قريب", False),
        ("首相は記者団に語った。", False),
        ("총리는 기자들에게 말했다.", False),
        ("השר אמר לעיתונאים", False),
        ("all in small letters", False),
        ("", False),
    ],
)
def test_whether_capital_letters_can_show_names(text: str, cased: bool) -> None:
    assert has_case(text) is cased


def test_a_name_takes_the_titles_that_directly_adjoin_it() -> None:
    assert parts(ZH, "昨天中国外交部副部长王平抵达。", "王平") == [
        ("中国外交部副部长王平", "王平", "外交部副部长", None)
    ]
    assert parts(AR, "وصل وزير الخارجية الأردني سامي نور أمس.", "سامي نور") == [
        ("وزير الخارجية الأردني سامي نور", "سامي نور", "وزير الخارجية الأردني", None)
    ]


def test_ranks_stand_apart_from_roles() -> None:
    assert parts(ZH, "国防部长王平上将致辞。", "王平")[0][:3] == (
        "国防部长王平",
        "王平",
        "国防部长",
    )
    assert parts(ZH, "空军司令陆军上将王平致辞。", "王平") == [
        ("空军司令陆军上将王平", "王平", "空军司令", "陆军上将")
    ]
    assert parts(AR, "رئيس الأركان الفريق أول سامي نور", "سامي نور") == [
        ("رئيس الأركان الفريق أول سامي نور", "سامي نور", "رئيس الأركان", "الفريق أول")
    ]


def test_countries_come_with_the_words_that_give_them() -> None:
    (mention,) = ZH.mentions("挪威首相王平", ["王平"])
    assert mention.country is not None
    assert (mention.country[0], mention.country[1].text) == ("NOR", "挪威")
    (mention,) = AR.mentions("الوزير التونسي", [])
    assert mention.country is not None
    assert (mention.country[0], mention.country[1].text) == ("TUN", "التونسي")


def test_two_offices_of_one_person_and_two_persons() -> None:
    assert parts(ZH, "国务委员兼外交部长王平", "王平") == [
        ("国务委员兼外交部长王平", "王平", "国务委员兼外交部长", None)
    ]
    text = "التقى وزير الدفاع ووزير الخارجية أمس"
    assert [m[0] for m in parts(AR, text)] == ["وزير الدفاع", "وزير الخارجية"]


def test_a_title_may_stand_behind_a_chinese_name_or_surname() -> None:
    assert parts(ZH, "王平部长说。王部长还说。", "王平") == [
        ("王平部长", "王平", "部长", None),
        ("王部长", "王", "部长", None),
    ]


def test_the_last_part_of_a_name_stands_for_it() -> None:
    names = [m[1] for m in parts(ZH, "安娜·罗哈斯来了。罗哈斯走了。", "安娜·罗哈斯")]
    assert names == ["安娜·罗哈斯", "罗哈斯"]
    text = "كمال بن زيدان حضر. غادر بن زيدان. عاد زيدان."
    assert [m[1] for m in parts(AR, text, "كمال بن زيدان")] == ["كمال بن زيدان", "بن زيدان"]


def test_a_name_in_another_word_is_none() -> None:
    assert parts(AR, "المنصوري غادر", "سامي منصور") == []
    assert parts(AR, "غادر منصور", "سامي منصور")[0][1] == "منصور"
    assert parts(AR, "ومنصور", "سامي منصور")[0][0] == "منصور"


def test_titles_inside_a_given_name_are_left_out() -> None:
    assert parts(ZH, "外长王平说。", "外长王平") == [("外长王平", "王平", "外长", None)]
    assert parts(ZH, "中国赢了。", "中国") == [("中国", None, None, None)]


def test_descriptions_pronouns_and_organizations() -> None:
    kinds = [(m.span.text, m.kind) for m in ZH.mentions("他说。挪威国防部称。法国总统称。", [])]
    assert kinds == [("他", "pronoun"), ("挪威国防部", "organization"), ("法国总统", "description")]


def test_groups_are_plural() -> None:
    (mention,) = ZH.mentions("两国外长出席。", [])
    assert mention.plural


def test_names_are_known_to_be_people() -> None:
    text = "王平会见李安。"
    article = Article(id=article_id(text), text=text, language="zh")
    assert [p.name for p in read(article, ["王平", "李安"]).people] == ["王平", "李安"]


def test_a_language_without_words_has_its_names_all_the_same() -> None:
    text = "岸本次郎は述べた。岸本次郎は帰った。"
    article = Article(id=article_id(text), text=text, language="ja")
    (person,) = read(article, ["岸本次郎"]).people
    assert [m.span.text for m in person.mentions] == ["岸本次郎", "岸本次郎"]


def test_english_in_small_letters() -> None:
    assert parts(EN, "norwegian minister ola berg left.", "ola berg") == [
        ("norwegian minister ola berg", "ola berg", "minister", None)
    ]


PIECES = [
    "王平",
    "李安娜",
    "部长",
    "中国",
    "国防部",
    "，",
    "。",
    "他",
    "说",
    "兼",
    "的",
    "上将",
    "x ",
    "\n\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_spans_are_the_words_of_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in ZH.mentions(text, ["王平", "李安娜"]):
        for span in (mention.span, mention.name, mention.role, mention.rank):
            assert span is None or text[span.start : span.end] == span.text
            assert span is None or span.within(mention.span)
        assert mention.span.start >= end
        end = mention.span.end
