"""How long the seed article takes with the embedded model loaded and nothing cached.

Every run has a server of its own, so nothing that was read before helps. Loading the model is left
out; the first run has the libraries to load as well.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from report import Report, publish

from summarizer.article import Article, read_inputs
from summarizer.extract import summarize_article
from summarizer.model import EmbeddedServer, find_model, load_catalogue, weights_path
from summarizer.prompt import load_prompt
from summarizer.record import RecordUsage

SEED = Path(__file__).resolve().parents[1] / "seeds" / "000_7959b1bbb8f296b8.txt"


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--prompt", default="grounded")
    parser.add_argument("--model", default=load_catalogue().default)
    options = parser.parse_args()
    (article,) = read_inputs([str(SEED)])
    if not isinstance(article, Article):
        raise article
    rows = [_row(run, article, options) for run in range(1, options.runs + 1)]
    caption = f"The seed article with `{options.model}` and the prompt `{options.prompt}`."
    columns = ("run", "seconds", "tokens read", "of these cached", "tokens written", "calls")
    publish("seed_speed", Report(caption, columns, rows))


def _row(run: int, article: Article, options: argparse.Namespace) -> list[str]:
    seconds, usage = _once(article, options.prompt, options.model)
    counts = (usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens, usage.calls)
    return [str(run), f"{seconds:.1f}", *(f"{count:,}" for count in counts)]


def _once(article: Article, prompt_name: str, model_name: str) -> tuple[float, RecordUsage]:
    entry = find_model(model_name)
    with EmbeddedServer(weights_path(entry), entry.name) as address:
        started = time.perf_counter()
        model = address.endpoint()
        record = summarize_article(article, model=model, prompt=load_prompt(prompt_name))
        seconds = time.perf_counter() - started
        model.close()
    return seconds, record.provenance.usage


if __name__ == "__main__":
    main()
