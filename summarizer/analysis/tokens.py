"""Words with offsets, each with one letter that says what it can be in the name of an official.

The letters make a sentence a string, so that a regular expression can describe a phrase:

    R head of a description (minister)     K rank (General)         H honorific (Mr)
    G country or its adjective             I institution (defence)  D determiner
    M modifier (newly)                     O connector (of, for)    & and     ' possessive
    C other capitalised word               A initial (J.)           J suffix (Jr.)
    P particle of names (von)              N pronoun                w any other word
    x word that ends a noun phrase (from)
    , comma      Q quotation mark     . any other mark: no phrase runs over it
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summarizer.lexicon import Lexicon, Phrases

_WORD = re.compile(
    r"(?<=\w)['’][sS](?!\w)|(?:[^\W\d_]\.){2,}(?!\w)|[^\W\d_]\.(?=\s+\w)|\w+(?:[-'’.]\w+)*|[^\w\s]",
)
_POSSESSIVE = re.compile(r"(?<=\w)['’][sS]?$")
_INITIAL = re.compile(r"[^\W\d_]\.(?=\s+[^\W\d_])")
_ARTICLED = re.compile(r"(?:al|el|ad|as|an|ash|ar|at|az|d|l|ul)[-'’][^\W\d_].*")
_HYPHEN = re.compile(r"-\w")
_PARTICIPLE = 6  # letters of the shortest that is told from a name
_NEAR = 40  # characters in which a cue begins
_MARKS = frozenset('“”„«»"‘')


@dataclass(frozen=True)
class Token:
    """A word or mark at `start:end` of the text, and its letter."""

    start: int
    end: int
    text: str
    letter: str


@dataclass(frozen=True)
class _Classes:
    """The phrases of a lexicon by letter, longest match first, ties by this order."""

    by_letter: tuple[tuple[str, Phrases], ...]

    def longest(self, text: str, start: int) -> tuple[str, int] | None:
        """The letter and the end of the longest phrase that begins at `start`."""
        best: tuple[str, int] | None = None
        for letter, phrases in self.by_letter:
            end = phrases.at(text, start)
            if end is not None and (best is None or end > best[1]):
                best = letter, end
        return best


def _classes(words: Lexicon) -> _Classes:
    people = words.people
    pronouns = people.pronouns
    subject = [*pronouns.male, *pronouns.female, *pronouns.plural, *pronouns.other]
    return _Classes(
        (
            ("K", Phrases(people.ranks)),
            ("R", Phrases([*people.heads, *people.groups])),
            ("G", words.country_phrases),
            ("H", Phrases(people.honorifics)),
            ("N", Phrases(subject)),
            ("D", Phrases(people.determiners)),
            ("I", Phrases(people.institutions)),
            ("M", Phrases(people.modifiers)),
            ("O", Phrases(c for c in people.connectors if c not in ("and",))),
        )
    )


class Tokenizer:
    """Cuts a text into tokens with the words of one language."""

    def __init__(self, words: Lexicon) -> None:
        self._classes = _classes(words)
        people = words.people
        self._particles = frozenset(people.particles)
        self._suffixes = frozenset(people.suffixes)
        self._common = frozenset(people.common)
        self._nouns = Phrases(people.nouns)
        self._words = words
        self._connectors = frozenset(people.connectors)
        self._prepositions = frozenset(words.meetings.mentioned)
        self._heads = frozenset(people.heads)
        self._ends = frozenset(people.phrase_ends)
        self._progressive = tuple(words.speech.progressive)
        self._compounds = bool(people.nouns)
        openers = [*people.common, *people.determiners, *people.connectors]
        self._elided = Phrases(word for word in openers if word.endswith("'"))
        subject = [*people.pronouns.male, *people.pronouns.female, *people.pronouns.plural]
        inverted = "|".join(map(re.escape, subject)) or "(?!)"
        self._inverted = re.compile(rf"-(?:t-)?({inverted})$", re.IGNORECASE)
        speech = {cue for cue in words.speech.cues if " " not in cue}
        topics = [*words.topics.discussed, *words.topics.outcomes]
        self._verbs = speech | {verb for verb in words.meetings.held if " " not in verb}
        self._verbs |= {phrase.split()[0] for phrase in topics}
        self._cues = Phrases(words.speech.cues)

    def tokens(self, text: str, start: int, end: int, *, initial: bool = True) -> list[Token]:
        """The tokens of `text[start:end]`; `initial` if a sentence begins at `start`."""
        found: list[Token] = []
        position = start
        while (match := _WORD.search(text, position, end)) is not None:
            at = match.start()
            initial_letter = _INITIAL.match(text, at, end) if text[at].isupper() else None
            phrase = self._phrase(text, at, initial_letter is not None)
            if phrase is not None and phrase[1] <= end:
                stop, letter = phrase[1], phrase[0]
                if stop < end and text[stop] == "." and text[at:stop].lower() + "." in ("jr.",):
                    stop += 1
            else:
                stop, letter = match.end(), ""
            word = text[at:stop]
            first = initial and not any(t.letter not in ".,Q" for t in found)
            found.extend(self._split(text, at, stop, word, letter, first))
            if first and found[-1].letter == "C" and self._is_participle(text, found[-1]):
                found[-1] = replace(found[-1], letter="w")
            position = stop
            if self._compounds and letter == "G" and re.match(r"[-–]\w", text[stop : stop + 2]):
                position += 1  # US-Präsident
        return self._resolved(self._apart_from_cities(text, found))

    def _is_participle(self, text: str, token: Token) -> bool:
        """A verb that opens a sentence (`Echoing Weber, …`) is one; a name stands elsewhere too."""
        if not token.text.endswith(self._progressive) or len(token.text) < _PARTICIPLE:
            return False
        rest = text[token.end : token.end + _NEAR].lstrip()
        if self._cues.at(rest, 0) is not None:  # `Keating said`
            return False
        return not re.search(rf"[\w,;:]['’]?\s+{re.escape(token.text)}\b", text)

    def _apart_from_cities(self, text: str, tokens: list[Token]) -> list[Token]:
        """`in Ankara Weber told reporters`: the city is no part of the name behind it."""
        parted, threes = list(tokens), zip(tokens, tokens[1:], tokens[2:], strict=False)
        for number, (before, token, after) in enumerate(threes):
            if before.letter == "O" and (token.letter, after.letter) == ("C", "C"):
                name = re.escape(after.text)
                alone = rf"(?<!{re.escape(token.text)}\s){name}\b"
                if self._words.city_country(token.text) and re.search(alone, text):
                    parted[number + 1] = replace(token, letter="x")
        return parted

    def _phrase(self, text: str, at: int, initial: bool) -> tuple[str, int] | None:
        """The letter and the end of a phrase of the lexicon, or of letters elided before a word."""
        phrase = self._classes.longest(text, at)
        if initial and (phrase is None or phrase[0] != "H"):
            return None  # J. Smith; but M. Dupont
        if phrase and self._compounds and phrase[0] != "G" and _HYPHEN.match(text, phrase[1]):
            return None
        if phrase is None and (end := self._elided.at(text, at)) is not None:
            return "w", end
        return phrase

    def _split(
        self, text: str, at: int, stop: int, word: str, letter: str, first: bool
    ) -> list[Token]:
        possessive = _POSSESSIVE.search(word) if len(word) > 2 and not letter else None
        if possessive:
            cut = at + possessive.start()
            inner = self._classes.longest(text, at)
            known = inner[0] if inner and inner[1] == cut else ""
            head = self._letter(text[at:cut], known, first)
            return [Token(at, cut, text[at:cut], head), Token(cut, stop, text[cut:stop], "'")]
        if word in "'’" and not (at and text[at - 1].isalnum()):
            return [Token(at, stop, word, "Q")]
        if not letter and (pronoun := self._inverted.search(word)) is not None:
            verb, who = at + pronoun.start(), at + pronoun.start(1)
            return [Token(at, verb, text[at:verb], "w"), Token(who, stop, text[who:stop], "N")]
        if not letter and self._compounds and (hyphen := word.rfind("-")) > 0:
            inner = self._classes.longest(text, at + hyphen + 1)
            if inner is not None and inner == ("R", stop):
                return [Token(at, stop, word, "R")]  # Kreml-Sprecher
        return [Token(at, stop, word, self._letter(word, letter, first))]

    def _letter(self, word: str, known: str, first: bool) -> str:
        lower = word.lower()
        if word == ",":
            return ","
        if word in self._ends:
            return "x"
        if word in ("&",) or lower in ("and", "und", "et", "y", "и"):
            return "&"
        if word in _MARKS:
            return "Q"
        if not word[0].isalnum():
            return "'" if word[0] in "'’" else "."
        if lower in self._suffixes:
            return "J"
        if known in ("G", "K", "R", "H", "N", "D", "O", "w"):
            return self._cased(known, word, lower)
        if len(word) == 2 and word[1] == "." and word[0].isupper():
            return "A"
        if known:
            return known
        if lower in self._particles and not word[0].isupper():
            return "P"
        if _ARTICLED.fullmatch(word):
            return "C"
        if word[0].isupper() and not word[0].isdigit():
            if lower in self._common or (first and lower in self._verbs) or self._nouns.whole(word):
                return "w"
            return "C"
        return "." if lower in self._prepositions else "w"  # a letter from President …

    def _cased(self, known: str, word: str, lower: str) -> str:
        """A country's name is capitalised (`us` is a pronoun, `turkey` a bird)."""
        if known == "G" and word[0].islower() and word[0].upper() != word[0]:
            return "G" if self._words.adjective_phrases.whole(word) else "w"
        return known

    def _resolved(self, tokens: list[Token]) -> list[Token]:
        """Letters that depend on the words around.

        Ranks and honorifics that no name follows are institutions or heads; a determiner behind
        a head connects (`Präsident der Ukraine`); a connector inside a name is a particle.
        """
        resolved: list[Token] = []
        for number, token in enumerate(tokens):
            letter, lower = token.letter, token.text.lower()
            before = resolved[-1].letter if resolved else "."
            following = tokens[number + 1].letter if number + 1 < len(tokens) else "."
            if letter == "K" and following not in "CAKH":
                head = lower in _RANK_HEADS or lower in self._heads or token.text[0].islower()
                letter = "R" if head else "I"
            elif letter == "H" and following not in "CAKPR":
                letter = "w"
            elif letter == "D" and before in "RIG" and lower in self._connectors:
                letter = "O"
            elif letter == "O" and lower in self._particles and before + following == "CC":
                letter = "P"
            elif letter == "O" and lower in self._particles and token.text[0].isupper():
                inside = following == "C" and before not in ".Q"
                letter = "C" if inside else letter  # dijo De la Vega
            resolved.append(Token(token.start, token.end, token.text, letter))
        return resolved


_RANK_HEADS = frozenset({"commander", "colonel", "admiral", "marshal", "captain"})
