"""The words of a language that report speech, compiled for the finders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.lexicon import Lexicon, Phrases


class SpeechRules:
    """The cues of a language and what surrounds them, compiled once."""

    def __init__(self, words: Lexicon) -> None:
        speech = words.speech
        behind = speech.according_behind
        passive = _either(speech.passive)
        self.cues = Phrases(
            [*speech.cues, *speech.according, *speech.tags, *speech.closing, *behind]
        )
        self.cited_by = re.compile(
            rf"\s(?:{passive})\s+(?:\w+ly\s+)?\w+\s+(?:{_either(speech.cited_by)})\s+(?:[\w'’-]+\s+){{0,4}}$"
        )
        self.whose = Phrases(speech.whose)
        self.closing = Phrases(speech.closing)
        self.audiences = Phrases(speech.audiences)
        self.tells = Phrases(speech.tells) if speech.tells else None
        dates = words.dates
        when = [*dates.weekdays, *dates.today, *dates.yesterday, *dates.months]
        self.about = re.compile(
            rf"(?:[^\W\d_a-z][\w'’-]*\s+){{1,3}}(?:{_either(speech.concerning)})\s"
        )
        self.addressing = Phrases(speech.addressing)
        self.indirect = Phrases(speech.that[1:])
        self.relative_verbs = Phrases([*speech.passive, *speech.auxiliary])
        self.relative_lead = re.compile(
            rf",\s+(?:{_either(words.people.pronouns.relative)})\s+(?:\w+\s+)?$"
        )
        negations = _either(speech.negations).replace("'", "['’]")
        self.negated = re.compile(rf"(?<!\w)(?:{negations})\s+$", re.IGNORECASE)
        self.countries = words.country_phrases
        self.country = words.country
        self.when_or_where = Phrases([*speech.not_content, *speech.adverbs, *when])
        self.cited_as = re.compile(rf"\s+(?:{_either(speech.cited_as)})\s+$")
        self.according = Phrases([*speech.according, *behind])
        self.weak = Phrases(speech.weak)
        self.mental = Phrases(speech.mental)
        self.that = Phrases(speech.that)
        self.adverbs = Phrases(speech.adverbs)
        self.passive = re.compile(rf"(?<!\w)(?:{passive})\s+(?:\w+ly\s+)?$", re.IGNORECASE)
        self.nouns = re.compile(
            rf"(?:(?P<of>['’]s?)|(?<!\w)(?P<whose>{_either(speech.whose)}))\s+"
            rf"(?P<noun>{_either(speech.nouns)})(?=\s+(?:{_either(speech.that[:1])})\s)",
            re.IGNORECASE,
        )
        self.things = Phrases(words.people.pronouns.thing)
        self.relative = Phrases(words.people.pronouns.relative)
        self.what = re.compile(rf"(?<!\w)(?:{_either(speech.what)})\s+$", re.IGNORECASE)
        self.what_said = re.compile(
            rf"(?<!\w)(?:{_either(speech.what)})\s+(?:[\w'’.-]+\s+){{1,5}}$", re.IGNORECASE
        )
        ending = tuple(speech.progressive)
        self.progressive = Phrases(c for c in speech.cues if c.split()[0].endswith(ending))
        self.infinitive = Phrases(c for c in speech.cues if c.split()[0] in speech.infinitive)
        self.not_content = Phrases(speech.not_content)
        self.objects = Phrases(words.people.objects)
        determiners = _either(words.people.determiners)
        self.someone = re.compile(
            rf"(?<!\w)(?:{determiners})\s+(?:[\w'’-]+\s+){{1,3}}$", re.IGNORECASE
        )
        self.head_of = re.compile(
            rf"(?:^|[,;:–—”\"]\s*)(?P<phrase>(?:{determiners})\s+(?:[\w'’-]+\s+){{0,2}}?"
            rf"(?:(?P<noun>[^\W\d_]+)\s+)?(?:{_either(speech.links)})\s+)$",
            re.IGNORECASE,
        )
        self.written = Phrases([*speech.nouns, *speech.messages])
        self.something = re.compile(
            rf"\s+((?:{determiners})\s+(?:[\w'’-]+\s+){{0,2}}(\w+))(?=\s*[,.])", re.IGNORECASE
        )
        self.determined = re.compile(rf"(?<!\w)(?:{determiners})\s*$", re.IGNORECASE)
        self.noun = re.compile(rf"\s+((?:{determiners})\s+(\w+))", re.IGNORECASE)
        pronouns = words.people.pronouns
        subjects = [*pronouns.male, *pronouns.female, *pronouns.plural, *pronouns.thing]
        self.subjects = Phrases([*subjects, *words.people.determiners])
        self.titles = Phrases(speech.titles_before)
        self.documents = Phrases(speech.documents)
        self.tags = Phrases(speech.tags)
        self.behind = Phrases(speech.according_behind)
        self.order = speech.order
        self.wide = words.wide
        self.drops_subject = speech.drops_subject
        self.addressed = re.compile(rf"(?:{_either(speech.addressed)})$")
        space = r"\s*" if words.wide else r"\s+"
        self.in_place = re.compile(rf"(?<!\w)(?:{_either(words.places.before)})\s+$", re.IGNORECASE)
        self.as_ = re.compile(
            rf"(?:^|(?<=[,–—-]))\s*(?:{_either(speech.as_words)})\s+$", re.IGNORECASE
        )
        nested = [word for word in words.people.connectors if word not in speech.conjunctions]
        self.nested = Phrases(nested)
        self.both = re.compile(rf"(?<!\w)(?:{_either(speech.both)})$", re.IGNORECASE)
        self.opens_clause = Phrases([*speech.that, *speech.conjunctions, *speech.both])
        and_ = speech.conjunctions[:1]
        ahead = (
            rf"(?:,\s*(?:(?:{_either(speech.conjunctions)}){space})?"
            rf"|{space}(?:{_either(and_)}){space}|;\s*)"
        )
        self.conjunction = re.compile(
            rf"{ahead}(?:\w+ly\s+)?(?:(?:{_either(speech.also)}){space})?$"
        )
        self.and_that = re.compile(
            rf"{space}(?:{_either(speech.conjunctions)}){space}(?:\w+ly\s+)?"
            rf"(?:(?:{_either(speech.also)}){space})?$"
        )
        self.new_clause = re.compile(rf"(?:,\s*(?:{_either(speech.conjunctions)}){space}|;\s*)$")
        self.and_ = re.compile(rf"{space[:2]}(?:{_either(and_)}){space[:2]}")


def _either(words: Sequence[str]) -> str:
    """Any of the words as a regular expression; one that nothing matches for none."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) or r"(?!)"
