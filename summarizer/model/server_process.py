"""The process in which llama.cpp's server runs: `python -m summarizer.model.server_process`.

It reads one line of JSON from standard input (`Options`), loads the model, and writes one line of
JSON to standard output: `{"url": ..., "compact": ...}` or `{"error": ...}`. Standard input then
stays open as a lifeline: the process ends when the other side closes it, in whatever way the other
side ended. llama.cpp holds Python still while it loads, so an end during loading is noticed after.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import asdict, dataclass
from typing import IO, Any

from summarizer.model.grammar import PREFIX

# Restores the prompt prefixes that take turns on a slot; llama.cpp's own bound is eight times this.
_CACHE_MIB = 1024
_WARNINGS = 2


@dataclass(frozen=True)
class Options:
    """What to serve, and how.

    Args:
        path: the weights, a GGUF file.
        name: the model's name.
        key: the key that callers must show.
        n_ctx: the context of each slot, in tokens.
        n_parallel: the number of slots.
        threads: threads to compute with; null lets the engine count the physical cores.
        port: the port, or 0 for any free one.
    """

    path: str
    name: str
    key: str
    n_ctx: int
    n_parallel: int
    threads: int | None
    port: int

    def line(self) -> bytes:
        """The options as the line that the process reads."""
        return json.dumps(asdict(self)).encode() + b"\n"


def main() -> None:
    """Serve until standard input closes."""
    lifeline = sys.stdin.buffer
    report = _private_stdout()
    options = Options(**json.loads(lifeline.readline()))
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    try:
        server = _started(options)
        ready = {"url": f"{server.listening_address}/v1", "compact": _takes_llguidance()}
    except Exception as error:
        print(json.dumps({"error": str(error) or type(error).__name__}), file=report, flush=True)
        return
    print(json.dumps(ready), file=report, flush=True)
    threading.Event().wait()


def _private_stdout() -> IO[str]:
    """Standard output for this module alone; what llama.cpp prints there goes to the log."""
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return report


def _end_with(lifeline: IO[bytes]) -> None:
    lifeline.read()
    os._exit(0)


def _started(options: Options) -> Any:
    """A running server; it lives as long as the returned object."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options.path
    params.model_alias = {options.name}
    params.hostnames = ["127.0.0.1"]
    params.port = options.port
    params.api_keys = [options.key]
    params.cors_origins = ""
    params.cors_origins_explicit = True
    params.cors_credentials = False
    params.ui = False
    params.endpoint_slots = False
    params.n_ctx = options.n_ctx * options.n_parallel
    params.n_parallel = options.n_parallel
    params.cache_ram_mib = _CACHE_MIB
    params.verbosity = _WARNINGS
    if options.threads is not None:
        params.cpuparams.n_threads = options.threads
        params.cpuparams_batch.n_threads = options.threads
    return xllamacpp.Server(params)


def _takes_llguidance() -> bool:
    import xllamacpp

    return str(xllamacpp.json_schema_to_grammar({"type": "object"})).startswith(PREFIX)


if __name__ == "__main__":
    main()
