"""PolNeAR: attributions by trained annotators, read from where the corpus lies.

A quoted attribution is one whose content holds a pair of quotation marks; its quoted part is what
stands inside the marks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from summarizer.article import article_id, decode
from summarizer.errors import InputError
from summarizer.evals.overlap import Parts
from summarizer.export import Attribution, attributions, read_brat

_OPEN, _CLOSE = "“„«", "”»"
_MARK_OR_LETTER = re.compile(r"[“„«”»\"]|''|[^\W_]")
_MARKS = re.compile(r"[\s\"'“”„«»‘’,:;–—-]+")
_THAT = re.compile(r"(?:[\s\"'“”„«»‘’,:;–—-]|that\b)+", re.IGNORECASE)
_TRAILING = re.compile(r"[\s\"'“”„«»‘’,.:;–—-]+$")


@dataclass(frozen=True)
class PolnearArticle:
    """A text with its attributions; of two annotators, those of the first file by name."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]
    sha256: str

    @cached_property
    def article_id(self) -> str:
        """The id of a record's article that was read from the same text."""
        return article_id(self.text)

    @cached_property
    def quoted(self) -> tuple[tuple[Attribution, Parts], ...]:
        """The attributions with a pair of quotation marks, and their quoted parts."""
        pairs = ((each, quoted_part(self.text, each.content)) for each in self.attributions)
        return tuple((each, parts) for each, parts in pairs if parts)


def load_polnear(folder: Path) -> list[PolnearArticle]:
    """The articles of a folder that holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`.

    Raises:
        InputError: the folder or a file is missing, or a file cannot be read.
    """
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise InputError(
            "holds no PolNeAR: no texts in `text/`",
            where=str(folder),
            hint="Give the folder that holds `text` and `attributions`.",
        )
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    articles = []
    for path in texts:
        if path.stem not in files:
            raise InputError("has no file of attributions", where=str(path))
        articles.append(_read(path, files[path.stem]))
    return articles


def polnear_hash(articles: Iterable[PolnearArticle]) -> str:
    """A SHA-256 that tells one set of articles from another, whatever their order."""
    lines = sorted(f"{article.id} {article.sha256}" for article in articles)
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def quoted_part(text: str, content: Parts) -> Parts:
    """The letters and digits of a content that stand between quotation marks.

    Empty if there is no pair of marks. A mark that opens each paragraph of one quotation opens
    it once. Two apostrophes are a mark, as some archives write it; a mark that stands like an
    opening or closing one is one, whichever way it is bent.
    """
    inside: list[int] = []
    kept: list[int] = []
    open_mark = False
    for start, end in content:
        for mark in _MARK_OR_LETTER.finditer(text, start, end):
            if mark[0].isalnum():
                inside += [mark.start()] if open_mark else []
            elif open_mark and (mark[0] not in _OPEN or _closes(text, mark, start)):
                kept += inside
                inside, open_mark = [], False
            elif open_mark or mark[0] not in _CLOSE or _opens(text, mark, start, end):
                open_mark = True
    return _runs(kept)


def _closes(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a mark stands right behind a word and in front of none: `a lie.“`."""
    behind = mark.start() > start and not text[mark.start() - 1].isspace()
    return behind and not text[mark.end() : mark.end() + 1].isalnum()


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark stands right in front of a word and behind none: `”A lie.`."""
    ahead = mark.end() < end and text[mark.end()].isalnum()
    return ahead and (mark.start() == start or text[mark.start() - 1].isspace())


def letters(text: str, parts: Parts) -> Parts:
    """The letters and digits of some parts of a text."""
    return _runs([at for start, end in parts for at in range(start, end) if text[at].isalnum()])


def bare(text: str, parts: Parts) -> Parts:
    """A content without what the two annotation schemes treat differently at its edges.

    Quotation marks, white space and punctuation around each part, and a *that* before the first.
    """
    trimmed = []
    for index, (start, end) in enumerate(parts):
        leading = (_MARKS if index else _THAT).match(text, start, end)
        first = leading.end() if leading else start
        trailing = _TRAILING.search(text[first:end])
        last = first + trailing.start() if trailing else end
        if first < last:
            trimmed.append((first, last))
    return tuple(trimmed)


def _read(path: Path, file: Path) -> PolnearArticle:
    try:
        text = decode(path.read_bytes(), where=str(path))
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(file)) from None
    read = attributions(read_brat(content, text, where=str(file)))
    digest = hashlib.sha256(f"{text}\0{content}".encode()).hexdigest()
    return PolnearArticle(path.stem, text, tuple(read), digest)


def _runs(places: Sequence[int]) -> Parts:
    """Consecutive places as half-open ranges."""
    runs: list[tuple[int, int]] = []
    for at in places:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return tuple(runs)
