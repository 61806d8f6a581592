"""The prompt room through its door: loading, rendering, hashing, finding, copying, comparing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import summarizer.prompt as room
from summarizer.errors import PromptError, UsageError
from summarizer.prompt import (
    ASKS,
    Message,
    Prompt,
    diff_prompts,
    list_prompts,
    load_prompt,
    new_prompt,
    prompt_paths,
    shipped_folder,
)

SINGLE = """\
---
name: quick
version: "1"
description: one call
asks: [record]
system: |
  You read reports.
  Answer in {{ tongue }}.
parameters:
  temperature: 0
vars:
  tongue: English
---

Read this:
{{ article }}
{% if published %}
It is of {{ published }}.
{% endif %}
"""
FOLDER = {
    "prompt.md": """\
---
name: steps
version: "2"
description: two calls
asks: [people, summary]
parameters:
  temperature: 0.5
  max_tokens: 100
  people: {max_tokens: 30}
---
The article:
{{ article }}
""",
    "people.md": """\
Who is who?
{% for person in candidates %}
{{ loop.index }}. {{ person.name }}
{% endfor %}
""",
    "summary.md": "Sum it up.\n",
}


@dataclass(frozen=True)
class Candidate:
    name: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the two prompts in `prompts`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "quick.md").write_text(SINGLE, encoding="utf-8")
    write_folder(tmp_path / "prompts" / "steps")
    return tmp_path


def write_folder(folder: Path, **changed: str) -> None:
    folder.mkdir()
    for name, text in FOLDER.items():
        text = changed.get(name.removesuffix(".md"), text)
        (folder / name).write_text(text, encoding="utf-8")


def test_the_door() -> None:
    assert room.__all__ == [
        "ASKS",
        "Ask",
        "Message",
        "Parameters",
        "Piece",
        "Problem",
        "Prompt",
        "check_prompt",
        "diff_prompts",
        "find_prompt",
        "list_prompts",
        "load_prompt",
        "new_prompt",
        "prompt_paths",
        "shipped_folder",
    ]
    assert all(hasattr(room, name) for name in room.__all__)


def test_every_ask_is_about_the_article() -> None:
    for name, ask in ASKS.items():
        assert ask.name == name
        assert "article" in ask.variables
        assert not ask.variables & ask.optional
        assert ask.description


def test_a_single_file_renders_a_system_and_a_user_message(here: Path) -> None:
    prompt = load_prompt("quick")
    assert (prompt.name, prompt.version, prompt.asks) == ("quick", "1", ("record",))
    assert prompt.render("record", {"article": "A met B."}) == (
        Message("system", "You read reports.\nAnswer in English."),
        Message("user", "Read this:\nA met B.\n"),
    )


def test_optional_variables_may_be_given(here: Path) -> None:
    values = {"article": "A met B.", "published": "2024-02-01"}
    assert load_prompt("quick").render("record", values)[1].content == (
        "Read this:\nA met B.\nIt is of 2024-02-01.\n"
    )


def test_a_folder_renders_its_opening_first_for_every_ask(here: Path) -> None:
    prompt = load_prompt("steps")
    people = prompt.render("people", {"article": "A.", "candidates": [Candidate("Dong Jun")]})
    summary = prompt.render("summary", {"article": "A."})
    assert people == (Message("user", "The article:\nA.\n\nWho is who?\n1. Dong Jun\n"),)
    assert summary == (Message("user", "The article:\nA.\n\nSum it up."),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_an_article_goes_in_to_the_letter_and_is_no_template(here: Path, article: str) -> None:
    prompt = load_prompt("steps")
    [message] = prompt.render("summary", {"article": article})
    assert message.content == f"The article:\n{article}\n\nSum it up."


def test_jinja_and_markup_in_an_article_stay_as_they_are(here: Path) -> None:
    article = '{{ 7 * 7 }} {% include "x" %} <b>&amp;</b> {# note #}'
    assert article in load_prompt("quick").render("record", {"article": article})[1].content


def test_parameters_of_an_ask_stand_over_those_of_all(here: Path) -> None:
    prompt = load_prompt("steps")
    assert prompt.parameters("people").model_dump() == {"temperature": 0.5, "max_tokens": 30}
    assert prompt.parameters("summary").model_dump() == {"temperature": 0.5, "max_tokens": 100}


def test_an_ask_that_the_prompt_has_not(here: Path) -> None:
    prompt = load_prompt("steps")
    with pytest.raises(UsageError, match=r"no ask `record`\n.*`people`, `summary`"):
        prompt.render("record", {"article": "A."})
    with pytest.raises(UsageError):
        prompt.parameters("record")


@pytest.mark.parametrize("values", [{}, {"article": "A.", "colour": "red"}])
def test_a_caller_must_give_what_the_ask_names(here: Path, values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="ask `record`"):
        load_prompt("quick").render("record", values)


def test_a_template_that_fails_names_file_and_line(here: Path) -> None:
    with pytest.raises(PromptError) as caught:
        load_prompt("steps").render("people", {"article": "A.", "candidates": [object()]})
    assert caught.value.where == str(Path("prompts/steps/people.md")) + ":3"
    assert "name" in caught.value.message


def test_a_failing_line_counts_the_front_matter(here: Path) -> None:
    text = SINGLE.replace("{{ article }}", "{{ article }}\n{{ article.pages }}")
    (here / "prompts" / "quick.md").write_text(text, encoding="utf-8")
    with pytest.raises(PromptError) as caught:
        load_prompt("quick").render("record", {"article": "A."})
    assert caught.value.where is not None
    line = int(caught.value.where.rpartition(":")[2])
    assert text.splitlines()[line - 1] == "{{ article.pages }}"


@pytest.mark.parametrize(
    "body",
    [
        "{{ article.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}{{ article }}",
        "{{ article }}{{ range.__globals__ }}",
        "{{ article }}{{ range(10 ** 9) | list }}",
        "{{ article }}{{ '{0.__class__}'.format(article) }}",
    ],
)
def test_the_sandbox_holds(here: Path, body: str) -> None:
    path = here / "prompts" / "quick.md"
    path.write_text(SINGLE.replace("{{ article }}", body), encoding="utf-8")
    with pytest.raises(PromptError, match=r"cannot be rendered|is not allowed"):
        load_prompt("quick").render("record", {"article": "A."})


def test_a_prompt_cannot_change_what_it_is_given(here: Path) -> None:
    path = here / "prompts" / "steps" / "people.md"
    path.write_text("{{ candidates.append(1) }}{{ candidates }}", encoding="utf-8")
    given: list[object] = []
    with pytest.raises(PromptError):
        load_prompt("steps").render("people", {"article": "A.", "candidates": given})
    assert given == []


# --- the hash -----------------------------------------------------------------------------------


def test_the_hash_is_the_same_wherever_the_prompt_lies(here: Path) -> None:
    for name in ("quick.md", "steps"):
        before = load_prompt(str(Path("prompts") / name)).sha256
        (here / "elsewhere").mkdir(exist_ok=True)
        shutil.move(here / "prompts" / name, here / "elsewhere" / name)
        assert load_prompt(f"elsewhere/{name}").sha256 == before
        assert len(before) == 64


@pytest.mark.parametrize("name", sorted(FOLDER))
def test_the_hash_changes_with_every_file(here: Path, name: str) -> None:
    before = load_prompt("steps").sha256
    path = here / "prompts" / "steps" / name
    path.write_text(path.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    assert load_prompt("steps").sha256 != before


def test_line_ends_and_hidden_files_do_not_count(here: Path) -> None:
    before = load_prompt("steps").sha256
    path = here / "prompts" / "steps" / "people.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (path.parent / ".notes").write_text("x")
    assert load_prompt("steps").sha256 == before


# --- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ref", ["steps", "prompts/steps", "prompts/steps/", "prompts/steps/prompt.md"]
)
def test_a_folder_is_found_by_name_and_by_path(here: Path, ref: str) -> None:
    assert load_prompt(ref).name == "steps"


def test_a_path_that_is_there_needs_no_separator(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here / "prompts")
    assert load_prompt("quick.md").name == "quick"
    assert load_prompt("steps").name == "steps"
    monkeypatch.chdir(here / "prompts" / "steps")
    assert load_prompt("prompt.md").name == "steps"


def test_an_unknown_name_brings_the_nearest(here: Path) -> None:
    with pytest.raises(UsageError, match=r"no prompt `quik`\n.*`quick`"):
        load_prompt("quik")


@pytest.mark.parametrize("ref", ["prompts/none", "none.md", "./x"])
def test_a_path_that_is_not_there(here: Path, ref: str) -> None:
    with pytest.raises(UsageError, match="there is no prompt at"):
        load_prompt(ref)


def test_a_folder_without_prompt_md(here: Path) -> None:
    (here / "empty").mkdir()
    with pytest.raises(PromptError, match=r"prompt\.md:1: the file is missing"):
        load_prompt("./empty")


def test_loading_a_wrong_prompt_names_its_first_problem(here: Path) -> None:
    path = here / "prompts" / "quick.md"
    path.write_text(SINGLE.replace('version: "1"', "version: 1\ncolour: red"), encoding="utf-8")
    with pytest.raises(PromptError) as caught:
        load_prompt("quick")
    assert caught.value.where == str(Path("prompts/quick.md")) + ":3"
    assert caught.value.exit_code == 2


def test_the_shipped_folder_is_beside_the_package() -> None:
    assert shipped_folder().name == "prompts"
    assert shipped_folder().is_absolute()


def test_the_list_holds_wrong_prompts_as_errors(here: Path) -> None:
    (here / "prompts" / "broken.md").write_text("no front matter", encoding="utf-8")
    (here / "prompts" / "README.md").write_text("not a prompt", encoding="utf-8")
    (here / "prompts" / "notes").mkdir()
    found = dict(zip(prompt_paths(), list_prompts(), strict=True))
    assert {"broken", "quick", "steps"} <= found.keys()
    assert not {"README", "notes"} & found.keys()
    assert isinstance(found["broken"], PromptError)
    assert isinstance(found["quick"], Prompt)


def test_a_prompt_of_ones_own_hides_a_shipped_one(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = here / "shipped"
    shutil.copytree(here / "prompts", shipped)
    monkeypatch.setattr("summarizer.prompt.library.shipped_folder", lambda: shipped)
    shutil.rmtree(here / "prompts" / "steps")
    assert load_prompt("quick").path == Path("prompts/quick.md")
    assert load_prompt("steps").path == shipped / "steps"


# --- copying and comparing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "path"), [("quick", "prompts/mine.md"), ("steps", "prompts/mine")]
)
def test_a_copy_loads_under_its_new_name(here: Path, source: str, path: str) -> None:
    assert new_prompt("mine", source) == Path(path)
    copy, original = load_prompt("mine"), load_prompt(source)
    assert (copy.name, copy.asks) == ("mine", original.asks)
    changed = [line for line in diff_prompts(source, "mine").splitlines() if line[:1] in "+-"]
    assert [line for line in changed if line[:3] not in ("+++", "---")] == [
        f"-name: {source}",
        "+name: mine",
    ]


def test_a_copy_overwrites_nothing(here: Path) -> None:
    for taken in ("quick", "steps"):
        before = prompt_paths()
        with pytest.raises(UsageError, match="is there already"):
            new_prompt(taken, "quick")
        assert prompt_paths() == before


@pytest.mark.parametrize("name", ["", "..", "a/b", "A", "-x", "ü"])
def test_a_copy_needs_a_proper_name(here: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        new_prompt(name, "quick")


def test_a_copy_makes_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "steps")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    assert new_prompt("mine", "../steps") == Path("prompts/mine")
    assert load_prompt("mine").name == "mine"


def test_a_copy_that_cannot_be_written(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "work").mkdir()
    (here / "work" / "prompts").write_text("a file in the way")
    monkeypatch.chdir(here / "work")
    with pytest.raises(UsageError, match="cannot be written"):
        new_prompt("mine", "../prompts/steps")


def test_no_difference_is_no_text(here: Path) -> None:
    assert diff_prompts("quick", "prompts/quick.md") == ""


def test_a_file_that_only_one_prompt_has(here: Path) -> None:
    text = diff_prompts("quick", "steps")
    assert "--- /dev/null" in text
    assert f"+++ {Path('prompts/steps/people.md')}" in text
    assert "+Who is who?" in text
