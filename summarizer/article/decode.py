"""Bytes to text: the file's own characters, or a refusal that says why."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from summarizer.article.hidden import invisible
from summarizer.errors import InputError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

MAX_BYTES = 5_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
# What news is written in where it is not UTF-8; the first is taken when the text fits several.
_LEGACY = (
    "cp1252", "cp1251", "cp1250", "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
    "cp1256", "cp1253", "cp1254", "cp1255",
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SEVEN_BIT = ("iso2022", "hz")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_HINT_TEXT = "Give the article as `.txt`, `.md` or `.html`."
_HINT_ENCODING = "Save the file as UTF-8 and try again."


def decode(data: bytes, *, where: str, declared: str | None = None, limit: int = MAX_BYTES) -> str:
    """The text in `data`; only a byte order mark is dropped and CR LF or CR become LF.

    Tried in turn: the byte order mark, UTF-8 (so rarely valid by chance that it outweighs a
    wrong declaration), the `declared` charset, and a guess. `limit` is in bytes.

    Raises:
        InputError: empty, binary, too large, or in an encoding that cannot be told.
    """
    if len(data) > limit:
        raise InputError(
            f"is larger than {limit / 1_000_000:g} MB",
            where=where,
            hint="One input is one article: split the file, or use `.jsonl` for many.",
        )
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"is {kind}, not text", where=where, hint=_HINT_TEXT)
    return tidy(_decode(data, where, declared), where=where)


def declared_charset(data: bytes) -> str | None:
    """The charset that an HTML page names in its first 4096 bytes."""
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii") if found else None


def tidy(text: str, *, where: str) -> str:
    """`text` with LF line ends.

    Raises:
        InputError: it is empty, binary, or holds half a surrogate pair.
    """
    if len(_CONTROL.findall(text)) > len(text) // 100 or "\x00" in text:
        raise InputError("is binary, not text", where=where, hint=_HINT_TEXT)
    if _SURROGATE.search(text):
        raise InputError("holds broken characters", where=where, hint=_HINT_ENCODING)
    if not text.strip() or _is_blank(text):
        raise InputError("is empty", where=where, hint="Give a file that holds an article.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_blank(text: str) -> bool:
    """Whether nothing of a text shows; most texts tell by their first letter."""
    if text.lstrip()[0].isalnum():
        return False
    shown = list(text)
    for start, end in invisible(text):
        shown[start:end] = " " * (end - start)
    return not "".join(shown).strip()


def _decode(data: bytes, where: str, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], encoding)
            if text is None:
                raise InputError(
                    f"starts as {encoding} and is damaged", where=where, hint=_HINT_ENCODING
                )
            return text
    if b"\x00" in data:
        raise InputError("is binary, not text", where=where, hint=_HINT_TEXT)
    for encoding in _candidates(declared):
        text = _try(data, encoding)
        if text is not None:
            return text
    text = _guess(data)
    if text is None:
        raise InputError("is in an unknown encoding", where=where, hint=_HINT_ENCODING)
    return text


def _candidates(declared: str | None) -> list[str]:
    name = _codec_name(declared)
    if name is None:
        return ["utf-8"]
    return [name, "utf-8"] if name.startswith(_SEVEN_BIT) else ["utf-8", name]


def _codec_name(declared: str | None) -> str | None:
    try:
        codec = codecs.lookup(declared or "")
    except (LookupError, ValueError):
        return None
    # Browsers read these two as Windows-1252, and pages are written accordingly.
    return "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: a codec that is not for text
        return None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_isolation=list(_LEGACY))
    if not matches:
        return None
    best = min(matches, key=lambda match: (match.chaos, -match.coherence, _rank(match)))
    return _try(data, best.encoding)


def _rank(match: CharsetMatch) -> int:
    """The place in `_LEGACY` of the first encoding that reads the bytes as this match does."""
    return min(_LEGACY.index(name) for name in match.could_be_from_charset if name in _LEGACY)
