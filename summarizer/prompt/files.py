"""The files of one prompt: a folder with `prompt.md`, or a single file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import PromptError

MAIN = "prompt.md"
_SHORT_HINT = "`summarizer prompts check` lists every problem."


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a prompt; `line` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"

    def error(self) -> PromptError:
        """The same as an error to raise."""
        return PromptError(self.message, where=f"{self.file}:{self.line}", hint=_SHORT_HINT)


class Unreadable(Exception):
    """The files cannot even be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class PromptFiles:
    """The texts of a prompt, by name; a single file's text goes by the name `prompt.md`."""

    path: Path
    texts: dict[str, str]

    @property
    def name(self) -> str:
        """The name that the prompt goes by: its folder's, or its file's without `.md`."""
        return self.path.resolve().name if self.is_folder else self.path.stem

    @property
    def is_folder(self) -> bool:
        """Whether the prompt is a folder."""
        return self.path.is_dir()

    def label(self, name: str) -> str:
        """The path of one of the files, for messages."""
        return str(self.path / name if self.is_folder else self.path)

    @property
    def sha256(self) -> str:
        """A digest of names and contents, the same wherever the prompt lies."""
        digest = hashlib.sha256()
        for name in sorted(self.texts):
            for part in (name, self.texts[name]):
                data = part.encode("utf-8")
                digest.update(len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()


def read_files(path: Path) -> PromptFiles:
    """The files of the prompt at `path`, hidden ones left out.

    Raises:
        Unreadable: `prompt.md` is missing, or a file is not UTF-8 text.
    """
    if path.name == MAIN:
        path = path.parent
    if not path.is_dir():
        return PromptFiles(path, {MAIN: _read(path)})
    files = sorted(file for file in path.iterdir() if not file.name.startswith("."))
    if not (path / MAIN).is_file():
        raise Unreadable(Problem(str(path / MAIN), 1, "the file is missing"))
    return PromptFiles(path, {file.name: _read(file) for file in files})


def _read(path: Path) -> str:
    if path.is_dir():
        raise Unreadable(Problem(str(path), 1, "a prompt has no subfolders"))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(Problem(str(path), 1, "the file is not UTF-8 text")) from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise Unreadable(Problem(str(path), 1, f"cannot be read: {reason}")) from None
