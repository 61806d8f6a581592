"""How servers are spoken to, kept for the next run in the user's cache: a small file for each.

A file holds nothing that is secret. One that is broken, old or from another version counts for
nothing, and a folder that cannot be written to is no failure: the server is asked again.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarizer.model.dialect import INSTEAD, LADDER, Manner

_VERSION = 1
_MOST_DAYS = 30


def manners_folder() -> Path:
    """Where the files are."""
    from platformdirs import user_cache_path

    return user_cache_path("summarizer", appauthor=False) / "servers"


def recall(base_url: str, model: str) -> Manner | None:
    """What was found out about a model at an address in the last 30 days."""
    try:
        content = json.loads(_place(base_url, model).read_text(encoding="utf-8"))
        return _read(content, model)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(base_url: str, model: str, manner: Manner) -> None:
    """Keep what was found out; the file is there whole or not at all."""
    place = _place(base_url, model)
    content = {
        "version": _VERSION,
        "day": _today().isoformat(),
        "address": base_url,
        "model": model,
        "dialect": manner.dialect,
        "refused": sorted(manner.refused),
        "reasons": manner.reasons,
    }
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(content, file, ensure_ascii=False, indent=1)
            os.replace(name, place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def forget(base_url: str, model: str) -> None:
    """Find out again the next time."""
    with suppress(OSError):
        _place(base_url, model).unlink(missing_ok=True)


def _read(content: dict[str, Any], model: str) -> Manner | None:
    age = _today() - date.fromisoformat(content["day"])
    refused, reasons = frozenset(content["refused"]), content["reasons"]
    right = (
        content["version"] == _VERSION
        and content["model"] == model
        and timedelta() <= age < timedelta(days=_MOST_DAYS)
        and content["dialect"] in LADDER
        and refused <= INSTEAD.keys()
        and isinstance(reasons, bool)
    )
    return Manner(content["dialect"], refused, reasons) if right else None


def _place(base_url: str, model: str) -> Path:
    key = sha256(f"{base_url}\n{model}".encode("utf-8", "surrogatepass")).hexdigest()
    return manners_folder() / f"{key[:32]}.json"


def _today() -> date:
    return datetime.now(UTC).date()
