"""The lint: every mistake is named with its file and line."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.errors import UsageError
from summarizer.prompt import Prompt, check_prompt, load_prompt
from summarizer.prompt.check import examine
from summarizer.prompt.files import PromptFiles

GOOD = {"name": "p", "version": '"1"', "description": "d", "asks": "[record]"}


def single(tmp_path: Path, body: str = "{{ article }}", extra: str = "", **front: str) -> list[str]:
    """The problems of a single file, as `line: message`."""
    keys = "".join(f"{key}: {value}\n" for key, value in {**GOOD, **front}.items() if value)
    return raw(tmp_path, f"---\n{keys}{textwrap.dedent(extra)}---\n{body}")


def raw(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "p.md"
    path.write_text(text, encoding="utf-8")
    problems = check_prompt(str(path))
    assert {problem.file for problem in problems} <= {str(path)}
    return [f"{problem.line}: {problem.message}" for problem in problems]


def folder(tmp_path: Path, asks: str, opening: str = "{{ article }}", **files: str) -> list[str]:
    """The problems of a folder, as `file:line: message`."""
    root = tmp_path / "p"
    root.mkdir(exist_ok=True)
    front = f'---\nname: p\nversion: "1"\ndescription: d\nasks: {asks}\n---\n'
    (root / "prompt.md").write_text(front + opening, encoding="utf-8")
    for name, text in files.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    return [str(problem).removeprefix(f"{root}/") for problem in check_prompt(str(root))]


def test_nothing_wrong(tmp_path: Path) -> None:
    assert single(tmp_path) == []
    assert folder(tmp_path, "[summary, topics]", summary="Sum up.", topics="List.") == []


# --- front matter -------------------------------------------------------------------------------


def test_no_front_matter(tmp_path: Path) -> None:
    for text in ("{{ article }}", "", "---\nname: p\n", "\n---\nname: p\n---\n"):
        [problem] = raw(tmp_path, text)
        assert problem.startswith("1: the front matter is missing")


def test_front_matter_that_is_not_yaml(tmp_path: Path) -> None:
    [problem] = raw(tmp_path, "---\nname: p\nasks: [record\n---\n")
    assert problem.startswith(("3: not YAML", "4: not YAML"))
    [problem] = raw(tmp_path, "---\njust text\n---\n")
    assert problem == "1: the front matter holds no keys and values"
    [problem] = raw(tmp_path, "---\n---\n")
    assert problem == "1: the front matter holds no keys and values"
    [problem] = raw(tmp_path, "---\nname: !!python/object:os.system x\n---\n")
    assert problem.startswith("2: not YAML")


def test_unknown_keys(tmp_path: Path) -> None:
    assert single(tmp_path, verison="x") == ["6: unknown key `verison`; did you mean `version`?"]
    [problem] = single(tmp_path, colour="red")
    assert problem.startswith("6: unknown key `colour`; known are `name`, `version`")


def test_missing_keys_and_wrong_types(tmp_path: Path) -> None:
    assert single(tmp_path, description="") == ["1: `description` is missing"]
    assert single(tmp_path, version="1") == ["3: `version` must be a string; put it in quotes"]
    assert single(tmp_path, description="[a]") == ["4: `description` must be a string"]
    [problem] = single(tmp_path, asks="record")
    assert problem.startswith("5: `asks`:")
    [problem] = single(tmp_path, asks="[]")
    assert problem.startswith("5: `asks`:")


def test_several_mistakes_are_all_named(tmp_path: Path) -> None:
    found = single(tmp_path, version="1", description="2", colour="red")
    assert [line.partition(":")[0] for line in found] == ["3", "4", "6"]


def test_a_key_given_twice(tmp_path: Path) -> None:
    assert single(tmp_path, extra="name: q\n") == ["2: `name` is given twice"]


def test_the_name_is_the_files(tmp_path: Path) -> None:
    assert single(tmp_path, name="other") == ["2: `name` is `other`, but the file's is `p`"]
    [problem] = single(tmp_path, name="My Prompt")
    assert problem.startswith("2: `name` may hold")


def test_asks(tmp_path: Path) -> None:
    [problem] = single(tmp_path, asks="[recrd]")
    assert problem.startswith("5: unknown ask `recrd`; known are `record`")
    assert "5: ask `record` is given twice" in single(tmp_path, asks="[record, record]")
    assert "5: a single file has one ask; make a folder for several" in single(
        tmp_path, asks="[record, topics]"
    )


def test_an_ask_has_the_line_of_its_item(tmp_path: Path) -> None:
    found = folder(tmp_path, "\n- summary\n- sumary", summary="Sum up.")
    assert found[0].startswith("prompt.md:7: unknown ask `sumary`")


def test_parameters(tmp_path: Path) -> None:
    good = """\
        parameters:
          temperature: 1
          record: {max_tokens: 5}
        """
    assert single(tmp_path, extra=good) == []
    wrong = """\
        parameters:
          temperatur: 0
          max_tokens: -1
          record: {max_tokens: many}
        """
    assert [line.partition(":")[0] for line in single(tmp_path, extra=wrong)] == ["8", "7", "9"]
    foreign = "parameters:\n  topics: {max_tokens: 5}\n"
    assert single(tmp_path, extra=foreign) == ["7: the prompt does not ask for `topics`"]
    unknown = "parameters:\n  temperatur: 0\n"
    assert single(tmp_path, extra=unknown) == [
        "7: unknown parameter `parameters.temperatur`; did you mean `temperature`?"
    ]


def test_vars(tmp_path: Path) -> None:
    good = "vars: {a: x, b: 1, c: true, d: [x, y], e: 1.5}\n"
    assert single(tmp_path, "{{ article }}{{ a }}{{ b }}{{ c }}{{ d }}{{ e }}", good) == []
    assert single(tmp_path, extra="vars:\n  unused: x\n") == ["7: `unused` is never used"]
    assert single(tmp_path, extra="vars:\n  article: x\n") == [
        "7: `article` is given by an ask; call it something else"
    ]
    assert single(tmp_path, extra="vars:\n  a: {b: c}\n") == [
        "7: `vars.a` must be text, a number, true or false, or a list of these"
    ]
    assert "7: `a-b` cannot be the name of a variable" in single(
        tmp_path, extra="vars:\n  a-b: x\n"
    )


def test_aliases_cannot_blow_up(tmp_path: Path) -> None:
    levels = "".join(f"  v{n}: &v{n} [{', '.join([f'*v{n - 1}'] * 9)}]\n" for n in range(1, 20))
    [*problems] = single(tmp_path, extra="vars:\n  v0: &v0 x\n" + levels)
    assert problems


# --- files --------------------------------------------------------------------------------------


def test_missing_and_extra_files(tmp_path: Path) -> None:
    assert folder(tmp_path, "[summary, topics]", summary="Sum up.", notes="x") == [
        "notes.md:1: no ask of the prompt has this name",
        "topics.md:1: the file is missing",
    ]


def test_a_subfolder_and_a_file_that_is_not_text(tmp_path: Path) -> None:
    folder(tmp_path, "[summary]", summary="Sum up.")
    (tmp_path / "p" / "summary.md").write_bytes(b"\xff\xfe\xff")
    assert [str(p) for p in check_prompt(str(tmp_path / "p"))] == [
        f"{tmp_path / 'p' / 'summary.md'}:1: the file is not UTF-8 text"
    ]
    (tmp_path / "p" / "summary.md").unlink()
    (tmp_path / "p" / "summary.md").mkdir()
    [problem] = check_prompt(str(tmp_path / "p"))
    assert problem.message == "a prompt has no subfolders"


def test_an_unknown_prompt_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check_prompt(str(tmp_path / "none"))


def test_an_empty_file(tmp_path: Path) -> None:
    assert folder(tmp_path, "[summary]", summary=" \n") == ["summary.md:1: the file is empty"]


# --- templates ----------------------------------------------------------------------------------


def test_a_syntax_error_has_the_files_line(tmp_path: Path) -> None:
    [problem] = single(tmp_path, "\n\n{{ article }}\n{% if %}\n")
    assert problem.startswith("10: ")
    [problem] = folder(tmp_path, "[summary]", summary="One.\n{{ article")
    assert problem.startswith("summary.md:2: ")


@pytest.mark.parametrize("style", ["|", ">"])
def test_the_system_message_has_the_files_lines(tmp_path: Path, style: str) -> None:
    [problem] = single(tmp_path, extra=f"system: {style}\n  One.\n\n  {{{{ nobody }}}}\n")
    if style == "|":
        assert problem.startswith("9: ask `record` gives no `nobody`, only `article`")
    assert single(tmp_path, system='"{{ nobody }}"')[0].startswith("6: ask `record` gives no")


def test_variables_that_the_ask_does_not_give(tmp_path: Path) -> None:
    assert single(tmp_path, "{{ article }}\n{{ date }}\n{{ date }}") == [
        "8: ask `record` gives no `date`, only `article`, `published`, `schema_hint`"
    ]
    assert single(tmp_path, "{% for a in article %}{{ a }}{{ loop.index }}{% endfor %}") == []
    assert single(tmp_path, "{% set b = article %}{{ b }}{{ range(3) }}") == []


def test_an_opening_is_checked_for_every_ask(tmp_path: Path) -> None:
    found = folder(
        tmp_path,
        "[people, summary]",
        "{{ article }}\n{{ candidates }}",
        people="Who?",
        summary="Sum up.",
    )
    assert found == ["prompt.md:8: ask `summary` gives no `candidates`, only `article`, `people`"]


def test_required_variables_that_are_not_used(tmp_path: Path) -> None:
    assert single(tmp_path, "Hello.") == ["7: `article` is never used; ask `record` is about it"]
    found = folder(tmp_path, "[people]", "Hello.", people="{{ candidates }}")
    assert found == ["people.md:1: `article` is never used; ask `people` is about it"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("{% include 'x' %}", "`include` is not allowed"),
        ("{% import 'x' as x %}", "`import` is not allowed"),
        ("{% from 'x' import y %}", "`import` is not allowed"),
        ("{% extends 'x' %}", "`extends` is not allowed"),
        ("{{ article | shout }}", "there is no filter `shout`"),
        ("{{ article | random }}", "there is no filter `random`"),
        ("{% if article is loud %}{% endif %}", "there is no test `loud`"),
        ("{% if published %}{{ article | shout }}{% endif %}", "there is no filter `shout`"),
        ("{{ lipsum() }}", "gives no `lipsum`"),
    ],
)
def test_what_a_template_may_not_do(tmp_path: Path, body: str, word: str) -> None:
    found = single(tmp_path, "{{ article }}\n" + body)
    assert [line.partition(":")[0] for line in found] == ["8"]
    assert word in found[0]


def test_known_filters_and_tests_pass(tmp_path: Path) -> None:
    body = "{{ article | trim | upper }}{% if published is not none %}{{ published }}{% endif %}"
    assert single(tmp_path, body) == []


TOKENS = [*"{%}# \n-ab|.()'\"", "{{", "}}", "{%", "%}", "article", "if", "endif"]
JINJA = st.lists(st.sampled_from(TOKENS)).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(body=JINJA)
def test_any_body_is_right_or_has_a_problem_inside_the_file(tmp_path: Path, body: str) -> None:
    head = '---\nname: p\nversion: "1"\ndescription: d\nasks: [record]\n---\n'
    files = PromptFiles(tmp_path / "p.md", {"prompt.md": head + body})
    prompt, problems = examine(files)
    assert (prompt is None) == bool(problems)
    assert all(1 <= problem.line <= 7 + body.count("\n") for problem in problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(front=st.text(st.sampled_from(list("ab:[]{}&*!|>-\n '\"#?,")) | st.characters()))
def test_any_front_matter_is_right_or_has_a_problem(tmp_path: Path, front: str) -> None:
    files = PromptFiles(tmp_path / "p.md", {"prompt.md": f"---\n{front}\n---\n{{{{ article }}}}"})
    prompt, problems = examine(files)
    assert (prompt is None) == bool(problems)


def test_what_passes_the_check_loads(tmp_path: Path) -> None:
    single(tmp_path)
    assert isinstance(load_prompt(str(tmp_path / "p.md")), Prompt)
