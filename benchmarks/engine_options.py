"""Which settings of the engine make articles faster, each against the engine as it is shipped.

A server of each kind answers the same articles one after another, nothing cached; rounds alternate,
and each ratio is within one round. Loading the model is left out. `two slots` answers two articles
at a time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from report import Report, publish

from summarizer.article import Article, read_inputs
from summarizer.extract import summarize_article
from summarizer.model import EmbeddedServer, find_model, load_catalogue, weights_path
from summarizer.prompt import load_prompt

FIXTURES = Path(__file__).resolve().parents[1] / "evals" / "fixtures"
ARTICLES = ("02-whitehouse-three-way-call", "06-border-commission", "10-tbilisi-proposal")
SHIPPED = "as shipped"


def _speculative(params: Any) -> None:
    import xllamacpp

    kinds = xllamacpp.common_speculative_type
    params.speculative.types = [kinds.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]


KINDS: dict[str, Callable[[Any], None]] = {
    SHIPPED: lambda params: None,
    "no prompts kept in memory": lambda params: setattr(params, "cache_ram_mib", 0),
    "shifted parts of a prompt reused": lambda params: setattr(params, "n_cache_reuse", 32),
    "speculation from n-grams of the prompt": _speculative,
    "prompts read 1,024 tokens at a time": lambda params: setattr(params, "n_ubatch", 1024),
    "two slots": lambda params: None,
}


class _Server(EmbeddedServer):
    """The embedded server with the settings of one kind."""

    def __init__(self, path: Path, name: str, kind: str) -> None:
        super().__init__(path, name, n_parallel=2 if kind == "two slots" else 1)
        self._program = (__file__, "--serve", kind)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--serve", choices=list(KINDS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        _serve(options.serve)
        return
    inputs = read_inputs([str(FIXTURES / f"{name}.txt") for name in ARTICLES])
    texts = [article for article in inputs if isinstance(article, Article)]
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(options.rounds):
        for kind in list(KINDS)[:: -1 if number % 2 else 1]:
            seconds[kind].append(_once(kind, texts))
            print(f"round {number + 1}, {kind}: {seconds[kind][-1]:.1f} s", file=sys.stderr)
    rows = [_row(kind, each, seconds[SHIPPED]) for kind, each in seconds.items()]
    caption = (
        f"Seconds for {len(texts)} articles with `{load_catalogue().default}`, the median of "
        f"{options.rounds} rounds, and the ratio to the shipped engine within each round."
    )
    publish("engine_options", Report(caption, ("engine", "seconds", "ratio"), rows))


def _row(kind: str, seconds: Sequence[float], shipped: Sequence[float]) -> list[str]:
    ratios = [one / base for one, base in zip(seconds, shipped, strict=True)]
    each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    return [kind, f"{median(seconds):.1f}", f"{median(ratios):.2f} ({each})"]


def _once(kind: str, articles: Sequence[Article]) -> float:
    """Seconds for all articles."""
    entry = find_model(load_catalogue().default)
    prompt = load_prompt("grounded")
    import_module("openai")  # what takes seconds to load, before the clock starts
    with _Server(weights_path(entry), entry.name, kind) as address:
        model = address.endpoint()
        started = time.perf_counter()
        with ThreadPoolExecutor(2 if kind == "two slots" else 1) as pool:
            list(pool.map(lambda a: summarize_article(a, model=model, prompt=prompt), articles))
        seconds = time.perf_counter() - started
        model.close()
    return seconds


def _serve(kind: str) -> None:
    """Be the server's process, with the settings of this kind."""
    import xllamacpp

    from summarizer.model import server_process

    shipped = xllamacpp.Server

    def server(params: Any) -> Any:
        KINDS[kind](params)
        return shipped(params)

    xllamacpp.Server = server
    server_process.main()


if __name__ == "__main__":
    main()
