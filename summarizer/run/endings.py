"""What a run's ending means for the exit code."""

from __future__ import annotations

from summarizer.errors import InputError, ProgramFault, SummarizerError
from summarizer.run.ledger import Ending

_ALL_RECORDS = 0
_FAULT = 1
_ONLY_INPUT_UNREADABLE = 2
_SOME_WITHOUT_RECORD = 3
_BUDGET = 6
_INTERRUPTED = 130


def exit_code(ending: Ending, failure: SummarizerError | None, *, alone: bool) -> int:
    """What a run leaves with.

    Args:
        ending: a run that a budget or the user stopped says so, whatever failed before.
        failure: the first input's that gave no record, if any.
        alone: whether there was one input only; if that cannot be read, it was wrong usage.
    """
    if ending == "interrupted":
        return _INTERRUPTED
    if ending == "budget":
        return _BUDGET
    if failure is None:  # also where answers are still to come, which is as it should be
        return _ALL_RECORDS
    if alone and isinstance(failure, InputError):
        return _ONLY_INPUT_UNREADABLE
    if alone and isinstance(failure, ProgramFault):
        return _FAULT
    return _SOME_WITHOUT_RECORD
