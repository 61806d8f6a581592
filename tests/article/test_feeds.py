"""Feeds as a source of addresses, through the front door and on real sockets."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article, Source, count_inputs, find_inputs, read_inputs
from summarizer.article.feed import FeedEntry, is_feed, read_feed
from summarizer.errors import InputError

if TYPE_CHECKING:
    from .conftest import Web

LINE = "The Finnish minister met his Swedish colleague in Turku, and both spoke of ferries."
PAGE = f"<html><body><article><p>{LINE}</p></article></body></html>"
DATED = (
    "<html><head><title>The page's own</title><meta name='date' content='2020-05-06'></head>"
    f"<body><article><p>{LINE}</p></article></body></html>"
)


def rss(*items: str, more: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>{more}<rss version="2.0"><channel>{listed}</channel></rss>'


def atom(*entries: str) -> str:
    listed = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{listed}</feed>'


def read(*args: str) -> list[Article | InputError]:
    return list(read_inputs(args, allow_private=True))


@pytest.mark.parametrize(
    "kind",
    ["application/rss+xml", "application/atom+xml", "application/xml", "text/xml; charset=utf-8",
     "text/html", "text/plain"],
)  # fmt: skip
def test_a_feed_stands_for_the_pages_that_it_lists(web: Web, kind: str) -> None:
    web.page("/a", PAGE)
    web.page("/b", DATED)
    items = (
        "<title>Talks &amp;amp; &lt;b>more&lt;/b></title><link>/a</link>"
        "<pubDate>Thu, 01 Feb 2024 23:00:00 -0500</pubDate>",
        "<title>Listed</title><link>/b</link><pubDate>Fri, 02 Feb 2024 01:00:00 GMT</pubDate>",
    )
    first, second = read(web.page("/feed", rss(*items), kind))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.uri, first.text) == (f"{web.url}/a", LINE)
    assert (first.title, first.published) == ("Talks & more", "2024-02-01")
    assert (second.title, second.published) == ("The page's own", "2020-05-06")


def test_an_atom_feed_in_a_file(web: Web, tmp_path: Path) -> None:
    web.page("/a", PAGE)
    entry = (
        f'<title>Talks</title><link rel="self" href="{web.url}/no"/>'
        f'<link rel="alternate" href="{web.url}/a"/>'
        "<published>2024-02-01T01:00:00+02:00</published><updated>2025-01-01T00:00:00Z</updated>"
    )
    updated = f'<link href="{web.url}/a?2"/><updated>2025-01-01T00:00:00Z</updated>'
    web.page("/a?2", PAGE)
    for name in ("feed.xml", "feed.atom", "feed.RSS"):
        path = tmp_path / name
        path.write_text(atom(entry, updated), encoding="utf-8")
        first, second = read(str(path))
        assert isinstance(first, Article) and isinstance(second, Article)
        assert (first.title, first.published) == ("Talks", "2024-02-01")
        assert (second.title, second.published) == (None, None)


def test_the_users_date_stands_over_the_feeds(web: Web) -> None:
    web.page("/a", PAGE)
    url = web.page("/f", rss("<link>/a</link><pubDate>2024-02-01</pubDate>"), "text/xml")
    [article] = read_inputs([url], allow_private=True, published="2021-01-01")
    assert isinstance(article, Article) and article.published == "2021-01-01"


def test_each_address_once_and_a_failure_does_not_stop_the_others(web: Web) -> None:
    web.page("/a", PAGE)
    web.page("/gone", "", status="404 Not Found")
    links = ("/a", "/gone", "/a#comments", f"{web.url}/a", "javascript:alert(1)", "ftp://x.org/a",
             "file:///etc/passwd", "http://u:p@x.org/", "")  # fmt: skip
    items = [f"<title>t</title><link>{link}</link>" for link in links]
    url = web.page("/feed", rss(*items), "text/xml")
    found = read(url)
    assert [type(item) for item in found] == [Article, *[InputError] * 6]
    told = [str(item) for item in found[1:]]
    assert "404" in told[0]
    assert f"{url}, entry 5: leads to `javascript:alert(1)`, which is no web address" in told[1]
    assert "entry 7" in told[3] and "entry 9: has no link" in told[5]
    assert "u:p" not in told[4]
    assert [head.split()[1] for head in web.seen] == ["/feed", "/a", "/gone"]


def test_a_feed_leads_to_no_private_address_and_to_no_other_feed(web: Web) -> None:
    other = web.page("/other", rss("<link>/a</link>"), "application/rss+xml")
    [found] = read(web.page("/feed", rss(f"<link>{other}</link>"), "text/xml"))
    assert isinstance(found, InputError) and "feed" in found.message
    assert len(web.seen) == 2
    [refused] = read_inputs([f"{web.url}/feed"])
    assert isinstance(refused, InputError) and "private address" in refused.message


def test_pages_are_fetched_one_by_one_as_they_are_wanted(web: Web) -> None:
    web.page("/a", PAGE)
    web.page("/b", PAGE)
    url = web.page("/feed", rss("<link>/a</link>", "<link>/b</link>"), "text/xml")
    stream = iter(read_inputs([url], allow_private=True))
    next(stream)
    assert len(web.seen) == 2


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {n} "{f"&{o};" * 10}">' for o, n in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY i SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("definitions", [BOMB, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, definitions: str, encoding: str) -> None:
    path = tmp_path / "feed.xml"
    text = rss("<title>&i;</title><link>http://example.org/</link>", more=f"{definitions}]>")
    path.write_bytes(text.encode(encoding))
    [found] = read(str(path))
    assert isinstance(found, InputError)
    assert "RSS" in found.message or "defines entities" in found.message


@pytest.mark.parametrize("text", [rss(), atom(), "<rss>", "<feed", "<rss version='2.0'><channel>"])
def test_a_feed_without_entries_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(text, encoding="utf-8")
    [found] = read(str(path))
    assert isinstance(found, InputError) and found.where == str(path)


@pytest.mark.parametrize("text", ["<opml/>", "<html><body><p>x</p></body></html>", "words", "<r/>"])
def test_xml_that_is_no_feed_is_named(tmp_path: Path, web: Web, text: str) -> None:
    path = tmp_path / "some.xml"
    path.write_text(text, encoding="utf-8")
    [found] = read(str(path))
    assert isinstance(found, InputError) and "neither RSS nor Atom" in found.message
    [found] = read(web.page("/", "<opml/>", "application/xml"))
    assert isinstance(found, InputError) and "neither a page nor a feed" in found.message


def test_a_page_may_come_as_xml(web: Web) -> None:
    body = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LINE}</p></body></html>'
    [article] = read(web.page("/", body, "application/xml"))
    assert isinstance(article, Article) and article.text == LINE


def test_a_broken_feed_gives_what_can_be_read(web: Web) -> None:
    web.page("/a", PAGE)
    broken = rss("<title>A & B <br></title><link>/a</link>").replace("</channel>", "")
    [article] = read(web.page("/feed", broken, "application/rss+xml"))
    assert isinstance(article, Article) and article.text == LINE


def test_a_very_long_feed_says_what_is_not_read() -> None:
    items = [f"<link>http://example.org/{n}</link>" for n in range(503)]
    found = list(read_feed(rss(*items), uri="f"))
    assert [type(item) for item in found] == [*[FeedEntry] * 500, InputError]
    assert "503 entries" in str(found[-1])


def test_feeds_in_a_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss("<link>http://example.org/</link>"))
    (tmp_path / "a.txt").write_text(LINE)
    assert [s.kind for s in find_inputs([str(tmp_path)]) if isinstance(s, Source)] == ["text"]
    assert count_inputs([str(tmp_path)]) == 1
    assert count_inputs([str(tmp_path / "feed.xml")]) is None


PARTS = st.sampled_from(
    ["<rss>", "<feed>", "<item>", "<entry>", "<link>", "http://example.org/", "</link>", "</item>",
     "<title>", "&amp;", "&x;", "<![CDATA[", "]]>", "<!--", "<?xml?>", "<!DOCTYPE",
     '<link href="', '"/>', "<pubDate>", "1 Feb", "\0", "é"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=25).map("".join) | st.text(max_size=50))
def test_any_feed_gives_entries_or_an_input_error(text: str) -> None:
    is_feed(text)
    with suppress(InputError):
        for entry in read_feed(text, uri="f", base="http://example.org/"):
            assert isinstance(entry, InputError) or entry.url.startswith("http")
