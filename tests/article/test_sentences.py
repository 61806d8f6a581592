"""Paragraphs and sentences: exact offsets, and the ends a careful reader would see."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span, paragraphs, sentences
from summarizer.article.paragraphs import hard_wrapped

from ..work import lines_run

PROSE = (
    "The defence ministers of Finland and Sweden met in Turku on Monday to talk about exercises in"
    " the Baltic Sea. They agreed on a plan for the coming year and on a second meeting in May."
)


def parts(text: str) -> list[str]:
    return [span.text for span in sentences(text)]


def wrap(text: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width))


# --- paragraphs ---------------------------------------------------------------------------------


def test_one_line_end_parts_paragraphs() -> None:
    text = "Headline\nFirst paragraph.\n\n  Second paragraph.  \n\n\n"
    assert [p.text for p in paragraphs(text)] == [
        "Headline",
        "First paragraph.",
        "Second paragraph.",
    ]


@pytest.mark.parametrize("width", [60, 72, 80, 99])
def test_wrapped_lines_need_a_blank_line(width: int) -> None:
    first, second = wrap(PROSE, width), wrap(PROSE.upper(), width)
    text = f"{first}\n\n{second}\n"
    assert hard_wrapped(text)
    assert [p.text for p in paragraphs(text)] == [first, second]
    assert "\n" in sentences(text)[0].text


@pytest.mark.parametrize(
    "text",
    [
        "One line.",
        f"{PROSE}\n{PROSE}\n{PROSE}",
        "Title\nBy A. Writer\nMonday\nA short sentence stands here.\nAnd another one.\nEnd.",
        "\n".join(["A sentence of about sixty characters fills every line here."] * 5),
        "ANNA: Good morning to you.\nBEN: Good morning, Anna. How are you?\nANNA: I am well.",
        "会谈举行，双方就两国关系交换了意见，并一致同意继续加强合作，推动两国关系不断向前发展，造福人民。\n"
        * 4,
    ],
)
def test_lines_that_are_paragraphs_are_not_wrapped(text: str) -> None:
    assert not hard_wrapped(text)


# --- sentences ----------------------------------------------------------------------------------

NEWS = [
    # abbreviations and initials
    ["He met U.S. President Joe Biden in the U.S.", "The talks went on."],
    ["He met U.S. Secretary of State Antony J. Blinken.", "He left."],
    ["U.S. Secretary of State Antony J. Blinken left.", "He flew home."],
    ["Gen. Mark A. Milley agreed.", "Mr. Smith did not."],
    ["Lt. Gen. Paul Ray met Maj. Gen. Ann Lee and Cmdr. Tom Fox.", "Capt. Bo Ek was there."],
    ["Mme. Arnaud met Sens. Poe and Fry.", "Reps. Day and Orr joined."],
    ["He went to St. Petersburg.", "She stayed at No. 10 Downing Street."],
    ["The envoy was Joe Park Jr.", "He arrived late."],
    ["J. R. R. Tolkien met Prof. Dr. Huber.", "George W. Bush came."],
    ["The minister, Admiral Dong Jun, left.", "He was tired."],
    ["He thanked Admiral Dong Jun.", "Brig. Gen. Wu agreed."],
    ["The talks began on Jan. 31 and ended on Feb. 2.", "They went well."],
    ["He spoke at the U.N.", "On Monday he flew home."],
    ["It was Plan B.", "There was no other."],
    ["He signed it last month.", "Clinton did not."],
    ["They came at 5 p.m.", "The doors were shut."],
    # numbers and ellipses
    ["It cost 3.5 million dollars.", "The U.N. paid 1,200.50 of it."],
    ["Well… we shall see.", "But then... nothing came."],
    ["He paused…", "Then he left."],
    # quotations
    ['"We agree."', "He left."],
    ["“We agree.”", "Then he left."],
    ["He said: “We agree.", "We always have.”", "Then he left."],
    ['"We agree.', 'It is good," he said.', "He left."],
    ['He said, "We agree."', '"So do we," she said.'],
    ["“He told me ‘No.’”", "She left."],
    ['"Is it so?" asked Mr. Lee.', '"Yes," he said.'],
    ['"Is it so?" Sergei Shoigu asked.', "Nobody answered."],
    ['"Is it so?" Mr. Lee asked his colleague.', "Nobody answered."],
    ['"Is it so?"', "The minister left for Paris."],
    ['"We agree." Dong Jun said on Monday.', "He left."],
    ['"We agree."', "Dong Jun said that the talks were over."],
    ["He said that “we are ready.", "We will come” and left."],
    ["(He agreed.)", "Then he left."],
    ["Sens. Jeff Poe (D-Ore.) and Ann Fry agreed.", "They left."],
    # lists and odd pieces
    ["1. The first point.", "2. The second point."],
    ["What now?!", "Nobody knows!!", "Good."],
    # other languages
    ["Am 31. Januar traf Minister Huber ein.", "„Ja.“", "Dann ging er."],
    ["»Ja.«", "Dann ging er, z. B. nach Bonn."],
    ["M. Macron a dit : « Oui. »", "Il est parti."],
    ["« Non ! » a-t-il dit.", "Il est parti."],
    ["El Sr. Sánchez dijo: «Sí».", "¿Qué pasa?", "¡Nada!"],
    ["Он сказал: «Да».", "В 2024 г. он приехал в г. Москву.", "«Да!» — сказал он."],
    ["С. К. Шойгу посетил ул. Ленина и завод им. Кирова.", "Потом он ушёл."],
    ["قال الوزير: «نعم».", "هل وافق؟", "نعم."],
    ["یہ پہلا جملہ ہے۔", "یہ دوسرا ہے۔"],
    ["यह पहला वाक्य है।", "यह दूसरा है।"],
]  # fmt: skip

SOLID = [
    ["会谈举行。", "“我们同意。”他说。", "然后离开了！"],
    ["他说：“我们同意。”", "然后离开了。"],
    ['他说："我们同意。"', "然后离开了。"],
    ["これは文です。", "「はい。」と言った。", "次の文！", "本当？"],
]


@pytest.mark.parametrize("expected", NEWS, ids=lambda s: s[0][:30])
def test_news(expected: list[str]) -> None:
    assert parts(" ".join(expected)) == expected


@pytest.mark.parametrize("expected", SOLID, ids=lambda s: s[0][:30])
def test_scripts_without_spaces(expected: list[str]) -> None:
    assert parts("".join(expected)) == expected


def test_a_sentence_ends_with_its_paragraph() -> None:
    assert parts("A headline\nThe minister came.\nhe left") == [
        "A headline",
        "The minister came.",
        "he left",
    ]


def test_offsets_count_code_points() -> None:
    text = "🙂 Ja. “Nein.” 🙂🙂 Gut."
    for span in sentences(text):
        assert text[span.start : span.end] == span.text


PIECES = st.sampled_from(
    [
        *"aZ.!?…。؟।,;: \n\t\u00a0\u202f\u2029'\"“”‘’«»„()[]—-1é中あ",
        "U.S. ",
        "Mr. ",
        "said",
        " he said. ",
        "Jan. ",
        "said.” ",
        "\n\n",
        "\r",
        "🙂",
        "e\u0301",
    ]
)


def check_tiling(text: str, spans: tuple[Span, ...]) -> None:
    """In order, not overlapping, exact, and nothing but white space between them."""
    for span in spans:
        assert text[span.start : span.end] == span.text == span.text.strip()
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert edges == sorted(edges)
    assert not any(
        text[end:start].strip() for end, start in zip(edges[::2], edges[1::2], strict=True)
    )


@given(st.lists(PIECES, max_size=60).map("".join) | st.text())
def test_sentences_tile_any_text(text: str) -> None:
    found = paragraphs(text)
    check_tiling(text, found)
    check_tiling(text, sentences(text))
    for sentence in sentences(text):
        assert sum(sentence.within(paragraph) for paragraph in found) == 1


@given(st.lists(PIECES, max_size=60).map("".join))
def test_the_same_text_gives_the_same_sentences(text: str) -> None:
    assert sentences(text) == sentences(text)


@given(st.lists(st.sampled_from([s for case in NEWS for s in case if len(case) == 2]), min_size=1))
def test_paragraphs_do_not_touch_each_other(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    alone = [part for line in lines for part in parts(line)]
    assert parts(text) == alone


def test_work_grows_with_the_text_alone() -> None:
    line = f"{PROSE} “Is it so?” he asked. Then he left.\n"
    assert len(sentences(line * 40)) == 160
    short, long = (lines_run(lambda text=line * n: sentences(text)) for n in (40, 160))
    assert long < 5 * short


def test_neighbours_are_apart() -> None:
    spans = sentences(PROSE * 3)
    assert all(not a.overlaps(b) for a, b in pairwise(spans))
