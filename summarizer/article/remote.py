"""Addresses that fsspec knows, as `s3://bucket/folder`: listed and opened like local files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from summarizer.errors import InputError

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
# Stores that fsspec knows; pages of the web are read by stricter rules.
_STORES = frozenset(
    {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "hdfs", "webhdfs"}
    | {"file", "memory"}
)
_GLOB = re.compile(r"[*?\[]")


def is_remote(arg: str) -> bool:
    """Whether this is an address of a store, and not of a page of the web."""
    scheme = SCHEME.match(arg)
    return scheme is not None and scheme[1].lower() in _STORES


def find_remote(address: str) -> Iterator[str]:
    """The files that an address stands for: itself, those of a folder, or those of a pattern.

    A folder is gone through with its subfolders, by name. Names that begin with a dot or an
    underscore are left out: those are notes of other programs.

    Raises:
        InputError: it cannot be listed, or there is nothing.
    """
    with _told(address):
        files, path = _file_system(address)
        if _GLOB.search(path):
            found = files.glob(path)
        elif files.isdir(path):
            found = files.find(path)
        else:
            found = [path]
            if not files.exists(path):
                raise InputError("does not exist", where=address, hint="Check the address.")
    for one in sorted(found):
        inside = one[len(path.rstrip("/")) :] if one.startswith(path.rstrip("/") + "/") else one
        names = inside.strip("/").split("/")
        if len(found) == 1 or not any(name.startswith((".", "_")) for name in names):
            yield str(files.unstrip_protocol(one))


@contextmanager
def open_remote(address: str) -> Iterator[BinaryIO]:
    """The bytes at an address.

    Raises:
        InputError: they cannot be read.
    """
    with _told(address):
        files, path = _file_system(address)
        with files.open(path, "rb") as stream:
            yield stream


def _file_system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(
            "an address of a store needs fsspec, which is not installed",
            where=address,
            hint="Install it with `python -m pip install 'summarizer[ray]'`.",
        ) from None
    parts = urlsplit(address)
    if parts.username or parts.password:
        raise InputError(
            "holds a name or password, which would be stored in the record",
            where=f"{parts.scheme}://{parts.hostname}",
            hint="Give them as the storage's own library wants them.",
        )
    files, path = url_to_fs(address)
    return files, str(path)


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Turn what goes wrong with an address into an error that says so.

    Raises:
        InputError: something went wrong.
    """
    try:
        yield
    except FileNotFoundError:
        raise InputError("does not exist", where=address, hint="Check the address.") from None
    except ImportError as error:
        said = " ".join(str(error).split())
        raise InputError(f"cannot be read: {said}", where=address) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=address) from None
