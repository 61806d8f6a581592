"""Quotations in an article: what stands between quotation marks, with exact offsets.

Marks follow Unicode's quotation marks as languages use them (CLDR `quotationStart` and the
variants of newsrooms): curly, low and angle marks, corner brackets, straight double and single
marks. A quotation inside another belongs to the outer one. A quotation over several paragraphs
opens each of them and closes once; one whose closing mark is missing ends with its paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article.span import Span, span_at

_CLOSERS = {
    "“": "”“",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "`": "'`",
}
_SINGLE = "‘‚'`"
_AFTER_OPENING = set(" \t\n\u00a0\u202f([{—–-/:;,") | set("“„«‘\"'¿¡（《：，。、；")
_ENDS = set(".,!?;:…。，！？；：")


@dataclass(frozen=True)
class Quotation:
    """One quotation: `spans` without the marks, one for each paragraph that it runs over.

    `start` and `end` include the marks. `single` tells that single marks stand around it.
    `closed` is false when its closing mark is missing.
    """

    spans: tuple[Span, ...]
    start: int
    end: int
    single: bool = False
    closed: bool = True

    @property
    def text(self) -> str:
        """The quoted words, the paragraphs joined by one space."""
        return " ".join(span.text for span in self.spans)


@dataclass(frozen=True)
class _Piece:
    """A quotation inside one paragraph, before those of a run of paragraphs are joined."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    mark: str
    closed: bool


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of an article in order, none overlapping.

    Args:
        text: the article's text.
        paragraphs: its paragraphs in order, as `summarizer.article.paragraphs` gives them.
    """
    found: list[Quotation] = []
    open_run: Quotation | None = None
    open_mark = ""
    for paragraph in paragraphs:
        pieces = _pieces(text, paragraph)
        if open_run is not None:
            first = pieces[0] if pieces else None
            if first and first.start == paragraph.start and _same_family(first.mark, open_mark):
                joined = _join(text, open_run, first)
                pieces = pieces[1:]
                if first.closed or pieces:
                    found.append(joined)
                    open_run = None
                else:
                    open_run = joined
                    continue
            else:
                found.append(open_run)
                open_run = None
        for number, piece in enumerate(pieces):
            quotation = _quotation(text, piece)
            if quotation is None:
                continue
            if not piece.closed and number == len(pieces) - 1 and piece.mark not in _SINGLE:
                open_run, open_mark = quotation, piece.mark
            else:
                found.append(quotation)
    if open_run is not None:
        found.append(open_run)
    return tuple(found)


def _quotation(text: str, piece: _Piece) -> Quotation | None:
    if not text[piece.inner_start : piece.inner_end].strip():
        return None
    inner = span_at(text, piece.inner_start, piece.inner_end)
    return Quotation((inner,), piece.start, piece.end, piece.mark in _SINGLE, piece.closed)


def _join(text: str, run: Quotation, piece: _Piece) -> Quotation:
    """The run of paragraphs with one more paragraph at its end."""
    last = _quotation(text, piece)
    spans = run.spans + (last.spans if last else ())
    return Quotation(spans, run.start, piece.end, run.single, piece.closed)


def _same_family(mark: str, other: str) -> bool:
    """Whether a paragraph opened by `mark` goes on with a quotation opened by `other`."""
    return mark == other or {mark, other} <= set("«»") or {mark, other} <= set("“„”")


def _pieces(text: str, paragraph: Span) -> list[_Piece]:
    """The outermost quotations of one paragraph, found in one pass."""
    pieces: list[_Piece] = []
    position, end = paragraph.start, paragraph.end
    while position < end:
        if _opens(text, position, paragraph):
            piece = _close(text, position, paragraph)
            if piece is not None:
                pieces.append(piece)
                position = piece.end
                continue
        position += 1
    return pieces


def _opens(text: str, position: int, paragraph: Span) -> bool:
    """Whether an outer quotation may open here: a mark after a gap and before a word."""
    mark = text[position]
    if mark not in _CLOSERS:
        return False
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    if after.isspace() and mark not in "«»„":
        return False
    if mark in "「『〝„«‹“‟" and mark != "“":
        return True
    if mark == "»":
        return before in _AFTER_OPENING and not after.isspace()
    if mark == "“":
        return before in _AFTER_OPENING or not before.isalnum() or _is_wide(before)
    if mark in "'`" and not after.isalnum() and after not in "“\"«([":
        return False
    if mark in "‘'" and _elided(text, position):
        return False
    return before in _AFTER_OPENING


def _is_wide(character: str) -> bool:
    """Han, kana and Hangul are written without spaces around the marks."""
    return "\u2e80" <= character <= "\uffef"


def _elided(text: str, position: int) -> bool:
    """Whether a single mark stands for left-out letters: '90s, 'em, 'tis."""
    rest = text[position + 1 : position + 5].lower()
    return rest[:1].isdigit() or rest.startswith(("em ", "tis", "twas", "til "))


def _close(text: str, position: int, paragraph: Span) -> _Piece | None:
    """The quotation that opens at `position`.

    One without an end reaches to where the same mark opens again, else to the paragraph's end;
    single marks without an end are apostrophes, hence none.
    """
    mark = text[position]
    inner = position + 1
    reopened: int | None = None
    depth = 0
    for index in range(inner, paragraph.end):
        character = text[index]
        if character == mark and _opens_again(text, index, paragraph):
            reopened = index if reopened is None else reopened
            depth += 1
        elif character in _CLOSERS[mark] and _may_close(text, index, mark, paragraph):
            if depth == 0:
                return _Piece(position, inner, index, index + 1, mark, True)
            depth -= 1
    if mark in _SINGLE:
        return None
    end = paragraph.end if reopened is None else reopened
    return _Piece(position, inner, end, end, mark, False)


def _opens_again(text: str, index: int, paragraph: Span) -> bool:
    """The outer mark inside its own quotation, after a gap and before a word."""
    after = text[index + 1] if index + 1 < paragraph.end else " "
    return text[index - 1] in _AFTER_OPENING - set(":;") and (after.isalnum() or after in "“‘[¿¡")


def _may_close(text: str, index: int, mark: str, paragraph: Span) -> bool:
    before = text[index - 1]
    after = text[index + 1] if index + 1 < paragraph.end else " "
    if text[index] == "“":  # closes after a word in German („…“), opens elsewhere
        return not before.isspace() and not after.isalnum()
    if mark == "»" and text[index] == "»":  # closes in Finnish and Swedish (»…»)
        return not before.isspace() and not after.isalnum()
    return mark not in _SINGLE or _single_closes(text, index, before, after, paragraph)


def _single_closes(text: str, index: int, before: str, after: str, paragraph: Span) -> bool:
    """Whether a single mark closes: not inside a word, and not a plural's possessive."""
    if before.isspace() or after.isalnum():
        return False
    if before in _ENDS or after in _ENDS or before in "”\"»)]":
        return True
    if before in "sS" and after == " ":
        rest = text[index + 1 : paragraph.end]
        later = min((at for at in (rest.find("’"), rest.find("'")) if at >= 0), default=-1)
        opened = min((at for at in (rest.find("‘"), rest.find(" '")) if at >= 0), default=len(rest))
        if 0 <= later < opened and not rest[later + 1 : later + 2].isalnum():
            return False
    return True
