"""Where prompts lie: the user's `prompts` folder first, then the ones that come along."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from summarizer.errors import PromptError, UsageError
from summarizer.prompt.check import examine, is_name
from summarizer.prompt.files import MAIN, Problem, PromptFiles, Unreadable, read_files
from summarizer.prompt.prompt import Prompt

OWN_FOLDER = Path("prompts")
_NAME_LINE = re.compile(r"(?m)^name[ \t]*:.*$")


def shipped_folder() -> Path:
    """The prompts that come along: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


def load_prompt(ref: str) -> Prompt:
    """The prompt called `ref`, or at the path `ref`.

    `ref` is a path if it has a separator, ends in `.md`, or is there.

    Raises:
        UsageError: there is none.
        PromptError: something is wrong with it; the first problem is named.
    """
    return _load(find_prompt(ref))


def check_prompt(ref: str) -> list[Problem]:
    """Everything that is wrong with a prompt, file by file; `ref` is as for `load_prompt`.

    Raises:
        UsageError: there is no such prompt.
    """
    try:
        return examine(read_files(find_prompt(ref)))[1]
    except Unreadable as unreadable:
        return [unreadable.problem]


def list_prompts() -> list[Prompt | PromptError]:
    """Every prompt that can be called by name, by name; one that is wrong gives its error."""
    found: list[Prompt | PromptError] = []
    for path in prompt_paths().values():
        try:
            found.append(_load(path))
        except PromptError as error:
            found.append(error)
    return found


def prompt_paths() -> dict[str, Path]:
    """Names and paths of all prompts, by name; the user's own hide shipped ones."""
    paths: dict[str, Path] = {}
    for folder in (shipped_folder(), OWN_FOLDER):
        for path in folder.glob("*") if folder.is_dir() else ():
            is_file = path.suffix == ".md" and path.is_file()
            name = path.stem if is_file else path.name
            if is_name(name) and (is_file or (path / MAIN).is_file()):  # a README is no prompt
                paths[name] = path
    return dict(sorted(paths.items()))


def find_prompt(ref: str) -> Path:
    """The path of the prompt that `ref` means.

    Raises:
        UsageError: there is none; similar names are given.
    """
    path = Path(ref)
    separators = [os.sep, *([os.altsep] if os.altsep else [])]
    is_path = ref.endswith(".md") or any(mark in ref for mark in separators)
    if is_path or path.is_file() or (path / MAIN).is_file():
        if not path.exists():
            raise UsageError(f"there is no prompt at `{ref}`", hint="Check the path.")
        return path
    paths = prompt_paths()
    if ref in paths:
        return paths[ref]
    near = difflib.get_close_matches(ref, paths, n=3) or list(paths)
    hint = f"There is {', '.join(f'`{name}`' for name in near)}." if near else None
    raise UsageError(f"there is no prompt `{ref}`", hint=hint)


def new_prompt(name: str, from_name: str = "grounded") -> Path:
    """Copies a prompt to `prompts/NAME` with the name changed; gives the new path.

    Raises:
        UsageError: `name` cannot be a name, is there already, or `from_name` is unknown.
        PromptError: something is wrong with the prompt to copy.
    """
    if not is_name(name):
        raise UsageError(
            f"`{name}` cannot be the name of a prompt",
            hint="Use lower-case letters, digits, `-` and `_`.",
        )
    source = load_prompt(from_name)
    for taken in (OWN_FOLDER / name, OWN_FOLDER / f"{name}.md"):
        if taken.exists():
            raise UsageError("is there already", where=str(taken), hint="Choose another name.")
    files = read_files(source.path)
    target = OWN_FOLDER / (name if files.is_folder else f"{name}.md")
    try:
        _copy(files, target, name)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(target)) from None
    return target


def diff_prompts(a: str, b: str) -> str:
    """A unified diff of the files of two prompts; empty if they are the same.

    Raises:
        UsageError: there is no such prompt.
        PromptError: a file cannot be read.
    """
    old, new = _read(find_prompt(a)), _read(find_prompt(b))
    lines: list[str] = []
    for name in sorted(old.texts.keys() | new.texts.keys()):
        lines += difflib.unified_diff(
            old.texts.get(name, "").splitlines(),
            new.texts.get(name, "").splitlines(),
            old.label(name) if name in old.texts else os.devnull,
            new.label(name) if name in new.texts else os.devnull,
            lineterm="",
        )
    return "\n".join(lines)


def _copy(files: PromptFiles, target: Path, name: str) -> None:
    folder = target if files.is_folder else target.parent
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.texts.items():
        if file == MAIN:
            text = _NAME_LINE.sub(f"name: {name}", text, count=1)
        (target / file if files.is_folder else target).write_text(text, encoding="utf-8")


def _load(path: Path) -> Prompt:
    prompt, problems = examine(_read(path))
    if prompt is None:
        raise problems[0].error()
    return prompt


def _read(path: Path) -> PromptFiles:
    try:
        return read_files(path)
    except Unreadable as unreadable:
        raise unreadable.problem.error() from None
