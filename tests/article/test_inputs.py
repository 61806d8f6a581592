"""Reading through the front door: files, folders, JSON Lines, standard input."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.article import Article, Source, article_id, find_inputs, read_inputs, read_source
from summarizer.article.sources import unreadable
from summarizer.errors import InputError, UsageError

TEXT = "The Finnish minister met his Swedish colleague in Turku.\n\nThey talked about trade.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str = TEXT) -> str:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return path


def one(*args: str, published: str | None = None) -> Article:
    [found] = read_inputs(args, published=published)
    assert isinstance(found, Article), str(found)
    return found


def failure(*args: str) -> InputError:
    [found] = read_inputs(args)
    assert isinstance(found, InputError)
    return found


# --- single files -------------------------------------------------------------------------------


def test_a_text_file() -> None:
    assert one(write("a/news.txt")) == Article(id=article_id(TEXT), uri="a/news.txt", text=TEXT)


def test_the_address_is_the_path_as_given() -> None:
    write("a/news.txt")
    assert one("./a/../a/news.txt").uri == "./a/../a/news.txt"


@pytest.mark.parametrize("name", ["news", "news.text", "NEWS.TXT", "a news.log"])
def test_a_file_that_is_named_is_read_whatever_its_suffix(name: str) -> None:
    assert one(write(name)).text == TEXT


def test_a_heading_is_the_title_of_markdown_and_stays_in_the_text() -> None:
    for heading in ("# Talks in Turku", "\n\n# Talks in Turku #  "):
        article = one(write("news.md", f"{heading}\n\n{TEXT}"))
        assert article.title == "Talks in Turku"
        assert article.text == f"{heading}\n\n{TEXT}"
    assert one(write("c.md", f"# About C#\n{TEXT}")).title == "About C#"


@pytest.mark.parametrize("first", ["Talks", "## Talks", "#Talks", "#", "# ", "    # x"])
def test_markdown_without_a_heading_has_no_title(first: str) -> None:
    assert one(write("news.md", f"{first}\n{TEXT}")).title is None


def test_front_matter_of_markdown() -> None:
    front = (
        '---\ntitle: "Talks: Turku"\n'
        "publisher: The Daily\npublished: 2024-02-01\nuri: urn:x\ntags: [a]\nnumber: 1\n---\n"
    )
    article = one(write("news.md", front + TEXT))
    assert (article.title, article.publisher) == ("Talks: Turku", "The Daily")
    assert (article.published, article.uri) == ("2024-02-01", "urn:x")
    assert article.text == TEXT
    assert article.id == article_id(TEXT)
    assert "tags" not in article.model_dump()


def test_front_matter_needs_no_title() -> None:
    assert one(write("a.md", f"---\ntitle:\n---\n# Talks\n{TEXT}")).title == "Talks"


@pytest.mark.parametrize(
    "text",
    [
        "---\nJust a line\n---\nand text\n",
        "---\nname: [x\n---\ntext\n",
        "---\nno end\n",
        "---\n---\nx",
    ],
)
def test_a_block_that_is_no_front_matter_is_text(text: str) -> None:
    assert one(write("a.md", text)).text == text


def test_front_matter_alone() -> None:
    assert "no article" in failure(write("a.md", "---\ntitle: x\n---\n\n")).message


def test_a_wrong_date_in_front_matter() -> None:
    error = failure(write("a.md", f"---\npublished: 1 February\n---\n{TEXT}"))
    assert error.where == "a.md"
    assert "`published` is not a date: `1 February`" in error.message


# --- the publication date -----------------------------------------------------------------------


def test_the_users_date_stands_over_the_files() -> None:
    path = write("a.md", f"---\npublished: 2024-02-01\n---\n{TEXT}")
    assert one(path, published="2020-05-06").published == "2020-05-06"
    assert one(write("a.txt"), published="2020-05-06").published == "2020-05-06"


@pytest.mark.parametrize("day", ["", "yesterday", "2024-02-30", "2024-2-1", "20240201", "2024-02"])
def test_the_users_date_is_checked_before_anything_is_read(day: str) -> None:
    with pytest.raises(UsageError, match="`published` is not a date"):
        read_inputs(["missing.txt"], published=day)


# --- errors -------------------------------------------------------------------------------------


def test_what_cannot_be_read() -> None:
    assert failure("none.txt").message == "does not exist"
    assert failure(write("a.pdf", "%PDF-1.4")).where == "a.pdf"
    assert failure(write("empty.txt", " ")).message == "is empty"
    assert "cannot be read" in failure("a\0b").message
    assert "cannot be read" in failure("x" * 5000).message
    Path("folder").mkdir()
    assert "no articles" in failure("folder").message


def test_a_file_that_may_not_be_read() -> None:
    error = unreadable("secret.txt", PermissionError(13, "Permission denied"))
    assert str(error) == "secret.txt: cannot be read: Permission denied"


def test_an_error_does_not_stop_the_others() -> None:
    found = list(read_inputs([write("a.txt"), "none.txt", write("b.txt"), "a.txt"]))
    uris = [item.where if isinstance(item, InputError) else item.uri for item in found]
    assert uris == ["a.txt", "none.txt", "b.txt", "a.txt"]


def test_a_file_over_the_limit() -> None:
    write("big.txt", "x" * 11)
    [error] = read_inputs(["big.txt"], limit=10)
    assert isinstance(error, InputError) and "larger than" in error.message


# --- folders ------------------------------------------------------------------------------------


def test_a_folder_is_read_by_name_with_its_subfolders() -> None:
    for path in ("in/b.txt", "in/a/z.md", "in/c.HTML", "in/d.jsonl", "in/a/y.txt"):
        write(path)
    for path in ("in/.hidden.txt", "in/.git/x.txt", "in/e.pdf", "in/f.json"):
        write(path)
    assert list(find_inputs(["in"])) == [
        Source("in/a/y.txt", "text"),
        Source("in/a/z.md", "markdown"),
        Source("in/b.txt", "text"),
        Source("in/c.HTML", "html"),
        Source("in/d.jsonl", "jsonl"),
    ]


def test_links_that_run_in_a_circle() -> None:
    write("in/a.txt")
    Path("in/loop").symlink_to("../in", target_is_directory=True)
    Path("in/gone.txt").symlink_to("nowhere")
    assert [item.uri for item in find_inputs(["in"]) if isinstance(item, Source)] == ["in/a.txt"]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    found = read_inputs([write("a.txt"), "b.txt"])
    next(found)
    write("b.txt")
    assert isinstance(next(found), Article)


# --- standard input -----------------------------------------------------------------------------


def test_standard_input() -> None:
    [article] = read_inputs(["-"], stdin=io.BytesIO(TEXT.encode("utf-16")))
    assert isinstance(article, Article)
    assert (article.text, article.uri) == (TEXT, None)


def test_an_empty_standard_input() -> None:
    [error] = read_inputs(["-"], stdin=io.BytesIO())
    assert isinstance(error, InputError)
    assert error.where == "standard input"


# --- JSON Lines ---------------------------------------------------------------------------------


def lines(*items: object) -> str:
    return "".join((i if isinstance(i, str) else json.dumps(i)) + "\n" for i in items)


def test_json_lines() -> None:
    full = {
        "text": TEXT, "id": "n1", "title": "T", "publisher": "P", "published": "2024-02-01",
        "uri": "urn:x", "secret": "kept out",
    }  # fmt: skip
    path = write("in.jsonl", lines(full, {"text": TEXT, "id": 7}, {"text": TEXT, "title": None}))
    first, second, third = read_inputs([path])
    assert first == Article(
        id=article_id(TEXT), uri="urn:x", title="T", publisher="P", published="2024-02-01",
        source_id="n1", text=TEXT,
    )  # fmt: skip
    assert isinstance(second, Article) and isinstance(third, Article)
    assert (second.uri, second.source_id) == ("in.jsonl#7", "7")
    assert (third.uri, third.source_id) == ("in.jsonl#3", None)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        ('"x"', "is not a JSON object"),
        ("{}", "has no `text`"),
        ('{"text": 1}', "`text` has the wrong type"),
        ('{"text": "a", "id": 1.5}', "`id` has the wrong type"),
        ('{"text": "a", "id": true}', "`id` has the wrong type"),
        ('{"text": "a", "title": ["x"]}', "`title` has the wrong type"),
        ('{"text": " "}', "is empty"),
        ('{"text": "a\\u0000"}', "is binary"),
        ('{"text": "a\\ud800"}', "broken characters"),
        ('{"text": "a", "published": "2024"}', "`published` is not a date"),
        ("[" * 100_000, "is not JSON"),
        ('{"text": "a", "id": ' + "1" * 5000 + "}", "is not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_still_come(line: str, word: str) -> None:
    path = write("in.jsonl", lines({"text": TEXT}, "", line, {"text": TEXT}))
    first, bad, last = read_inputs([path])
    assert isinstance(first, Article) and isinstance(last, Article)
    assert (first.uri, last.uri) == ("in.jsonl#1", "in.jsonl#4")
    assert isinstance(bad, InputError)
    assert word in bad.message
    assert bad.where == "in.jsonl:3"


def test_a_line_that_is_not_utf8() -> None:
    Path("in.jsonl").write_bytes(b'{"text": "caf\xe9"}\n')
    assert failure("in.jsonl").message == "is not UTF-8"


def test_a_byte_order_mark_and_line_ends() -> None:
    Path("in.jsonl").write_bytes(b"\xef\xbb\xbf" + lines({"text": "a\r\nb"}).encode() + b"\r\n")
    assert one("in.jsonl").text == "a\nb"


def test_a_line_over_the_limit_is_passed_over() -> None:
    write("in.jsonl", lines({"text": "x" * 300}, {"text": "short"}))
    long, short = read_inputs(["in.jsonl"], limit=50)
    assert isinstance(long, InputError) and long.where == "in.jsonl:1"
    assert isinstance(short, Article) and short.text == "short"


def test_the_users_date_holds_for_every_line() -> None:
    path = write("in.jsonl", lines({"text": TEXT, "published": "2024-02-01"}, {"text": TEXT}))
    days = [
        a.published for a in read_inputs([path], published="2020-01-01") if isinstance(a, Article)
    ]
    assert days == ["2020-01-01"] * 2


def test_memory_stays_flat() -> None:
    line = lines({"text": "12345 " * 20_000})
    with open("in.jsonl", "w", encoding="utf-8") as file:
        file.writelines(line for _ in range(100))  # 12 MB
    count = 0
    stream: Iterator[Article | InputError] = read_source(Source("in.jsonl", "jsonl"))
    next(stream)  # loads what is loaded once
    tracemalloc.start()
    for _ in stream:
        count += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 99
    assert peak < 2_000_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(), suffix=st.sampled_from([".txt", ".md", ".html", ".jsonl"]))
def test_any_file_gives_articles_or_input_errors(here: Path, data: bytes, suffix: str) -> None:
    (here / f"x{suffix}").write_bytes(data)
    for found in read_inputs([f"x{suffix}"]):
        assert isinstance(found, InputError) or found.body.strip()


MARKDOWN = st.text(st.sampled_from(list("-\n: #ab[]{}&*!'\"é")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=MARKDOWN)
def test_any_markdown_is_read_to_its_last_letter(here: Path, text: str) -> None:
    (here / "x.md").write_bytes(f"---\n{text}".encode())
    [found] = read_inputs(["x.md"])
    assert isinstance(found, InputError) or f"---\n{text}".endswith(found.body)
