"""Chinese: no spaces, no capital letters, full-width marks; names come from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from summarizer.lexicon import lexicon

ReadText = Callable[..., Any]
Edtf = Callable[..., list[str | None]]

NAMES = ("林海峰", "若昂·席尔瓦", "保罗·科斯塔", "周敏")
ARTICLE = """林海峰会见巴西外长

2024年3月5日，中国国务委员兼国防部长林海峰在北京会见来访的巴西外长若昂·席尔瓦和海军上将保罗·科斯塔。

林海峰在会见席尔瓦时表示，中方愿同对方加强海上安全合作。他强调，两国关系“坚如磐石”，将不断向前发展。\
林部长还说：“我们欢迎更多朋友来华访问。”

席尔瓦说，双方应推动人工智能领域的合作。双方就地区局势深入交换意见，一致同意建立联合工作组。

“这是一个新的开始。”科斯塔对记者说。

据外交部发言人周敏介绍，双方签署了两份合作文件。林海峰将于4月7日访问巴西。"""


def test_every_statement_of_a_report(read_text: ReadText) -> None:
    assert read_text(ARTICLE, names=NAMES).speech == [
        ("indirect", "林海峰", "表示", "中方愿同对方加强海上安全合作"),
        ("mixed", "他", "强调", "坚如磐石"),
        ("direct", "林部长", "说", "我们欢迎更多朋友来华访问。"),
        ("indirect", "席尔瓦", "说", "双方应推动人工智能领域的合作"),
        ("direct", "科斯塔", "对记者说", "这是一个新的开始。"),
        ("indirect", "外交部发言人周敏", "据", "双方签署了两份合作文件"),
    ]


def test_the_content_of_a_mixed_quotation_is_its_clause(read_text: ReadText) -> None:
    assert "两国关系“坚如磐石”，将不断向前发展" in read_text(ARTICLE, names=NAMES).contents


def test_people_with_role_rank_and_country(read_text: ReadText) -> None:
    assert read_text(ARTICLE, names=NAMES).people == [
        ("林海峰", "国务委员兼国防部长", None, "CHN"),
        ("若昂·席尔瓦", "外长", None, "BRA"),
        ("保罗·科斯塔", None, "海军上将", None),
        ("周敏", "外交部发言人", None, None),
    ]


def test_a_surname_before_a_title_and_the_last_part_of_a_foreign_name(read_text: ReadText) -> None:
    found = read_text(ARTICLE, names=NAMES)
    assert "林部长" in found.mentions_of("林海峰")
    assert found.mentions_of("若昂·席尔瓦")[1:] == ["席尔瓦", "席尔瓦"]


def test_meetings_with_place_and_day(read_text: ReadText) -> None:
    held, planned = read_text(ARTICLE, names=NAMES).events
    assert (held.status, held.mode, held.edtf) == ("held", "in_person", "2024-03-05")
    assert held.place.text == "北京"
    assert (planned.status, planned.kind, planned.edtf) == ("planned", "visit", "2024-04-07")


def test_letters_of_a_name_are_no_words_of_a_meeting(read_text: ReadText) -> None:
    event = read_text("国防部长林海峰会见外长席尔瓦。", names=("林海峰", "席尔瓦")).events[0]
    assert event.kind == "talks"  # 峰会 stands across the end of the name


def test_topics_are_what_stands_between_common_words(read_text: ReadText) -> None:
    phrases = [p.text for p in read_text(ARTICLE, names=NAMES).reading.phrases]
    assert phrases[0] == "地区局势"


@pytest.mark.parametrize(
    ("text", "source", "cue", "clause"),
    [
        (
            "总统伊兹指出，今年的演习规模更大。",
            "总统伊兹",
            "指出",
            "今年的演习规模更大",
        ),
        (
            "伊兹总统强调，谈判必须继续下去。",
            "伊兹总统",
            "强调",
            "谈判必须继续下去",
        ),
        (
            "外长对伊兹表示，条约将在秋天生效。",
            "外长",
            "表示",
            "条约将在秋天生效",
        ),
        (
            "挪威外交部称，两艘船已经抵达港口。",
            "挪威外交部",
            "称",
            "两艘船已经抵达港口",
        ),
        (
            "伊兹同日在电话中补充说，援助物资明天发出。",
            "伊兹",
            "补充说",
            "援助物资明天发出",
        ),
        (
            "根据挪威国防部的说法，演习不针对任何国家。",
            "挪威国防部",
            "根据",
            "演习不针对任何国家",
        ),
    ],
)
def test_reported_clauses(
    read_text: ReadText, text: str, source: str, cue: str, clause: str
) -> None:
    assert read_text(text, names=("伊兹",)).speech == [("indirect", source, cue, clause)]


@pytest.mark.parametrize("marks", ["“{}”", "「{}」", "『{}』"])
def test_marks_of_newsrooms(read_text: ReadText, marks: str) -> None:
    text = f"部长说：{marks.format('我们不急于作出答复。')}"
    assert read_text(text).speech == [("direct", "部长", "说", "我们不急于作出答复。")]


def test_a_cue_without_subject_goes_on_with_the_source_before(read_text: ReadText) -> None:
    found = read_text("伊兹说，港口已经开放。会谈中强调，渔业合作不会中断。", names=("伊兹",))
    assert [s[1] for s in found.speech] == ["伊兹", "伊兹"]


@pytest.mark.parametrize(
    "text", ["他写了一本小说，名字很长很长。", "据说访问问题不大，大家都知道。"]
)
def test_a_letter_inside_another_word_is_no_cue_with_a_source(
    read_text: ReadText, text: str
) -> None:
    assert [s for s in read_text(text).speech if s[1] != "他"] == []


def test_words_that_hide_a_head(read_text: ReadText) -> None:
    mentions = read_text("部长级会议和总统选举在其他国家举行。").reading.mentions
    assert not [m for m in mentions if m.kind in ("description", "pronoun")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("他于2024年1月31日抵达。", ["2024-01-31"]),
        ("会议于3月2日至5日举行。", ["2024-03-02/2024-03-05"]),
        ("双方昨天会谈。", ["2024-03-09"]),
        ("部长星期一抵达。", ["2024-03-04"]),
        ("总统8日在京会见来宾。", ["2024-03-08"]),
        ("总统28日在京会见来宾。", ["2024-02-28"]),
        ("约有2日元。", []),
    ],
)
def test_days(edtf: Edtf, text: str, days: list[str]) -> None:
    assert edtf(text, anchor="2024-03-10") == days


@pytest.mark.parametrize(
    ("words", "code"),
    [("中国", "CHN"), ("俄方", "RUS"), ("阿联酋", "ARE"), ("沙特", "SAU"), ("乌兹别克斯坦", "UZB")],
)
def test_countries(words: str, code: str) -> None:
    assert lexicon("zh").country(words) == code
