"""Whom the source of a statement can be: one person where the words tell, else a few to ask about.

Names and descriptions that fit one person are settled, and so is a pronoun with a subject in front
of it: there the nearest subject was right more often than the embedded model's choice on the
`dev` fixtures. What is left gives options in the order of salience.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.analysis import Attribution, Candidate, Mention, Ordered, Reading, spans_in_order
from summarizer.article import Span
from summarizer.extract.cast import Cast, Placed
from summarizer.lexicon import Phrases

_OPTIONS = 5
_AND = frozenset(["and"])
_COLLEAGUE = frozenset(["colleague", "counterpart", "interlocutor", "host", "guest", "opponent"])
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True)
class Resolution:
    """Who a source is: the rules' choice, and unless `settled` those to ask about.

    `rule` names what decided, as `confidence.toml` lists it.
    """

    figure: Candidate | None
    options: tuple[Candidate, ...] = ()
    settled: bool = True
    rule: str = "description"


def _rule(attribution: Attribution) -> str:
    """What a source is told by: a name, a pronoun, another statement's source, and so on."""
    source = attribution.source
    if source is None:
        return "none"
    if attribution.carried:
        return "carried"
    return "several" if source.plural else source.kind


@dataclass(frozen=True)
class _Said:
    """The source of a statement, and the statement's number."""

    number: int
    source: Mention


class Salience:
    """Who was named last, at any place of an article."""

    def __init__(self, placed: Ordered[Placed], most: int) -> None:
        self.placed = placed
        self._starts: list[int] = []
        self._latest: list[tuple[Candidate, ...]] = []
        latest: tuple[Candidate, ...] = ()
        # Of two that begin at one place the first one of the cast goes in front.
        for one in sorted(placed.items, key=lambda p: (p.mention.span.start, -p.number)):
            latest = (one.figure, *(f for f in latest if f is not one.figure))[:most]
            self._starts.append(one.mention.span.start)
            self._latest.append(latest)

    def at(self, offset: int) -> tuple[Candidate, ...]:
        """Those named before an offset, who was named last in front."""
        number = bisect_left(self._starts, offset)
        return self._latest[number - 1] if number else ()


class Sources:
    """Resolves the sources of one article's statements, in their order."""

    def __init__(self, reading: Reading, cast: Cast, principals: Sequence[Candidate]) -> None:
        self._reading = reading
        self._cast = cast
        self._principals = list(principals)
        people = reading.words.people
        self._plural = frozenset(people.pronouns.plural)
        self._latter = frozenset(people.latter)
        self._relative = frozenset(people.pronouns.relative)
        self._thing = frozenset(people.pronouns.thing)
        self._mentions = Ordered(reading.mentions, lambda mention: mention.span)
        self._last_thing: Candidate | None = None
        self._compounds = frozenset(people.compounds)
        self._generic = frozenset(people.generic)
        self._connectors = Phrases(c for c in people.connectors if c not in _AND)
        self._messages = frozenset(reading.words.speech.messages)
        self._indefinite = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
        self._last: Candidate | None = None
        self._unnamed: dict[str, Candidate] = {}
        self._latest: Salience | None = None
        self._sentences = spans_in_order(reading.sentences)
        self._plurals = Ordered((m for m in reading.mentions if m.plural), lambda m: m.span)
        spoken = enumerate(a.source for a in reading.attributions)
        self._spoken = Ordered(
            [_Said(number, source) for number, source in spoken if source],
            lambda said: said.source.span,
        )

    def resolve(self, attribution: Attribution) -> Resolution:
        """Who says a statement; statements are given in order, each once."""
        resolution = replace(self._resolve(attribution), rule=_rule(attribution))
        self._last = resolution.figure or self._last
        if resolution.figure and resolution.figure.type == "organization":
            self._last_thing = resolution.figure
        return resolution

    def _resolve(self, attribution: Attribution) -> Resolution:
        mention = attribution.source
        if mention is None:
            options = self._options(attribution.spans[0].start, self._last)
            return Resolution(self._last, options, settled=self._last is not None)
        if attribution.carried:
            figure = self._of_mention(mention).figure
            options = self._options(attribution.spans[0].start, figure)
            return Resolution(figure, options, settled=figure is not None)
        return self._of_mention(mention)

    def _of_mention(self, mention: Mention) -> Resolution:
        owner = self._cast.owner(mention)
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        if mention.members:
            return self._joint(mention)
        if owner is not None:
            return Resolution(owner)
        if mention.kind == "name" and (known := self._by_surname(mention)) is not None:
            return Resolution(known)
        if mention.kind in ("organization", "name"):
            return Resolution(self._cast.add(mention))
        if mention.plural:
            return self._several(mention)
        if self._indefinite.match(mention.span.text):
            unnamed = self._cast.add(mention)
            self._unnamed[mention.head] = unnamed
            return Resolution(unnamed)
        return self._description(mention)

    def _by_surname(self, mention: Mention) -> Candidate | None:
        """The only one in the article whose last name is the whole mention."""
        fitting = [f for f in self._cast.named if f.name.split()[-1] == mention.span.text]
        return fitting[0] if len(fitting) == 1 else None

    def _joint(self, mention: Mention) -> Resolution:
        """`Ana Lima and Bo Ode`: each by itself, then both as one."""
        each = [self._of_mention(member).figure for member in mention.members]
        known = list(dict.fromkeys(figure for figure in each if figure is not None))
        if len(known) < 2:
            return Resolution(known[0] if known else None)
        return Resolution(self._cast.joint(known, mention))

    def _description(self, mention: Mention) -> Resolution:
        """`the minister`, `his colleague`: who was named before and fits."""
        if mention.head in self._messages and (author := self._subject_before(mention.span)):
            return Resolution(author)
        options = self._options(mention.span.start, None)
        words = set(re.findall(r"\w+", mention.head))
        if words & _COLLEAGUE:
            options = tuple(o for o in options if o is not self._last) or options
            other = [p for p in self._principals if p is not self._last]
            first = other[0] if len(self._principals) == 2 and other else None
            return Resolution(first or (options[0] if options else None), options, bool(first))
        fitting = tuple(o for o in options if words & {w for h in o.heads for w in h.split()})
        compounds = {head for head in self._compounds if head.split()[-1] == mention.head}
        fitting = tuple(o for o in fitting if not o.heads <= compounds) or fitting
        unnamed = self._unnamed.get(mention.head)
        if unnamed and not any(_since(f, unnamed, mention) for f in fitting):
            return Resolution(unnamed)  # `an official said … the official said`
        if fitting:
            return Resolution(fitting[0], options, settled=len(fitting) == 1)
        if mention.country:
            same = [o for o in options if o.country and o.country[0] == mention.country[0]]
            if len(same) == 1:
                return Resolution(same[0])
        own = mention.head not in self._generic and self._connectors.within(mention.span.text)
        if options and mention.role is not None and not mention.country and not own:
            return Resolution(options[0], options, settled=False)
        return Resolution(self._cast.add(mention))

    def _pronoun(self, mention: Mention) -> Resolution:
        word = mention.head.split()[-1] if mention.head else ""
        if word in self._relative and (about := self._antecedent(mention)) is not None:
            return self._of_mention(about)
        if word in self._thing and self._last_thing is not None:
            return Resolution(self._last_thing)
        if mention.head in self._latter:
            return self._latter_or_former(mention)
        if word in self._plural:
            return self._several(mention)
        subject = self._subject_before(mention.span)
        options = self._options(mention.span.start, subject)
        return Resolution(subject, options, settled=subject is not None)

    def _antecedent(self, mention: Mention) -> Mention | None:
        """Whom `, who` is about: the one named right before it."""
        before = self._mentions.ended(mention.span.start)
        if before is None or before.kind == "pronoun":
            return None
        return (
            before
            if not self._reading.text[before.span.end : mention.span.start].strip(" ,")
            else None
        )

    def _latter_or_former(self, mention: Mention) -> Resolution:
        """The last or the first of the two who were named last."""
        before: list[Candidate] = []
        for sentence in self._sentences_before(mention.span, 3):
            named = [f for f in self._named_in(sentence, mention.span.start) if f not in before]
            before = named + before
            if len(before) >= 2:
                break
        if len(before) < 2:
            return Resolution(before[0] if before else None, tuple(before), settled=False)
        pair = before[-2:]
        return Resolution(pair[0] if "former" in mention.head else pair[1])

    def _several(self, mention: Mention) -> Resolution:
        """`they`, `the two leaders`: the principals together, else the words themselves."""
        words = mention.span.text.casefold().split()
        number = next((_NUMBERS[w] for w in words if w in _NUMBERS), None)
        members = self._principals
        if words[0] in _NUMBERS and self._connectors.within(mention.span.text):
            return Resolution(self._cast.add(mention))  # `two officials familiar with the talks`
        pronoun = mention.kind == "pronoun"
        known = pronoun or number is not None or (words[0] == "the" and len(words) == 2)
        if (
            known
            and 2 <= len(members) <= 6
            and number in (None, len(members))
            and not mention.country
        ):
            return Resolution(self._cast.joint(members, mention))
        if pronoun:
            earlier = self._plurals.ended(mention.span.start)
            return Resolution(self._cast.add(earlier) if earlier else None)
        return Resolution(self._cast.add(mention))

    # -- salience -------------------------------------------------------------------------------

    def _options(self, at: int, first: Candidate | None) -> tuple[Candidate, ...]:
        """The likeliest persons at an offset, `first` in front, then who was named last."""
        latest = self._salience().at(at)
        leading = [first] if first is not None else []
        return tuple(dict.fromkeys([*leading, *latest]))[:_OPTIONS]

    def _salience(self) -> Salience:
        placed = self._cast.placed
        if self._latest is None or self._latest.placed is not placed:
            self._latest = Salience(placed, _OPTIONS)
        return self._latest

    def _subject_before(self, span: Span) -> Candidate | None:
        """The subject of the sentence so far, or of the sentences before it."""
        for sentence in self._sentences_before(span, 4):
            spoken = self._spoken.within(sentence.start, min(sentence.end, span.start))
            named = self._named_in(sentence, span.start)
            first = min(spoken, default=None, key=lambda said: said.number)
            if first is not None and first.source.kind != "organization":
                owner = self._cast.owner(first.source)
                if owner is not None and owner.type == "person":
                    return owner
                if first.source.kind == "pronoun" and self._last is not None:
                    return self._last
            if named:
                return named[0]
        return self._last

    def _sentences_before(self, span: Span, count: int) -> Sequence[Span]:
        """The sentence of a span and those before it, the nearest first."""
        return self._sentences.last(span.start, count)[::-1]

    def _named_in(self, sentence: Span, until: int) -> list[Candidate]:
        """Persons that a sentence mentions outside quotations before an offset, in order."""
        placed = self._cast.placed.within(sentence.start, min(sentence.end, until))
        ordered = sorted(placed, key=lambda p: (p.mention.span.start, p.number))
        return list(dict.fromkeys(p.figure for p in ordered))


def _since(figure: Candidate, other: Candidate, mention: Mention) -> bool:
    """Whether words like those of a mention were used for someone later than for another."""
    places = [m.span.start for m in figure.mentions if m.head == mention.head]
    return any(other.mentions[-1].span.start < at < mention.span.start for at in places)
