"""What the arguments stand for: files, folders, web addresses, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from summarizer.article.address import is_web_address, parse_address
from summarizer.article.remote import SCHEME, find_remote, is_remote
from summarizer.errors import InputError

Kind = Literal["text", "markdown", "html", "jsonl", "parquet", "feed", "web", "stdin"]

_KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
}
# Read where they are named; a folder is read without asking the network for anything.
_FEEDS = (".xml", ".rss", ".atom")


@dataclass(frozen=True)
class Source:
    """One thing to read; `uri` is the path or address as it was given, `-` for standard input."""

    uri: str
    kind: Kind


def find_inputs(args: Sequence[str]) -> Iterator[Source | InputError]:
    """The sources that `args` stand for, in order; an argument that stands for none is an error.

    A folder is gone through with its subfolders, by name; hidden files and files of other kinds
    are left out. A file that is named is read whatever its suffix. Nothing is fetched here.
    """
    for arg in args:
        yield from _find(arg)


def _find(arg: str) -> Iterator[Source | InputError]:
    if arg == "-":
        yield Source("-", "stdin")
    elif is_web_address(arg):
        yield _web(arg)
    elif is_remote(arg):
        yield from _remote(arg)
    elif os.path.isdir(arg):
        found = False
        for item in _walk(arg):
            found = True
            yield item
        if not found:
            kinds = ", ".join(f"`{suffix}`" for suffix in _KINDS)
            yield InputError("holds no articles", where=arg, hint=f"Articles are {kinds} files.")
    else:
        suffix = Path(arg).suffix.lower()
        yield Source(arg, "feed" if suffix in _FEEDS else _KINDS.get(suffix, "text"))


def _web(url: str) -> Source | InputError:
    try:
        parse_address(url)
    except InputError as error:
        return error
    return Source(url, "web")


def _remote(address: str) -> Iterator[Source | InputError]:
    try:
        for uri in find_remote(address):
            kind = _KINDS.get(PurePosixPath(uri).suffix.lower())
            if kind is not None or uri == address:
                yield Source(uri, kind or "text")
    except InputError as error:
        yield error


def _walk(folder: str) -> Iterator[Source | InputError]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(folder, error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif entry.is_file():
            kind = _KINDS.get(Path(entry.name).suffix.lower())
            if kind is not None:
                yield Source(entry.path, kind)


def unreadable(path: str, error: OSError | ValueError) -> InputError:
    """The error of a file or folder that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        if scheme := SCHEME.match(path):
            return InputError(
                f"is no file, and no address is read that starts with `{scheme[1]}`",
                where=path,
                hint="Give an `http` or `https` address, or a file.",
            )
        return InputError("does not exist", where=path, hint="Check the name and the folder.")
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return InputError(f"cannot be read: {reason}", where=path)
