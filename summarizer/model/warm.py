"""A server that is kept warm: how `summarizer serve` makes it known, and how others find it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from summarizer.model.server_address import ServerAddress

_PATIENCE = 2.0


def warm_folder() -> Path:
    """Where the warm servers are noted: in the user's own cache, since a note holds a key."""
    from platformdirs import user_cache_path

    return user_cache_path("summarizer", appauthor=False) / "warm"


@contextmanager
def announce(address: ServerAddress) -> Iterator[Path]:
    """Note a running server for other commands of the same user, while the context lasts."""
    folder = warm_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    note = folder / f"{os.getpid()}.json"
    note.unlink(missing_ok=True)
    content = {
        "name": address.name,
        "base_url": address.base_url,
        "api_key": address.api_key.get_secret_value(),
        "compact": address.compact,
        "context": address.context,
    }
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(note, flags, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
    try:
        yield note
    finally:
        note.unlink(missing_ok=True)


def find_warm(name: str) -> ServerAddress | None:
    """A warm server of this model that answers now; notes of processes that ended are removed."""
    for note in sorted(warm_folder().glob("*.json")):
        if not _is_alive(note):
            note.unlink(missing_ok=True)
        elif (address := _read(note)) and address.name == name and _answers(address):
            return address
    return None


def _is_alive(note: Path) -> bool:
    """Whether the process that wrote a note still runs; without POSIX only asking it tells."""
    if os.name != "posix":
        return True
    try:
        os.kill(int(note.stem), 0)
    except (OSError, ValueError, OverflowError):
        return False
    return True


def _read(note: Path) -> ServerAddress | None:
    try:
        content = json.loads(note.read_text(encoding="utf-8"))
        return ServerAddress(
            name=content["name"],
            base_url=content["base_url"],
            api_key=SecretStr(content["api_key"]),
            compact=content["compact"],
            context=content.get("context"),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _answers(address: ServerAddress) -> bool:
    """Whether the server takes its key; `/health` would answer without one."""
    import urllib.request

    request = urllib.request.Request(
        f"{address.base_url}/models",
        headers={"Authorization": f"Bearer {address.api_key.get_secret_value()}"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_PATIENCE) as response:
            return bool(response.status == 200)
    except (OSError, ValueError):
        return False
