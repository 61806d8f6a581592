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
from summarizer.errors import AnswerError
from summarizer.extract import summarize_article
from summarizer.model import (
    EmbeddedServer,
    Usage,
    find_model,
    load_catalogue,
    usage_of,
    weights_path,
)
from summarizer.prompt import load_prompt

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
    columns = ("run", "seconds", "tokens read", "cached", "written", "calls", "what came of it")
    name = "seed_speed" if options.prompt == "grounded" else f"seed_speed_{options.prompt}"
    publish(name, Report(caption, columns, rows))


def _row(run: int, article: Article, options: argparse.Namespace) -> list[str]:
    seconds, usage, outcome = _once(article, options.prompt, options.model)
    counts = (usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens, usage.calls)
    return [str(run), f"{seconds:.1f}", *(f"{count:,}" for count in counts), outcome]


def _once(article: Article, prompt_name: str, model_name: str) -> tuple[float, Usage, str]:
    """Seconds, tokens, and the record in a few words or the failure in its place."""
    entry = find_model(model_name)
    with EmbeddedServer(weights_path(entry), entry.name) as address:
        started = time.perf_counter()
        model = address.endpoint()
        try:
            record = summarize_article(article, model=model, prompt=load_prompt(prompt_name))
        except AnswerError as error:
            return time.perf_counter() - started, usage_of(error), f"failure: {error.code}"
        finally:
            model.close()
        seconds = time.perf_counter() - started
    used = record.provenance.usage
    usage = Usage(
        used.calls, used.attempts, used.prompt_tokens, used.cached_tokens, used.completion_tokens
    )
    outcome = f"a valid record: {len(record.statements)} statements, {len(record.checks)} checks"
    return seconds, usage, outcome


if __name__ == "__main__":
    main()
