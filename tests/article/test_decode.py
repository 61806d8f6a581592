"""Bytes to text: the file's own characters or a clear refusal."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import MAX_BYTES, decode
from summarizer.article.decode import declared_charset
from summarizer.errors import InputError

RUSSIAN = (
    "Министр обороны России Сергей Шойгу провёл переговоры с китайским коллегой Дун Цзюнем. "
    "«Мы благодарны вам», — сказал он."
)
ENGLISH = (
    "The minister said: “We agree.” He didn’t say more — but he left for Paris on the day after."
)
SPANISH = "El señor Sánchez dijo: «Sí, mañana». Después se marchó a La Coruña."


@pytest.mark.parametrize("text", [RUSSIAN, ENGLISH, SPANISH, "会谈举行。", "a", "🙂"])
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode(), where="x") == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    assert decode(mark + RUSSIAN.encode(encoding), where="x") == RUSSIAN


def test_a_byte_order_mark_that_lies() -> None:
    with pytest.raises(InputError, match="starts as utf-8 and is damaged"):
        decode(codecs.BOM_UTF8 + b"caf\xe9", where="x")


def test_only_line_ends_change() -> None:
    assert decode(b" a\r\nb\rc\n\n\td \f\x0b e \n", where="x") == " a\nb\nc\n\n\td \f\x0b e \n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN.partition(".")[0] + ".", "koi8-r"),
        (ENGLISH, "cp1252"),
        (SPANISH, "cp1252"),
        ("国防部长举行会谈。“我们同意，”他说。", "gb18030"),
        ("國防部長舉行會談。「我們同意」他說。", "big5"),
        ("防衛大臣は会談を行った。「はい」と言った。", "shift_jis"),
    ],
)
def test_older_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), where="x") == text


@pytest.mark.parametrize("text", ["Шойгу сказал: «Да».", "“Yes,” he said.", "café", "Mañana"])
def test_short_texts_are_taken_for_the_common_encodings(text: str) -> None:
    encoding = "cp1251" if text[0] == "Ш" else "cp1252"
    assert decode(text.encode(encoding), where="x") == text


def test_a_declared_charset_is_believed_unless_the_bytes_are_utf8() -> None:
    polish = "Żółw zażółcił gęślą jaźń"
    assert decode(polish.encode("iso8859-2"), where="x", declared="ISO-8859-2") == polish
    assert decode(polish.encode(), where="x", declared="iso-8859-1") == polish
    assert decode("“Yes”".encode("cp1252"), where="x", declared="latin1") == "“Yes”"
    japanese = "会談を行った"
    assert decode(japanese.encode("iso2022_jp"), where="x", declared="iso-2022-jp") == japanese


@pytest.mark.parametrize("declared", ["", "no-such", "base64", "\0", "hex"])
def test_a_charset_that_is_none_is_passed_over(declared: str) -> None:
    assert decode(RUSSIAN.encode("cp1251"), where="x", declared=declared) == RUSSIAN


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b"<META CHARSET=utf-8>", "utf-8"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b'<?xml version="1.0" encoding="iso-8859-5"?>', "iso-8859-5"),
        (b"<p>charset=utf-8</p>", None),
        (b" " * 5000 + b'<meta charset="utf-8">', None),
    ],
)
def test_the_charset_of_a_page(head: bytes, charset: str | None) -> None:
    assert declared_charset(head) == charset


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04abc", "an Office document"),
        (b"\xd0\xcf\x11\xe0abc", "an Office document"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"\x1f\x8babc", "compressed"),
        (b"\x89PNG\r\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"GIF89a", "an image"),
        (b"abc\x00def", "binary"),
        (b"abc\x01\x02\x03\x04", "binary"),
        ("Ab".encode("utf-16-le"), "binary"),
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
    ],
)
def test_what_is_no_article_is_refused(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        decode(data, where="file.txt")
    assert caught.value.where == "file.txt"
    assert caught.value.hint


def test_an_encoding_that_cannot_be_told() -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        decode(b"\xc4\xe0.", where="x")


def test_the_limit() -> None:
    assert decode(b"a" * 10, where="x", limit=10) == "a" * 10
    with pytest.raises(InputError, match="larger than 5 MB"):
        decode(b"a" * (MAX_BYTES + 1), where="x")


@given(
    st.binary()
    | st.builds(
        lambda mark, rest: mark + rest,
        st.sampled_from(
            [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<html>", b"\x81"]
        ),
        st.binary(),
    )
)
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data, where="x")
    except InputError:
        return
    assert text.strip()
    assert "\r" not in text and "\x00" not in text
    text.encode("utf-8")


@given(st.text(), st.sampled_from(["utf-7", "utf-8", "big5", "iso2022_jp", "hz", "punycode", "?"]))
def test_any_declaration_gives_text_or_an_input_error(text: str, declared: str) -> None:
    try:
        found = decode(text.encode("utf-8"), where="x", declared=declared)
    except InputError:
        return
    found.encode("utf-8")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])),
)
def test_utf8_text_comes_back_to_the_letter(before: str, after: str) -> None:
    text = f"{before}said{after}"
    if not text.startswith(("\ufeff", "%PDF-", "{\\rtf")):
        assert decode(text.encode(), where="x") == text


@pytest.mark.parametrize("text", ["\u200b", " \u2060\n", "\U000f0000", "\u202e\u2066"])
def test_a_text_that_does_not_show_is_empty(text: str) -> None:
    with pytest.raises(InputError, match="is empty"):
        decode(text.encode(), where="x")
