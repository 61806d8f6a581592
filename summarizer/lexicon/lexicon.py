"""One language's words, read from its file; what varies between languages is data."""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from pydantic import Field

from summarizer.lexicon.phrases import Phrases, is_wide
from summarizer.lexicon.tables import (
    DateWords,
    MeetingWords,
    PeopleWords,
    PlaceWords,
    SpeechWords,
    Table,
    TopicWords,
)

_STEM = 3  # letters that an ending leaves of a word


class Lexicon(Table):
    """The words of one language; `language` is an ISO 639-1 code."""

    language: str
    people: PeopleWords
    speech: SpeechWords
    meetings: MeetingWords
    modes: dict[str, list[str]]
    kinds: dict[str, list[str]]
    dates: DateWords
    places: PlaceWords = PlaceWords()
    topics: TopicWords = TopicWords()
    summary: dict[str, str] = Field(default_factory=dict)
    countries: dict[str, list[str]] = Field(default_factory=dict)
    adjectives: dict[str, list[str]] = Field(default_factory=dict)
    capitals: dict[str, list[str]] = Field(default_factory=dict)

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
        for code, words in (*self.countries.items(), *self.adjectives.items()):
            names.update({word.lower().replace("’", "'"): code for word in words})
        return names

    @property
    def wide(self) -> bool:
        """Whether the language is written without spaces between words."""
        return is_wide(self.speech.cues[0])

    @cached_property
    def cities(self) -> frozenset[str]:
        """Names of cities: CLDR's for time zones, and the lexicon's own."""
        from babel import Locale

        zones = Locale(self.language).time_zones.values()
        known = {zone["city"] for zone in zones if isinstance(zone.get("city"), str)}
        return frozenset(known | set(self.places.names))

    def city_country(self, name: str) -> str | None:
        """The code of a city's country, ISO 3166-1 alpha-3: CLDR's cities, and `capitals`."""
        return self._city_countries.get(name.casefold())

    @cached_property
    def _city_countries(self) -> dict[str, str]:
        from babel import Locale
        from babel.core import get_global
        from pycountry import countries

        told = Locale(self.language).time_zones
        found: dict[str, str] = {}
        for zone, territory in get_global("zone_territories").items():
            country = countries.get(alpha_2=territory)
            city = told.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            if country is not None and zone.count("/") == 1 and isinstance(city, str):
                found[city.casefold()] = country.alpha_3
        capitals = ((city, code) for code, cities in self.capitals.items() for city in cities)
        return found | dict(capitals)

    @cached_property
    def city_phrases(self) -> Phrases:
        """Finds a city whose name has several words, of which one may name another country."""
        return Phrases(city for city in self._city_countries if " " in city)

    @cached_property
    def adjective_phrases(self) -> Phrases:
        """Finds an adjective of a country that is written with a small letter."""
        return Phrases(word for words in self.adjectives.values() for word in words)

    def stem(self, word: str) -> str:
        """A word folded and without the ending that its case gives it."""
        folded = word.casefold()
        return next(
            (
                folded[: -len(ending)]
                for ending in self._endings
                if folded.endswith(ending) and len(folded) - len(ending) >= _STEM
            ),
            folded,
        )

    @cached_property
    def _endings(self) -> list[str]:
        return sorted(self.people.endings, key=lambda ending: -len(ending))

    @cached_property
    def country_phrases(self) -> Phrases:
        """Finds any name or adjective of a country."""
        return Phrases(self.country_codes)

    def country(self, text: str) -> str | None:
        """The code of the country that `text` names, or None."""
        folded = " ".join(text.lower().replace("’", "'").split())
        code = self.country_codes.get(folded) or self.country_codes.get(folded.removeprefix("ال"))
        if code is None:
            fitting = (w for w in self._stems if self._stems[w].whole(folded))
            longest = max(fitting, key=len, default=None)
            code = self.country_codes[longest] if longest else None
        return code

    @cached_property
    def _stems(self) -> dict[str, Phrases]:
        return {word: Phrases([word]) for word in self.country_codes if "*" in word}


def languages() -> tuple[str, ...]:
    """The languages that have a lexicon."""
    folder = files("summarizer.lexicon")
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def lexicon(language: str | None) -> Lexicon:
    """The words of a language; English for one that has no file."""
    known = language if language in languages() else "en"
    source = (files("summarizer.lexicon") / f"{known}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(source)
    return Lexicon.model_validate(_inflected(tables, tables.pop("inflections", {})))


def _inflected(value: Any, inflections: dict[str, list[str]]) -> Any:
    """The tables with every `stem+name` replaced by the stem with each ending of that name."""
    if isinstance(value, dict):
        return {key: _inflected(inner, inflections) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    forms: list[str] = []
    for word in value:
        stem, _, name = word.partition("+")
        forms += [stem + ending for ending in inflections[name]] if name else [word]
    return forms
