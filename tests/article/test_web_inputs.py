"""Articles from the web, through the front door."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer.article import Article, Source, find_inputs, read_inputs
from summarizer.errors import InputError

if TYPE_CHECKING:
    from .conftest import Web

LINE = "The Finnish minister met his Swedish colleague in Turku."
PAGE = f"<html><body><article><p>{LINE}</p></article></body></html>"


def read(url: str, **options: Any) -> Article:
    [found] = read_inputs([url], **{"allow_private": True, **options})
    assert isinstance(found, Article), str(found)
    return found


def test_an_article_from_the_web(web: Web) -> None:
    head = (
        "<title>Talks in Turku</title><meta property='og:site_name' content='The Daily'>"
        "<meta name='date' content='2024-02-01'>"
    )
    web.page("/b", f"<html><head>{head}</head><body><p>{LINE}</p></body></html>")
    url = web.redirect("/a", "/b") + "#top"
    article = read(url)
    assert (article.uri, article.text) == (url, LINE)
    assert (article.title, article.publisher) == ("Talks in Turku", "The Daily")
    assert article.published == "2024-02-01"
    assert read(url, published="2020-05-06").published == "2020-05-06"


def test_text_and_markdown(web: Web) -> None:
    text = f"# Talks\n\n{LINE}\n"
    assert read(web.page("/a", text, "text/plain")).text == text
    assert read(web.page("/a.md", text, "text/markdown")).title == "Talks"


def test_a_page_cannot_say_that_it_is_another(web: Web) -> None:
    url = web.page("/", f"---\nuri: https://example.org/\n---\n{LINE}", "text/markdown")
    assert read(url).uri == url


@pytest.mark.parametrize(
    ("kind", "meta"),
    [
        ("text/html; charset=windows-1251", ""),
        ("text/html", '<meta charset="windows-1251">'),
        ('text/html;charset="Windows-1251"', '<meta charset="koi8-r">'),
    ],
)
def test_the_servers_charset_goes_before_the_pages(web: Web, kind: str, meta: str) -> None:
    line = "Министр встретился с коллегой в городе."
    body = f"<html><head>{meta}</head><body><p>{line}</p></body></html>".encode("cp1251")
    assert read(web.page("/", body, kind)).text == line
    assert read(web.page("/", line.encode("cp1251"), "text/plain; charset=cp1251")).text == line


def test_an_address_that_fails_does_not_stop_the_others(web: Web) -> None:
    good, gone = web.page("/a", PAGE), web.page("/b", "", status="404 Not Found")
    found = list(read_inputs([gone, good, "http://x:y@z/", good], allow_private=True))
    assert [type(item) for item in found] == [InputError, Article, InputError, Article]
    assert all(isinstance(item, InputError) for item in read_inputs([good]))


def test_addresses_are_sources_and_nothing_is_fetched_for_that(web: Web) -> None:
    url = web.page("/", PAGE)
    secret, upper, other = "https://u:secret@example.org/", "HTTP://Example.org", "ftp://x.org/a"
    assert list(find_inputs([url, upper])) == [Source(url, "web"), Source(upper, "web")]
    [refused] = find_inputs([secret])
    assert isinstance(refused, InputError) and "secret@" not in str(refused)
    [unread] = read_inputs([other])
    assert isinstance(unread, InputError) and "starts with `ftp`" in unread.message
    assert web.seen == []


def test_pages_are_kept_as_they_came(web: Web, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "pages"
    body = f"<html><body><p>{LINE}</p><script>x</script></body></html>".encode() + b"<!-- \xff -->"
    web.page("/b", body)
    url = web.redirect("/a", "/b")
    article = read(url, keep_pages=folder)
    name = f"{sha256(body).hexdigest()}.html"
    assert article.page is not None
    assert (article.page.file, article.page.url) == (str(folder / name), f"{web.url}/b")
    assert abs(datetime.now(UTC) - datetime.fromisoformat(article.page.fetched)).seconds < 600
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == body
    read(url, keep_pages=folder)
    feed = web.page(
        "/f", f"<rss><channel><item><link>{url}</link></item></channel></rss>", "text/xml"
    )
    assert read(feed, keep_pages=folder).page is not None
    assert len(list(folder.iterdir())) == 1
    assert read(url).page is None


def test_a_page_that_cannot_be_kept_is_an_error(web: Web, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    [found] = read_inputs([web.page("/", PAGE)], allow_private=True, keep_pages=tmp_path / "file")
    assert isinstance(found, InputError) and "cannot be kept" in found.message
