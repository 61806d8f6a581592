"""The word files of all languages: their shape, and what must hold of any."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from pycountry import countries
from pydantic import BaseModel

from summarizer.lexicon import Lexicon, Phrases, languages, lexicon

WRITTEN = ("de", "es", "fr", "ru")
# English needs none of these, or has words that other languages have not.
OWN = {
    "meetings": {"not_calls"},
    "people": {"compounds", "endings", "nouns", "postposed", "suffixes"},
    "speech": {"auxiliaries", "participles", "tags", "as_words", "according_behind", "order"}
    | {"incises", "drops_subject", "progressive", "nouns", "whose", "what", "infinitive", "both"}
    | {"closing", "tells", "audiences", "addressing", "auxiliary", "cited_as", "cited_by"}
    | {"links", "concerning"},
}


def tables(words: Lexicon) -> dict[str, dict[str, object]]:
    return {
        name: dict(value) for name, value in dict(words).items() if isinstance(value, BaseModel)
    }


def test_languages_of_the_project_have_a_file() -> None:
    assert {"en", *WRITTEN} <= set(languages())


def test_a_language_without_a_file_is_read_as_english() -> None:
    assert lexicon("xx") is not None
    assert lexicon("xx").language == lexicon(None).language == "en"


@pytest.mark.parametrize("language", WRITTEN)
def test_no_list_of_english_is_empty_elsewhere(language: str) -> None:
    own, english = tables(lexicon(language)), tables(lexicon("en"))
    for table, fields in english.items():
        for field, value in fields.items():
            if value and field not in OWN.get(table, set()):
                assert own[table][field], f"{language}: [{table}] {field}"


@pytest.mark.parametrize("language", WRITTEN)
def test_modes_kinds_and_templates_have_the_keys_of_english_in_its_order(language: str) -> None:
    own, english = lexicon(language), lexicon("en")
    assert list(own.modes) == list(english.modes)
    assert list(own.kinds) == list(english.kinds)
    assert set(own.summary) == set(english.summary)
    for key, template in english.summary.items():
        assert own.summary[key].count("{") == template.count("{"), key


@pytest.mark.parametrize("language", WRITTEN)
def test_at_least_sixty_countries_have_names_and_adjectives(language: str) -> None:
    words = lexicon(language)
    assert len(words.countries) >= 60
    assert len(words.adjectives) >= 60
    for code in {*words.countries, *words.adjectives}:
        assert countries.get(alpha_3=code) is not None, code


@pytest.mark.parametrize("language", WRITTEN)
def test_weak_and_mental_cues_are_cues(language: str) -> None:
    speech = lexicon(language).speech
    assert set(speech.mental) <= set(speech.cues)
    assert set(speech.weak) <= set(speech.cues)


@pytest.mark.parametrize("language", WRITTEN)
def test_months_and_weekdays_come_in_whole_rows(language: str) -> None:
    dates = lexicon(language).dates
    assert len(dates.weekdays) % 7 == 0
    assert len(dates.months_short) in (12, 13)


@pytest.mark.parametrize("language", WRITTEN)
def test_a_list_names_no_word_twice_and_every_ending_is_known(language: str) -> None:
    source = (files("summarizer.lexicon") / f"{language}.toml").read_text(encoding="utf-8")
    parsed = tomllib.loads(source)
    endings = parsed.pop("inflections", {})
    used: set[str] = set()
    for name, table in parsed.items():
        if not isinstance(table, dict):
            continue
        for key, words in table.items():
            if not isinstance(words, list):
                continue
            used |= {word.partition("+")[2] for word in words} - {""}
            if key not in ("weekdays", "months", "months_short"):
                assert len(words) == len(set(words)), f"[{name}] {key}"
    assert used == set(endings)


@pytest.mark.parametrize("language", WRITTEN)
def test_words_are_lower_case_and_without_spaces_around(language: str) -> None:
    words = lexicon(language)
    for table, fields in tables(words).items():
        for field, value in fields.items():
            for word in value if isinstance(value, list) else []:
                assert word == word.lower().strip() and word, f"[{table}] {field}: {word!r}"


def test_inflections_are_spelled_out() -> None:
    assert {"министр", "министра", "министром"} <= set(lexicon("ru").people.heads)
    assert not any("+" in head for head in lexicon("ru").people.heads)


def test_participles_are_cues_behind_auxiliaries_and_weak_alone() -> None:
    speech = lexicon("fr").speech
    assert {"a déclaré", "ont déclaré", "déclaré"} <= set(speech.cues)
    assert "déclaré" in speech.weak
    assert "a déclaré" not in speech.weak


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("ru", "России", "RUS"),
        ("ru", "российского", "RUS"),
        ("ru", "Китайской Народной Республики", "CHN"),
        ("ru", "Южной Кореи", "KOR"),
        ("ru", "Росси", None),
        ("ru", "Литвинов", None),
        ("de", "französischen", "FRA"),
        ("de", "Frankreichs", "FRA"),
        ("de", "Vereinigten Staaten", "USA"),
        ("fr", "sénégalaise", "SEN"),
        ("fr", "Côte d’Ivoire", "CIV"),
        ("fr", "États-Unis", "USA"),
        ("es", "estadounidense", "USA"),
        ("es", "EE. UU.", "USA"),
        ("es", "alemana", "DEU"),
    ],
)
def test_countries_are_known_by_name_and_adjective(
    language: str, text: str, code: str | None
) -> None:
    assert lexicon(language).country(text) == code


def test_stems_join_the_cases_of_a_russian_name() -> None:
    stem = lexicon("ru").stem
    assert len({stem(w) for w in ("Петров", "Петрова", "Петровым", "Петрову", "Петрове")}) == 1
    assert len({stem(w) for w in ("Сергей", "Сергея", "Сергею", "Сергеем")}) == 1
    assert len({stem(w) for w in ("Орловская", "Орловской", "Орловскую")}) == 1
    assert stem("Шойгу") != stem("Шойгин")


def test_english_words_keep_their_endings() -> None:
    assert lexicon("en").stem("Ministers") == "ministers"


def test_phrases_that_end_in_an_apostrophe_stand_before_a_word() -> None:
    phrases = Phrases(["l'", "de l'", "le"])
    assert list(phrases.find("le chef de l’État")) == [(0, 2), (8, 13)]
    assert phrases.at("leur", 0) is None


def test_a_star_stands_for_the_first_part_of_a_compound_too() -> None:
    phrases = Phrases(["*minister"])
    assert phrases.whole("Verteidigungsminister")
    assert not phrases.whole("Ministerium")


def test_the_longest_of_phrases_with_one_beginning_is_found() -> None:
    phrases = Phrases(["по", "по словам", "по его словам"])
    assert phrases.first("Он, по его словам, рад") == (4, 17)
