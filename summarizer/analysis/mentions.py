"""Where an article names or describes people: names, descriptions, pronouns, organizations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.analysis.nouns import NounFilter
from summarizer.analysis.tokens import Token, Tokenizer
from summarizer.article import Span, span_at
from summarizer.lexicon import Lexicon, Phrases

MentionKind = Literal["name", "description", "pronoun", "organization"]

_NAME = r"(?:[CA](?:[CA]|P+[CA])*(?:QCQ[CA]+)?,?J?(?<!,))"
_BEFORE = r"(?:(?<=D)w{1,2}'?(?=[MI]*R))?(?:(?!&)(?:[MIG']|&(?!R)|C(?=[CMIG&']*R))+)?"
_AND = r"&(?![GIMCO]*R)"
_TAIL = rf"(?:O+D?(?:[GICMR']|{_AND})*[GICR]'?)"
_POSTPOSED = rf"(?:&?O+D?(?:[GICMR']|{_AND})*[GICR]|[IG](?:[IGM]|&(?=[IG]))*)"


def _titled(postposed: bool) -> re.Pattern[str]:
    """Heads, what they are head of, a rank, a name."""
    tail, inner = (_POSTPOSED, "IMG") if postposed else (_TAIL, "IM")
    before = _BEFORE.replace("|C(?=[CMIG&']*R)", "") if postposed else _BEFORE
    return re.compile(
        rf"(?P<det>D?)(?P<pre>{before})(?P<heads>R(?:[{inner}]*R)*)(?P<tail>{tail}*)"
        rf"(?P<rank>[KH]*)(?P<name>{_NAME}?)"
    )


_RANKED = re.compile(rf"(?P<pre>D?G*)(?P<rank>[KH]+)(?P<name>{_NAME})|(?P<of>G)'(?P<both>CC+)")
_COUNTRY_AFTER = re.compile(r"OD?G")
_BARE = re.compile(_NAME)
_NAMED_TAIL = re.compile(r"(?<=[GI'])C[CA]*C(?=O)")  # `of Chile Ana Rojas in the Kremlin`
_WHERE = re.compile(r"OC+$")
_COUNTRIES = re.compile(r"(?:,D?G)*,?&D?G")
_COUNTRY_AND = re.compile(r"D?G(?=&)")
_LISTED = re.compile(r"[,&]+")
_TWO_PEOPLE = re.compile(r"C[CA]*C&G")  # a name, `and`, and the country in the next one's title
_ORGANIZATION = re.compile(r"(?![&'])D?[MGIC&']*[GIC](?:OD?[GIC&']*[GIC])*|D[IMG]*w")
_PARTICLED = re.compile(r"(?:P+[CA]+)+")


@dataclass(frozen=True)
class Mention:
    """One place that names someone. `country` is a code and the words that give it.

    `known` tells that the name is known to be a person's. Several who speak as one are a mention
    of all, with the mention of each as `members`.
    """

    span: Span
    kind: MentionKind
    name: Span | None = None
    role: Span | None = None
    rank: Span | None = None
    head: str = ""
    honorific: str = ""
    country: tuple[str, Span] | None = None
    plural: bool = False
    in_title_case: bool = False
    begins_sentence: bool = False
    ends_sentence: bool = False
    known: bool = False
    members: tuple[Mention, ...] = ()


class MentionFinder:
    """Finds mentions with the words of one language; for scripts with capital letters."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._tokenizer = Tokenizer(words)
        people = words.people
        self._honorifics = Phrases(people.honorifics)
        self._sent, self._sent_to = Phrases(people.sent), Phrases(people.sent_to)
        self._groups = Phrases(people.groups)
        self._organizations = Phrases(people.organizations)
        self._several = Phrases(words.meetings.several)
        self._latter = Phrases(people.latter)
        self._title = _titled(people.postposed)
        self._nouns = NounFilter(words) if people.nouns else None

    def mentions(self, text: str, sentences: Sequence[Span]) -> tuple[Mention, ...]:
        """Every mention, in order, none overlapping; appositions are part of the mention."""
        found: list[Mention] = []
        for sentence in sentences:
            if sentence.text.isupper():
                continue  # a headline in capitals shows nothing about names
            tokens = self._tokenizer.tokens(text, sentence.start, sentence.end)
            made = self._in_sentence(text, tokens)
            made = [_marked(mention, sentence) for mention in made]
            if _is_title_case(sentence.text):
                made = [replace(mention, in_title_case=True) for mention in made]
            found.extend(made)
        return self._nouns.names(text, found) if self._nouns else tuple(found)

    def _in_sentence(self, text: str, tokens: list[Token]) -> list[Mention]:
        letters = "".join(token.letter for token in tokens)
        found: list[tuple[int, int, Mention]] = []
        position = 0
        while position < len(tokens):
            made = self._at(text, tokens, letters, position)
            if made is None:
                position += 1
                continue
            made = self._with_country(text, tokens, letters, _in_list(letters, found, made))
            found.append(made)
            position = made[1]
        return [mention for _, _, mention in self._appositions(text, letters, found)]

    def _with_country(
        self, text: str, tokens: list[Token], letters: str, made: tuple[int, int, Mention]
    ) -> tuple[int, int, Mention]:
        """A named official with the country behind the name: `President Ana Lima of Brazil`."""
        start, end, mention = made
        after = _COUNTRY_AFTER.match(letters, end)
        official = mention.kind == "name" and (mention.role or mention.known)
        if not official or mention.country or not after:
            return made
        country = self._country(text, tokens, after.start(), after.end())
        whole = _span(text, tokens, start, after.end())
        return start, after.end(), replace(mention, span=whole, country=country)

    def _at(
        self, text: str, tokens: list[Token], letters: str, position: int
    ) -> tuple[int, int, Mention] | None:
        latter = self._latter.at(text, tokens[position].start)
        if latter is not None:
            end = next((i for i, t in enumerate(tokens) if t.start >= latter), len(tokens))
            span = span_at(text, tokens[position].start, latter)
            return position, end, Mention(span, "pronoun", head=span.text.lower())
        match = self._title.match(letters, position)
        if match and (named := _NAMED_TAIL.search(letters, *match.span("tail"))):
            match = self._title.match(letters, position, named.end())
        if match and (stop := self._before_city(text, tokens, match)) is not None:
            match = self._title.match(letters, position, stop)
        if match and match.end() > position and not _TWO_PEOPLE.match(letters, *_before(match)):
            return self._titled(text, tokens, match)
        if (match := _RANKED.match(letters, position)) is not None:
            return self._ranked(text, tokens, match)
        if letters[position] == "N":
            span = span_at(text, tokens[position].start, tokens[position].end)
            return position, position + 1, Mention(span, "pronoun", head=span.text.lower())
        if organization := self._organization(text, tokens, letters, position):
            return organization
        if (match := _BARE.match(letters, position)) is not None:
            span = _span(text, tokens, match.start(), match.end())
            if position and letters[position - 1] == "D":  # `the Seamen's Guild` is no person
                return match.start(), match.end(), Mention(span, "organization", head=span.text)
            return match.start(), match.end(), Mention(span, "name", name=span)
        return None

    def _before_city(self, text: str, tokens: list[Token], match: re.Match[str]) -> int | None:
        """Where a title ends behind which only its city follows: `Polish officials in Warsaw`."""
        tail = _WHERE.search(match.string, *match.span("tail"))
        if match["name"] or tail is None or self._sent.within(tokens[match.start("heads")].text):
            return None
        word = tokens[tail.start()].text.lower()
        city = text[tokens[tail.start() + 1].start : tokens[tail.end() - 1].end]
        known = word in self._words.places.before and self._words.city_country(city)
        return tail.start() if known else None

    def _titled(
        self, text: str, tokens: list[Token], match: re.Match[str]
    ) -> tuple[int, int, Mention]:
        plural = self._groups.whole(tokens[match.end("heads") - 1].text)
        name_at, name_end = _name(match)
        if plural and match.start("tail") < name_at:
            name_at = name_end  # `the participants in the Western Gas Pipeline`
        end = max(name_end, match.end("tail"), match.end("rank"))
        title_end = match.start("rank") if match["rank"] else min(name_at, match.end("tail"))
        title_end = max(title_end, match.end("heads"))
        role_at = match.end("det")
        letters = match.string
        while letters[role_at] in "GM'&" and role_at < match.start("heads"):
            role_at += 1
        mention = Mention(
            _span(text, tokens, match.start(), end),
            "name" if name_at < name_end else "description",
            name=_span(text, tokens, name_at, name_end) if name_at < name_end else None,
            role=_span(text, tokens, role_at, title_end),
            rank=self._rank(text, tokens, match),
            head=self._words.stem(tokens[match.end("heads") - 1].text),
            country=self._country(text, tokens, match.start(), title_end),
        )
        if plural and mention.country and mention.name is None and letters[end - 1] == "G":
            listed = _COUNTRIES.match(letters, end)  # the leaders of Chile, Norway and Peru
            end = listed.end() if listed else end
            mention = replace(mention, span=_span(text, tokens, match.start(), end))
        return match.start(), end, replace(mention, plural=plural)

    def _ranked(
        self, text: str, tokens: list[Token], match: re.Match[str]
    ) -> tuple[int, int, Mention]:
        if match["both"]:
            return self._possessed(text, tokens, match)
        name = _span(text, tokens, match.start("name"), match.end("name"))
        first = tokens[match.start("rank")].text.lower()
        mention = Mention(
            _span(text, tokens, match.start(), match.end()),
            "name",
            name=name,
            rank=self._rank(text, tokens, match),
            honorific=first if self._honorifics.whole(first) else "",
            country=self._country(text, tokens, match.start(), match.start("rank")),
        )
        return match.start(), match.end(), mention

    def _possessed(
        self, text: str, tokens: list[Token], match: re.Match[str]
    ) -> tuple[int, int, Mention]:
        """`Sweden's Agneta Brolund`: a name with the country it speaks for."""
        mention = Mention(
            _span(text, tokens, match.start(), match.end()),
            "name",
            name=_span(text, tokens, *match.span("both")),
            country=self._country(text, tokens, match.start(), match.end("of")),
        )
        return match.start(), match.end(), mention

    def _rank(self, text: str, tokens: list[Token], match: re.Match[str]) -> Span | None:
        ranks = [i for i in range(*match.span("rank")) if tokens[i].letter == "K"]
        return _span(text, tokens, ranks[0], ranks[-1] + 1) if ranks else None

    def _country(
        self, text: str, tokens: list[Token], start: int, end: int
    ) -> tuple[str, Span] | None:
        """The first country named in a title, but for the one that an envoy is sent to."""
        for number, token in enumerate(tokens[start:end], start):
            if token.letter == "G" and (code := self._words.country(token.text)):
                sent = number > start and self._sent_to.whole(tokens[number - 1].text)
                if sent and self._sent.within(text[tokens[start].start : token.start]):
                    continue
                return code, span_at(text, token.start, token.end)
        return None

    def _organization(
        self, text: str, tokens: list[Token], letters: str, position: int
    ) -> tuple[int, int, Mention] | None:
        """A phrase of capitalised or institutional words that names an organization or country."""
        match = _ORGANIZATION.match(letters, position)
        if match is None:
            return None
        end = match.end()
        phrase = text[tokens[position].start : tokens[end - 1].end]
        named = self._organizations.within(phrase)
        if not named and letters[end - 1] == "G" and re.fullmatch(r"D?G", match[0]):
            named = phrase[0] != phrase[0].lower()
            named = named and not self._words.adjective_phrases.whole(phrase)
        if not named and (alone := _COUNTRY_AND.match(letters, position)) is not None:
            named, end = True, alone.end()  # `between Chile and Norway`
            phrase = text[tokens[position].start : tokens[end - 1].end]
            named = phrase[0] != phrase[0].lower()
        if not named:
            return None
        span = _span(text, tokens, position, end)
        country = self._country(text, tokens, position, end)
        return position, end, Mention(span, "organization", country=country, head=phrase.lower())

    def _are_two(self, text: str, second: Mention) -> bool:
        """Whether a headline tells of two: `Lima, Norway's top diplomat, discuss trade`."""
        at = second.span.end
        plural = text[at : at + 2] == ", " and self._several.at(text, at + 2) is not None
        return plural and _ends_headline(text, at)

    def _appositions(
        self, text: str, letters: str, found: list[tuple[int, int, Mention]]
    ) -> list[tuple[int, int, Mention]]:
        """Joins `DESCRIPTION, NAME` and `NAME, DESCRIPTION` into one mention."""
        joined: list[tuple[int, int, Mention]] = []
        for start, end, mention in found:
            previous = joined[-1] if joined else None
            if (
                previous
                and letters[previous[1] : start] == ","
                and not self._are_two(text, mention)
                and (both := _apposed(text, letters, previous, (start, end, mention)))
            ):
                joined[-1] = (previous[0], end, both)
            else:
                joined.append((start, end, mention))
        return joined


def _ends_headline(text: str, at: int) -> bool:
    """Whether the line from there on ends without a full stop, as one of a headline does."""
    line = text[at:].partition("\n")[0].rstrip()
    return line[-1:].isalnum()


def _in_list(
    letters: str, found: Sequence[tuple[int, int, Mention]], made: tuple[int, int, Mention]
) -> tuple[int, int, Mention]:
    """A name behind one whose title is that of several: `Presidents Ana Lima and Ola Berg`."""
    if not found or made[2].kind != "name" or made[2].role:
        return made
    last = found[-1]
    listed = last[2].kind == "name" and (last[2].plural or last[2].known)
    if not (listed and _LISTED.fullmatch(letters, last[1], made[0])):
        return made
    return made[0], made[1], replace(made[2], known=True)


def _apposed(
    text: str,
    letters: str,
    first: tuple[int, int, Mention],
    second: tuple[int, int, Mention],
) -> Mention | None:
    """The two as one mention, if one names and the other describes the same person."""
    a, b = first[2], second[2]
    whole = span_at(text, a.span.start, b.span.end)
    if a.kind == "description" and b.kind == "name" and b.role is None and not a.plural:
        if letters[first[0]] not in "DGC'" and not b.rank:
            return None
        if letters[second[1] : second[1] + 1] == "&":  # `according to the minister, A and B …`
            return None
        return replace(a, span=whole, kind="name", name=b.name, rank=b.rank or a.rank)
    follows = letters[second[1] : second[1] + 1]
    if follows == "," and letters[-1] != ".":
        return None  # a headline lists: `Lima, Peru's president, discuss trade`
    if a.kind == "name" and b.kind == "description" and a.role is None and not b.plural:
        if follows not in (",", ".", "") and (first[0] > 0 or follows == "&"):
            return None
        return replace(a, span=whole, role=b.role, head=b.head, country=a.country or b.country)
    return None


def _before(match: re.Match[str]) -> tuple[int, int]:
    """Where what stands before the heads of a title lies."""
    return match.start(), match.start("heads")


def _name(match: re.Match[str]) -> tuple[int, int]:
    """Where a person's name lies at the end of `President of China Hu Jintao`; empty if nowhere.

    Capitalised words after a country or an institution are the name; of a run that directly
    follows the connector only the last two are, if it is longer.
    """
    letters = match.string
    start, end = match.span("tail")
    if more := _PARTICLED.match(letters, end if not match["name"] else len(letters)):
        end = more.end()
    nick = re.compile(r"QCQ[CA]+J?").match(letters, match.end())
    if match["rank"] or end == start or letters[end - 1] not in "CA":
        return match.span("name")
    first = end
    while first > start and letters[first - 1] in "CAP":
        first -= 1
    length = end - first
    if match["name"] or nick:
        return (first if letters[first - 1] in "GIR'" else end - 1), (nick or match).end()
    if letters[first - 1] in "GIR'":
        return (first, end) if length >= 2 else (end, end)
    return (end - 2, end) if length >= 3 and letters[end - 2] != "P" else (end, end)


def _marked(mention: Mention, sentence: Span) -> Mention:
    """The mention with a mark if its sentence begins or ends with it."""
    begins = mention.span.start - sentence.start <= 1
    ends = mention.span.end == sentence.end
    if not (begins or ends):
        return mention
    return replace(mention, begins_sentence=begins, ends_sentence=ends)


def _is_title_case(sentence: str) -> bool:
    """A headline whose every longer word has a capital letter, so that capitals show nothing."""
    words = [w for w in re.findall(r"[^\W\d_]+", sentence) if len(w) > 4]
    return sentence[-1] not in ".!?" and len(words) > 3 and all(w[0].isupper() for w in words)


def _span(text: str, tokens: Sequence[Token], first: int, last: int) -> Span:
    return span_at(text, tokens[first].start, tokens[last - 1].end)
