"""What a digest says: what is merged, what belongs to a period, and that nothing in it runs."""

from __future__ import annotations

import builtins
from datetime import date
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Span, one_line
from summarizer.digest import Period, digest, html_page, markdown_page
from summarizer.digest.contents import Pair, Who
from summarizer.digest.fragment import place_link, web_address
from summarizer.digest.network import groups, network_svg
from summarizer.digest.period import readable
from summarizer.errors import UsageError
from summarizer.record import Record
from tests.conftest import build_record
from tests.digest.two_sources import courier, herald, two_sources


def test_two_articles_about_one_meeting_are_one_meeting() -> None:
    made = digest(two_sources())
    (event,) = made.events
    assert event.differing == ("date", "place")
    assert [told.source.publisher for told in event.told] == ["The Herald", "The Courier"]
    assert [who.name for who in event.people] == ["Anna Lind", "Pedro Sousa"]
    assert (event.report.date, event.report.status) == ("2024-03-04", "held")
    (pair,) = made.pairs
    assert pair.events == (event,)
    lind, sousa = made.voices
    assert lind.topics[0][0] is None
    assert sousa.topics[0][0] is None or "quotas" in sousa.topics[0][0]


def test_a_statement_stands_under_the_topic_that_its_words_bear_out(record: Record) -> None:
    lind = next(v for v in digest([record]).voices if v.who and v.who.name == "Anna Lind")
    assert [topic for topic, _ in lind.topics] == ["ships"]


@pytest.mark.parametrize(
    ("first", "last", "events"),
    [
        (None, None, 1),
        (date(2024, 3, 4), date(2024, 3, 4), 1),
        (date(2024, 3, 5), None, 0),
        (None, date(2024, 3, 3), 0),
        (date(2024, 1, 1), date(2024, 12, 31), 1),
    ],
)
def test_a_meeting_belongs_to_the_days_that_its_date_can_be(
    first: date | None, last: date | None, events: int
) -> None:
    made = digest(two_sources(), Period(first, last))
    assert len(made.events) == events
    assert made.statements == 2 * events
    assert len(made.sources) == 2 * events


def test_what_has_no_date_follows_its_article_or_is_counted() -> None:
    undated = [
        each.model_copy(update={"meetings": [each.meetings[0].model_copy(update={"date": None})]})
        for each in (herald(), courier())
    ]
    made = digest(undated, Period(date(2024, 3, 1), date(2024, 3, 9)))
    assert [told.source.name for event in made.events for told in event.told] == [
        "Lind and Sousa in Oslo"
    ]
    assert made.undated == 1
    assert "Left out" in markdown_page(made)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-03-04", "4 March 2024"),
        ("XXXX-01-31", "31 January, year not given"),
        ("2024-03", "March 2024"),
        ("2024", "2024"),
        ("2024-22", "summer 2024"),
        ("2024-03-04/2024-03-06", "4 March 2024 to 6 March 2024"),
        ("2024-03-04?", "4 March 2024 (uncertain)"),
        ("2024-03-04/..", "4 March 2024 to an open end"),
        (None, "date not given"),
    ],
)
def test_dates_are_read_in_words(edtf: str | None, words: str) -> None:
    assert readable(edtf) == words


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_a_link_to_a_place_names_words_of_the_place(words: str) -> None:
    link = place_link("https://a.example/b#c", [Span(start=0, end=len(words), text=words)])
    shown = one_line(words)
    if not shown:
        assert link == "https://a.example/b#c"
        return
    assert link is not None and link.startswith("https://a.example/b#:~:text=")
    parts = link.partition("=")[2].split(",")
    assert len(parts) in (1, 2) and not {"-", "&", " ", "<", '"'} & set("".join(parts))
    assert all(unquote(part) in shown for part in parts)


@pytest.mark.parametrize(
    "uri",
    [
        *("javascript:alert(1)", "a.txt", "data:text/html,x", "https://", " https://a.example"),
        *("https://a.example/\u202e", "http://[", "//a.example/b", None),
    ],
)
def test_only_web_addresses_are_links(uri: str | None) -> None:
    assert web_address(uri) is None


def test_the_page_is_the_same_each_time_and_in_xml_of_its_own() -> None:
    records = [*two_sources(), build_record()]
    page = html_page(digest(records))
    assert html_page(digest(records)) == page
    begin = page.index("<svg", page.index('id="network-part"'))
    svg = ElementTree.fromstring(page[begin : page.index("</svg>", begin) + 6])
    texts = [each.text for each in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["Anna Lind  NOR", "Pedro Sousa  BRA"]
    assert svg[0].text == "Who met whom"
    assert "font" not in "".join(each.get("style", "") for each in svg.iter())


@pytest.mark.parametrize("name", ["$x^2$ _a_", "<script>a</script>", "邵怀远", "محمد", "a\\b&c'\""])
def test_any_name_is_drawn_as_it_is(name: str) -> None:
    one, other = Who(1, name, None, None, False), Who(2, "B", None, None, False)
    drawn = network_svg([Pair(one, other, ())])
    assert drawn is not None
    svg = ElementTree.fromstring(drawn)
    assert name in [each.text for each in svg.iter("{http://www.w3.org/2000/svg}text")]


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1])))
def test_everyone_stands_in_one_group_with_all_they_met(edges: set[tuple[int, int]]) -> None:
    people = [Who(number, str(number), None, None, False) for number in range(10)]
    pairs = [Pair(people[a], people[b], ()) for a, b in sorted(edges)]
    found = groups(pairs)
    there = [who for group in found for who in group]
    assert len(there) == len(set(there)) == len({who for edge in edges for who in edge})
    place = {who: number for number, group in enumerate(found) for who in group}
    assert all(place[pair.one] == place[pair.other] for pair in pairs)


def test_without_matplotlib_a_page_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match="pip install matplotlib"):
        html_page(digest(two_sources()))
    assert "Anna Lind" in markdown_page(digest(two_sources()))


def test_markdown_shows_an_article_s_signs_as_they_are() -> None:
    sign = "| <b> *x* [a](javascript:b) `c`"
    first = herald()
    article = first.article.model_copy(update={"title": sign, "uri": "https://a.example/<b>|`c` d"})
    written = markdown_page(digest([first.model_copy(update={"article": article})]))
    assert r"\| \<b\> \*x\* \[a\](javascript:b) \`c\`" in written
    assert "](<https://a.example/%3Cb%3E%7C%60c%60%20d" in written
    assert "<b>" not in written.replace(r"\<b\>", "")
