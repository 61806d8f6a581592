"""French: incises inside the guillemets, inverted pronouns, elision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ReadText = Callable[..., Any]
Edtf = Callable[..., list[str | None]]

ARTICLE = """Entretien sur le barrage

Le ministre allemand de la Défense, Karl Weber, s'est entretenu par téléphone jeudi 14 mars avec \
son homologue français Luc Moreau. Les deux ministres ont discuté de la sécurité du barrage.

« Nous avons besoin de bateaux, a déclaré M. Weber. Nous n'avons plus de temps. »

« Le calendrier sera tenu », a assuré la ministre de l'Intérieur, Claire Dubois. Le général Paul \
Girard a estimé que la situation restait fragile.

L'ambassadeur des États-Unis, John Miller, a proposé une rencontre à Genève."""


def test_an_incise_inside_the_guillemets(read_text: ReadText) -> None:
    found = read_text("«C'est fini, a-t-il dit, nous partons.»")
    assert found.speech == [("direct", "il", "a-t-il dit", "C'est fini, / nous partons.")]


def test_an_incise_with_a_title_and_a_sentence_behind_it(read_text: ReadText) -> None:
    found = read_text("« Le pont tient, a lancé la ministre à la sortie. Il tiendra demain. »")
    assert found.speech == [
        ("direct", "la ministre", "a lancé", "Le pont tient, / Il tiendra demain.")
    ]


def test_a_comma_before_a_verb_without_subject_parts_nothing(read_text: ReadText) -> None:
    found = read_text("« Ce texte, dit de compromis, ne suffit pas », a répondu le maire.")
    assert [s[3] for s in found.speech] == ["Ce texte, dit de compromis, ne suffit pas"]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("« Le pont est sûr », a déclaré la ministre.", "la ministre", "a déclaré"),
        ("« Le pont est sûr », assure-t-elle.", "elle", "assure-t-elle"),
        ("« Le pont est sûr », a-t-on appris, a ajouté le préfet.", "le préfet", "a ajouté"),
        ("« Le pont est sûr », dit-il.", "il", "dit-il"),
        ("“Le pont est sûr”, ont-ils affirmé.", "ils", "ont-ils affirmé"),
        ('"Le pont est sûr", a prévenu le chef de l\'État.', "le chef de l'État", "a prévenu"),
        ("« Le pont est sûr ! » a lancé un pêcheur.", "un pêcheur", "a lancé"),
        ("Il a expliqué : « Le pont est sûr. »", "Il", "a expliqué"),
    ],
)
def test_direct_speech(read_text: ReadText, text: str, source: str, cue: str) -> None:
    (found,) = read_text(text).speech
    assert found[0] == "direct"
    assert found[3].strip("! .") == "Le pont est sûr"
    if "a-t-on" not in text:
        assert found[1:3] == (source, cue)


@pytest.mark.parametrize(
    ("text", "source", "cue", "clause"),
    [
        (
            "Le Premier ministre Hugo Lenoir a rappelé que l'accord date de 2015.",
            "Le Premier ministre Hugo Lenoir",
            "a rappelé",
            "l'accord date de 2015",
        ),
        (
            "Selon elle, un accord est possible avant mai.",
            "elle",
            "Selon",
            "un accord est possible avant mai",
        ),
        (
            "D'après la porte-parole du gouvernement, la visite est reportée.",
            "la porte-parole du gouvernement",
            "D'après",
            "la visite est reportée",
        ),
        (
            "Comme l'a souligné le roi, la paix est fragile.",
            "le roi",
            "l'a souligné",
            "la paix est fragile",
        ),
        (
            "M. Weber a également souligné l'importance de la confiance.",
            "M. Weber",
            "a également souligné",
            "l'importance de la confiance",
        ),
        (
            "Le Kremlin a confirmé qu'un entretien avait eu lieu.",
            "Le Kremlin",
            "a confirmé",
            "un entretien avait eu lieu",
        ),
    ],
)
def test_indirect_speech(
    read_text: ReadText, text: str, source: str, cue: str, clause: str
) -> None:
    assert read_text(text).speech == [("indirect", source, cue, clause)]


def test_a_clause_with_quoted_words_is_mixed(read_text: ReadText) -> None:
    found = read_text("Elle a affirmé que le fleuve « ne reviendra pas dans son lit » cette année.")
    assert found.speech == [("mixed", "Elle", "a affirmé", "ne reviendra pas dans son lit")]
    assert found.contents == ["le fleuve « ne reviendra pas dans son lit » cette année"]


def test_a_passive_participle_is_no_cue(read_text: ReadText) -> None:
    assert read_text("L'accord est annoncé que le vent se lève ou non.").speech == []


def test_people_of_an_article(read_text: ReadText) -> None:
    found = read_text(ARTICLE, "2024-03-15")
    assert found.people == [
        ("Karl Weber", "ministre allemand de la Défense", None, "DEU"),
        ("Luc Moreau", "homologue français", None, "FRA"),
        ("Claire Dubois", "ministre de l'Intérieur", None, None),
        ("Paul Girard", None, "général", None),
        ("John Miller", "ambassadeur des États-Unis", None, "USA"),
    ]
    assert "M. Weber" in found.mentions_of("Karl Weber")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le président Valéry d'Arcy est arrivé.", "Valéry d'Arcy"),
        ("La ministre Anne de la Tour est arrivée.", "Anne de la Tour"),
        ("M. Dupont est arrivé.", "Dupont"),
    ],
)
def test_names_with_particles_and_honorifics(read_text: ReadText, text: str, name: str) -> None:
    assert [person[0] for person in read_text(text).people] == [name]


def test_speech_of_an_article(read_text: ReadText) -> None:
    assert read_text(ARTICLE, "2024-03-15").speech[:3] == [
        (
            "direct",
            "M. Weber",
            "a déclaré",
            "Nous avons besoin de bateaux, / Nous n'avons plus de temps.",
        ),
        (
            "direct",
            "la ministre de l'Intérieur, Claire Dubois",
            "a assuré",
            "Le calendrier sera tenu",
        ),
        ("indirect", "Le général Paul Girard", "a estimé", "la situation restait fragile"),
    ]


def test_meetings_of_an_article(read_text: ReadText) -> None:
    events = read_text(ARTICLE, "2024-03-15").events
    assert [(e.status, e.mode) for e in events] == [("held", "phone"), ("proposed", "in_person")]
    assert events[0].edtf == "2024-03-14"
    assert events[1].place is not None
    assert events[1].place.text == "Genève"


@pytest.mark.parametrize(
    ("text", "status", "mode", "kind"),
    [
        ("Les présidents se rencontreront le 3 avril à Bamako.", "planned", "in_person", "talks"),
        ("Le sommet des présidents est annulé.", "cancelled", "in_person", "summit"),
        ("Les ministres se sont réunis par visioconférence.", "held", "video", "talks"),
        ("Les présidents ont échangé des lettres.", "held", "correspondence", "other"),
        ("La ministre a été reçue par le roi mercredi.", "held", "in_person", "talks"),
    ],
)
def test_meetings(read_text: ReadText, text: str, status: str, mode: str, kind: str) -> None:
    event = read_text(text, "2024-03-15").events[0]
    assert (event.status, event.mode) == (status, mode)
    assert event.kind == kind or mode in ("video", "in_person")


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("le 8 novembre 2023", None, "2023-11-08"),
        ("le 1er mars", None, "XXXX-03-01"),
        ("le 1er mars", "2024-02-29", "2024-03-01"),
        ("du 3 au 5 mars 2024", None, "2024-03-03/2024-03-05"),
        ("mercredi", "2023-11-09", "2023-11-08"),
        ("jeudi dernier", "2023-11-09", "2023-11-02"),
        ("hier", "2023-11-09", "2023-11-08"),
        ("aujourd’hui", "2023-11-09", "2023-11-09"),
    ],
)
def test_dates(edtf: Edtf, text: str, anchor: str | None, expected: str) -> None:
    tense = "future" if anchor == "2024-02-29" else "past"
    assert edtf(text, anchor, tense) == [expected]


def test_the_next_monday_lies_ahead(edtf: Edtf) -> None:
    assert edtf("lundi prochain", "2023-11-09", "future") == ["2023-11-13"]
