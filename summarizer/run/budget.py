"""Limits of tokens and money that hold over all threads and processes of a run."""

from __future__ import annotations

import multiprocessing

from summarizer.errors import BudgetStopped

_TOKENS, _COST, _MOST_TOKENS, _MOST_COST = range(4)


class Budget:
    """What was spent, and how much may be. It may be given to a process when that is started.

    What is asked at this moment is paid for when it is answered, so that a limit is passed by at
    most the calls in flight.

    Args:
        max_tokens: read and written, as the server counts them; null is no limit.
        max_cost: in US dollars.
    """

    def __init__(self, max_tokens: int | None = None, max_cost: float | None = None) -> None:
        infinite = float("inf")
        limits = (
            infinite if max_tokens is None else float(max_tokens),
            infinite if max_cost is None else max_cost,
        )
        self._state = multiprocessing.get_context("spawn").Array("d", (0.0, 0.0, *limits))

    def spend(self, tokens: int, cost_usd: float | None) -> None:
        """Count what an answer cost."""
        with self._state.get_lock():
            self._state[_TOKENS] += tokens
            self._state[_COST] += cost_usd or 0.0

    def check(self) -> None:
        """Raise if nothing more may be asked.

        Raises:
            BudgetStopped: a limit is reached.
        """
        with self._state.get_lock():
            tokens, cost, most_tokens, most_cost = self._state[:]
        if tokens >= most_tokens:
            raise _stopped(f"{tokens:,.0f} of {most_tokens:,.0f} tokens", "--max-tokens-total")
        if cost >= most_cost:
            raise _stopped(f"{cost:.4f} of {most_cost:g} US dollars", "--max-cost")


def _stopped(spent: str, option: str) -> BudgetStopped:
    return BudgetStopped(
        f"{spent} are spent, and nothing more is asked",
        hint=f"The same command goes on where it stopped, with `{option}` counting anew.",
    )
