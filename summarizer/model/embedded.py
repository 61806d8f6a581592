"""The embedded model: a llama.cpp server in a process of its own, which ends with this one."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO

from pydantic import SecretStr

from summarizer.errors import ModelUnavailable
from summarizer.model.server_address import LOCAL_CONTEXT, ServerAddress
from summarizer.model.server_process import Options

_GGUF = b"GGUF"
_LOGGED_ERROR = re.compile(r"^[\d.]+ E (?:\w+ +)*[\w()]+: (.*)$", re.MULTILINE)
_SOURCE = Path(__file__).parents[2]


class EmbeddedServer(AbstractContextManager[ServerAddress]):
    """Serves one local model while the context lasts; entering gives the server's address.

    The server listens on 127.0.0.1 only, wants a random key that is on no command line, and ends
    on every way out of the context, with this process if it is killed, but not at a Ctrl-C that is
    meant for this process.

    Args:
        path: the weights, a GGUF file.
        name: the model's name in messages and provenance.
        n_ctx: the context of each slot, in tokens: what is read and written in one request.
        n_parallel: the requests that are answered at the same time.
        threads: threads to compute with; by default the physical cores.
        port: the port to listen on; by default any free one.
    """

    # -P: a file of the working folder must not stand in for a library.
    _program: tuple[str, ...] = ("-P", "-m", "summarizer.model.server_process")

    def __init__(
        self,
        path: Path,
        name: str,
        *,
        n_ctx: int = LOCAL_CONTEXT,
        n_parallel: int = 1,
        threads: int | None = None,
        port: int = 0,
    ) -> None:
        self._path = path
        self._options = Options(
            path=str(path.absolute()),
            name=name,
            key=secrets.token_urlsafe(32),
            n_ctx=n_ctx,
            n_parallel=n_parallel,
            threads=threads,
            port=port,
        )
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._process.pid if self._process else None

    def __enter__(self) -> ServerAddress:
        """Start the server and wait until the model is loaded.

        Raises:
            ModelUnavailable: the engine is not installed, the weights are missing or damaged, or
                the engine could not start.
        """
        _check_engine()
        _check_weights(self._path)
        with tempfile.TemporaryFile() as log:
            try:
                return self._start(log)
            except BaseException:
                self.stop()
                raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server. It keeps nothing that could be lost."""
        if (process := self._process) is None:
            return
        self._process = None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _start(self, log: IO[bytes]) -> ServerAddress:
        process = self._process = subprocess.Popen(
            [sys.executable, *self._program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=_environment(),
            start_new_session=True,
        )
        assert process.stdin and process.stdout
        # A process that ended before it could read has written nothing, which is told below.
        with suppress(BrokenPipeError):
            process.stdin.write(self._options.line())
            process.stdin.flush()
        ready = json.loads(process.stdout.readline() or "{}")
        if "url" not in ready:
            raise self._failed(ready.get("error"), log)
        return ServerAddress(
            name=self._options.name,
            base_url=ready["url"],
            api_key=SecretStr(self._options.key),
            compact=ready["compact"],
            context=self._options.n_ctx,
        )

    def _failed(self, error: str | None, log: IO[bytes]) -> ModelUnavailable:
        log.seek(0)
        logged = _LOGGED_ERROR.search(log.read().decode("utf-8", "replace"))
        reason = logged[1] if logged else error or "it ended while loading"
        return ModelUnavailable(
            f"the engine could not start: {reason}",
            where=str(self._path),
            hint="If the file is damaged, remove it and bring it again: `summarizer models list`.",
        )


def _check_engine() -> None:
    if find_spec("xllamacpp") is None:
        raise ModelUnavailable(
            "the engine for local models is not installed",
            hint="Install it with `python -m pip install xllamacpp`.",
        )


def _check_weights(path: Path) -> None:
    """Look at the first bytes, so that a wrong file fails at once and in plain words."""
    hint = "Bring the weights with `summarizer models pull NAME`."
    try:
        with path.open("rb") as file:
            magic = file.read(len(_GGUF))
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ModelUnavailable(
            f"the weights cannot be read: {reason.lower()}", where=str(path), hint=hint
        ) from None
    if magic != _GGUF:
        raise ModelUnavailable("this is not a GGUF file", where=str(path), hint=hint)


def _environment() -> dict[str, str]:
    """The environment in which the other process finds the same package."""
    paths = [str(_SOURCE), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
