"""What examples are made of: pieces that the program knows, and anything else between them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

_WORDS = (
    "Foreign Minister Anna Lind", "Admiral Pedro Sousa of Brazil", "Lind", "Sousa", "He", "she",
    "the Norwegian minister", "President Xi Jinping", "Sergey Lavrov", "the ministry", "Oslo",
    "met", "held talks with", "will meet", "spoke by phone with", "said", "added that", "told",
    "according to", "on Tuesday", "On March 3", "in Oslo", "May 2024", "12 ships", "agreed to",
    "встретился", "заявил", "会见", "表示", "قال", "Министр иностранных дел", "外交部长王毅",
)  # fmt: skip
_MARKS = (
    " ", " ", " ", ". ", ", ", "\n", "\n\n", "“", "”", '"', "'", "«", "»", "„", "‘", "’",
    "「", "」", "—", "- ", "…", "(", ")", "?", "!", ":", ";", "1", "§", "[1]", "\t", "\r\n",
)  # fmt: skip
_ODD = (
    "\ufeff", "\u200b", "\u202e", "\u2066", "\u00ad", "\u0301", "\u2028", "\x85", "\x0b", "\x00",
    "\x1b[2J", "😀", "👩‍👩‍👧", "\U000e0041", "ﬁ", "İ", "ß", "\ud800", "ͅ", "𝔐", "\u3000", "=1+1",
)  # fmt: skip
_MARKUP = (
    "---\n", "title: x\n", "published: 2024-02-30\n", "published: 2024-02-01\n", "? [a\n", "&a *a",
    "# Heading\n", "<html>", "<p>", "</p>", "<script>", "<!--", "<meta charset='utf-7'>",
    "<meta name='date' content='2024-02-01'>", "<time pubdate datetime='0001-01-01'>", "&#0;",
    "&nbsp;", "<![CDATA[", "<table><tr><td>", "<svg/onload=alert(1)>", "```", "</article>",
    '<script type="application/ld+json">{"datePublished": 5, "@graph": [[{}]]}</script>',
)  # fmt: skip
_JSON = (
    '{"text": "', '"}', '", "id": 5}\n', '", "id": null, "published": "2024-02-01"}\n', "\n", "[",
    "]", "{", "}", '"', ",", ":", "\\ud800", "\\u0000", "\\", "NaN", "1e999", "null", "-0",
    '{"text": 5}\n', "<think>", "</think>", "[THINK]", "```json\n", "1" * 5000,
)  # fmt: skip


def joined(*pools: tuple[str, ...], most: int = 30) -> st.SearchStrategy[str]:
    """Texts of pieces from these pools with any characters between them."""
    pieces = st.one_of(
        *(st.sampled_from(pool) for pool in pools),
        st.text(st.characters(exclude_categories=()), max_size=4),
    )
    return st.lists(pieces, max_size=most).map("".join)


TEXTS = joined(_WORDS, _WORDS, _MARKS, _MARKS, _ODD)
PAGES = joined(_MARKUP, _MARKUP, _WORDS, _MARKS, _ODD)
LINES = joined(_JSON, _JSON, _WORDS, _ODD)
_ENCODINGS = ("utf-8", "utf-8", "utf-16", "utf-32-be", "cp1251", "gb18030", "utf-7", "iso2022_jp")
_STARTS = (b"", b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b")


def _encoded(start: bytes, text: str, encoding: str, end: bytes) -> bytes:
    ending = "surrogatepass" if encoding.startswith("utf-") and encoding != "utf-7" else "replace"
    if encoding == "utf-7":
        text = text.encode("utf-8", "replace").decode("utf-8")
    return start + text.encode(encoding, ending) + end


def files(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """The bytes of files: these texts in several encodings, damaged or not, and any bytes."""
    whole = st.builds(
        _encoded,
        st.sampled_from(_STARTS),
        texts,
        st.sampled_from(_ENCODINGS),
        st.one_of(st.just(b""), st.binary(max_size=3)),
    )
    return st.one_of(whole, whole, st.binary(max_size=300))


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | ANY_TEXT
    | st.sampled_from(["stop", "length", "text", "error", "assistant", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)


def bent(value: Any) -> st.SearchStrategy[Any]:
    """Copies of a JSON value with something else, or nothing, at some of its places."""
    places = list(_places(value))
    changes = st.lists(
        st.tuples(st.sampled_from(places), st.booleans(), JSON), min_size=1, max_size=3
    )
    return changes.map(lambda made: _changed(value, made))


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(part, (*path, key))


def _changed(value: Any, changes: list[tuple[tuple[Any, ...], bool, Any]]) -> Any:
    whole = [copy.deepcopy(value)]
    for path, without, new in changes:
        *way, last = (0, *path)
        node: Any = whole
        try:
            for key in way:
                node = node[key]
            if without and path:
                del node[last]
            else:
                node[last] = new
        except (LookupError, TypeError):  # an earlier change took the place away
            continue
    return whole[0]


def as_json(value: Any) -> bytes:
    """A JSON value as servers write it, half surrogate pairs included."""
    return json.dumps(value).encode()
