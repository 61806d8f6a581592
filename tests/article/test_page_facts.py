"""Title, publisher and date from what a page states of itself, and from nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from summarizer.article import Article, read_inputs
from summarizer.article.html import read_page
from summarizer.article.page_facts import PageFacts
from summarizer.errors import InputError

if TYPE_CHECKING:
    from .conftest import Web

LINE = "The Finnish minister met his Swedish colleague in Turku, and both spoke of ferries."


def facts(head: str) -> PageFacts:
    html = f"<html><head>{head}</head><body><article><p>{LINE}</p></article></body></html>"
    return read_page(html, where="x").facts


def linked(*values: object) -> str:
    dumped = (value if isinstance(value, str) else json.dumps(value) for value in values)
    return "".join(f'<script type="application/ld+json">{text}</script>' for text in dumped)


NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Talks in Turku",
    "datePublished": "2024-02-01T23:30:00-05:00",
    "dateModified": "2024-03-01",
    "publisher": {"@type": "Organization", "name": "The Daily"},
}
ALL = PageFacts("Talks in Turku", "The Daily", "2024-02-01")


@pytest.mark.parametrize(
    "head",
    [
        linked(NEWS),
        linked([NEWS]),
        linked({"@graph": [{"@type": "Organization", "name": "X"}, NEWS]}),
        linked({"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity": NEWS}),
        linked("{broken", "", "[]", "5", {"@type": "BreadcrumbList"}, NEWS),
        linked("//<![CDATA[\n" + json.dumps(NEWS) + "\n//]]>"),
        linked("<!--" + json.dumps(NEWS) + "-->"),
        linked(json.dumps(NEWS).replace("Talks in", "Talks\nin")),
        linked({**NEWS, "@type": ["Article", "ReportageNewsArticle"]}),
        linked({**NEWS, "publisher": [{"name": "The&amp;#32;Daily"}]}).replace("&amp;#32;", " "),
        linked(
            {
                "@graph": [
                    {**NEWS, "publisher": {"@id": "#us"}},
                    {"@type": "NewsMediaOrganization", "@id": "#us", "name": "The Daily"},
                ]
            }
        ),
        linked(NEWS) + "<title>Talks in Turku | Another section</title>",
        '<meta property="og:title" content="Talks in Turku">'
        '<meta property="og:site_name" content="The Daily">'
        '<meta property="article:published_time" content="2024-02-01T10:00:00Z">',
        '<meta name="dc.title" content="Talks in Turku"><meta name="date" content="2024-02-01">'
        '<meta name="DC.publisher" content="The Daily">',
        "<title>Talks in Turku – The Daily</title>"
        '<meta property="og:site_name" content="The Daily">'
        '<meta name="pubdate" content="2024-02-01">',
    ],
)
def test_a_page_that_states_all_three(head: str) -> None:
    assert facts(head) == ALL


def test_open_graph_stands_over_linked_data_and_both_over_the_title() -> None:
    head = linked(NEWS) + '<meta property="og:title" content="Ministers &amp;amp; ferries">'
    assert facts(f"<title>Home</title>{head}").title == "Ministers & ferries"


def test_linked_data_about_other_articles_do_not_count() -> None:
    other = {**NEWS, "headline": "Fares rise", "datePublished": "2019-09-09"}
    other["url"] = "https://example.org/fares"
    here = {**NEWS, "mainEntityOfPage": {"@id": "https://example.org/turku#main"}}
    canonical = '<link rel="canonical" href="https://example.org/turku/">'
    assert facts(linked(other, here) + canonical) == ALL
    assert facts(linked(other, {**NEWS, "publisher": None})) == PageFacts(publisher="The Daily")
    listed = {"@type": "ItemList", "itemListElement": [other]}
    assert facts(linked(listed)) == PageFacts()


@pytest.mark.parametrize(
    "head",
    [
        linked({**NEWS, "datePublished": 5, "headline": ["x"], "publisher": 7}),
        linked({"@type": "VideoObject", "datePublished": "2024-02-01", "headline": "x"}),
        linked("[" * 100_000),
        linked({"@graph": {"@graph": {"@graph": {"@graph": NEWS}}}}),
        '<link rel="canonical" href="https://the-daily.example/2024/02/01/talks-in-turku">',
        '<meta name="last-modified" content="2024-02-01"><meta property="og:title">',
        '<meta property="og:site_name" content=" ">',
    ],
)
def test_what_is_no_statement_gives_nothing(head: str) -> None:
    assert facts(head) == PageFacts()


def test_an_address_and_a_text_with_dates_give_none(web: Web) -> None:
    body = f"<html><body><article><time>1 Feb 2024</time><p>{LINE} 2024-02-01.</p></article></body>"
    [article] = read_inputs([web.page("/2024/02/01/talks.html", body)], allow_private=True)
    assert isinstance(article, Article)
    assert (article.published, article.title, article.publisher) == (None, None, None)


def test_what_a_page_states_cannot_steer_what_shows_it() -> None:
    title = facts(
        '<meta property="og:title" content="Talks&#27;[31m&#8238;\n in &#10;Turku">'
    ).title
    assert title == "Talks in Turku"
    long = facts(f'<meta property="og:title" content="{"x" * 9000}">').title
    assert long is not None and len(long) == 500


# --- pages with little on them ------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", ["", "<body></body>", "<frameset></frameset>", "<body><nav></nav>"]
)
def test_a_page_without_a_body_is_named(web: Web, body: str) -> None:
    news = {**NEWS, "articleBody": LINE}
    url = web.page("/", f"<html><head>{linked(news)}</head>{body}</html>")
    [found] = read_inputs([url], allow_private=True)
    assert isinstance(found, InputError)
    assert (found.message, found.where) == ("has no readable text", url)


def test_a_stub_before_a_paywall_is_what_it_shows(web: Web) -> None:
    news = {**NEWS, "isAccessibleForFree": False, "articleBody": "Words that are not shown."}
    wall = '<div class="paywall" style="display:none"><p>The rest of it, for subscribers.</p></div>'
    body = f"<html><head>{linked(news)}</head><body><article><p>{LINE}</p>{wall}</article></body>"
    [article] = read_inputs([web.page("/", body)], allow_private=True)
    assert isinstance(article, Article)
    assert article.text == LINE


def test_a_wrong_charset_is_seen_through(web: Web) -> None:
    line = "Der Minister traf seine Kollegin in Köln – „für zwei Stunden“, hieß es später."
    body = f'<html><head><meta charset="iso-8859-5"></head><body><p>{line}</p></body></html>'
    url = web.page("/", body, "text/html; charset=windows-1251")
    [article] = read_inputs([url], allow_private=True)
    assert isinstance(article, Article) and article.text == line
