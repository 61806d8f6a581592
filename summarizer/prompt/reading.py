"""Reading a prompt's front matter, with the line of everything that is wrong in it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from summarizer.article import FrontMatter, split_front_matter
from summarizer.prompt.files import MAIN, Problem, PromptFiles
from summarizer.prompt.front import Front, Parameters

_FIRST_LINE = 2  # of the YAML in the file: `---` stands above it


@dataclass
class Reading:
    """The front matter, if it is right, the problems if not, and where its values stand."""

    file: str
    block: FrontMatter
    front: Front | None = None
    root: yaml.Node | None = None
    problems: list[Problem] = field(default_factory=list)

    def line(self, *keys: object) -> int:
        """The line of the file at which `keys`, one inside another, stand; as near as can be."""
        line, node = 1, self.root
        for key in keys:
            found = _child(node, key)
            if found is None:
                break
            at, node = found
            line = at.start_mark.line + _FIRST_LINE
        return line

    def value(self, key: str) -> yaml.Node | None:
        """The node of a top-level value."""
        found = _child(self.root, key)
        return found[1] if found else None

    def text_line(self, key: str) -> int:
        """The line at which the text of a value begins: below the key for `|` and `>`."""
        node = self.value(key)
        if node is None:
            return 1
        below = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return node.start_mark.line + _FIRST_LINE + below

    def add(self, message: str, *keys: object) -> None:
        """Adds a problem at the place of `keys`, once."""
        problem = Problem(self.file, self.line(*keys), message)
        if problem not in self.problems:
            self.problems.append(problem)


def read_front(files: PromptFiles) -> Reading:
    """The front matter of `prompt.md`; it is right if `front` is there."""
    text = files.texts[MAIN]
    block = split_front_matter(text)
    reading = Reading(files.label(MAIN), block or FrontMatter("", text, 1))
    if block is None:
        reading.add("the front matter is missing: `---`, keys and values, `---`")
        return reading
    try:
        reading.root = yaml.compose(block.yaml, Loader=yaml.SafeLoader)
        values = yaml.safe_load(block.yaml)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + _FIRST_LINE if mark else 1
        reading.problems.append(Problem(reading.file, line, f"not YAML: {error.problem}"))
    except (yaml.YAMLError, ValueError, RecursionError):
        reading.add("not YAML that can be read")
    else:
        _validate(reading, values)
    return reading


def _validate(reading: Reading, values: Any) -> None:
    if not isinstance(values, dict):
        reading.add("the front matter holds no keys and values")
        return
    for key in _repeated(reading.root):
        reading.add(f"`{key}` is given twice", key)
    try:
        front = Front.model_validate({str(key): value for key, value in values.items()})
    except ValidationError as invalid:
        for error in invalid.errors():
            reading.add(_message(error), *error["loc"])
        return
    if not reading.problems:
        reading.front = front


def _message(error: ErrorDetails) -> str:
    """One sentence on a wrong value."""
    place = ".".join(str(key) for key in error["loc"])
    kind = error["type"]
    if kind == "missing":
        return f"`{place}` is missing"
    if error["loc"][0] == "vars":
        name = ".".join(str(key) for key in error["loc"][:2])
        return f"`{name}` must be text, a number, true or false, or a list of these"
    if kind == "extra_forbidden":
        return f"unknown key `{place}`{_nearest(str(error['loc'][-1]), len(error['loc']) > 1)}"
    if kind == "model_type" and len(error["loc"]) > 1:
        return f"unknown parameter `{place}`{_nearest(str(error['loc'][-1]), True)}"
    if kind == "string_type":
        return f"`{place}` must be a string" + ("; put it in quotes" if _is_plain(error) else "")
    return f"`{place}`: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _is_plain(error: ErrorDetails) -> bool:
    return not isinstance(error["input"], (dict, list))


def _nearest(name: str, is_parameter: bool) -> str:
    known = (Parameters if is_parameter else Front).model_fields
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean `{near[0]}`?" if near else f"; known are {_quoted(known)}"


def _quoted(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _child(node: yaml.Node | None, key: object) -> tuple[yaml.Node, yaml.Node] | None:
    """Key and value (or item twice) at `key` of a mapping or a sequence."""
    if isinstance(node, yaml.MappingNode):
        for at, value in node.value:
            if at.value == str(key):
                return at, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None


def _repeated(root: yaml.Node | None) -> list[str]:
    keys = [at.value for at, _ in root.value] if isinstance(root, yaml.MappingNode) else []
    return sorted({key for key in keys if isinstance(key, str) and keys.count(key) > 1})
