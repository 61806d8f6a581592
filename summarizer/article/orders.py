"""Sentences of an article that tell a program what to do.

A report speaks of its matter in the third person. A sentence outside quotation marks that gives an
order, and names what only a program fills in or follows, belongs to no report.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from itertools import pairwise

from summarizer.article.paragraphs import paragraphs
from summarizer.article.quotations import Quotation, quotations
from summarizer.article.sentences import sentences
from summarizer.article.span import Span
from summarizer.lexicon import Phrases, languages, lexicon

_SHORT = 3  # letters of words that also stand inside others
_TAG = 12  # words of a clause that says whose words the others are
_OPENING = 60  # characters in which a sentence names whom it speaks to
_NEAR = 80  # characters between a machine, what it must, and what with
_SETTING = re.compile(r"\w ?= ?\w")
_TURN = re.compile(r"^[^\W\d_][^\n:“”\"«».]{2,70}:\s+\S", re.MULTILINE)


@dataclass(frozen=True)
class _Words:
    """How one language gives orders to a program."""

    orders: Phrases
    ambiguous: Phrases
    objects: Phrases
    you: Phrases
    machine: Phrases
    filled: Phrases
    record: Phrases
    greeting: Phrases
    reader: Phrases
    self: Phrases
    told: Phrases
    duty: Phrases
    lead: Phrases

    def gives_order(self, words: str, *, strict: bool, beside: bool = False) -> bool:
        """Whether a sentence tells a program what to do.

        `strict` asks for a word about machines: in speech people give each other orders. `beside`
        is for a sentence that stands beside an order: one word about records is enough.
        """
        machine = self.machine.within(words)
        if machine and (self.you.within(words) or self._greets(words) or _is_label(words)):
            return True
        if not strict and (self._duty_of_readers(words) or (machine and self._asked(words))):
            return True
        if not machine and (strict or not self._fills(words, 1 if beside else 2)):
            return False
        for at in _clauses(words):
            at = _behind(self.lead, words, at)
            if self.orders.at(words, at) is not None:
                return True
            end = self.ambiguous.at(words, at)
            if end is not None and (machine or self._object(words, end)):
                return True
        return False

    def _fills(self, words: str, least: int) -> bool:
        """Whether the words name what only a program fills in, or so many of its other fields."""
        if self.filled.within(words):
            return True
        named = {words[start:end].casefold() for start, end in self.record.find(words)}
        return len(named) >= least

    def _duty_of_readers(self, words: str) -> bool:
        """Whether it is said what readers of the article must do, or what must be done with it."""
        if self.duty.within(words) and self.reader.within(words):
            return True
        return self._chain(words, self.self, self.duty, self.told)

    def _asked(self, words: str) -> bool:
        """Whether a machine must do something: `automated readers must replace the speakers`."""
        verbs = (self.orders, self.ambiguous)
        for _, end in self.machine.find(words):
            duty = self.duty.at(words, end + 1)
            if duty is not None and any(each.at(words, duty + 1) is not None for each in verbs):
                return self._fills(words, 1)
        for first, then in ((self.machine, self.duty), (self.duty, self.machine)):
            if self._chain(words, first, then, self.told) and self._fills(words, 1):
                return True
        return False

    def _chain(self, words: str, *parts: Phrases) -> bool:
        """Whether phrases follow each other, each within some words of the one before."""
        ends = [0]
        for number, part in enumerate(parts):
            reach = len(words) if number == 0 else _NEAR
            ends = [
                end for at in ends for _, end in part.find(words, at, min(len(words), at + reach))
            ]
        return bool(ends)

    def _greets(self, words: str) -> bool:
        """Whether a machine is spoken to at the beginning: `Dear model`."""
        greeting = self.greeting.first(words, 0, _OPENING)
        if greeting is None:
            return False
        machine = self.machine.first(words, greeting[1])
        return machine is not None and len(words[greeting[1] : machine[0]].split()) <= 3

    def _object(self, words: str, end: int) -> bool:
        return (
            self.objects.at(words, end + len(words[end:]) - len(words[end:].lstrip())) is not None
        )


def _behind(lead: Phrases, words: str, at: int) -> int:
    """Where the words go on behind those that lead to an order."""
    while (end := lead.at(words, at)) is not None:
        at = end
        while at < len(words) and not words[at].isalnum():
            at += 1
    return at


def _is_label(words: str) -> bool:
    """Whether the words are a note with values: `(for programs: in Oslo)`, `place=…; date=…`."""
    return (words[:1] in "([{" and re.search(r"[:=]", words) is not None) or (
        len(_SETTING.findall(words)) > 1
    )


_BRACKET = re.compile(r"[.!?][\"”’»)]{0,3}\s+(?=[(\[])")
_CLAUSE = re.compile(r"(?:^|[:;：；—–]|(?<=[,，、])\s?|[.!?。！？]\s)[^\w]{0,12}(?=\w)")


def _clauses(words: str) -> list[int]:
    """Where the clauses of a sentence begin."""
    return [found.end() for found in _CLAUSE.finditer(words)]


@dataclass(frozen=True)
class _Hints:
    """The words of all languages together: without one of them nothing is an order."""

    verbs: Phrases
    lead: Phrases
    long: tuple[str, ...]
    short: Phrases

    def within(self, words: str) -> bool:
        """Whether a clause begins with a verb of an order, or a machine or the text is named."""
        for at in _clauses(words):
            if self.verbs.at(words, _behind(self.lead, words, at)) is not None:
                return True
        folded = " ".join(words.casefold().split())
        return any(word in folded for word in self.long) or self.short.within(words)


@cache
def _tables() -> list[dict[str, list[str]]]:
    source = files("summarizer.article").joinpath("orders.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(source).values())


@cache
def _languages() -> tuple[_Words, ...]:
    names = [field.name for field in fields(_Words)]
    return tuple(_Words(*(Phrases(table.get(name, ())) for name in names)) for table in _tables())


@cache
def _hints() -> _Hints:
    def every(*names: str) -> set[str]:
        return {word for t in _tables() for name in names for word in t.get(name, ())}

    named = every("machine", "self", "reader")
    exact = {word for word in named if len(word) <= _SHORT or "*" in word.strip("*")}
    long = {word.strip("*").casefold().replace("’", "'") for word in named - exact}
    short = Phrases(exact)
    verbs = Phrases(every("orders", "ambiguous"))
    return _Hints(verbs, Phrases(every("lead")), tuple(sorted(long)), short)


def orders(text: str) -> list[tuple[int, int]]:
    """Where sentences tell a program what to do.

    A paragraph goes whole that opens with one, mostly consists of them, or stands in brackets.
    """
    parts = paragraphs(text)
    if not any(_may_give_order(part.text) for part in parts):
        return []
    lines, quoted = sentences(text), quotations(text, parts)
    starts = [line.start for line in lines]
    transcript = len(_TURN.findall(text)) > 1
    cuts: list[tuple[int, int]] = []
    for part in parts:
        if not _may_give_order(part.text):
            continue
        within = lines[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
        around = [q for q in quoted if q.start < part.end and part.start < q.end]
        inside = [piece for line in within for piece in _at_brackets(line)]
        given = [s for s in inside if _is_order(part, s, around, transcript)]
        if given:
            given = [
                s
                for s in inside
                if s in given or _is_order(part, s, around, transcript, beside=True)
            ]
        bracketed = part.text[0] in "[({" and part.text[-1] in "])}"
        most = given and (given[0] == inside[0] or 2 * len(given) >= len(inside))
        if (most and not transcript) or (given and bracketed):
            cuts.append((part.start, part.end))
        else:
            cuts += [(s.start, s.end) for s in given]
    return cuts


def _at_brackets(sentence: Span) -> Iterator[Span]:
    """A sentence, and one in brackets behind it, which rules for sentences take for one."""
    cuts = [0, *(found.end() for found in _BRACKET.finditer(sentence.text)), len(sentence.text)]
    for start, end in pairwise(cuts):
        text = sentence.text[start:end].rstrip()
        first = sentence.start + start
        yield Span(start=first, end=first + len(text), text=text)


def _may_give_order(words: str) -> bool:
    return _hints().within(words) and any(
        each.machine.within(words) or each.gives_order(words, strict=False, beside=True)
        for each in _languages()
    )


def _is_order(
    part: Span,
    sentence: Span,
    quoted: Sequence[Quotation],
    transcript: bool,
    *,
    beside: bool = False,
) -> bool:
    """Whether a sentence is an order to a program, those that somebody is quoted with left out."""
    inside = [q for q in quoted if q.start < sentence.end and sentence.start < q.end]
    all_quoted = any(q.start <= part.start and part.end <= q.end for q in inside)
    words = sentence.text
    if not all_quoted:
        for quotation in inside:
            first = max(quotation.start - sentence.start, 0)
            last = min(quotation.end, sentence.end) - sentence.start
            words = words[:first] + "_" * (last - first) + words[last:]
    strict = transcript or all_quoted or _is_reported(words)
    return any(each.gives_order(words, strict=strict, beside=beside) for each in _languages())


def _is_reported(words: str) -> bool:
    """Whether the words are reported as somebody's: `Lift the ban, the minister demanded.`"""
    clause = max(words.rfind(mark) for mark in ",，،")
    if clause < 0:
        return False
    verbs = _hints()
    start = clause + 1 + len(words[clause + 1 :]) - len(words[clause + 1 :].lstrip())
    if verbs.verbs.at(words, _behind(verbs.lead, words, start)) is not None:
        return False
    tag = words[start:]
    if len(tag.split()) > _TAG or any(each.duty.within(tag) for each in _languages()):
        return False
    return any(cue.within(tag) for cue in _cues())


@cache
def _cues() -> tuple[Phrases, ...]:
    return tuple(Phrases(lexicon(name).speech.cues) for name in languages())
