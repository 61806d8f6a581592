"""Figures and identities in words, the same in every report."""

from __future__ import annotations

from summarizer.evals.comparison import Comparison
from summarizer.evals.headline import Headline
from summarizer.evals.runs import Identity
from summarizer.evals.score import Scores
from summarizer.evals.statistics import Interval

_SHORT = 12


def number(value: float | None, digits: int = 3) -> str:
    """A figure, or a dash where there was nothing to measure."""
    return "–" if value is None else f"{value:.{digits}f}"


def signed(value: float | None) -> str:
    """A difference with its sign."""
    return "–" if value is None else f"{value:+.3f}".replace("-", "−")


def interval(given: Interval | None) -> str:
    """`[0.61, 0.80]`, or nothing."""
    return f"[{given.low:.2f}, {given.high:.2f}]" if given else ""


def share(line: Headline) -> str:
    """A headline figure with its interval in one cell."""
    if line.unit != "returned":
        return f"{number(line.value)} {interval(line.interval)}".rstrip()
    events = f"{line.value or 0:g} of {line.n}"
    return f"{events} (at most {100 * line.interval.high:.1f} %)" if line.interval else events


def counted(line: Headline) -> str:
    """What a headline figure is over."""
    return {"articles": f"{line.n} articles", "items": f"{line.n} items", "returned": ""}[line.unit]


def failures(scores: Scores) -> str:
    """How many answers failed the gate, by class."""
    if not scores.failures:
        return "none"
    return ", ".join(f"{count} {code}" for code, count in sorted(scores.failures.items()))


def identity(who: Identity, scores: Scores) -> list[tuple[str, str]]:
    """The identity of a run, line by line, in the order in which it is shown."""
    work, prompt = who.work, who.prompt
    given = ", ".join(f"{name} {value}" for name, value in who.parameters.items())
    repeats = f"K = {who.runs}"
    if who.runs == 1:
        repeats += " (every article answered once)"
    return [
        ("set", f"{who.fixtures}, {len(scores.articles)} articles, {who.fixture_set[:_SHORT]}"),
        ("split", who.split or "none"),
        ("prompt", f"{prompt.name} {prompt.version}, {prompt.sha256[:_SHORT]}"),
        ("model", f"{who.model} ({who.endpoint}), {given or 'its own parameters'}"),
        (
            "program",
            f"summarizer {who.summarizer_version}, {who.code[:_SHORT]}, schema "
            f"{who.schema_version}",
        ),
        ("made", f"{who.created}, {repeats}, answers {who.source}, seed {who.seed}"),
        (
            "tokens",
            f"{work.prompt_tokens:,} read ({work.cached_tokens:,} cached), "
            f"{work.completion_tokens:,} written; cost "
            + ("not known" if work.cost_usd is None else f"{work.cost_usd:.2f} USD"),
        ),
        ("asked", f"{work.calls} questions, {work.retries} retries"),
        ("seconds", f"{who.latency.p50:.1f} an article (median), 95 % under {who.latency.p95:.1f}"),
        ("failures", failures(scores)),
    ]


def verdict(result: Comparison) -> list[str]:
    """A comparison in sentences; the last is the verdict."""
    n = len(result.pairs)
    out = f"; {result.left_out} left out: nothing to find and nothing returned"
    lines = [f"{result.metric}: mean over {n} articles{out if result.left_out else ''}"]
    if n:
        a = sum(pair.a for pair in result.pairs) / n
        b = sum(pair.b for pair in result.pairs) / n
        span = difference(result)
        lines.append(f"A {number(a)}, B {number(b)}, difference {signed(result.mean)} {span}")
    lines.append(f"B wins {result.wins}, ties {result.ties}, loses {result.losses}")
    lines.append(f"sign-flip p {p_value(result.p)}")
    if result.smallest_detectable is not None:
        least = f"{result.smallest_detectable:.3f}"
        lines.append(f"smallest difference that these articles would show 4 times of 5: {least}")
    lines.append(f"verdict on B: {result.verdict}")
    return lines


def difference(result: Comparison) -> str:
    """The interval of a mean difference."""
    if result.interval is None:
        return ""
    return f"[{signed(result.interval.low)}, {signed(result.interval.high)}]"


def p_value(p: float) -> str:
    """A p-value to three places."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def repeats(a: Identity, b: Identity) -> str:
    """How often each article was answered, and whether that can vary."""
    if a.runs == b.runs == 1:
        if {a.endpoint, b.endpoint} == {"local"}:
            return "K = 1: the local model at temperature 0, each article answered once"
        return "K = 1: each article was answered once; how much answers vary was not measured"
    return f"K = {a.runs} and {b.runs} runs, averaged within each article first"
