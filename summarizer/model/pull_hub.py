"""Weights from a Hugging Face repository, or a mirror of it that `HF_ENDPOINT` names."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import ModelUnavailable
from summarizer.model.catalogue import HubSource, ModelEntry
from summarizer.model.store import Progress, check_space, discard, file_sha256

if TYPE_CHECKING:
    from typing_extensions import Buffer


_SHA256 = re.compile(r"[0-9a-f]{64}")


def fetch_from_hub(
    entry: ModelEntry,
    source: HubSource,
    part: Path,
    progress: Progress,
    free_bytes: Callable[[Path], int],
) -> str:
    """Write the entry's weights to `part`, going on where an earlier call stopped.

    `hf_hub_download` drops an unfinished file when its process ends, so the file is fetched with
    the steps below it: ask for the metadata, then read on from the last byte that is here.

    Returns:
        The SHA-256 that the hub states for the file, which the file has.

    Raises:
        ModelUnavailable: the extra is missing, the hub cannot be used, there is no space, or the
            contents are wrong: then nothing is kept.
    """
    # The file is all that is wanted of the hub; the library reads this when it is imported.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        import httpx2
        from huggingface_hub import get_hf_file_metadata, hf_hub_url
        from huggingface_hub.file_download import http_get
        from huggingface_hub.utils import build_hf_headers, disable_progress_bars
    except ImportError as error:
        raise ModelUnavailable(
            f"`{entry.name}` comes from a Hugging Face hub, and the extra `hub` is not installed",
            hint="run `python -m pip install huggingface-hub` with the Python you use here",
        ) from error
    disable_progress_bars()
    total = entry.bytes or 0
    url = hf_hub_url(
        source.repository,
        source.file,
        revision=source.revision,
        endpoint=os.environ.get("HF_ENDPOINT"),
    )
    try:
        metadata = get_hf_file_metadata(url)
        checksum = _stated_checksum(source, metadata.etag)
        if metadata.size != total or (part.exists() and part.stat().st_size > total):
            discard(part)
        if metadata.size != total:
            raise ModelUnavailable(
                f"the hub's file has {metadata.size} bytes; the catalogue says {total}",
                where=f"{source.repository}/{source.file}",
            )
        with _Watched(part, progress, total) as file:
            here = file.tell()
            check_space(entry, total - here, free_bytes(part.parent))
            http_get(
                url,
                file,
                resume_size=here,
                # A compressed answer could not be continued from a byte of the file.
                headers=build_hf_headers() | {"Accept-Encoding": "identity"},
                expected_size=total,
            )
    except (httpx2.HTTPError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's fault, not the hub's
        raise ModelUnavailable(
            f"`{source.repository}` cannot be fetched: {_reason(error)}",
            hint=f"run `summarizer models pull {entry.name}` again: it goes on from here",
        ) from error
    if file_sha256(part, progress) != checksum:
        discard(part)
        raise ModelUnavailable(
            f"the weights of `{entry.name}` came with a wrong checksum, and were not kept",
            hint=f"run `summarizer models pull {entry.name}` again",
        )
    return checksum


class _Watched(io.BufferedWriter):
    """A file opened for appending that tells how far it has got."""

    def __init__(self, path: Path, progress: Progress, total: int) -> None:
        super().__init__(io.FileIO(path, "ab"))
        self._progress = progress
        self._total = total

    def write(self, buffer: Buffer, /) -> int:
        written = super().write(buffer)
        self._progress("download", self.tell(), self._total)
        return written


def _stated_checksum(source: HubSource, etag: str | None) -> str:
    """The SHA-256 that the hub uses as the tag of a large file."""
    if etag is None or not _SHA256.fullmatch(etag):
        raise ModelUnavailable(
            "the hub states no SHA-256 for this file, so it cannot be checked",
            where=f"{source.repository}/{source.file}",
            hint="use the hub itself or a mirror that passes its headers on (`HF_ENDPOINT`)",
        )
    return etag


def _reason(error: Exception) -> str:
    """What went wrong, without addresses: those of a hub carry signatures."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status in (401, 403):
        return f"the hub answered {status}; a model behind a licence page needs `HF_TOKEN`"
    if status is not None:
        return f"the hub answered {status}"
    return f"no usable answer from the hub ({type(error).__name__})"
