"""Limits of tokens and money that hold over all threads and processes of a run."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from typing import Protocol

from summarizer.errors import BudgetStopped

_TOKENS, _COST, _MOST_TOKENS, _MOST_COST = range(4)


@dataclass(frozen=True)
class Account:
    """Tokens and US dollars: spent, and the most that may be; null is no limit."""

    tokens: float
    cost_usd: float
    max_tokens: int | None
    max_cost: float | None


class Purse(Protocol):
    """What is paid from, wherever it lies."""

    def spend(self, tokens: int, cost_usd: float | None) -> None:
        """See `Budget.spend`."""

    def check(self) -> None:
        """See `Budget.check`."""


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
        self._limits = max_tokens, max_cost
        self._state = multiprocessing.get_context("spawn").Array("d", (0.0, 0.0, *limits))

    @classmethod
    def of(cls, account: Account) -> Budget:
        """A budget that goes on from an account."""
        budget = cls(account.max_tokens, account.max_cost)
        budget._state[_TOKENS], budget._state[_COST] = account.tokens, account.cost_usd
        return budget

    @property
    def now(self) -> Account:
        """What is spent at this moment, and may be."""
        with self._state.get_lock():
            tokens, cost = self._state[_TOKENS], self._state[_COST]
        return Account(tokens, cost, *self._limits)

    def spend(self, tokens: int, cost_usd: float | None) -> None:
        """Count what an answer cost."""
        with self._state.get_lock():
            self._state[_TOKENS] += tokens
            self._state[_COST] += cost_usd or 0.0

    def check(self, tokens: int = 0, cost_usd: float = 0.0) -> None:
        """Raise if nothing more may be asked, or not so much.

        Args:
            tokens: what is on its way and will be counted.
            cost_usd: what that costs.

        Raises:
            BudgetStopped: a limit is reached.
        """
        with self._state.get_lock():
            spent, cost, most_tokens, most_cost = self._state[:]
        spent, cost = spent + tokens, cost + cost_usd
        if spent >= most_tokens:
            raise _stopped(f"{spent:,.0f} of {most_tokens:,.0f} tokens", "--max-tokens-total")
        if cost >= most_cost:
            raise _stopped(f"{cost:.4f} of {most_cost:g} US dollars", "--max-cost")


def _stopped(spent: str, option: str) -> BudgetStopped:
    return BudgetStopped(
        f"{spent} are spent, and nothing more is asked",
        hint=f"The same command goes on where it stopped, with `{option}` counting anew.",
    )
