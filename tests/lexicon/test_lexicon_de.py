"""German: capitalised nouns, compounds, verbs in second place, low quotation marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ReadText = Callable[..., Any]
Edtf = Callable[..., list[str | None]]

ARTICLE = """Deutschland und Polen wollen enger zusammenarbeiten

Berlin – Der deutsche Verteidigungsminister Hans Weber hat am Mittwoch seinen polnischen \
Amtskollegen Jan Kowalczyk in Warschau getroffen. Die Minister sprachen über die Sicherheit im \
Ostseeraum und über Munition.

„Wir brauchen mehr Züge und weniger Papier“, sagte Weber nach dem Treffen. „Das ist keine Frage \
des Geldes.“ Kowalczyk betonte, dass die Häfen in Danzig bereit seien.

Generalleutnant Max Brandt warnte, dass die Zeit knapp werde. Die Verhandlungen über die Preise \
und die Mengen dauern an. Der Bürgermeister von Danzig erwartet mehr Schiffe."""


@pytest.mark.parametrize("marks", ["„{}“", "»{}«", "«{}»", '"{}"', "“{}”"])
def test_marks_of_newsrooms(read_text: ReadText, marks: str) -> None:
    text = f"{marks.format('Wir sind bereit')}, sagte Minister Hans Weber."
    assert read_text(text).speech == [("direct", "Minister Hans Weber", "sagte", "Wir sind bereit")]


@pytest.mark.parametrize(
    ("text", "source", "cue", "words"),
    [
        (
            "„Die Schiffe fehlen“, so die französische Ministerpräsidentin Claire Dubois.",
            "die französische Ministerpräsidentin Claire Dubois",
            "so",
            "Die Schiffe fehlen",
        ),
        (
            "„Der Weg ist frei“, erklärte Vogt, „aber die Schiffe fehlen.“",
            "Vogt",
            "erklärte",
            "Der Weg ist frei / aber die Schiffe fehlen.",
        ),
        (
            "Präsident Taras Melnyk schrieb: „Ohne Häfen gibt es keinen Handel.“",
            "Präsident Taras Melnyk",
            "schrieb",
            "Ohne Häfen gibt es keinen Handel.",
        ),
        (
            "Der Vorsitzende des Ausschusses, Jens Krüger, betonte: „Die Zeit ist knapp.“",
            "Der Vorsitzende des Ausschusses, Jens Krüger",
            "betonte",
            "Die Zeit ist knapp.",
        ),
        (
            "Außenminister Peter Huber (SPD) sagte: „Das stimmt nicht.“",
            "Außenminister Peter Huber",
            "sagte",
            "Das stimmt nicht.",
        ),
    ],
)
def test_direct_speech(read_text: ReadText, text: str, source: str, cue: str, words: str) -> None:
    assert read_text(text).speech == [("direct", source, cue, words)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "clause"),
    [
        (
            "Die Ministerin betonte, dass der Hafen bereit sei.",
            "Die Ministerin",
            "betonte",
            "der Hafen bereit sei",
        ),
        ("Der Kanzler sagte, der Plan sei gut.", "Der Kanzler", "sagte", "der Plan sei gut"),
        (
            "Nach Angaben des Ministers soll der Vertrag im Mai unterzeichnet werden.",
            "des Ministers",
            "Nach Angaben",
            "soll der Vertrag im Mai unterzeichnet werden",
        ),
        (
            "Laut Kremlsprecher Oleg Antonow ist die Lage ruhig.",
            "Kremlsprecher Oleg Antonow",
            "Laut",
            "ist die Lage ruhig",
        ),
        (
            "Dem Minister zufolge sind viele Schiffe betroffen.",
            "Dem Minister",
            "zufolge",
            "sind viele Schiffe betroffen",
        ),
        (
            "Am Donnerstag teilte das Auswärtige Amt mit, dass ein Gespräch geplant sei.",
            "das Auswärtige Amt",
            "teilte",
            "ein Gespräch geplant sei",
        ),
        (
            "Wie US-Außenminister John Miller erklärte, werde Washington alles zahlen.",
            "US-Außenminister John Miller",
            "erklärte",
            "werde Washington alles zahlen",
        ),
        (
            "In Berlin sagte ein Sprecher des Auswärtigen Amtes, man prüfe den Vorschlag.",
            "ein Sprecher des Auswärtigen Amtes",
            "sagte",
            "man prüfe den Vorschlag",
        ),
    ],
)
def test_indirect_speech(
    read_text: ReadText, text: str, source: str, cue: str, clause: str
) -> None:
    assert read_text(text).speech == [("indirect", source, cue, clause)]


def test_a_naming_with_quoted_words_is_mixed(read_text: ReadText) -> None:
    found = read_text("Die Kanzlerin bezeichnete die Lage als „sehr ernst und sehr teuer“.")
    assert found.speech == [("mixed", "Die Kanzlerin", "bezeichnete", "sehr ernst und sehr teuer")]
    assert found.contents == ["die Lage als „sehr ernst und sehr teuer“"]


def test_so_is_a_cue_only_behind_what_was_said(read_text: ReadText) -> None:
    assert read_text("Der Minister war so müde, dass er nach Hause ging.").speech == []
    assert read_text("So Weber will, kommt der Zug.").speech == []


def test_people_of_an_article_are_no_nouns(read_text: ReadText) -> None:
    found = read_text(ARTICLE, "2024-02-29")
    assert found.people == [
        ("Hans Weber", "Verteidigungsminister", None, "DEU"),
        ("Jan Kowalczyk", "Amtskollegen", None, "POL"),
        ("Max Brandt", None, "Generalleutnant", None),
    ]
    assert found.mentions_of("Hans Weber") == [
        "Der deutsche Verteidigungsminister Hans Weber",
        "Weber",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Am Montag begann die Messe in Hannover.",
        "Die Bahn baut den Bahnhof Altona um.",
        "Der Preis für Weizen stieg um drei Prozent.",
        "Ende Januar kamen Millionen Euro aus Brüssel.",
        "Auf dem Markt kauften Familien Brot und Käse.",
    ],
)
def test_nouns_are_no_people(read_text: ReadText, text: str) -> None:
    assert read_text(text).people == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "US-Präsident John Miller reist ab.",
            ("John Miller", "Präsident", None, "USA"),
        ),
        (
            "Nato-Generalsekretärin Eva Lang reist ab.",
            ("Eva Lang", "Nato-Generalsekretärin", None, None),
        ),
        (
            "Der Präsident der Ukraine, Taras Melnyk, reist ab.",
            ("Taras Melnyk", "Präsident der Ukraine", None, "UKR"),
        ),
        (
            "Frankreichs Außenministerin Claire Dubois reist ab.",
            ("Claire Dubois", "Außenministerin", None, "FRA"),
        ),
        (
            "Der Minister für Wirtschaft und Klimaschutz Karl von Berg reist ab.",
            ("Karl von Berg", "Minister für Wirtschaft und Klimaschutz", None, None),
        ),
        ("Frau Vogt reist ab.", ("Vogt", None, None, None)),
    ],
)
def test_titles_and_countries(
    read_text: ReadText, text: str, person: tuple[str, str | None, str | None, str | None]
) -> None:
    assert read_text(text).people == [person]


def test_the_meeting_of_an_article(read_text: ReadText) -> None:
    first = read_text(ARTICLE, "2024-02-29").events[0]
    assert (first.status, first.mode, first.edtf) == ("held", "in_person", "2024-02-28")
    assert first.place is not None
    assert first.place.text == "Warschau"


@pytest.mark.parametrize(
    ("text", "status", "mode", "kind"),
    [
        ("Die Kanzler telefonierten am 12. Februar.", "held", "phone", "call"),
        ("Die Minister wollen am Montag in Genf zusammenkommen.", "planned", "unknown", "other"),
        ("Das Treffen der Minister wurde abgesagt.", "cancelled", "in_person", "talks"),
        ("Der Präsident schlug Gespräche in Wien vor.", "proposed", "in_person", "talks"),
        ("Die Präsidenten berieten per Videoschalte.", "held", "video", "talks"),
        ("Auf dem EU-Gipfel in Brüssel berieten die Minister.", "held", "in_person", "summit"),
    ],
)
def test_meetings(read_text: ReadText, text: str, status: str, mode: str, kind: str) -> None:
    event = read_text(text, "2024-02-29").events[0]
    assert event.status == status
    assert (event.mode, event.kind) == (mode, kind)


def test_a_noun_behind_a_preposition_is_no_place(read_text: ReadText) -> None:
    event = read_text("Die Minister trafen sich in Anwesenheit der Presse.").events[0]
    assert event.place is None


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("am 3. März 2024", None, "2024-03-03"),
        ("am 3. März", None, "XXXX-03-03"),
        ("vom 3. bis 5. März 2024", None, "2024-03-03/2024-03-05"),
        ("am Montagabend", "2024-02-29", "2024-02-26"),
        ("am Sonnabend", "2024-02-29", "2024-02-24"),
        ("vergangenen Freitag", "2024-02-29", "2024-02-23"),
        ("gestern", "2024-02-29", "2024-02-28"),
    ],
)
def test_dates(edtf: Edtf, text: str, anchor: str | None, expected: str) -> None:
    assert edtf(text, anchor) == [expected]


def test_a_full_stop_behind_a_month_is_no_part_of_the_date(read_text: ReadText) -> None:
    event = read_text("Die Kanzler telefonierten am 12. Februar.").events[0]
    assert event.date is not None
    assert event.date.span.text == "12. Februar"


def test_the_coming_monday_lies_ahead(edtf: Edtf) -> None:
    assert edtf("am kommenden Montag", "2024-02-29", "future") == ["2024-03-04"]
