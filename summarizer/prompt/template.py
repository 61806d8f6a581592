"""Pieces of a prompt in Jinja2: what they may do, what they use, and rendering them.

The environment is sandboxed and has no loader: a prompt cannot run code, reach other files or
change what it is given, and it renders the same each time.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from summarizer.prompt.files import Problem


@dataclass(frozen=True)
class Piece:
    """Jinja2 text, and the file and line where it begins."""

    file: str
    line: int
    text: str

    def problem(self, line: int, message: str) -> Problem:
        """A problem at `line` of the text, from 1."""
        return Problem(self.file, self.line + line - 1, message)


@dataclass(frozen=True)
class Uses:
    """What a piece uses: each variable with the line of its first use; or what is wrong."""

    variables: dict[str, int]
    problems: tuple[Problem, ...] = ()


def piece(file: str, line: int, text: str) -> Piece:
    """A piece without the blank lines around it."""
    kept = text.lstrip() or text
    start = text.rfind("\n", 0, len(text) - len(kept)) + 1
    return Piece(file, line + text.count("\n", 0, start), text[start:].rstrip())


def uses(source: Piece) -> Uses:
    """What the piece uses, found without rendering it."""
    try:
        tree = _environment().parse(source.text)
        problems = tuple(_forbidden(source, tree))
        if problems:
            return Uses({}, problems)
        free = meta.find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        return Uses({}, (source.problem(error.lineno, _sentence(error.message)),))
    lines: dict[str, int] = {}
    for name in tree.find_all(nodes.Name):
        if name.name in free and name.ctx == "load":
            line = source.line + name.lineno - 1
            lines[name.name] = min(line, lines.get(name.name, line))
    return Uses(lines)


def render(source: Piece, variables: Mapping[str, object]) -> str:
    """The text with `variables` put in; their values are never read as templates.

    Raises:
        PromptError: the piece fails with these values, for instance for want of an attribute.
    """
    template = _template(source)
    try:
        return template.render(variables)
    except Exception as error:
        line = _failing_line(error, source.file)
        problem = source.problem(line, f"cannot be rendered: {_sentence(str(error))}")
        raise problem.error() from error


@lru_cache(maxsize=256)
def _template(source: Piece) -> Template:
    environment = _environment()
    code = environment.compile(source.text, name=source.file, filename=source.file)
    return Template.from_code(environment, code, environment.globals)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    # The two that give something else each time.
    del environment.filters["random"]
    del environment.globals["lipsum"]
    return environment


def _forbidden(source: Piece, tree: nodes.Template) -> Iterator[Problem]:
    environment = _environment()
    for reference in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        tag = {"FromImport": "import"}.get(type(reference).__name__, type(reference).__name__)
        yield source.problem(
            reference.lineno, f"`{tag.lower()}` is not allowed: a prompt reads no other files"
        )
    for inner in tree.find_all(nodes.Getattr):
        if inner.attr.startswith("_"):
            yield source.problem(
                inner.lineno, f"`{inner.attr}` is not allowed: a prompt sees values, not Python"
            )
    for use in tree.find_all(nodes.Filter):
        if use.name not in environment.filters:
            yield source.problem(use.lineno, f"there is no filter `{use.name}`")
    for check in tree.find_all(nodes.Test):
        if check.name not in environment.tests:
            yield source.problem(check.lineno, f"there is no test `{check.name}`")


def _failing_line(error: Exception, file: str) -> int:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    return lines[-1] or 1 if lines else 1


def _sentence(message: Any) -> str:
    return str(message or "wrong syntax").rstrip(".")
