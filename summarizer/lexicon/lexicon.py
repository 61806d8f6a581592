"""One language's words, read from its file; what varies between languages is data."""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from summarizer.lexicon.phrases import Phrases


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pronouns(_Table):
    """Third-person pronouns as subjects."""

    male: list[str] = []
    female: list[str] = []
    plural: list[str] = []
    other: list[str] = []


class PeopleWords(_Table):
    """Words around people's names: what makes a description, a rank, a title, an institution."""

    heads: list[str]
    groups: list[str] = []
    ranks: list[str] = []
    honorifics: list[str] = []
    institutions: list[str] = []
    modifiers: list[str] = []
    determiners: list[str] = []
    particles: list[str] = []
    suffixes: list[str] = []
    connectors: list[str] = []
    pronouns: Pronouns = Pronouns()
    objects: list[str] = []
    latter: list[str] = []
    organizations: list[str] = []
    common: list[str] = []


class SpeechWords(_Table):
    """Cues and what surrounds them; `weak` and `mental` are subsets of `cues`."""

    cues: list[str]
    weak: list[str] = []
    mental: list[str] = []
    that: list[str] = []
    not_content: list[str] = []
    according: list[str] = []
    passive: list[str] = []
    adverbs: list[str] = []
    titles_before: list[str] = []


class MeetingWords(_Table):
    """Words that report, announce, cancel or propose a meeting."""

    held: list[str]
    nouns: list[str]
    future: list[str] = []
    cancelled: list[str] = []
    proposed: list[str] = []
    background: list[str] = []
    not_meetings: list[str] = []
    definite: list[str] = []


class DateWords(_Table):
    """Names of months and days, and words for days relative to another."""

    months: list[str]
    months_short: list[str] = []
    weekdays: list[str] = []
    today: list[str] = []
    yesterday: list[str] = []
    tomorrow: list[str] = []
    next: list[str] = []
    last: list[str] = []
    this: list[str] = []


class PlaceWords(_Table):
    """What stands before the place of a meeting, and common nouns of places."""

    before: list[str] = []
    common: list[str] = []


class Lexicon(_Table):
    """The words of one language; `language` is an ISO 639-1 code."""

    language: str
    people: PeopleWords
    speech: SpeechWords
    meetings: MeetingWords
    modes: dict[str, list[str]]
    kinds: dict[str, list[str]]
    dates: DateWords
    places: PlaceWords = PlaceWords()
    summary: dict[str, str] = {}
    countries: dict[str, list[str]] = {}

    @cached_property
    def country_codes(self) -> dict[str, str]:
        """Lower-case country names and adjectives to ISO 3166-1 alpha-3; names are CLDR's."""
        from babel import Locale
        from pycountry import countries

        names: dict[str, str] = {}
        for alpha_2, name in Locale(self.language).territories.items():
            country = countries.get(alpha_2=alpha_2) if len(alpha_2) == 2 else None
            if country is not None:
                names[name.lower().replace("’", "'")] = country.alpha_3
        for code, words in self.countries.items():
            names.update({word.lower().replace("’", "'"): code for word in words})
        return names

    @cached_property
    def country_phrases(self) -> Phrases:
        """Finds any name or adjective of a country."""
        return Phrases(self.country_codes)

    def country(self, text: str) -> str | None:
        """The code of the country that `text` names, or None."""
        folded = " ".join(text.lower().replace("’", "'").split())
        code = self.country_codes.get(folded)
        if code is None:
            stems = (w for w in self.country_codes if w.endswith("*") and folded.startswith(w[:-1]))
            stem = max(stems, key=len, default=None)
            code = self.country_codes[stem] if stem else None
        return code


def languages() -> tuple[str, ...]:
    """The languages that have a lexicon."""
    folder = files("summarizer.lexicon")
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def lexicon(language: str | None) -> Lexicon:
    """The words of a language; English for one that has no file."""
    known = language if language in languages() else "en"
    source = (files("summarizer.lexicon") / f"{known}.toml").read_text(encoding="utf-8")
    return Lexicon.model_validate(tomllib.loads(source))
