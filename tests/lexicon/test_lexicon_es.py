"""Spanish: subjects behind their verbs, apposed titles, three kinds of quotation marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ReadText = Callable[..., Any]
Edtf = Callable[..., list[str | None]]

ARTICLE = """Perú y Chile hablan de la pesca

LIMA — El ministro de Defensa de Perú, Luis de Guzmán, se reunió el martes en Lima con su \
homóloga chilena, Ana Torres. Abordaron la seguridad en la frontera y la pesca ilegal.

«Necesitamos más barcos y menos discursos», dijo el ministro. «La frontera no puede esperar», \
añadió. La ministra chilena señaló que los radares llegarán en mayo.

El próximo lunes ambos ministros se reunirán en Santiago."""


@pytest.mark.parametrize("marks", ["«{}»", "“{}”", '"{}"'])
def test_marks_of_newsrooms(read_text: ReadText, marks: str) -> None:
    text = f"{marks.format('El agua llega tarde')}, dijo el ministro."
    assert read_text(text).speech == [("direct", "el ministro", "dijo", "El agua llega tarde")]


@pytest.mark.parametrize(
    ("text", "source", "cue", "words"),
    [
        (
            "«Hemos avanzado —subrayó Torres—, pero queda mucho por hacer».",
            "Torres",
            "subrayó",
            "Hemos avanzado / pero queda mucho por hacer",
        ),
        (
            "“El acuerdo está cerca —dijo la ministra de Relaciones Exteriores, Rosa Paz—. "
            "Falta la firma”.",
            "la ministra de Relaciones Exteriores, Rosa Paz",
            "dijo",
            "El acuerdo está cerca / Falta la firma",
        ),
        (
            "“Estamos listos”, afirmó la presidenta de México, Elena Ruiz.",
            "la presidenta de México, Elena Ruiz",
            "afirmó",
            "Estamos listos",
        ),
        ("“No hay tiempo”, agregó De la Vega.", "De la Vega", "agregó", "No hay tiempo"),
        (
            "El doctor Pedro Sanz explicó: “El agua llega tarde”.",
            "El doctor Pedro Sanz",
            "explicó",
            "El agua llega tarde",
        ),
        (
            "El mandatario insistió en que “la paz exige mucha paciencia”.",
            "El mandatario",
            "insistió",
            "la paz exige mucha paciencia",
        ),
    ],
)
def test_direct_speech(read_text: ReadText, text: str, source: str, cue: str, words: str) -> None:
    assert read_text(text).speech == [("direct", source, cue, words)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "clause"),
    [
        (
            "El presidente estadounidense, John Miller, ha dicho que pagará los gastos.",
            "El presidente estadounidense, John Miller",
            "ha dicho",
            "pagará los gastos",
        ),
        (
            "Según el canciller colombiano Jorge Pardo, la cumbre no tendrá lugar.",
            "el canciller colombiano Jorge Pardo",
            "Según",
            "la cumbre no tendrá lugar",
        ),
        (
            "Como ha explicado la portavoz del Gobierno español, Marta Gil, el texto está listo.",
            "la portavoz del Gobierno español, Marta Gil",
            "ha explicado",
            "el texto está listo",
        ),
        (
            "Quispe subrayó la importancia del agua.",
            "Quispe",
            "subrayó",
            "la importancia del agua",
        ),
        (
            "A juicio del embajador, la frontera está tranquila.",
            "embajador",
            "A juicio del",
            "la frontera está tranquila",
        ),
        (
            "También señaló el general Luis Ortega que la frontera está tranquila.",
            "el general Luis Ortega",
            "señaló",
            "la frontera está tranquila",
        ),
    ],
)
def test_indirect_speech(
    read_text: ReadText, text: str, source: str, cue: str, clause: str
) -> None:
    assert read_text(text).speech == [("indirect", source, cue, clause)]


def test_a_naming_with_quoted_words_is_mixed(read_text: ReadText) -> None:
    found = read_text("La ministra calificó el encuentro de “muy útil y muy sincero”.")
    assert found.speech == [("mixed", "La ministra", "calificó", "muy útil y muy sincero")]
    assert found.contents == ["el encuentro de “muy útil y muy sincero”"]


def test_a_title_in_quotation_marks_is_no_statement(read_text: ReadText) -> None:
    assert read_text("El ministro presentó el libro «Agua y paz en los Andes».").speech == []


def test_people_of_an_article(read_text: ReadText) -> None:
    found = read_text(ARTICLE, "2024-02-29")
    assert found.people == [
        ("Luis de Guzmán", "ministro de Defensa de Perú", None, "PER"),
        ("Ana Torres", "homóloga chilena", None, "CHL"),
    ]
    assert "La ministra chilena" in found.mentions_of("Ana Torres")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "El secretario de Estado de EE. UU., John Miller, viaja hoy.",
            ("John Miller", "secretario de Estado de EE. UU.", None, "USA"),
        ),
        (
            "El general Luis Ortega, jefe del Ejército, viaja hoy.",
            ("Luis Ortega", "jefe del Ejército", "general", None),
        ),
        (
            "El presidente paraguayo Juan de la Vega viaja hoy.",
            ("Juan de la Vega", "presidente paraguayo", None, "PRY"),
        ),
        ("Doña Ana Mora viaja hoy.", ("Ana Mora", None, None, None)),
    ],
)
def test_titles_and_countries(
    read_text: ReadText, text: str, person: tuple[str, str | None, str | None, str | None]
) -> None:
    assert read_text(text).people == [person]


def test_speech_of_an_article(read_text: ReadText) -> None:
    assert read_text(ARTICLE, "2024-02-29").speech == [
        (
            "direct",
            "el ministro",
            "dijo",
            "Necesitamos más barcos y menos discursos / La frontera no puede esperar",
        ),
        ("indirect", "La ministra chilena", "señaló", "los radares llegarán en mayo"),
    ]


def test_meetings_of_an_article(read_text: ReadText) -> None:
    held, planned = read_text(ARTICLE, "2024-02-29").events
    assert (held.status, held.mode, held.edtf) == ("held", "in_person", "2024-02-27")
    assert held.place is not None
    assert held.place.text == "Lima"
    assert (planned.status, planned.edtf) == ("planned", "2024-03-04")
    assert planned.place is not None
    assert planned.place.text == "Santiago"


@pytest.mark.parametrize(
    ("text", "status", "mode", "kind"),
    [
        ("Los presidentes hablaron por teléfono el lunes.", "held", "phone", "call"),
        ("Los ministros mantuvieron una videoconferencia.", "held", "video", "conference"),
        ("La cumbre de presidentes ha sido aplazada.", "cancelled", "in_person", "summit"),
        ("El presidente propuso una reunión en La Paz.", "proposed", "in_person", "talks"),
        ("El rey recibió a la ministra en palacio.", "held", "in_person", "talks"),
    ],
)
def test_meetings(read_text: ReadText, text: str, status: str, mode: str, kind: str) -> None:
    event = read_text(text, "2024-02-29").events[0]
    assert (event.status, event.mode, event.kind) == (status, mode, kind)


def test_a_place_may_begin_with_an_article(read_text: ReadText) -> None:
    event = read_text("Los ministros se reunieron en La Paz.").events[0]
    assert event.place is not None
    assert event.place.text == "La Paz"


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("el 3 de marzo de 2024", None, "2024-03-03"),
        ("el 3 de marzo", None, "XXXX-03-03"),
        ("del 3 al 5 de marzo de 2024", None, "2024-03-03/2024-03-05"),
        ("el martes", "2024-02-29", "2024-02-27"),
        ("el jueves pasado", "2024-02-29", "2024-02-22"),
        ("ayer", "2024-02-29", "2024-02-28"),
    ],
)
def test_dates(edtf: Edtf, text: str, anchor: str | None, expected: str) -> None:
    assert edtf(text, anchor) == [expected]


def test_the_next_monday_lies_ahead(edtf: Edtf) -> None:
    assert edtf("el próximo lunes", "2024-02-29", "future") == ["2024-03-04"]


def test_a_subject_of_the_reported_clause_is_no_source(read_text: ReadText) -> None:
    found = read_text("Tras la cita dijo que el ministro viajará pronto a la frontera.")
    assert all(s[1] != "el ministro" for s in found.speech)


def test_a_cue_without_subject_goes_on_with_the_last_source(read_text: ReadText) -> None:
    found = read_text("La ministra dijo que el agua llega tarde. Añadió que faltan barcos nuevos.")
    assert found.speech[1] == ("indirect", "La ministra", "Añadió", "faltan barcos nuevos")
