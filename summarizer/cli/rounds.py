"""Waiting for the provider's batches between two rounds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from summarizer.cli import messages
from summarizer.errors import TransportError, UsageError

if TYPE_CHECKING:
    from summarizer.cli.running import Plan
    from summarizer.model import BatchProvider
    from summarizer.run import Ledger
    from summarizer.settings import ModelChoice, Settings

_LONGEST = 600.0  # seconds between two looks, where they fail


def check_batches(settings: Settings, choice: ModelChoice) -> None:
    """See that a run in rounds can be gone on with.

    Raises:
        UsageError: it cannot.
    """
    if choice.base_url is None:
        raise UsageError(
            "a local model has no batches",
            where="--engine openai-batch",
            hint="Choose a hosted `--model`, or another engine.",
        )
    if settings.out is None:
        raise UsageError(
            "what is sent has to be entered in a ledger",
            where="--engine openai-batch",
            hint="Name the output with `--out`; the ledger lies beside it.",
        )
    if settings.no_cache:
        raise UsageError(
            "answers of batches are kept in the cache",
            where="--no-cache",
            hint="Leave `--no-cache` out, or choose another engine.",
        )


def wait_for_batches(ledger: Ledger, plan: Plan) -> None:
    """Return when every batch is done; nothing is lost if the program is ended meanwhile."""
    from summarizer.model import BatchProvider

    choice, poll = plan.choice, plan.settings.batch_poll
    with BatchProvider(choice.base_url, choice.api_key, timeout=plan.settings.timeout) as provider:
        told = ""
        pause = poll
        while True:
            try:
                working, line = _look(ledger, provider)
                pause = poll
            except TransportError as error:
                working, line, pause = True, str(error), min(2 * pause, _LONGEST)
            if line != told:
                messages.note(line)
                told = line
            if not working:
                return
            time.sleep(pause)


def _look(ledger: Ledger, provider: BatchProvider) -> tuple[bool, str]:
    """Whether a batch is still worked on, and how far they have got."""
    states = [provider.look(row.batch) for row in ledger.batches.batches() if row.batch]
    answered, total = sum(s.completed for s in states), sum(s.total for s in states)
    working = sum(state.stage == "working" for state in states)
    line = f"{working} batches in work, {answered:,} of {total:,} requests answered"
    return working > 0, f"{line}; they go on if this is ended" if working else line
