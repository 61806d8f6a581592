"""Quotations: what a careful reader would mark, with exact offsets, in many languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Quotation, paragraphs, quotations
from summarizer.article.marks import CLOSERS

from ..work import lines_run


def found(text: str) -> tuple[Quotation, ...]:
    return quotations(text, paragraphs(text))


def quoted(text: str) -> list[str]:
    """The quoted words, paragraphs joined by a bar; those that nothing closes end in `~`."""
    return [
        "|".join(span.text for span in quotation.spans) + ("" if quotation.closed else "~")
        for quotation in found(text)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We agree,” she said.", "We agree,"),
        ('"We agree," she said.', "We agree,"),
        ("„Wir stimmen zu“, sagte sie.", "Wir stimmen zu"),
        ("„Zgadzamy się”, powiedziała.", "Zgadzamy się"),
        ("«Мы согласны», – сказала она.", "Мы согласны"),
        ("»Wir stimmen zu«, sagte sie.", "Wir stimmen zu"),
        ("»Vi håller med», sade hon.", "Vi håller med"),
        ("”Vi håller med”, sade hon.", "Vi håller med"),
        ("‹Ja›, sagte sie.", "Ja"),
        ("›Ja‹, sagte sie.", "Ja"),
        ("‘We agree,’ she said.", "We agree,"),
        ("‚Wir stimmen zu‘, sagte sie.", "Wir stimmen zu"),
        ("'We agree,' she said.", "We agree,"),
        ("`We agree,' she said.", "We agree,"),
        ("‟We agree,” she said.", "We agree,"),
        ("她说：「我们同意。」", "我们同意。"),
        ("她说：『我们同意。』", "我们同意。"),
        ("她说：｢我们同意。｣", "我们同意。"),
        ("她說：﹁我們同意。﹂", "我們同意。"),
        ("彼は〝賛成〟と言った。", "賛成"),
        ("彼は＂賛成＂と言った。", "賛成"),
        ("« Nous sommes d’accord », a-t-elle dit.", "Nous sommes d’accord"),
        ("«\u00a0Nous sommes d’accord\u00a0», a-t-elle dit.", "Nous sommes d’accord"),
        ("«\u202fOui\u202f», a-t-elle dit.", "Oui"),
        ("قال الوزير: «نحن موافقون».", "نحن موافقون"),
        ('قال الوزير: "نحن موافقون".', "نحن موافقون"),
        ("قال الوزير: “نحن موافقون”.", "نحن موافقون"),
        ("她说：“我们同意。”", "我们同意。"),
        ("她说“我们同意”后离开。", "我们同意"),
        ('她说"我们同意"后离开。', "我们同意"),
        ("她说‘我们同意’后离开。", "我们同意"),
    ],
)
def test_every_mark_of_every_language(text: str, words: str) -> None:
    (quotation,) = found(text)
    assert quotation.text == words
    assert quotation.closed
    assert quotation.single == (text[quotation.start] in "‘‚'`")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“He told me ‘go’ and left,” she said.", ["He told me ‘go’ and left,"]),
        ("‘He told me “go” and left,’ she said.", ["He told me “go” and left,"]),
        ("“He told me “go” and left,” she said.", ["He told me “go” and left,"]),
        ('"He told me "go" and left," she said.', ['He told me "go" and left,']),
        ("“He told me, ‘go’,” she said. “So I did.”", ["He told me, ‘go’,", "So I did."]),
        ("«Он сказал «да» и ушёл», – сказала она.", ["Он сказал «да» и ушёл"]),
        ("«Он сказал „да“ и ушёл», – сказала она.", ["Он сказал „да“ и ушёл"]),
        ("„Er sagte ‚ja‘ und ging“, sagte sie.", ["Er sagte ‚ja‘ und ging"]),
        ("„Er sagte „ja“ und ging“, sagte sie.", ["Er sagte „ja“ und ging"]),
        ("»Er sagte ›ja‹ und ging«, sagte sie.", ["Er sagte ›ja‹ und ging"]),
        ("« Il a dit “oui” », dit-elle.", ["Il a dit “oui”"]),
        ("她说：“他说‘好的’。”「是『大』的」", ["他说‘好的’。", "是『大』的"]),
        ("她说：“我们“同意”了。”", ["我们“同意”了。"]),
    ],
)
def test_a_quotation_inside_another_belongs_to_it(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We agree,” she said, “for now.”", ["We agree,", "for now."]),
        ('"One." "Two."', ["One.", "Two."]),
        ("“One”“Two”", ["One", "Two"]),
        ('The ("so-called") plan', ["so-called"]),
        ("—“Now,” he said", ["Now,"]),
        ('He said:"Now".', ["Now"]),
        ('"Now"he said', ["Now"]),
        ('"...and then we left," he said.', ["...and then we left,"]),
        ('"…and then we left," he said.', ["…and then we left,"]),
        ('"$5 is enough," he said.', ["$5 is enough,"]),
        ('"[We] agree," he said.', ["[We] agree,"]),
        ("“¿Cuándo?” preguntó.", ["¿Cuándo?"]),
        ("He noted that talks “fully meet our needs.” She left.", ["fully meet our needs."]),
    ],
)
def test_what_stands_around_the_marks(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "It’s the minister’s plan, isn’t it? O'Brien's, too: he'd said so.",
        "the ministers’ meeting and the farmers’ reply",
        "the ministers' meeting and the farmers' reply",
        "the '90s, the ’90s, the ‘90s, and rock 'n' roll",
        "'Tis the season; give 'em time, ‘til May",
        'He is 6\'2" tall. A 5" gun, 12" pipes and 10" pipes.',
        "l’accord d’aujourd’hui qu’il a signé",
        'שר הביטחון ביקר בצה"ל אתמול',
        '"',
        "“",
        '""',
        "“”",
        "“ ”",
        "« »",
        "''",
        "《人民日报》",
        "",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("‘We won’t go,’ he said, ‘ever.’", ["We won’t go,", "ever."]),
        ("'We won't go,' he said, 'ever.'", ["We won't go,", "ever."]),
        ("‘The ministers’ meeting was good’, he said.", ["The ministers’ meeting was good"]),
        ("'The ministers' meeting was good', he said.", ["The ministers' meeting was good"]),
        (
            "‘The ministers’ meeting won’t be bad’, he said.",
            ["The ministers’ meeting won’t be bad"],
        ),
        ("He said ‘yes’ to the ministers’ plan.", ["yes"]),
        (
            "‘They want ministers’ said one, ‘not talks’ he said.",
            ["They want ministers", "not talks"],
        ),
        ('"A 5" gun," he said.', ['A 5" gun,']),
        ('"We have 5" he said, and "then" more.', ["We have 5", "then"]),
        ('הוא אמר: "צה"ל יפעל".', ['צה"ל יפעל']),
        ('"A 5" gun and a 6" gun," he said.', ['A 5" gun and a 6" gun,']),
        ("‘The ministers’ and farmers’ plan’, he said.", ["The ministers’ and farmers’ plan"]),
        ("He said 'yes' to 'em.", ["yes"]),
    ],
)
def test_apostrophes_and_other_signs_inside_and_around(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“One.\n“Two.\n“Three,” he said.", ["One.|Two.|Three,"]),
        ('"One.\n\n"Two.\n\n"Three," he said.', ["One.|Two.|Three,"]),
        ("‘One.\n‘Two,’ he said.", ["One.|Two,"]),
        ("«Один.\n«Два», – сказал он.", ["Один.|Два"]),
        ("»Eins.\n»Zwei«, sagte er.", ["Eins.|Zwei"]),
        ("« Un.\n« Deux », dit-il.", ["Un.|Deux"]),
        ("« Un.\n» Deux.\n» Trois », dit-il.", ["Un.|Deux.|Trois"]),
        ("„Eins.\n„Zwei“, sagte er.", ["Eins.|Zwei"]),
        ("“A.\n“B,” he said, and “C” too.", ["A.|B,", "C"]),
        ("He said: “A.\n“B.” Then “C.”", ["A.|B.", "C."]),
        # Opened once and closed once, as in Russian and Chinese.
        ("«Один.\nДва.\nТри», – сказал он.", ["Один.|Два.|Три"]),
        ("她说：“一。\n二。\n三。”他走了。", ["一。|二。|三。"]),
        ("«Один.\nДва», – сказал он. «Три».", ["Один.|Два", "Три"]),
    ],
)
def test_a_quotation_over_several_paragraphs(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“One para.\nNext para.", ["One para.~"]),
        ('"One para.\nNext "closed" one.', ["One para.~", "closed"]),
        ("“One para.\nNext “closed” one.", ["One para.~", "closed"]),
        ("“A, he said. “B,” he said.", ["A, he said.~", "B,"]),
        ('"A, he said. "B," he said.', ["A, he said.~", "B,"]),
        ("“A.\n“B.\nNone.\n“C.”", ["A.|B.~", "C."]),
        ("“A.\n“B, he said. “C.”", ["A.|B, he said.~", "C."]),
        ("‘One para.\nNext para.", []),
        ("the ‘cause of it, he said ‘yes’.", ["yes"]),
        ("“A.\n«B».", ["A.~", "B"]),
        ("“A.\n“ ", ["A.~"]),
        ("“A.", ["A.~"]),
    ],
)
def test_a_missing_mark_ends_with_its_paragraph(text: str, words: list[str]) -> None:
    assert quoted(text) == words


def test_a_missing_mark_is_not_looked_for_through_the_whole_article() -> None:
    text = "«Один.\n" + "Нет.\n" * 30 + "Два».\n"
    assert quoted(text) == ["Один.~"]


def test_start_and_end_hold_the_marks() -> None:
    text = "Она: « Да ». “A.\n“B.” «C"
    first, second, third = found(text)
    assert text[first.start : first.end] == "« Да »"
    assert text[second.start : second.end] == "“A.\n“B.”"
    assert second.text == "A. B."
    assert (text[third.start : third.end], third.closed) == ("«C", False)


def test_offsets_are_code_points() -> None:
    text = "🙂 “𝔘 🙂 e\u0301,” he said. «🙂»"
    assert [(q.spans[0].start, q.spans[0].text) for q in found(text)] == [
        (3, "𝔘 🙂 e\u0301,"),
        (22, "🙂"),
    ]


@pytest.mark.parametrize("mark", CLOSERS)
def test_work_grows_with_the_text_alone(mark: str) -> None:
    closing = CLOSERS[mark][0]
    for part in (f"{mark}a ", f"({mark}(a ", f"s{closing} {mark}a", f"{mark}as{closing} ", '5" '):
        short, long = (lines_run(lambda text=part * n: found(text)) for n in (100, 400))
        assert long < 5 * short, part


# What is planted begins and ends with a letter, and holds no marks.
WORDS = st.lists(
    st.text(st.characters(categories=["L", "Nd"], max_codepoint=0x24F), min_size=2, max_size=8),
    min_size=1,
    max_size=5,
).map(lambda words: "x" + " ".join(words) + "x")
PAIRS = st.sampled_from(
    ["“”", "„“", "„”", "«»", "»«", "‹›", "「」", "『』", '""', "‘’", "‚‘", "''", "〝〟"]
)
PLAIN = st.sampled_from(
    [" she said. ", ", he noted, ", " Then: ", " and the minister’s reply ", " – "]
)


@given(st.lists(st.tuples(PLAIN, PAIRS, WORDS), max_size=12), st.sampled_from([" ", "\n", "\n\n"]))
def test_planted_quotations_are_found_where_they_were_put(
    planted: list[tuple[str, str, str]], gap: str
) -> None:
    text, places = "Report.", []
    for plain, (opening, closing), words in planted:
        text += gap + plain.lstrip(", ")
        places.append((len(text) + 1, words))
        text += opening + words + closing + ", it said."
    assert [(q.spans[0].start, q.text) for q in found(text)] == places
    assert all(q.closed and len(q.spans) == 1 for q in found(text))


@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from(["“”", "«»", "「」", "‘’", '""']))
def test_planted_paragraphs_make_one_quotation(said: list[str], pair: str) -> None:
    opening, closing = pair
    text = "She said:\n\n" + "\n\n".join(opening + words for words in said)
    text += closing + "\n\nThen none."
    (quotation,) = found(text)
    assert [span.text for span in quotation.spans] == said
    assert quotation.closed


SIGNS = st.text(st.sampled_from("“”„‟«»‹›「」『』〝〞\"'`‘’‚ aSs5.,;:!?—(\n\u00a0好"), max_size=60)


@given(st.one_of(st.text(max_size=80), SIGNS))
def test_any_text_gives_exact_spans_in_order_inside_its_paragraphs(text: str) -> None:
    parts = paragraphs(text)
    given = quotations(text, parts)
    for quotation in given:
        assert quotation.spans
        assert quotation.start < quotation.spans[0].start
        assert quotation.spans[-1].end <= quotation.end
        assert text[quotation.start] in CLOSERS
        for span in quotation.spans:
            assert text[span.start : span.end] == span.text == span.text.strip() != ""
            assert sum(span.within(part) for part in parts) == 1
        assert all(before.end <= after.start for before, after in pairwise(quotation.spans))
        if quotation.closed:
            assert text[quotation.end - 1] in "".join(CLOSERS.values())
    assert all(before.end <= after.start for before, after in pairwise(given))
    assert quotations(text, parts) == given
