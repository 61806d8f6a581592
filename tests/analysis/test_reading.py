"""What the rules find in English articles: people, speech, meetings, days."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import Attribution, Reading, read
from summarizer.article import Article, Span, article_id


def reading(text: str, published: str | None = None, language: str = "en") -> Reading:
    return read(Article(id=article_id(text), text=text, language=language, published=published))


def only(text: str) -> Attribution:
    """The one statement of a text."""
    (found,) = reading(text).attributions
    return found


# -- people -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "name", "role", "rank", "country"),
    [
        (
            "Kenyan Defence Minister General of the Army Peter Odongo said the road is open.",
            "Peter Odongo",
            "Defence Minister",
            "General of the Army",
            "KEN",
        ),
        (
            "President of Chile Ana Rojas said the road is open.",
            "Ana Rojas",
            "President of Chile",
            None,
            "CHL",
        ),
        (
            "Chairman of the Joint Chiefs of Staff Gen. Paul B. Osgood Jr. said the road is open.",
            "Paul B. Osgood Jr",
            "Chairman of the Joint Chiefs of Staff",
            "Gen.",
            None,
        ),
        (
            "The head of the Norwegian coast guard, Rear Admiral Siri Dahl, said the road is open.",
            "Siri Dahl",
            "head of the Norwegian coast guard",
            "Rear Admiral",
            "NOR",
        ),
        (
            "Mario Greco, the Italian finance minister, said the road is open.",
            "Mario Greco",
            "finance minister",
            None,
            "ITA",
        ),
        (
            "Prime Minister Leena Aalto of Finland said the road is open.",
            "Leena Aalto",
            "Prime Minister",
            None,
            "FIN",
        ),
        (
            "Malta's Tourism Minister Joe Vella said the road is open.",
            "Joe Vella",
            "Tourism Minister",
            None,
            "MLT",
        ),
        ("Sweden’s Karin Lund said the road is open.", "Karin Lund", None, None, "SWE"),
    ],
)
def test_titles_give_role_rank_and_country(
    sentence: str, name: str, role: str | None, rank: str | None, country: str | None
) -> None:
    (person,) = reading(sentence).people
    assert person.name.rstrip(".") == name.rstrip(".")
    titles = [span.text if span else None for span in (person.first("role"), person.first("rank"))]
    assert titles == [role, rank]
    assert (person.country[0] if person.country else None) == country


def test_one_person_under_many_names() -> None:
    people = reading(
        "Spanish Foreign Minister Elena Prado met Portuguese President Rui Matos in Porto. "
        "Prado said it went well. Mr Matos agreed that it had. "
        "The Spanish minister thanked her host. The Portuguese President smiled."
    ).people
    assert [p.name for p in people] == ["Elena Prado", "Rui Matos"]
    words = [[m.span.text for m in p.mentions] for p in people]
    assert words[0][1:] == ["Prado", "The Spanish minister"]
    assert words[1][1:] == ["Mr Matos", "The Portuguese President"]


def test_nobody_is_made_of_places_and_headlines() -> None:
    people = reading(
        "Lima Summit Ends\n\nPeruvian President Ana Rojas spoke in Cusco on Victory Day, "
        "near Lake Titicaca. Villagers complained that nobody asked them."
    ).people
    assert [p.name for p in people] == ["Ana Rojas"]


# -- speech -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "cue", "kind"),
    [
        ('"We will not wait," Minister Ola Berg said.', "Minister Ola Berg", "said", "direct"),
        (
            '"We will not wait," said Ola Berg, the minister.',
            "Ola Berg, the minister",
            "said",
            "direct",
        ),
        ("Ola Berg stressed: “We will not wait for them.”", "Ola Berg", "stressed", "direct"),
        ('Ola Berg noted that "we have waited long enough."', "Ola Berg", "noted", "direct"),
        ('Ola Berg said the visit "shows real friendship."', "Ola Berg", "said", "mixed"),
        ("Ola Berg said that the road is open.", "Ola Berg", "said", "indirect"),
        ("The road is open, Ola Berg said.", "Ola Berg", "said", "indirect"),
        ("According to Ola Berg, the road is open.", "Ola Berg", "According to", "indirect"),
    ],
)
def test_source_cue_and_type(text: str, source: str, cue: str, kind: str) -> None:
    found = only(text)
    assert found.source is not None and found.cue is not None
    assert (found.source.span.text, found.cue.text, found.quote_type) == (source, cue, kind)


def test_an_interrupted_quotation_is_one_statement() -> None:
    found = only('"We met as friends," President Ana Rojas said. "We part as brothers."')
    assert [s.text for s in found.spans] == ["We met as friends,", "We part as brothers."]


def test_the_content_of_a_mixed_statement_is_the_whole_clause() -> None:
    found = only('Ola Berg said that the meeting "shows deep friendship between us."')
    assert [s.text for s in found.spans] == ["shows deep friendship between us."]
    assert found.content[0].text.startswith("the meeting")
    assert found.content[0].end >= found.spans[0].end


def test_the_one_who_is_greeted_is_not_the_source() -> None:
    found = only(
        "Congratulating Admiral Jan Vos on his appointment, the Greek commander said: "
        '"I am sure that we will sail far together."'
    )
    assert found.source is not None
    assert found.source.span.text == "the Greek commander"


def test_according_to_one_another_says_it() -> None:
    found = only("According to the press service, Ola Berg noted that trade is growing fast.")
    assert found.source is not None and found.source.span.text == "Ola Berg"


@pytest.mark.parametrize(
    "text",
    [
        'He read the book "War of the Worlds" in a day.',
        'Ola Berg repeated the "one house" policy in his speech.',
        "The minister was told that the road is closed.",
        "The market rose by two percent.",
    ],
)
def test_names_and_wordings_in_marks_are_no_statements(text: str) -> None:
    assert [a for a in reading(text).attributions if a.quote_type != "indirect"] == []


def test_the_turns_of_a_transcript() -> None:
    found = reading(
        "PRESIDENT ROJAS: Good morning, everyone.\n\nMINISTER BERG: Thank you for having me here."
    ).attributions
    assert [a.spans[0].text for a in found] == [
        "Good morning, everyone.",
        "Thank you for having me here.",
    ]
    assert all(a.quote_type == "direct" and a.cue is None for a in found)


# -- meetings and days --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lead", "status", "mode", "edtf", "place"),
    [
        ("{a} met {b} in Geneva on May 4.", "held", "in_person", "XXXX-05-04", "Geneva"),
        ("On May 4, {a} held talks via video link with {b}.", "held", "video", "XXXX-05-04", None),
        ("{a} spoke by telephone with {b} on 4 May.", "held", "phone", "XXXX-05-04", None),
        ("{a} will meet {b} in Oslo on May 4.", "planned", "in_person", "XXXX-05-04", "Oslo"),
        ("A meeting of {a} and {b} in Oslo was cancelled.", "cancelled", "in_person", None, "Oslo"),
    ],
)
def test_status_mode_day_and_place(
    lead: str, status: str, mode: str, edtf: str | None, place: str | None
) -> None:
    text = lead.format(a="Chilean President Ana Rojas", b="Norwegian Premier Ola Berg")
    (event,) = reading(text).events
    assert (event.status, event.mode, event.edtf) == (status, mode, edtf)
    assert (event.place.text if event.place else None) == place
    assert text[event.status_span.start : event.status_span.end] == event.status_span.text


@pytest.mark.parametrize(
    ("words", "published", "edtf"),
    [
        ("on January 31", "2024-02-01", "2024-01-31"),
        ("on December 30", "2024-01-02", "2023-12-30"),
        ("on Wednesday", "2024-02-01", "2024-01-31"),
        ("yesterday", "2024-03-01", "2024-02-29"),
        ("on Wednesday", None, None),
        ("on 3-5 June", "2024-06-10", "2024-06-03/2024-06-05"),
        ("on January 31, 2019", None, "2019-01-31"),
    ],
)
def test_days_are_resolved_against_the_publication_date(
    words: str, published: str | None, edtf: str | None
) -> None:
    text = f"Chilean President Ana Rojas met Norwegian Premier Ola Berg {words}."
    (event,) = reading(text, published).events
    assert event.edtf == edtf


def test_the_date_line_and_the_place_line_above_a_report() -> None:
    (event,) = reading(
        "Ana Rojas met with Ola Berg\nMay 9, 2010\nState House, Santiago\n\n"
        "President Ana Rojas received Premier Ola Berg."
    ).events
    assert event.edtf == "2010-05-09"
    assert event.place is not None and event.place.text == "State House, Santiago"


@given(st.text(alphabet="AaBb \n.,:;\"“”'’-Mr said that met in on 4May", max_size=160))
def test_every_span_is_exact_on_any_text(text: str) -> None:
    if not text.strip():
        return
    found = reading(text)
    spans: list[Span] = [m.span for m in found.mentions]
    spans += [s for a in found.attributions for s in (*a.spans, *a.content)]
    spans += [e.sentence for e in found.events] + list(found.phrases)
    assert all(text[s.start : s.end] == s.text for s in spans)
