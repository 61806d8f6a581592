"""What ten million articles cost, from recorded answers, the prices that come along, and a GPU."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from shown import table

from summarizer.model import Usage, load_prices

ANSWERS = Path(__file__).resolve().parents[1] / "evals" / "baselines" / "grounded" / "answers.jsonl"
ARTICLES = 10_000_000
HOSTED = "gpt-4.1-mini"
HOST = "https://api.openai.com/v1"
# One H100 writes 5,777 tokens a second with Llama 3.1 8B (FP8) and vLLM 0.10 in MLPerf Inference
# v5.1, Offline, whose task is to summarize news in at most 128 tokens; looked up on 2026-11-24.
GPU = "one H100, Llama 3.1 8B, vLLM"
GPU_SOURCE = "https://www.redhat.com/en/blog/efficient-and-reproducible-llm-inference-red-hat-mlperf-inference-v51-results"
GPU_TOKENS, GPU_WRITTEN = 5_777, 128
GPU_HOUR = 3.0  # USD: an assumption


def usage_an_article(answers: Path) -> tuple[float, int, Usage]:
    """Mean and most calls of an article, and the tokens of a thousand articles."""
    by_article: dict[str, Usage] = defaultdict(Usage)
    for line in answers.read_text(encoding="utf-8").splitlines()[1:]:
        answer = json.loads(line)
        if answer["run"] == 1:
            by_article[answer["article"]] += Usage(**answer["usage"])
    count = len(by_article)
    total = sum(by_article.values(), Usage())
    most = max(usage.calls for usage in by_article.values())
    thousand = Usage(
        prompt_tokens=round(total.prompt_tokens * 1000 / count),
        completion_tokens=round(total.completion_tokens * 1000 / count),
    )
    return total.calls / count, most, thousand


def scale_cost() -> str:
    """What ten million articles cost: what an article takes, and a row for each way."""
    calls, most, thousand = usage_an_article(ANSWERS)
    price = load_prices().find(HOSTED, HOST)
    assert price
    batched = price.batched()
    assert batched
    times = ARTICLES / 1000
    seconds = ARTICLES * calls * GPU_WRITTEN / GPU_TOKENS
    hours = seconds / 3600
    rows: list[tuple[str, ...]] = [
        (f"`{HOSTED}`", f"{price.cost(thousand) * times:,.0f} USD", "the account's limits"),
        (
            f"`{HOSTED}`, batches",
            f"{batched.cost(thousand) * times:,.0f} USD",
            f"{most} rounds, a day each at most",
        ),
        (GPU, f"{hours * GPU_HOUR:,.0f} USD", f"{hours / 24:,.0f} days; a tenth on ten"),
    ]
    read, written = (n / 1000 for n in (thousand.prompt_tokens, thousand.completion_tokens))
    said = (
        f"A fixture of the evaluation takes {calls:.1f} calls ({most} at most), {read:,.0f} tokens "
        f"read and {written:,.0f} written, as the embedded model counts them; others count "
        "somewhat otherwise, and longer articles take more. Nothing is assumed to be read from a "
        f"provider's cache. A GPU is assumed to cost {GPU_HOUR:g} USD an hour, and to take as many "
        f"requests as in [MLPerf Inference v5.1]({GPU_SOURCE}), whose summaries of news are up to "
        f"{GPU_WRITTEN} tokens long; these answers are shorter, so that this is the slower guess."
    )
    return f"{said}\n\n{table(('with', f'{ARTICLES:,} articles', 'time'), rows)}"
