"""Where an article names people whose names are known: for scripts without capital letters.

Names come from outside. Around each, and where no name stands, the lexicon's words that directly
adjoin make a title; each word or name becomes one letter, as in `tokens`:

    C name     R head     G country     I institution     K rank     H honorific     D determiner
    M modifier     O connector     N pronoun     & joins two parts     . whatever ends a phrase
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.analysis.mentions import Mention
from summarizer.article import Span, sentences, span_at
from summarizer.lexicon import Lexicon, Phrases, is_wide

_SHARE = 0.3  # of cased letters; Chinese news has some Latin names
_LAST = 3  # letters of the last part of a name that may stand for all of it
_SURNAME = 2
_JOINS = frozenset(["兼", "、", "و"])
_ARTICLE = "ال"
_DOT = re.compile(r"[·・‧•]")


def has_case(text: str) -> bool:
    """Whether capital letters of a text can show names."""
    letters = [c for c in text if c.isalpha()]
    cased = sum(c.isupper() or c.islower() for c in letters)
    return cased >= _SHARE * len(letters) and any(c.isupper() for c in letters)


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    letter: str


class NamedFinder:
    """Finds mentions of known names, and descriptions, with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        people, pronouns = words.people, words.people.pronouns
        subject = [*pronouns.male, *pronouns.female, *pronouns.plural, *pronouns.other]
        tables: list[tuple[str, list[str]]] = [
            (".", people.common),
            ("K", people.ranks),
            ("R", [*people.heads, *people.groups]),
            ("G", list(words.country_codes)),
            ("H", people.honorifics),
            ("N", subject),
            ("D", people.determiners),
            ("I", people.institutions),
            ("M", people.modifiers),
            ("O", people.connectors),
        ]
        self._words = words
        self._letters = [(letter, Phrases(phrases)) for letter, phrases in tables]
        self._every = Phrases(phrase for _, phrases in tables for phrase in phrases)
        self._titles = Phrases(p for letter, table in tables if letter in "KRGHI" for p in table)
        self._heads = Phrases(people.heads)
        self._groups = Phrases(people.groups)
        self._organizations = Phrases(people.organizations)
        self._particles = frozenset(people.particles)
        self._patterns = _patterns(people.postposed)

    def mentions(self, text: str, names: Sequence[str]) -> tuple[Mention, ...]:
        """Every mention of the names and every description, in order, none overlapping."""
        places = self._places(text, names)
        found: list[Mention] = []
        for sentence in sentences(text):
            pieces = list(self._pieces(text, sentence, places))
            found += self._in_pieces(text, pieces)
        return tuple(found)

    # -- names ----------------------------------------------------------------------------------

    def _places(self, text: str, names: Sequence[str]) -> list[tuple[int, int]]:
        """Where the names stand, whole or in part, the longest first where several would."""
        forms = {form for name in names for form in self._forms(self._bare(name))}
        if not forms:
            return []
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        places = []
        for match in re.finditer("|".join(_source(form) for form in ordered), text):
            places.append(match.span())
        surnames = {n[:size] for n in map(self._bare, names) if is_wide(n) for size in (1, 2)}
        return sorted(places + list(self._surnames(text, surnames, places)))

    def _bare(self, name: str) -> str:
        """A name without the titles that stand before or behind it."""
        while (end := self._titles.at(name, 0)) is not None:
            name = name[end:].lstrip()
        while is_wide(name):
            behind = [start for start, end in self._titles.find(name, 1) if end == len(name)]
            if not behind:
                break
            name = name[: behind[0]]
        return name

    def _forms(self, name: str) -> Iterator[str]:
        """A name and the part of it that may stand alone."""
        if len(name) < _SURNAME:
            return
        yield name
        parts = _DOT.split(name) if is_wide(name) else name.split()
        at = len(parts) - 1
        while at > 0 and parts[at - 1] in self._particles:
            at -= 1
        last = (" " if not is_wide(name) else "").join(parts[at:])
        if at > 0 and len(last) >= (_SURNAME if is_wide(name) else _LAST):
            yield last

    def _surnames(
        self, text: str, surnames: set[str], taken: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """A surname that a head directly follows: `王部长`."""
        for surname in sorted(surnames, key=lambda surname: (-len(surname), surname)):
            for match in re.finditer(re.escape(surname), text):
                start, end = match.span()
                inside = any(a < end and start < b for a, b in taken)
                if not inside and self._heads.at(text, end) is not None:
                    yield start, end

    # -- phrases --------------------------------------------------------------------------------

    def _pieces(
        self, text: str, sentence: Span, places: Sequence[tuple[int, int]]
    ) -> Iterator[_Piece]:
        """The names and words of a sentence in order, with a piece for what parts or joins two."""
        position = sentence.start
        last: int | None = None
        inside = [p for p in places if sentence.start <= p[0] and p[1] <= sentence.end]
        for start, end in [*inside, (sentence.end, sentence.end)]:
            words = [
                _Piece(a, b, self._letter(text[a:b]))
                for a, b in self._every.find(text, position, start)
            ]
            for piece in [*words, _Piece(start, end, "C")]:
                if piece.start == piece.end:
                    continue
                gap = text[last : piece.start].strip() if last is not None else ""
                if gap:
                    yield _Piece(last or 0, piece.start, "&" if gap in _JOINS else ".")
                yield piece
                last = piece.end
            position = max(position, end)

    def _letter(self, word: str) -> str:
        return next((letter for letter, words in self._letters if words.whole(word)), ".")

    def _in_pieces(self, text: str, pieces: Sequence[_Piece]) -> Iterator[Mention]:
        letters = "".join(piece.letter for piece in pieces)
        position = 0
        while position < len(pieces):
            for pattern in self._patterns:
                match = pattern.match(letters, position)
                mention = self._mention(text, pieces, match) if match else None
                if match and mention is not None:
                    yield mention
                    position = match.end()
                    break
            else:
                position += 1

    def _mention(self, text: str, pieces: Sequence[_Piece], match: re.Match[str]) -> Mention | None:
        parts = match.groupdict()
        whole = _span(text, pieces, *match.span())
        country = self._country(text, pieces[match.start() : match.end()])
        if parts.get("pronoun"):
            return Mention(whole, "pronoun", head=whole.text.lower())
        if parts.get("body"):
            if not self._names_body(whole.text, match[0]):
                return None
            return Mention(whole, "organization", country=country, head=whole.text.lower())
        heads = "heads" if parts.get("heads") else "post"
        titled = bool(parts.get(heads))
        named = bool(parts.get("name"))
        ranks = [n for n in range(*match.span("rank")) if pieces[n].letter == "K"]
        word = self._head(text, pieces, match, heads) if titled else ""
        honorific = pieces[match.start("rank")] if parts["rank"] else None
        return Mention(
            whole,
            "name" if named else "description",
            name=_span(text, pieces, *match.span("name")) if named else None,
            role=self._role(text, pieces, match, heads) if titled else None,
            rank=_span(text, pieces, ranks[0], ranks[-1] + 1) if ranks else None,
            head=word.casefold().removeprefix(_ARTICLE),
            honorific=text[honorific.start : honorific.end]
            if honorific and honorific.letter == "H"
            else "",
            country=country,
            plural=self._groups.whole(word),
            known=named,
        )

    def _role(self, text: str, pieces: Sequence[_Piece], match: re.Match[str], heads: str) -> Span:
        """The words of a title without the country and determiner that lead it."""
        first, last = match.start(heads), match.end(heads)
        if heads == "heads":
            first = match.start("pre")
            while match.string[first] in "GM&" and first < match.start("heads"):
                first += 1
            last = match.end("tail")
        return _span(text, pieces, first, last)

    def _head(self, text: str, pieces: Sequence[_Piece], match: re.Match[str], heads: str) -> str:
        """The head: the first one where what it is head of follows, else the last."""
        at = match.start(heads) if self._words.people.postposed else match.end(heads) - 1
        return text[pieces[at].start : pieces[at].end]

    def _country(self, text: str, pieces: Sequence[_Piece]) -> tuple[str, Span] | None:
        for piece in pieces:
            span = span_at(text, piece.start, piece.end)
            if piece.letter == "G" and (code := self._words.country(span.text)):
                return code, span
        return None

    def _names_body(self, words: str, letters: str) -> bool:
        """Whether a phrase without a person names an organization or a country."""
        if self._organizations.within(words):
            return True
        return letters == "G" and not self._words.adjective_phrases.whole(words)


def _patterns(postposed: bool) -> list[re.Pattern[str]]:
    inner, joined = ("[IMG]*", "") if postposed else ("[IM]*", "&?")
    tail = r"(?P<tail>(?:O?&?[IMG])*)" if postposed else r"(?P<tail>)"
    behind = r"(?P<post>)" if postposed else r"(?P<post>(?:[IM]*R(?!C))?)"
    return [
        re.compile(source)
        for source in (
            rf"D?(?P<pre>(?:[GIM]&?)*?)(?P<heads>R(?:{joined}{inner}R)*){tail}"
            r"(?P<rank>[KH]*)(?P<name>C?)",
            rf"(?P<pre>G*)(?P<rank>[KH]*)(?P<name>C){behind}",
            r"(?P<pronoun>N)",
            r"D?(?P<body>(?:[GIM]|&(?=[GI]))*[GI]M*G?)" if postposed else r"D?(?P<body>[GIM]*[GI])",
        )
    ]


def _source(form: str) -> str:
    """A name as a regular expression: any white space, no letter beside it but a joined word."""
    escaped = r"\s+".join(map(re.escape, form.split()))
    if is_wide(form):
        return escaped
    return rf"(?:(?<!\w)|(?<=(?<!\w)[وفبكل])|(?<=(?<!\w)و[بكل])){escaped}(?!\w)"


def _span(text: str, pieces: Sequence[_Piece], first: int, last: int) -> Span:
    return span_at(text, pieces[first].start, pieces[last - 1].end)
