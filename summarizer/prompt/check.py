"""The lint: everything that is wrong with a prompt, each with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.prompt.asks import ASKS
from summarizer.prompt.files import MAIN, Problem, PromptFiles
from summarizer.prompt.front import Front
from summarizer.prompt.prompt import Prompt
from summarizer.prompt.reading import Reading, read_front
from summarizer.prompt.template import Piece, piece, uses

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def is_name(name: str) -> bool:
    """Whether a prompt may be called so: lower-case letters, digits, `-` and `_`."""
    return _NAME.fullmatch(name) is not None


def examine(files: PromptFiles) -> tuple[Prompt | None, list[Problem]]:
    """The prompt if nothing is wrong with it; else what is, file by file and from top to bottom."""
    reading = read_front(files)
    if reading.front is None:
        return None, reading.problems
    prompt = _assemble(files, reading, reading.front)
    _check_front(files, reading, reading.front)
    problems = [
        *reading.problems,
        *_check_files(files, reading.front),
        *_check_uses(prompt, reading),
    ]
    main = files.label(MAIN)
    problems = sorted(set(problems), key=lambda p: (p.file != main, p.file, p.line, p.message))
    return (None if problems else prompt), problems


def _assemble(files: PromptFiles, reading: Reading, front: Front) -> Prompt:
    body = piece(reading.file, reading.block.body_line, reading.block.body)
    system = piece(reading.file, reading.text_line("system"), front.system or "")
    if files.is_folder:
        bodies = {
            ask: piece(files.label(f"{ask}.md"), 1, files.texts[f"{ask}.md"])
            for ask in front.asks
            if f"{ask}.md" in files.texts and f"{ask}.md" != MAIN
        }
    else:
        bodies = {front.asks[0]: body}
    return Prompt(
        front=front,
        path=files.path,
        sha256=files.sha256,
        system=system if system.text else None,
        opening=body if files.is_folder and body.text else None,
        bodies=bodies,
    )


def _check_front(files: PromptFiles, reading: Reading, front: Front) -> None:
    if not is_name(front.name):
        reading.add("`name` may hold lower-case letters, digits, `-` and `_`", "name")
    elif front.name != files.name:
        reading.add(f"`name` is `{front.name}`, but the file's is `{files.name}`", "name")
    for index, ask in enumerate(front.asks):
        if ask not in ASKS:
            known = ", ".join(f"`{name}`" for name in ASKS)
            reading.add(f"unknown ask `{ask}`; known are {known}", "asks", index)
        elif ask in front.asks[:index]:
            reading.add(f"ask `{ask}` is given twice", "asks", index)
    if not files.is_folder and len(front.asks) > 1:
        reading.add("a single file has one ask; make a folder for several", "asks")
    for ask in front.parameters.by_ask:
        if ask not in front.asks:
            reading.add(f"the prompt does not ask for `{ask}`", "parameters", ask)
    given = {name for ask in front.asks if ask in ASKS for name in _given(ask)}
    for name in front.vars:
        if not _VARIABLE.fullmatch(name):
            reading.add(f"`{name}` cannot be the name of a variable", "vars", name)
        elif name in given:
            reading.add(f"`{name}` is given by an ask; call it something else", "vars", name)


def _check_files(files: PromptFiles, front: Front) -> Iterator[Problem]:
    if not files.is_folder:
        return
    wanted = {f"{ask}.md" for ask in front.asks}
    for name in sorted(wanted - files.texts.keys()):
        yield Problem(files.label(name), 1, "the file is missing")
    for name in sorted(files.texts.keys() - wanted - {MAIN}):
        yield Problem(files.label(name), 1, "no ask of the prompt has this name")


def _check_uses(prompt: Prompt, reading: Reading) -> Iterator[Problem]:
    """Variables that no ask gives, required ones that are not used, `vars` that are not used."""
    used: set[str] = set()
    whole = len(prompt.bodies) == len(prompt.asks)
    for ask, body in prompt.bodies.items():
        pieces = prompt.pieces(ask)
        found = [uses(part) for part in pieces]
        problems = [problem for use in found for problem in use.problems]
        if not body.text:
            problems.append(body.problem(1, "the file is empty"))
        yield from problems
        if problems or ask not in ASKS:
            whole = False
            continue
        names = {name for use in found for name in use.variables}
        used |= names
        for part, use in zip(pieces, found, strict=True):
            yield from _foreign(prompt, ask, part, use.variables)
        for name in sorted(ASKS[ask].variables - names):
            yield body.problem(1, f"`{name}` is never used; ask `{ask}` is about it")
    if whole:
        for name in sorted(prompt.front.vars.keys() - used):
            yield Problem(reading.file, reading.line("vars", name), f"`{name}` is never used")


def _foreign(prompt: Prompt, ask: str, part: Piece, lines: dict[str, int]) -> Iterator[Problem]:
    known = _given(ask) | prompt.front.vars.keys()
    for name, line in lines.items():
        if name not in known:
            names = ", ".join(f"`{known_name}`" for known_name in sorted(known))
            yield Problem(part.file, line, f"ask `{ask}` gives no `{name}`, only {names}")


def _given(ask: str) -> frozenset[str]:
    return ASKS[ask].variables | ASKS[ask].optional
