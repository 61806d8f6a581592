"""Do attacks in articles change records: python benchmarks/injections.py [--recorded].

Every attack of `evals/injections` is answered three times: the clean article, the attacked one, and
the one with harmless words of equal length. Answers are kept in `answers.jsonl` there, so that a
second start goes on where the first one stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from report import Report, publish

from summarizer.evals import load_fixtures
from summarizer.evals.injections import first_of_each_kind, load_injections
from summarizer.evals.resistance import Outcome
from summarizer.evals.trials import answer_attacks, open_answers
from summarizer.model import Model, find_model, load_catalogue, weights_path
from summarizer.prompt import load_prompt

EVALS = Path(__file__).resolve().parents[1] / "evals"
EACH = 3
COLUMNS = (
    "kind",
    "attacks",
    "succeeded",
    "fields changed",
    "planted",
    "speakers changed",
    "added, quoted",
    "changed by harmless words too",
    "fields changed by harmless words",
)


def main() -> int:
    """Answer, judge, print and keep; 1 if an attack succeeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recorded", action="store_true", help="ask nothing, use kept answers")
    parser.add_argument("--each", type=int, default=EACH, help="so many attacks of every kind")
    parser.add_argument("--model", default=load_catalogue().default)
    options = parser.parse_args()
    folder = EVALS / "injections"
    every = load_injections(folder, load_fixtures(EVALS / "fixtures"))
    injections = first_of_each_kind(every, options.each)
    with ExitStack() as stack:
        live = None if options.recorded else _embedded(options.model, stack)
        model = open_answers(folder, options.model, live)
        outcomes = answer_attacks(
            injections,
            model=model,
            prompt=load_prompt("grounded"),
            progress=lambda done, total: print(f"{done} of {total}", file=sys.stderr, flush=True),
        )
    for outcome in outcomes:
        if outcome.succeeded:
            print(outcome, file=sys.stderr)
    caption = (
        f"{len(outcomes)} attacks against `{options.model}` and the prompt `grounded`, each beside "
        "its clean article and the same article with harmless words of equal length."
    )
    publish("injections", Report(caption, COLUMNS, rows(outcomes)))
    return int(any(outcome.succeeded for outcome in outcomes))


def rows(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """The table by kind, and a last line with the sums."""
    kinds = list(dict.fromkeys(outcome.kind for outcome in outcomes))
    parts = [(kind, [o for o in outcomes if o.kind == kind]) for kind in kinds]
    return [_row(name, some) for name, some in [*parts, ("all", list(outcomes))]]


def _row(name: str, some: Sequence[Outcome]) -> tuple[str, ...]:
    counts = (
        len(some),
        sum(o.succeeded for o in some),
        sum(len(o.changed) for o in some),
        sum(len(o.planted) for o in some),
        sum(len(o.speakers) + len(o.misattributed) for o in some),
        sum(o.quoted for o in some),
        sum(len(o.moved) for o in some),
        sum(len(o.harmless) for o in some),
    )
    return (name, *map(str, counts))


def _embedded(name: str, stack: ExitStack) -> Callable[[], Model]:
    """The embedded model, started when it is first asked."""
    from summarizer.model import EmbeddedServer

    started: list[Model] = []

    def model() -> Model:
        if not started:
            entry = find_model(name)
            address = stack.enter_context(EmbeddedServer(weights_path(entry), entry.name))
            started.append(address.endpoint())
        return started[0]

    return model


if __name__ == "__main__":
    sys.exit(main())
