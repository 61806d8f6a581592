from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import get_args

import pytest

from summarizer.cli import summarize
from summarizer.errors import ModelUnavailable, UsageError
from summarizer.settings import Format, choose_model, find_project_file, load_settings
from summarizer.views import VIEWS, Form

SECRET = "sk-test-1234567890"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the person who runs the tests, a home and a folder of their own."""
    for name in list(os.environ):
        if name.startswith(("SUMMARIZER_", "OPENAI_")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    (home / "work").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home / "work")


def write(text: str, folder: Path | None = None) -> Path:
    path = (folder or Path.cwd()) / "summarizer.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_forms_are_those_of_the_views() -> None:
    assert get_args(Format) == get_args(Form) == tuple(VIEWS)
    choices = inspect.signature(summarize.summarize, eval_str=True).parameters["format"].annotation
    assert get_args(get_args(get_args(choices)[0])[0]) == get_args(Format)


def test_defaults() -> None:
    settings = load_settings()
    assert settings.prompt == "grounded"
    for name in ("model", "base_url", "api_key", "published", "format", "out"):
        assert getattr(settings, name) is None
    assert settings.no_text is settings.fail_fast is False


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("prompt", ("single", "mine", "yours")),
        ("model", ("a", "b", "c")),
        ("base_url", ("http://a/v1", "http://b/v1", "http://c/v1")),
        ("published", ("2024-01-01", "2024-01-02", "2024-01-03")),
        ("format", ("json", "md", "html")),
    ],
)
def test_an_option_beats_a_variable_beats_the_file(
    name: str, values: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    option, variable, file = values
    write(f'{name} = "{file}"\n')
    assert getattr(load_settings(), name) == file
    monkeypatch.setenv(f"SUMMARIZER_{name.upper()}", variable)
    assert getattr(load_settings(), name) == variable
    assert getattr(load_settings(**{name: option}), name) == option
    assert getattr(load_settings(**{name: None}), name) == variable
    monkeypatch.setenv(f"SUMMARIZER_{name.upper()}", "")
    assert getattr(load_settings(), name) == file


@pytest.mark.parametrize("name", ["no_text", "fail_fast"])
def test_switches_can_be_turned_off_again(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(f"{name} = true\n")
    assert getattr(load_settings(), name) is True
    monkeypatch.setenv(f"SUMMARIZER_{name.upper()}", "0")
    assert getattr(load_settings(), name) is False
    assert getattr(load_settings(**{name: True}), name) is True


def test_the_variables_of_openai_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://openai/v1")
    settings = load_settings()
    assert settings.base_url == "http://openai/v1"
    assert settings.api_key and settings.api_key.get_secret_value() == SECRET
    monkeypatch.setenv("SUMMARIZER_BASE_URL", "http://own/v1")
    assert load_settings().base_url == "http://own/v1"


def test_a_key_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    settings = load_settings(base_url="http://a/v1", model="m")
    choice = choose_model(settings)
    for shown in (repr(settings), str(settings), settings.model_dump_json(), repr(choice)):
        assert SECRET not in shown
    monkeypatch.setenv("SUMMARIZER_FORMAT", SECRET)
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('# mine\n\nmodle = "x"\n', 3, "modle"),
        ('prompt = "grounded"\n\n[openai]\nkey = 1\n', 3, "openai"),
        ("[[models]]\n", 1, "models"),
        ("api.key = 1\n", 1, "api"),
        ('prompt = "a"\nformat = "pdf"\n', 2, "format"),
        ('no_text = "perhaps"\n', 1, "no_text"),
        ("model = 3\n", 1, "model"),
        ("\n\nout = [1]\n", 3, "out"),
        (f'api_key = "{SECRET}"\n', 1, "key"),
        ('"modle" = 1\n', 1, "modle"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line(text: str, line: int, word: str) -> None:
    path = write(text)
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert caught.value.where == f"{path}:{line}"
    assert word in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("content", [b"prompt = \n", b"= 1", b'prompt = "a\n'])
def test_a_file_that_is_no_toml_is_said_with_its_line(content: bytes) -> None:
    path = write("")
    path.write_bytes(content)
    with pytest.raises(UsageError, match="line") as caught:
        load_settings()
    assert caught.value.where == str(path)


def test_a_file_that_is_no_text_is_said() -> None:
    write("").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        load_settings()


def test_a_wrong_variable_or_option_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"^--format"):
        load_settings(format="pdf")
    monkeypatch.setenv("SUMMARIZER_NO_TEXT", "perhaps")
    with pytest.raises(UsageError, match=r"^SUMMARIZER_NO_TEXT"):
        load_settings()


def test_the_file_is_found_above_up_to_the_repository_or_home(tmp_path: Path) -> None:
    home = Path.home()
    deep = home / "work" / "a" / "b"
    deep.mkdir(parents=True)
    assert find_project_file(deep) is None
    at_home = write("", home)
    assert find_project_file(deep) == at_home.resolve()
    (home / "work" / ".git").mkdir()
    assert find_project_file(deep) is None
    at_work = write("", home / "work")
    assert find_project_file(deep) == at_work.resolve()
    write("", home.parent)
    assert find_project_file(home) == at_home.resolve()


def test_outside_of_both_only_the_folder_itself_counts(tmp_path: Path) -> None:
    shared, own = tmp_path / "shared", tmp_path / "shared" / "own"
    own.mkdir(parents=True)
    write("", shared)
    assert find_project_file(own) is None
    assert find_project_file(shared) == (shared / "summarizer.toml").resolve()


def test_paths_in_the_file_are_relative_to_it() -> None:
    folder = Path.cwd()
    write('prompt = "prompts/mine"\nmodel = "m.gguf"\nout = "records.jsonl"\n')
    below = folder / "below"
    below.mkdir()
    (folder / ".git").mkdir()
    settings = load_settings(below)
    root = folder.resolve()
    assert settings.prompt == str(root / "prompts/mine")
    assert settings.model == str(root / "m.gguf")
    assert settings.out == root / "records.jsonl"
    write('prompt = "grounded"\nmodel = "smollm2-135m"\n')
    assert load_settings(below).prompt == "grounded"
    assert load_settings(below).model == "smollm2-135m"


DEFAULT = "qwen2.5-coder-1.5b-instruct-q4_k_m"


def test_with_nothing_set_the_embedded_model_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    choice = choose_model(load_settings())
    assert (choice.model, choice.base_url, choice.by_default) == (DEFAULT, None, True)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert choose_model(load_settings()).base_url is None


@pytest.mark.parametrize(
    ("name", "model"),
    [
        (DEFAULT, DEFAULT),
        ("qwen2.5-coder-1.5b", DEFAULT),
        ("SmolLM2-135M", "smollm2-135m-instruct-q4_1"),
        ("models/gpt-oss.gguf", "models/gpt-oss.gguf"),
        ("gpt-4.GGUF", "gpt-4.GGUF"),
    ],
)
def test_local_names_and_paths_stay_local(
    name: str, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    choice = choose_model(load_settings(model=name))
    assert (choice.model, choice.base_url, choice.api_key) == (model, None, None)
    assert not choice.by_default


@pytest.mark.parametrize("name", ["gpt-4o-mini", "GPT-5", "o3", "o4-mini", "chatgpt-4o-latest"])
def test_a_hosted_model_needs_its_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY") as caught:
        choose_model(load_settings(model=name))
    assert caught.value.exit_code == 5
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    choice = choose_model(load_settings(model=name))
    assert choice.model == name
    assert choice.base_url == "https://api.openai.com/v1"
    assert choice.api_key and choice.api_key.get_secret_value() == SECRET


@pytest.mark.parametrize("name", ["claude-5", "o5x", "gptx", "qwen2.5-coder-1.5", ""])
def test_an_unknown_name_is_wrong_usage(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with pytest.raises(UsageError, match="unknown") as caught:
        choose_model(load_settings(model=name))
    assert ("qwen2.5-coder-1.5b" in str(caught.value)) == name.startswith("qwen")


def test_a_base_url_selects_an_endpoint_and_needs_a_model() -> None:
    with pytest.raises(UsageError, match="--model"):
        choose_model(load_settings(base_url="http://localhost:8080/v1"))
    choice = choose_model(load_settings(base_url="http://localhost:8080/v1", model=DEFAULT))
    assert (choice.model, choice.base_url) == (DEFAULT, "http://localhost:8080/v1")
    assert choice.api_key is None


@pytest.mark.parametrize("url", ["localhost:8080", "ftp://a/v1", "http://", "http://[", "x"])
def test_what_is_no_address_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        choose_model(load_settings(base_url=url, model="m"))


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(UsageError) as caught:
        choose_model(load_settings(base_url=f"http://me:{SECRET}@a/v1", model="m"))
    assert SECRET not in str(caught.value)
